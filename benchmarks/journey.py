"""Which modules one turn of a knob runs through, from the key to the painted rows.

    python benchmarks/journey.py

Every function of the package that is called is counted, in the application without a terminal
(the driver, the differences of cells and the colours of a real one are three modules more).
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import threading
from collections import Counter
from pathlib import Path
from types import FrameType

import rnntutor
from rnntutor.course.load import open_course
from rnntutor.places import lessons_dir
from rnntutor.session.opening import spec
from rnntutor.session.start import Start
from rnntutor.tui.app import TutorApp
from rnntutor.tui.screens.experiment import ExperimentScreen
from rnntutor.words import load

ROOT = str(Path(rnntutor.__file__).parent) + "/"
KNOB = "forget_bias"


async def journey(data: Path) -> Counter[str]:
    """Module -> how many calls, for one step of b_f of an LSTM whose forget gate is shown."""
    start = Start("en", True, data, lessons_dir(), None)
    app = TutorApp(start, open_course(lessons_dir(), load("en")))
    seen: Counter[str] = Counter()

    def count(frame: FrameType, event: str, argument: object) -> None:
        file = frame.f_code.co_filename
        if event == "call" and file.startswith(ROOT):
            seen[file.removeprefix(ROOT)] += 1

    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(
            ExperimentScreen(spec("cell", (("cell", "lstm"),), "en"), title="lab.title")
        )
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ExperimentScreen)
        await pilot.press("2", "end")
        for _ in range(len(screen.stage.controls) + 2):
            if screen.focused_knob() == KNOB:
                break
            await pilot.press("tab")
        before = screen.stage.settings.forget_bias
        await pilot.press("right", "left")  # what is loaded once is loaded
        await app.keys.join()
        sys.setprofile(count)
        threading.setprofile(count)
        await pilot.press("right")
        await app.keys.join()
        await pilot.pause()
        sys.setprofile(None)
        threading.setprofile(None)
        assert screen.stage.settings.forget_bias > before
    return seen


def main() -> None:
    """Print the modules by package, and how many there are."""
    with tempfile.TemporaryDirectory() as data:
        seen = asyncio.run(journey(Path(data)))
    by_package: dict[str, list[str]] = {}
    for module in seen:
        package, _, rest = module.partition("/")
        by_package.setdefault(package if rest else ".", []).append(rest or package)
    for package, modules in sorted(by_package.items()):
        print(f"{package:10} {len(modules):3}  {' '.join(sorted(modules))}")
    print(f"{'all':10} {len(seen):3}  {sum(seen.values())} calls")


if __name__ == "__main__":
    main()
