"""Measure the start-up time until the home screen, or an opened file, is readable.

The start is compared with that of a Textual app that shows one word. For an opened file, small or
large, two times are measured: until its name and until its contents are visible. All cases
alternate within one run, in a pseudo-terminal of 80×24, and ratios are promised, because other load
slows all of them. The extra time of a large file over a small one is promised in seconds of
processor time.

    python benchmarks/start.py [--rounds 11] [--beside OTHER/.venv/bin/python]
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from terminal import PROBE, Terminal

from rnntutor.package_data import lessons_dir
from rnntutor.study import cache
from rnntutor.study.events import Event
from rnntutor.study.log import stamp
from rnntutor.words import load

PROMISE, SAME = 1.2, 1.1
CONTENTS = 1.2  # the contents of a small file, beside the home screen
LARGE = 0.3  # extra processor seconds for the contents of 8 MB
HEADING = "A section of it"


@dataclass(frozen=True)
class Case:
    """One command to measure.

    Attributes:
        name: label of the case.
        command: program and arguments.
        text: text on the screen once it is readable.
    """

    name: str
    command: Sequence[str]
    text: str


class Took(NamedTuple):
    """Seconds of wall-clock time and of processor time."""

    clock: float
    processor: float


def until_readable(case: Case) -> Took:
    """Measure from exec until the text is on the screen."""
    with Terminal(case.command) as line:
        seen = line.wait(lambda: case.text in line.text(), case.name)
        return Took(seen - line.began, line.cpu_of_threads())


def long_course(directory: Path, lessons: int) -> Path:
    """Make a course with that many lessons, all copies of our first one."""
    own = lessons_dir()
    course = tomllib.loads((own / "course.toml").read_text(encoding="utf-8"))
    first = course["lesson"][0]
    lines = ['[course]\ntitle.ko = "Long"\ntitle.en = "Long"\n']
    lines += [
        f"[[topic]]\nid = {t['id']!r}\nko = {t['ko']!r}\nen = {t['en']!r}" for t in course["topic"]
    ]
    for lang in ("ko", "en"):
        (directory / lang).mkdir(parents=True)
    for number in range(1, lessons + 1):
        name = f"{number:03}.md"
        lines.append(
            f"[[lesson]]\nid = 'l{number}'\nfile = '{name}'\nminutes = 20\n"
            f"title.ko = 'Lesson {number}'\ntitle.en = 'Lesson {number}'\ntopics = []"
        )
        for lang in ("ko", "en"):
            source = own / lang / first["file"]
            if source.is_file():
                shutil.copy(source, directory / lang / name)
    (directory / "course.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    shutil.copy(own / "glossary.toml", directory)
    return directory


def history(directory: Path, events: int) -> Path:
    """Make a data directory with that many events, 200 a session."""
    folder = directory / "events"
    folder.mkdir(parents=True)
    moment = datetime(2024, 1, 1, 9, tzinfo=UTC)
    chosen: dict[str, object] = {"name": "language", "value": "en"}
    written = 0
    while written < max(events, 1):
        session = f"{written:08}"
        lines = []
        for sequence in range(1, min(200, max(events, 1) - written) + 1):
            moment += timedelta(minutes=10)
            kind = "answer"
            data: dict[str, object] = {
                "question": f"gates.q{(written + sequence) * 7 % 300}",
                "variant": sequence,
                "lang": "en",
                "given": ["a"],
                "score": sequence % 3 / 2,
                "confidence": 2,
                "seconds": 12.5,
            }
            if sequence == 1:
                kind, data = "setting", chosen
            lines.append(Event(session, sequence, stamp(moment), "+00:00", kind, data).line())
        written += len(lines)
        (folder / f"{session}.jsonl").write_bytes(b"".join(lines))
    return directory


def added_up(directory: Path) -> Path:
    """Add the cached fold of the events, as the end of a session does, and return the directory.

    The tutor cannot write it during this benchmark: it is killed long before.
    """
    cache.load(directory)
    return directory


def file_of(directory: Path, size: int) -> Path:
    """Make a file of about that many bytes with a heading every few lines and its name as its
    title."""
    path = directory / f"{size}.md"
    section = f"## {HEADING}\n\n" + "The state goes through a gate. " * 60 + "\n\n$$c_t=f_t$$\n\n"
    path.write_text(f"# {path.name}\n\n" + section * (size // len(section)), encoding="utf-8")
    return path


def cases(scratch: Path, beside: Path | None) -> list[Case]:
    """Return the cases to compare.

    The home screen counts as readable once its footer, the last row, is visible.

    Args:
        scratch: directory for data and courses.
        beside: Python of another commit's environment, which is started in the same run.
    """
    home = load("en")("key.quit")
    installed = "import sys; from rnntutor.cli import main; sys.exit(main())"
    tutor = [sys.executable, "-P", "-c", installed, "--lang", "en"]
    empty = history(scratch / "empty", 0)
    other = [str(beside), *tutor[1:], "--data-dir", str(history(scratch / "other", 0))]

    def started(name: str, data: Path, course: Path) -> Case:
        return Case(name, [*tutor, "--data-dir", str(data), "--course", str(course)], home)

    def opened(size: int, name: str) -> list[Case]:
        path = file_of(scratch, size)
        command = [*tutor, "--data-dir", str(empty), "open", str(path)]
        return [Case(name, command, path.name), Case(f"{name}'s contents", command, HEADING)]

    few = long_course(scratch / "few", 8)
    return [
        Case("one word", [sys.executable, "-c", PROBE], "READABLE"),
        started("tutor", empty, lessons_dir()),
        *([Case("another commit", other, home)] if beside is not None else []),
        started("8 lessons", empty, few),
        started("100 lessons", empty, long_course(scratch / "many", 100)),
        started("100,000 events", added_up(history(scratch / "long", 100_000)), few),
        started("not added up", history(scratch / "restored", 100_000), few),
        *opened(10_000, "10 kB"),
        *opened(1_000_000, "1 MB"),
        *opened(8_000_000, "8 MB"),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--beside", type=Path, help="the Python of another commit's environment")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        compared = cases(Path(scratch), arguments.beside)
        for case in compared:  # writes bytecode and fills the disk's cache
            until_readable(case)
        took: dict[str, list[Took]] = {case.name: [] for case in compared}
        for _ in range(arguments.rounds):
            for case in compared:
                took[case.name].append(until_readable(case))
    clock = {name: statistics.median(t.clock for t in times) for name, times in took.items()}
    processor = {name: min(t.processor for t in times) for name, times in took.items()}
    for name, times in took.items():
        least, most = min(t.clock for t in times), max(t.clock for t in times)
        print(
            f"{name:16} {clock[name] * 1e3:6.0f} ms   ({least * 1e3:.0f} to {most * 1e3:.0f})",
            end="",
        )
        print(f"   processor {processor[name] * 1e3:.0f} ms")
    kept = True
    for name, base, promise in (
        ("tutor", "one word", PROMISE),
        ("100 lessons", "8 lessons", SAME),
        ("100,000 events", "8 lessons", SAME),
        ("not added up", "8 lessons", SAME),
        ("10 kB", "tutor", SAME),
        ("8 MB", "10 kB", SAME),
        ("10 kB's contents", "tutor", CONTENTS),
    ):
        kept &= said(f"{name} / {base}", clock[name] / clock[base], promise)
    if arguments.beside is not None:
        print(f"tutor / another commit: {clock['tutor'] / clock['another commit']:.2f}")
    later = processor["8 MB's contents"] - processor["10 kB's contents"]
    kept &= said("8 MB's contents - 10 kB's, in seconds of the processor", later, LARGE)
    return 0 if kept else 1


def said(what: str, found: float, promise: float) -> bool:
    """Print a measured value beside the promised one; return whether the promise is kept."""
    kept = found <= promise
    print(f"{what}: {found:.2f}, promised {promise}: {'kept' if kept else 'MISSED'}")
    return kept


if __name__ == "__main__":
    sys.exit(main())
