"""Measure folding a learner's history, reviews over a year and queries over a class's logs.

    python benchmarks/history.py [--learners 1000] [--days 365]

Three parts: the fold of 10,000 and 100,000 events of every kind from the disk (promised: 0.3 s and
3 s of processor time; printed beside the time to parse their JSON alone); the number of reviews
that three learners get on each day of a year (diligent, twice a week, three weeks away); and, where
DuckDB is installed (pip install duckdb), the queries of docs/events.md over log files of simulated
learners.
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
from time import perf_counter, process_time

from rnntutor.study.events import Event, read
from rnntutor.study.progress import EMPTY, Progress, fold
from rnntutor.study.schedule import CAP, due, due_days

FOLDS = {10_000: 0.3, 100_000: 3.0}  # events: seconds
TOPICS = ("sequence", "rnn", "types", "bptt", "lstm", "gates", "gru")
EACH = 24  # questions of a topic
START = datetime(2025, 3, 3, 12, tzinfo=UTC)
BLOCK = re.compile(r"```sql\n(.*?)```", re.DOTALL)


def answer(session: str, n: int, when: datetime, question: str, score: float, sure: int) -> Event:
    data = {"question": question, "rev": 1, "variant": n, "lang": "en", "given": ["a"]}
    data |= {"score": score, "state": "right" if score >= 1 else "wrong", "found": []}
    data |= {"confidence": sure, "hints": 0, "seconds": 20.0}
    return Event(session, n, f"{when:%Y-%m-%dT%H:%M:%S.%f}Z", "+00:00", "answer", data)


def event(session: str, n: int, when: datetime, kind: str, **data: object) -> Event:
    return Event(session, n, f"{when:%Y-%m-%dT%H:%M:%S.%f}Z", "+00:00", kind, data)


PAGES = [
    (lesson, f"step{n}") for lesson in ("rnn", "types", "bptt", "lstm", "cell") for n in range(9)
]
BELIEFS = ("M-01", "M-06", "M-13", "M-19", "M-24", "M-44")


def page_state(rng: random.Random, session: str, n: int, when: datetime) -> list[Event]:
    """Return the events of one visit to a page.

    Opening it, a prediction that is wrong half of the time and the reason chosen afterwards, what
    was done in its simulation, and sometimes a note or a mark.
    """
    lesson, page = rng.choice(PAGES)
    where = {"lesson": lesson, "page": page}
    right = rng.random() < 0.5
    found: list[tuple[str, dict[str, object]]] = [("page", {})]
    found.append(("predicted", {"given": rng.randrange(3), "right": right}))
    if not right:
        good = rng.random() < 0.6
        belief = [] if good else [rng.choice(BELIEFS)]
        found.append(("because", {"given": rng.randrange(3), "right": good, "found": belief}))
    did = [
        {
            "do": "knob",
            "name": rng.choice("WUb"),
            "to": 0.5,
            "times": rng.randint(1, 9),
            "second": 4.0,
        },
        {"do": "step", "to": 3, "times": rng.randint(1, 6), "second": 9.5},
        {"do": "run", "times": 1, "second": 12.0},
        {"do": "clamp", "name": "clamp_f", "to": None, "times": 2, "second": 20.1},
    ]
    told = rng.sample(did, rng.randint(0, 4))
    found.append(("stay", {"seconds": round(rng.uniform(5, 240), 1), "did": told}))
    if rng.random() < 0.05:
        found.append(("unclear", {"on": True}))
    if rng.random() < 0.05:
        found.append(("note", {"text": "what the gate keeps"}))
    return [
        event(session, n + k, when + timedelta(seconds=k), kind, **where, **data)
        for k, (kind, data) in enumerate(found)
    ]


def history(
    rng: random.Random, session: str, when: datetime, count: int, skill: float
) -> list[Event]:
    """Return the events of one session, pages with answers between them.

    A wrong answer given with full confidence is followed by a `contrast` event.
    """
    out: list[Event] = []
    asked = questions()
    while len(out) < count:
        when += timedelta(minutes=1)
        if rng.random() < 0.25:
            out += page_state(rng, session, len(out) + 1, when)
            continue
        question, sure = rng.choice(asked), rng.choice([1, 2, 3])
        score = float(rng.random() < skill)
        out.append(answer(session, len(out) + 1, when, question, score, sure))
        if sure == 3 and not score:
            own = {"question": question, "rev": 1, "variant": 0}
            out.append(event(session, len(out) + 1, when + timedelta(seconds=1), "contrast", **own))
    return out[:count]


def questions() -> list[str]:
    return [f"{topic}.q{n}" for topic in TOPICS for n in range(EACH)]


def write(directory: Path, events: list[Event]) -> None:
    """Write one file per session, as the tutor does."""
    directory.mkdir(parents=True, exist_ok=True)
    by_session: dict[str, list[bytes]] = {}
    for event in events:
        by_session.setdefault(event.session, []).append(event.line())
    for session, lines in by_session.items():
        (directory / f"{session}.jsonl").write_bytes(b"".join(lines))


def folds(scratch: Path) -> bool:
    """Time the fold from the disk against parsing the JSON alone; return whether promises are
    kept."""
    kept = True
    for count, most in FOLDS.items():
        rng = random.Random(1)
        events = [
            one
            for n in range(count // 200)
            for one in history(rng, f"{n:06}", START + timedelta(hours=4 * n), 200, 0.7)
        ]
        write(scratch / str(count), events)
        lines = [line for file in (scratch / str(count)).iterdir() for line in file.open("rb")]
        # Processor time, so that other load on the machine does not count.
        begun = process_time()
        kept_lines = [json.loads(line) for line in lines]
        parsed = process_time()
        del kept_lines
        fold(read(scratch / str(count)))
        seconds, alone = process_time() - parsed, parsed - begun
        kept &= seconds <= most
        ratio = f"{seconds / alone:.2f} x the JSON alone"
        print(f"fold of {count:7,} events  {seconds:5.2f} s (promised {most:.1f})  {ratio}")
    return kept


Presence = Callable[[int], bool]
LEARNERS: dict[str, Presence] = {
    "diligent": lambda day: True,
    "twice a week": lambda day: day % 7 in (1, 4),
    "three weeks away": lambda day: not 60 <= day < 81,
}


def year(days: int) -> None:
    """Print how many reviews each learner gets: due ones, at most CAP a day, besides new
    questions."""
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
    """Run and time the queries of docs/events.md."""
    try:
        import duckdb
    except ImportError:
        print("queries: not run (pip install duckdb)")
        return
    rng = random.Random(3)
    for who in range(learners):
        skill, begun = rng.uniform(0.4, 0.9), START + timedelta(hours=who)
        write(
            scratch / "class" / f"{who:05}" / "events",
            history(rng, f"{who:05}-1", begun, 80, skill),
        )
    document = Path(__file__).parent.parent / "docs" / "events.md"
    files = (scratch / "class").as_posix()
    for query in BLOCK.findall(document.read_text(encoding="utf-8")):
        started = perf_counter()
        rows = duckdb.sql(query.replace("class/", f"{files}/")).fetchall()
        title = query.strip().splitlines()[0].removeprefix("-- ")
        print(f"query over {learners:,} learners  {perf_counter() - started:5.2f} s  {title}")
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
