"""What a running stage sends, costs and keeps waiting, beside what is promised.

Every simulation is opened in a real pseudo-terminal of 80×24, run at its default speed, paused,
and used: Tab and v are pressed at random times, and a key counts as answered with the last byte of
its paint. A Textual app that shows one word stands beside it in the same run: that is what the
framework itself takes on this machine at this moment.

    python benchmarks/stage.py [--quick] [--truecolor] [SIMULATION ...]
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from terminal import NOTHING, PROBE, WIDTH, Terminal, Use, percentile, tutor

from rnntutor import sims
from rnntutor.course.load import open_course
from rnntutor.places import lessons_dir
from rnntutor.words import load

WIRE, PAGE = 8000.0, 6000.0  # bytes a second, bytes
AT_REST, RUNNING = 6.0, 12.0  # ms
TRACE, TRAINING, IDLE = 6.0, 100.0, 0.3  # per cent of a core
IN_LESSON, IN_TRAINING = 70.0, 85.0  # MiB
SLOW = 64 * 1024.0  # bytes a second
SLOW_P95, SLOW_MOST = 300.0, 600.0  # ms
FASTEST = "====="  # keys that bring a stage to its highest speed
TITLE = 2  # the stage's first row, under header and hairline
SIGNS = "▶‖■"  # running, paused, at the end


@dataclass(frozen=True)
class Length:
    """How long each part takes: seconds of watching, how many keys, seconds of idling."""

    running: float = 12.0
    view: float = 4.0
    paused: float = 3.0
    keys: int = 60
    idle: float = 60.0


QUICK = Length(running=4.0, view=0.0, paused=1.5, keys=16, idle=0.0)


@dataclass
class Found:
    """One simulation. views: bytes a second of each view while it runs."""

    name: str
    trains: bool
    running: Use = NOTHING
    paused: Use = NOTHING
    views: list[float] = field(default_factory=list)
    at_rest: list[float] = field(default_factory=list)
    moving: list[float] = field(default_factory=list)
    memory: float = 0.0

    @property
    def rate(self) -> float:
        return self.running.sent / self.running.seconds

    @property
    def cpu(self) -> float:
        return 100 * self.running.cpu / self.running.seconds


class StageLine(Terminal):
    """A terminal in which a simulation has the whole screen. keys: those that show at once."""

    keys: Sequence[str] = ("\t", "v")

    def open(self) -> None:
        self.wait(lambda: self.sign() != "", "the stage")
        self.quiet()

    def sign(self) -> str:
        """Whether it runs: one of SIGNS; "" before there is a stage."""
        row = self.rows()[TITLE]
        return next((sign for sign in SIGNS if f"{sign} " in row), "")

    def mark(self) -> object:
        """What Tab and v change and a running stage does not: the title up to its transport, with
        its colours, and where a knob is pointed at."""
        title = self.screen.buffer[TITLE]
        head = []
        for x in range(WIDTH):
            if title[x].data in SIGNS:
                break
            if title[x].data != " ":
                head.append((title[x].data, title[x].fg, title[x].bold))
        rows = self.rows()
        pointed = [(y, row.find("▸")) for y, row in enumerate(rows) if "▸" in row]
        return tuple(head), tuple((y, x, rows[y][x : x + 8]) for y, x in pointed)

    def start(self) -> None:
        """Let it run, from wherever it is."""
        if self.sign() != "▶":
            self.send(" ")
            self.wait(lambda: self.sign() == "▶", "a running stage", 10.0)

    def pause(self) -> None:
        if self.sign() == "▶":
            self.send(" ")
            end = time.perf_counter() + 10.0
            self.wait(lambda: self.sign() != "▶" or time.perf_counter() > end, "a paused stage")
        self.quiet()

    def watch_running(self, seconds: float) -> Use:
        """What it does while it runs. A run that ends is started again; that start, which the
        learner would have asked for, is not counted."""
        total = NOTHING
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            if self.sign() != "▶":
                self.start()
                self.run(0.1)
            total = total.plus(self.watch(0.1))
        return total

    def keys_running(self, count: int, chance: random.Random) -> list[float]:
        """Milliseconds of keys at random times while it runs."""
        found: list[float] = []
        end = time.perf_counter() + 3.0 * count
        while len(found) < count and time.perf_counter() < end:
            self.start()
            self.run(chance.uniform(0.02, 0.3))
            running = self.sign() == "▶"
            took = self.latency(self.keys[len(found) % len(self.keys)], self.mark)
            if running and took is not None:
                found.append(took * 1e3)
        return found


def measured(name: str, data: Path, length: Length, *, truecolor: bool) -> Found:
    """One simulation, from its opening on."""
    chance = random.Random(7)
    found = Found(name, trains=sims.find(name).updates is not None)
    with StageLine(tutor(data, "sim", name), truecolor=truecolor) as line:
        line.open()
        if len(views(name)) < 2:
            line.keys = ("\t",)
        found.paused = line.watch(length.paused)
        found.at_rest = [s * 1e3 for s in line.latencies(line.keys, length.keys, line.mark, chance)]
        line.send("1")
        line.quiet()
        found.running = line.watch_running(length.running)
        found.memory = line.memory()
        found.moving = line.keys_running(length.keys, chance)
        if length.view:
            for view in range(min(9, len(views(name)))):
                line.send(str(view + 1))
                line.quiet(0.1, 0.5)
                use = line.watch_running(length.view)
                found.views.append(use.sent / use.seconds)
        line.pause()
        after = line.watch(length.paused)
        found.paused = found.paused.plus(after)
        found.memory = max(found.memory, line.memory())
    return found


def views(name: str) -> Sequence[str]:
    simulation = sims.find(name)
    return simulation.views(simulation.make({}))


def one_word(running: bool, count: int) -> list[float]:
    """Milliseconds of the keys of a Textual app that shows one word."""
    command = [sys.executable, "-c", PROBE, *(["running"] if running else [])]
    with Terminal(command) as line:
        line.wait(lambda: "READABLE" in line.text(), "one word")
        line.quiet(0.2, 1.0)
        keys = line.latencies("k", count, lambda: line.rows()[0], random.Random(7))
    return [seconds * 1e3 for seconds in keys]


def slow_line(name: str, data: Path, count: int, *, fastest: bool) -> list[float]:
    """Milliseconds of keys on a line of 64 KiB a second while a stage runs."""
    chance = random.Random(7)
    with StageLine(tutor(data, "sim", name), rate=SLOW) as line:
        line.open()
        if fastest:
            line.send(FASTEST)
            line.quiet()
        return line.keys_running(count, chance)


def pages(data: Path) -> tuple[list[tuple[str, int]], float]:
    """The bytes of each next page of a course, and what the tutor holds in its last, in MiB."""
    course = open_course(lessons_dir(), load("en"))
    found: list[tuple[str, int]] = []
    with Terminal(tutor(data)) as line:
        line.wait(lambda: load("en")("key.quit") in line.text(), "the home screen")
        line.quiet()
        line.send("\r")
        line.quiet()
        for _ in range(12 * len(course.entries)):
            before = line.text()
            line.send("n")
            sent = line.quiet(0.15)
            if line.text() != before:
                found.append((line.rows()[0], sent))
        return found, line.memory()


def idle(data: Path, seconds: float, *arguments: str) -> Use:
    """What the tutor does while nobody does anything."""
    with Terminal(tutor(data, *arguments)) as line:
        line.quiet(1.0, 5.0)
        return line.watch(seconds)


# ---- what is said about it ------------------------------------------------------------------


class Verdicts:
    """Prints each promise with what was found, and remembers whether all were kept."""

    def __init__(self) -> None:
        self.kept = True

    def say(self, what: str, value: float, promise: float, unit: str, note: str = "") -> None:
        kept = value <= promise
        self.kept &= kept
        verdict = "kept" if kept else "MISSED"
        print(f"  {what}: {value:.1f} {unit}, promised {promise:g}: {verdict}{note}")


def _worst(found: Sequence[Found], of: Callable[[Found], float]) -> Found:
    return max(found, key=of)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="SIMULATION")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--truecolor", action="store_true")
    arguments = parser.parse_args()
    length = QUICK if arguments.quick else Length()
    found = []
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch)
        for name in arguments.names or sims.names():
            f = measured(name, data / name, length, truecolor=arguments.truecolor)
            found.append(f)
            print(name, f"{f.rate:.0f} B/s, {f.running.sent/max(1,f.running.frames):.0f} B/frame, paused {f.paused.sent} B, cpu {f.cpu:.1f}, views {[round(v) for v in f.views]}, mem {f.memory:.1f}, rest {percentile(f.at_rest,.5):.1f}/{percentile(f.at_rest,.95):.1f} ({len(f.at_rest)}), run {percentile(f.moving,.5):.1f}/{percentile(f.moving,.95):.1f} ({len(f.moving)})", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
