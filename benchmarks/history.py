"""How long a history takes to add up, how a year of reviews feels, and what a class's logs answer.

    python benchmarks/history.py [--learners 1000] [--days 365]

Three parts: the fold of 10,000 and 100,000 events from the disk (wanted: 0.3 s and 3 s on a quiet
machine; promised: twice the time that parsing their JSON takes in the same run); the reviews that
three learners meet on each day of a year (diligent, twice a week, three weeks away); and, where
DuckDB is installed (pip install duckdb), the queries of docs/events.md over the logs of simulated
learners, as they lie on the disk.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from rnntutor.study.events import Event, read
from rnntutor.study.progress import EMPTY, Progress, fold
from rnntutor.study.schedule import CAP, due, due_days

FOLDS = {10_000: 0.3, 100_000: 3.0}  # events: seconds
RATIO = 2.0
TOPICS = ("sequence", "rnn", "types", "bptt", "lstm", "gates", "gru")
EACH = 24  # questions of a topic
START = datetime(2025, 3, 3, 12, tzinfo=UTC)
BLOCK = re.compile(r"```sql\n(.*?)```", re.DOTALL)


def answer(session: str, n: int, when: datetime, question: str, score: float, sure: int) -> Event:
    data = {"question": question, "rev": 1, "variant": n, "lang": "en", "given": ["a"]}
    data |= {"score": score, "state": "right" if score >= 1 else "wrong", "found": []}
    data |= {"confidence": sure, "hints": 0, "seconds": 20.0}
    return Event(session, n, f"{when:%Y-%m-%dT%H:%M:%S.%f}Z", "+00:00", "answer", data)


def questions() -> list[str]:
    return [f"{topic}.q{n}" for topic in TOPICS for n in range(EACH)]


def write(directory: Path, events: list[Event]) -> None:
    """A file for each session, as the tutor writes them."""
    directory.mkdir(parents=True, exist_ok=True)
    by_session: dict[str, list[bytes]] = {}
    for event in events:
        by_session.setdefault(event.session, []).append(event.line())
    for session, lines in by_session.items():
        (directory / f"{session}.jsonl").write_bytes(b"".join(lines))


def folds(scratch: Path) -> bool:
    """The time from the disk to the learner's progress, beside that of parsing the JSON alone."""
    kept = True
    for count, most in FOLDS.items():
        asked, rng = questions(), random.Random(1)
        events = [
            answer(f"{n // 200:06}", n % 200 + 1, START + timedelta(minutes=n), rng.choice(asked),
                   rng.choice([0, 1, 1]), 2)
            for n in range(count)
        ]  # fmt: skip
        write(scratch / str(count), events)
        lines = [line for file in (scratch / str(count)).iterdir() for line in file.open("rb")]
        begun = perf_counter()
        kept_lines = [json.loads(line) for line in lines]
        parsed = perf_counter()
        del kept_lines
        fold(read(scratch / str(count)))
        seconds, alone = perf_counter() - parsed, parsed - begun
        kept &= seconds <= RATIO * alone
        ratio = f"{seconds / alone:.2f} x the JSON alone (promised {RATIO:.0f})"
        print(f"fold of {count:7,} events  {seconds:5.2f} s (wanted {most:.1f})  {ratio}")
    return kept


Presence = Callable[[int], bool]
LEARNERS: dict[str, Presence] = {
    "diligent": lambda day: True,
    "twice a week": lambda day: day % 7 in (1, 4),
    "three weeks away": lambda day: not 60 <= day < 81,
}


def year(days: int) -> None:
    """What each learner meets: new questions in the first weeks, then what is due, at most CAP."""
    for name, present in LEARNERS.items():
        rng, progress = random.Random(2), EMPTY
        fresh, met = questions(), [0] * days
        for day in range(days):
            if not present(day):
                continue
            now = START + timedelta(days=day)
            waiting = due(progress, now.replace(tzinfo=None))[:CAP]
            new = [fresh.pop() for _ in range(min(6, len(fresh)))]
            met[day] = len(waiting)
            events = [
                answer(f"{name}{day}", n, now + timedelta(minutes=n), question,
                       float(rng.random() < (0.85 if question in waiting else 0.6)), 2)
                for n, question in enumerate((*waiting, *new), 1)
            ]  # fmt: skip
            progress = fold(events, progress)
        print(f"{name:17} reviews a day, by month: {_months(met)}  at most {max(met)}")
        print(f"{'':17} waiting at the end: {_backlog(progress, days)}")


def _months(met: list[int]) -> str:
    months = [met[n : n + 30] for n in range(0, len(met), 30)]
    return " ".join(f"{sum(month) / max(1, sum(n > 0 for n in month)):.0f}" for month in months)


def _backlog(progress: Progress, days: int) -> int:
    last = START.toordinal() + days
    return sum(day <= last for day in due_days(progress).values())


def queries(scratch: Path, learners: int) -> None:
    """The queries of docs/events.md, each with the time it takes."""
    try:
        import duckdb
    except ImportError:
        print("queries: not run (pip install duckdb)")
        return
    rng, asked = random.Random(3), questions()
    for who in range(learners):
        skill = rng.uniform(0.4, 0.9)
        begun = START + timedelta(hours=who)
        write(
            scratch / "class" / f"{who:05}" / "events",
            [
                answer(f"{who:05}-1", n, begun + timedelta(minutes=n), rng.choice(asked),
                       float(rng.random() < skill), rng.choice([1, 2, 3]))
                for n in range(1, 41)
            ],
        )  # fmt: skip
    document = Path(__file__).parent.parent / "docs" / "events.md"
    files = (scratch / "class").as_posix()
    for query in BLOCK.findall(document.read_text(encoding="utf-8")):
        begun = perf_counter()
        rows = duckdb.sql(query.replace("class/", f"{files}/")).fetchall()
        title = query.strip().splitlines()[0].removeprefix("-- ")
        print(f"query over {learners:,} learners  {perf_counter() - begun:5.2f} s  {title}")
        print(f"    {len(rows)} rows, first {rows[0] if rows else None}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=1000)
    parser.add_argument("--days", type=int, default=365)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        kept = folds(Path(scratch))
        year(asked.days)
        queries(Path(scratch), asked.learners)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
