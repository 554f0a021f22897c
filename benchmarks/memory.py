"""Measure the tutor's resident memory: in a lesson, in training, and after two hundred pages.

    python benchmarks/memory.py [--quick]

Linux only: resident memory is read from /proc.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from stage import IN_LESSON, IN_TRAINING, WORDS, Line, Report, StageLine
from terminal import Terminal, tutor

from rnntutor import sims

GROWTH = 10.0  # MiB
PAGES = 200
BACK_AND_FORTH = 12  # pages forward, then as many back


def turn(line: Terminal, key: str) -> None:
    """Turn to another page; leave the text field first if the page has one."""
    if WORDS("key.leave-field") in line.rows()[-1]:
        line.send("\x1b")
        line.quiet(0.2)
    line.send(key)
    line.run(0.1)
    line.quiet(0.05)


def turned(data: Path, pages: int) -> Sequence[float]:
    """Return resident MiB on the first page of a lesson and after each pass forward or back."""
    with Terminal(tutor(data)) as line:
        line.wait(lambda: WORDS("key.quit") in line.text(), "the home screen")
        line.quiet()
        line.send("\r")
        line.quiet()
        found = [line.memory()]
        for walk in range(-(-pages // BACK_AND_FORTH)):
            for _ in range(BACK_AND_FORTH):
                turn(line, "n" if walk % 2 == 0 else "\x7f")
            found.append(line.memory())
        return found


def trained(name: str, data: Path, seconds: float) -> float:
    """Return resident MiB after training for some seconds at the highest speed."""
    with StageLine(tutor(data, "sim", name)) as line:
        line.open(name)
        line.start()
        line.send("====")
        line.watch_running(seconds)
        return line.memory()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer seconds")
    seconds = 5.0 if parser.parse_args().quick else 60.0
    report = Report()
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch)
        walks = turned(data / "pages", PAGES)
        report.table("A lesson", "MiB", [Line("the most in any page", max(walks), IN_LESSON)])
        # The first walk loads what each page needs; from then on nothing new should be kept.
        said = f"{walks[0]:.1f} at first, {walks[1]:.1f} after one walk, {walks[-1]:.1f} at the end"
        grown = Line(f"{PAGES} pages", walks[-1] - walks[1], GROWTH, said)
        report.table("Growth from the first walk on", "MiB", [grown])
        names = [name for name in sims.names() if sims.find(name).updates is not None]
        lines = [Line(n, trained(n, data / n, seconds), IN_TRAINING) for n in names]
        report.table(f"A training, after {seconds:g} s at its highest speed", "MiB", lines)
    return 0 if report.kept else 1


if __name__ == "__main__":
    sys.exit(main())
