"""List the modules that run between pressing a key on a knob and the resulting bytes.

    python benchmarks/journey.py

The tutor runs in a pseudo-terminal, and every call of one of its functions in between is counted,
in all threads. A module is on the path if it calls another module of the package; the others are
leaves: numbers, glyphs, words, records, equations. Linux only.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import tempfile
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import rnntutor

ROOT = str(Path(rnntutor.__file__).parent) + "/"
LOOP = (asyncio.events.__file__, asyncio.base_events.__file__)
KNOB = "b_f"
PATH = 20  # most modules on the path
ONE_PICTURE = 22  # rows of a window without room for a second view below the knobs
MOST_TABS = 40


@dataclass
class Journey:
    """Counts of the calls into each module.

    Attributes:
        calls: number of calls per module, in the order of the first call.
        callers: the modules that call another module.
        counting: whether calls are counted at the moment.
    """

    calls: Counter[str] = field(default_factory=Counter)
    callers: set[str] = field(default_factory=set)
    counting: bool = False

    def count(self, frame: FrameType, event: str, argument: object) -> None:
        """Count one call; installed as a profiling function (sys.setprofile)."""
        if event != "call" or not self.counting:
            return
        module = _module(frame)
        if not module:
            return
        self.calls[module] += 1
        caller = _caller(frame)
        if caller and caller != module:
            self.callers.add(caller)

    def listed(self, *, on_path: bool) -> list[str]:
        return [module for module in self.calls if (module in self.callers) == on_path]


def _module(frame: FrameType) -> str:
    """Return the package's module of a frame ("tui/screen.py"), "" if it is in none."""
    file = frame.f_code.co_filename
    return file.removeprefix(ROOT) if file.startswith(ROOT) else ""


def _caller(frame: FrameType) -> str:
    """Return the package's module that called a frame, "" if the event loop did."""
    caller = frame.f_back
    while caller is not None and caller.f_code.co_filename not in LOOP:
        if module := _module(caller):
            return module
        caller = caller.f_back
    return ""


def inside(found: Path) -> int:
    """Run the tutor on an LSTM and count calls between two SIGUSR1.

    Args:
        found: file that the counts are written to, as JSON.

    Returns:
        The tutor's exit code.
    """
    from rnntutor.cli import main as tutor
    from rnntutor.tui import ahead

    ahead.REST = 60.0  # drawing ahead, at rest, is not part of handling the key
    journey = Journey()

    def switch(signal_: int, frame: FrameType | None) -> None:
        journey.counting = not journey.counting
        if not journey.counting:
            written = found.with_suffix(".part")
            written.write_text(json.dumps([journey.calls, sorted(journey.callers)]))
            written.rename(found)

    signal.signal(signal.SIGUSR1, switch)
    threading.setprofile(journey.count)
    sys.setprofile(journey.count)
    return tutor(["--lang", "en", "--data-dir", str(found.parent), "sim", "cell", "--cell", "lstm"])


def travelled(directory: Path) -> Journey:
    """Count the calls for one step of the knob b_f of an LSTM in the forget gate's view."""
    from stage import StageLine

    found = directory / "journey"
    with StageLine([sys.executable, __file__, str(found)], height=ONE_PICTURE) as line:
        line.open("cell")
        line.send("2\x1b[F")  # the gate's view; the last step
        line.quiet()
        for _ in range(MOST_TABS):
            if f"▸{KNOB}" in line.text():
                break
            line.send("\t")
            line.quiet()
        line.send("\x1b[C\x1b[D")  # so that everything loaded lazily is there
        line.quiet()
        before = line.text()
        os.kill(line.pid, signal.SIGUSR1)
        line.send("\x1b[C")
        line.quiet()
        os.kill(line.pid, signal.SIGUSR1)
        line.wait(found.exists, "what was counted")
        assert f"▸{KNOB}" in before and line.text() != before
    calls, callers = json.loads(found.read_text())
    return Journey(Counter(calls), set(callers))


def main() -> int:
    """Print the modules in order; return 1 if more than PATH are on the path."""
    with tempfile.TemporaryDirectory() as directory:
        found = travelled(Path(directory))
    for name, on_path in (("on the path", True), ("leaves", False)):
        modules = found.listed(on_path=on_path)
        print(f"{name}: {len(modules)}")
        for module in modules:
            print(f"  {found.calls[module]:5}  {module}")
    print(f"all: {len(found.calls)} modules, {found.calls.total()} calls")
    return 0 if len(found.listed(on_path=True)) <= PATH else 1


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.exit(inside(Path(sys.argv[1])))
    sys.exit(main())
