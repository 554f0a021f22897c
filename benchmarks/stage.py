"""Measure bytes, processor, memory and key latency of the simulations, against promised limits.

Every simulation is opened in a pseudo-terminal of 80×24, run at its default speed, paused and used:
Tab and v are pressed at random times, and a key's latency ends with the last byte of its paint. A
Textual app that shows one word is measured in the same run: it gives the framework's own cost on
this machine at this moment. Linux only.

    python benchmarks/stage.py [--quick] [--truecolor] [SIMULATION ...]
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from terminal import NOTHING, PROBE, WIDTH, Terminal, Use, percentile, tutor

from rnntutor import sims
from rnntutor.course.load import open_course
from rnntutor.package_data import lessons_dir
from rnntutor.render.views.registry import heading
from rnntutor.words import load

WIRE, PAGE = 8000.0, 6000.0  # bytes a second, bytes
AT_REST, RUNNING = 6.0, 12.0  # ms
TRACE, TRAINING, IDLE = 6.0, 100.0, 0.3  # per cent of a core
IN_LESSON, IN_TRAINING = 70.0, 85.0  # MiB
EFFECT = 10.0  # seconds
SLOW = 64 * 1024.0  # bytes a second
SLOW_P95, SLOW_MOST = 300.0, 600.0  # ms
FASTEST = "===="  # keys that bring a stage to its highest speed
TITLE = 2  # the stage's first row, under header and hairline
SIGNS = "▶‖■"  # where the title's transport begins
WORDS = load("en")
# Text on the screen once training has a visible effect, by simulation.
EFFECTS = {
    "forecast": WORDS("forecast.said_learned", p="%").split("%")[-1],
    "memory": WORDS("recall.said_good", cell="%", t="%", p="%").split("%")[-2],
    "race": "✓",
    "text": "    200 ",
}
PAUSE = f"Space {WORDS('key.pause')}"  # in the footer while something runs
SPACE = "Space"  # in the footer where something can run


@dataclass(frozen=True)
class Length:
    """How long each part of the measurement takes.

    Attributes:
        running: seconds of watching a run.
        view: seconds of watching each further view; 0 for the first view only.
        paused: seconds of watching the paused simulation.
        keys: number of keys.
        lessons: number of lessons that are paged through.
        idle: seconds of watching the idle tutor.
    """

    running: float = 12.0
    view: float = 4.0
    paused: float = 3.0
    keys: int = 60
    lessons: int = 100
    idle: float = 60.0


QUICK = Length(running=4.0, view=0.0, paused=1.5, keys=16, lessons=1, idle=0.0)


@dataclass
class Found:
    """Measurements of one simulation.

    Attributes:
        name: name of the simulation.
        trains: whether it trains a network.
        running: use during a run in the first view.
        paused: use while paused.
        views: use during a run, by view.
        at_rest: key latencies in ms while paused.
        moving: key latencies in ms during a run.
        memory: resident MiB.
    """

    name: str
    trains: bool
    running: Use = NOTHING
    paused: Use = NOTHING
    views: dict[str, Use] = field(default_factory=dict)
    at_rest: list[float] = field(default_factory=list)
    moving: list[float] = field(default_factory=list)
    memory: float = 0.0

    @property
    def busiest(self) -> str:
        return max(self.views, key=lambda view: self.views[view].rate)


class StageLine(Terminal):
    """A terminal in which one simulation fills the screen.

    Attributes:
        keys: keys with an immediately visible effect.
        names: headings of the simulation's views.
    """

    keys: Sequence[str] = ("\t", "v")
    names: Sequence[str] = ()  # of its views

    def open(self, name: str) -> None:
        title = WORDS(f"sim.{name}")
        self.wait(lambda: title in self.rows()[TITLE], f"the stage of {name}")
        self.quiet()
        self.names = [heading(view, WORDS) for view in views(name)]
        if len(self.names) < 2:
            self.keys = ("\t",)

    @property
    def named(self) -> bool:
        """Whether the title has room for the view's name.

        Without the name before and after `v`, nothing on the screen distinguishes a new view from
        the changes of a running simulation.
        """
        return any(name in self.rows()[TITLE] for name in self.names)

    @property
    def going(self) -> bool:
        """Whether a run or training is in progress."""
        return PAUSE in self.rows()[-1]

    def mark(self) -> object:
        """Return the parts of the screen that Tab and v change but a running simulation does not.

        These are the title up to its transport, with its colours, and the position of the knob's
        pointer.
        """
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
        """Start or resume the run.

        A view without runs (its footer does not offer Space) is left first.
        """
        while not self.going and SPACE not in self.rows()[-1]:
            self.send("v")
            self.quiet()
        if not self.going:
            self.send(" ")
            self.wait(lambda: self.going, "a running stage", 10.0)

    def pause(self) -> None:
        if self.going:
            self.send(" ")
            self.wait(lambda: not self.going, "a paused stage", 10.0)
        self.quiet()

    def watch_running(self, seconds: float) -> Use:
        """Return the use during a run, restarting it whenever it ends.

        The restart is not counted, because a learner would have asked for it.
        """
        total = NOTHING
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            if not self.going:
                self.start()
                self.run(0.1)
            total = total.plus(self.watch(0.1))
        return total

    def keys_running(self, count: int, chance: random.Random) -> list[float]:
        """Return key latencies in milliseconds at random times during a run."""
        found: list[float] = []
        pressed = 0
        end = time.perf_counter() + 3.0 * count
        while len(found) < count and time.perf_counter() < end:
            self.start()
            self.run(chance.uniform(0.02, 0.3))
            going, named, key = self.going, self.named, self.keys[pressed % len(self.keys)]
            took = self.latency(key, self.mark)
            pressed += 1
            if going and took is not None and (key != "v" or named or self.named):
                found.append(took * 1e3)
        return found


# ---- measuring ------------------------------------------------------------------------------


def measured(
    name: str,
    data: Path,
    length: Length,
    *,
    truecolor: bool = False,
    python: Path = Path(sys.executable),
) -> Found:
    """Measure one simulation.

    Args:
        name: name of the simulation.
        data: data directory of the tutor.
        length: how long each part takes.
        truecolor: give the terminal 24-bit colour.
        python: Python of the environment that contains the tutor.
    """
    chance = random.Random(7)
    found = Found(name, trains=sims.find(name).updates is not None)
    command = tutor(data, "sim", name, python=python)
    with StageLine(command, truecolor=truecolor) as line:
        line.open(name)
        found.paused = line.watch(length.paused)
        found.at_rest = [s * 1e3 for s in line.latencies(line.keys, length.keys, line.mark, chance)]
        line.send("1")
        line.quiet()
        found.running = line.watch_running(length.running)
        found.memory = line.memory()
        found.moving = line.keys_running(length.keys, chance)
        shown = views(name)[:9]
        found.views[shown[0]] = found.running
        for number, view in enumerate(shown[1:] if length.view else (), 2):
            line.send(str(number))
            line.run(0.3)
            found.views[view] = line.watch_running(length.view)
        line.pause()
        found.paused = found.paused.plus(line.watch(length.paused))
        found.memory = max(found.memory, line.memory())
    return found


def views(name: str) -> Sequence[str]:
    simulation = sims.find(name)
    return simulation.views(simulation.make({}))


def one_word(count: int, *, running: bool) -> list[float]:
    """Return key latencies in milliseconds of a Textual app that shows one word.

    Args:
        count: number of keys.
        running: also show a clock that ticks as often as training reports.
    """
    command = [sys.executable, "-c", PROBE, *(["running"] if running else [])]
    with Terminal(command) as line:
        line.wait(lambda: "READABLE" in line.text(), "one word")
        line.quiet(0.2, 1.0)
        keys = line.latencies("k", count, lambda: line.rows()[0], random.Random(7))
    return [seconds * 1e3 for seconds in keys]


def slow_line(busiest: Found, data: Path, count: int, *, fastest: bool) -> list[float]:
    """Return key latencies in milliseconds on a line of 64 KiB a second during a run.

    Args:
        busiest: measurements of the simulation; its busiest view is shown.
        data: data directory of the tutor.
        count: number of keys.
        fastest: run at the highest speed.
    """
    name = busiest.name
    with StageLine(tutor(data, "sim", name), rate=SLOW) as line:
        line.open(name)
        line.send(str(views(name).index(busiest.busiest) + 1))
        line.keys = ("\t",)  # stays in that view
        if fastest:
            line.start()
            line.send(FASTEST)
        line.run(1.0)
        return line.keys_running(count, random.Random(7))


def effect(name: str, data: Path) -> float:
    """Return the seconds from the key that starts training to its first visible success."""
    with StageLine(tutor(data, "sim", name)) as line:
        line.open(name)
        began = time.perf_counter()
        line.send(" ")
        return line.wait(lambda: EFFECTS[name] in line.text(), f"an effect of {name}") - began


def pages(data: Path, lessons: int) -> tuple[list[tuple[str, float]], float]:
    """Turn through the pages of the course.

    Returns:
        (header, bytes sent) of each next page, and resident MiB on the last one.
    """
    course = open_course(lessons_dir(), WORDS)
    found: list[tuple[str, float]] = []
    with Terminal(tutor(data)) as line:
        line.wait(lambda: WORDS("key.quit") in line.text(), "the home screen")
        line.quiet()
        line.send("\r")
        line.quiet()
        for _ in range(14 * min(lessons, len(course.entries))):
            if WORDS("key.leave-field") in line.rows()[-1]:
                line.send("\x1b")
                line.quiet(0.2)
            before = line.text()
            line.send("n")
            sent, end = 0, time.perf_counter() + 1.0
            while line.text() == before and time.perf_counter() < end:
                sent += line.run(0.05)
            sent += line.quiet(0.15)
            if line.text() != before:
                found.append((line.rows()[0].strip(), float(sent)))
        return found, line.memory()


def idle(data: Path, seconds: float, *arguments: str) -> Use:
    """Return the tutor's use while there is no input."""
    with Terminal(tutor(data, *arguments)) as line:
        line.wait(lambda: line.rows()[-1] != "", "a footer")
        line.quiet(2.0, 10.0)
        return line.watch(seconds)


# ---- reporting ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """One row of a table.

    Attributes:
        name: label of the row.
        value: measured value.
        promise: highest allowed value.
        note: further details.
    """

    name: str
    value: float
    promise: float
    note: str = ""

    @property
    def kept(self) -> bool:
        return self.value <= self.promise


class Report:
    """Printer of tables of promises.

    Attributes:
        kept: whether all promises so far were kept.
    """

    def __init__(self) -> None:
        self.kept = True

    def table(self, title: str, unit: str, lines: Iterable[Line]) -> None:
        print(f"\n{title}")
        for line in lines:
            self.kept &= line.kept
            verdict = "kept  " if line.kept else "MISSED"
            value = f"{line.value:8.1f} {unit}".ljust(16)
            print(f"  {line.name:30.30} {value} of {line.promise:<6g} {verdict}  {line.note}")


def spread(times: Sequence[float]) -> str:
    most = max(times, default=0.0)
    return f"p50 {percentile(times, 0.5):.1f}, at most {most:.1f}, {len(times)} keys"


def wire(found: Found) -> Iterable[Line]:
    for view, use in found.views.items():
        note = f"{use.sent / max(1, use.frames):.0f} B a frame, {use.frames} frames"
        yield Line(f"{found.name} {view}", use.rate, WIRE, note)


def keys(found: Iterable[Found], of: Callable[[Found], list[float]], most: float) -> list[Line]:
    return [Line(f.name, percentile(of(f), 0.95), most, spread(of(f))) for f in found]


def floor(report: Report, times: Sequence[float], found: Sequence[float], most: float) -> None:
    """Print the latency of the app with one word, which is Textual's own share."""
    ours, own = percentile(found, 0.95), percentile(times, 0.95)
    print(f"  one word in Textual, same run: p95 {own:.1f} ms ({spread(times)})")
    print(f"  all simulations together: p95 {ours:.1f} ms, {ours / own:.2f} × one word")
    if own > most:
        print("  here Textual itself, with one word on the screen, does not keep the promise")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="SIMULATION")
    parser.add_argument("--quick", action="store_true", help="fewer seconds, the first views only")
    parser.add_argument("--truecolor", action="store_true", help="not 256 colours, as over SSH")
    arguments = parser.parse_args()
    length = QUICK if arguments.quick else Length()
    report = Report()
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch)
        found = []
        words_at_rest: list[float] = []
        words_running: list[float] = []
        for name in arguments.names or sims.names():
            print(f"{name} …", file=sys.stderr, flush=True)
            # The app with one word gets as many keys as all simulations, at the same times.
            words_at_rest += one_word(length.keys, running=False)
            found.append(measured(name, data / name, length, truecolor=arguments.truecolor))
            words_running += one_word(length.keys, running=True)
        report.table("Bytes a second while it runs", "B/s", (x for f in found for x in wire(f)))
        report.table(
            "Bytes while it is paused, before and after",
            "B",
            [Line(f.name, f.paused.sent, 0.0) for f in found],
        )
        traces = [Line(f.name, f.running.percent, TRACE) for f in found if not f.trains]
        trainings = [Line(f.name, f.running.percent, TRAINING) for f in found if f.trains]
        report.table("Processor while a trace runs", "%", traces)
        report.table("Processor while a training runs", "%", trainings)
        seen = [f.name for f in found if f.name in EFFECTS]
        lines = [Line(name, effect(name, data / "effect"), EFFECT) for name in seen]
        report.table("Seconds until a training has an effect", "s", lines)
        limits = {True: IN_TRAINING, False: IN_LESSON}
        memory = [Line(f.name, f.memory, limits[f.trains]) for f in found]
        report.table("Resident memory", "MiB", memory)
        report.table("Keys at rest, p95", "ms", keys(found, lambda f: f.at_rest, AT_REST))
        floor(report, words_at_rest, [ms for f in found for ms in f.at_rest], AT_REST)
        report.table("Keys while it runs, p95", "ms", keys(found, lambda f: f.moving, RUNNING))
        floor(report, words_running, [ms for f in found for ms in f.moving], RUNNING)
        busiest = max(found, key=lambda f: f.views[f.busiest].rate)
        lines = []
        for fastest, said in ((False, "default speed"), (True, "speed ×8")):
            times = slow_line(busiest, data / "slow", length.keys, fastest=fastest)
            lines.append(Line(f"{said}, p95", percentile(times, 0.95), SLOW_P95, spread(times)))
            lines.append(Line(f"{said}, at most", max(times, default=0.0), SLOW_MOST))
        report.table(f"Keys on 64 KiB/s, {busiest.name} {busiest.busiest} running", "ms", lines)
        turned, held = pages(data / "pages", length.lessons)
        turned.sort(key=lambda page: -page[1])
        largest = [Line(name, sent, PAGE) for name, sent in turned[:8]]
        report.table(f"Next page, the largest of {len(turned)}", "B", largest)
        report.table("Resident memory in the last lesson", "MiB", [Line("lesson", held, IN_LESSON)])
        if length.idle:
            rest = {"home": idle(data, length.idle), "cell": idle(data, length.idle, "sim", "cell")}
            lines = [Line(name, use.percent, IDLE, f"{use.sent} B") for name, use in rest.items()]
            report.table("Processor in an idle minute", "%", lines)
            sent = [Line(name, use.sent, 0.0) for name, use in rest.items()]
            report.table("Bytes in an idle minute", "B", sent)
    print("\nall kept" if report.kept else "\nsome promises are MISSED")
    return 0 if report.kept else 1


if __name__ == "__main__":
    sys.exit(main())
