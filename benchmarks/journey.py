"""Which modules one turn of a knob runs through, from the key to the painted rows.

    python benchmarks/journey.py

Every function of the package that is called is counted, in the application without a terminal (the
driver and its key parser are two modules more). A module is on the path if it calls another of the
package; the others are leaves: numbers, signs, words, records, equations.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import rnntutor
from rnntutor.course.load import open_course
from rnntutor.places import lessons_dir
from rnntutor.session.opening import spec
from rnntutor.session.start import Start
from rnntutor.tui.app import TutorApp
from rnntutor.tui.screens import simulation
from rnntutor.tui.screens.experiment import ExperimentScreen
from rnntutor.words import load

ROOT = str(Path(rnntutor.__file__).parent) + "/"
KNOB = "forget_bias"


@dataclass
class Journey:
    """calls: how many of each module, in the order in which they are reached first. callers: the
    modules that call another."""

    calls: Counter[str] = field(default_factory=Counter)
    callers: set[str] = field(default_factory=set)

    def count(self, frame: FrameType, event: str, argument: object) -> None:
        """To be called by the interpreter at every call (sys.setprofile)."""
        module = _module(frame)
        if event != "call" or not module:
            return
        self.calls[module] += 1
        caller = frame.f_back
        while caller is not None and not _module(caller):
            caller = caller.f_back
        if caller is not None and _module(caller) != module:
            self.callers.add(_module(caller))

    def listed(self, *, on_path: bool) -> list[str]:
        return [module for module in self.calls if (module in self.callers) == on_path]


def _module(frame: FrameType) -> str:
    """The module of the package that a frame belongs to, "tui/screen.py"; "" for none."""
    file = frame.f_code.co_filename
    return file.removeprefix(ROOT) if file.startswith(ROOT) else ""


async def journey(data: Path) -> Journey:
    """One step of b_f of an LSTM whose forget gate is shown."""
    app = TutorApp(Start("en", True, data, open_course(lessons_dir(), load("en"))))
    found = Journey()
    simulation.REST = 60.0  # what is drawn at rest, after the key, is no part of its journey
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
        sys.setprofile(found.count)
        await pilot.press("right")
        await app.keys.join()
        await pilot.pause()
        sys.setprofile(None)
        assert screen.stage.settings.forget_bias > before
    return found


def main() -> None:
    """Print the modules, in order, and how many there are."""
    with tempfile.TemporaryDirectory() as data:
        found = asyncio.run(journey(Path(data)))
    for name, on_path in (("on the path", True), ("leaves", False)):
        modules = found.listed(on_path=on_path)
        print(f"{name}: {len(modules)}")
        for module in modules:
            print(f"  {found.calls[module]:5}  {module}")
    print(f"all: {len(found.calls)} modules, {found.calls.total()} calls")


if __name__ == "__main__":
    main()
