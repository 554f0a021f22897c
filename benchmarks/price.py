"""Measure the gain of each interpreter tweak by alternating the tutor with it and without.

    python benchmarks/price.py [--keys 60] [--starts 15]

A tweak that makes no difference should be deleted. Linux only.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from memory import BACK_AND_FORTH, turn
from stage import WORDS, StageLine
from terminal import Terminal, percentile

from rnntutor.course.load import open_course
from rnntutor.package_data import lessons_dir
from rnntutor.session.start import Start
from rnntutor.tui.app import TutorApp
from rnntutor.tui.messages import OpenLesson

EVERYTHING = """
import importlib, pkgutil, rnntutor, rnntutor.environment
rnntutor.environment.prepare()
for module in pkgutil.walk_packages(rnntutor.__path__, "rnntutor."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
"""

# Code that disables a trick, run before the tutor starts.
WITHOUT = {
    "imports in functions": EVERYTHING,
    "collector off": "import gc; gc.disable = lambda: None",
    "switch interval": "import sys; sys.setswitchinterval = lambda seconds: None",
    "malloc_trim": "from rnntutor.tui.terminal import release_memory as m; m.release_memory = int",
}
WALKS = 4
FREEZE = "frozen collector"


def command(trick: str, data: Path, *arguments: str) -> Sequence[str]:
    """Return the command that starts the tutor, without `trick` if it names one."""
    code = f"{WITHOUT.get(trick, '')}\nimport sys; from rnntutor.cli import main; sys.exit(main())"
    return [sys.executable, "-c", code, *arguments, "--lang", "en", "--data-dir", str(data)]


def key_beside_training(trick: str, data: Path, keys: int) -> list[float]:
    """Return key latencies in milliseconds, at random times while training at the highest speed."""
    with StageLine(command(trick, data, "sim", "race")) as line:
        line.wait(lambda: WORDS("key.train") in line.rows()[-1], "the stage of race")
        line.quiet()
        line.start()
        line.send("====")
        line.run(0.5)
        return line.keys_running(keys, random.Random(7))


def start(trick: str, data: Path) -> float:
    """Return the milliseconds of processor time until the home screen is readable.

    Wall-clock time varies too much from one start to the next.
    """
    with Terminal(command(trick, data)) as line:
        line.wait(lambda: WORDS("key.quit") in line.text(), "the home screen")
        return line.cpu_of_threads() * 1e3


def pages(trick: str, data: Path) -> float:
    """Return resident MiB after opening, reading and leaving a lesson WALKS times."""
    with Terminal(command(trick, data)) as line:
        line.wait(lambda: WORDS("key.quit") in line.text(), "the home screen")
        for _ in range(WALKS):
            line.send("\r")
            line.quiet()
            line.run(1.2)  # memory used to open a lesson is released after a second
            for _ in range(BACK_AND_FORTH):
                turn(line, "n")
            while WORDS("key.quit") not in line.rows()[-1]:
                line.send("\x1b")
                line.quiet(0.3)
        return line.memory()


def collections(trick: str, data: Path) -> list[float]:
    """Return the milliseconds of each full garbage collection while a lesson is open."""

    async def read() -> list[float]:
        app = TutorApp(Start("en", True, data, open_course(lessons_dir(), WORDS)))
        found = []
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await app.workers.wait_for_complete()
            app.post_message(OpenLesson("cell", "forget"))
            await pilot.pause()
            if trick == FREEZE:
                gc.unfreeze()
            for _ in range(10):
                began = time.perf_counter()
                gc.collect()
                found.append((time.perf_counter() - began) * 1e3)
        return found

    return asyncio.run(read())


def compared(
    trick: str, unit: str, rounds: int, measure: Callable[[str, Path], float | list[float]]
) -> None:
    """Print what `measure` returns with the tweak and without.

    The two alternate, so that other load on the machine affects both.
    """
    found: dict[str, list[float]] = {"": [], trick: []}
    for _ in range(rounds):
        for without in found:
            with tempfile.TemporaryDirectory() as scratch:
                got = measure(without, Path(scratch))
            found[without] += got if isinstance(got, list) else [got]
    for name, values in (("with", found[""]), ("without", found[trick])):
        least, middle, p95 = min(values), statistics.median(values), percentile(values, 0.95)
        told = f"least {least:7.1f}   median {middle:7.1f}   p95 {p95:7.1f} {unit}"
        print(f"{trick:22} {name:8} {told}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keys", type=int, default=60)
    parser.add_argument("--starts", type=int, default=15)
    asked = parser.parse_args()
    compared(
        "switch interval", "ms", 2, lambda trick, data: key_beside_training(trick, data, asked.keys)
    )
    compared("malloc_trim", "MiB", 1, pages)
    compared("imports in functions", "ms", asked.starts, start)
    compared("collector off", "ms", asked.starts, start)
    compared(FREEZE, "ms", 1, collections)
    return 0


if __name__ == "__main__":
    sys.exit(main())
