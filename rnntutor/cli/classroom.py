"""The commands for a class: write a hand-in, grade hand-ins, report on histories."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from rnntutor.cli.arguments import Arguments, as_path
from rnntutor.cli.files import new_file, refusal
from rnntutor.course.load import open_course
from rnntutor.exchange import hand_in
from rnntutor.exchange.grade import (
    OTHER,
    Graded,
    Grader,
    GradeSummary,
    Sheet,
    by_learner,
    by_question,
)
from rnntutor.failure import Refused
from rnntutor.study.events import files, read
from rnntutor.words import Words

if TYPE_CHECKING:
    from rich.table import Table


def run(asked: Arguments, words: Words) -> int:
    """Execute a command and return the exit status.

    Raises:
        Refused: the command is not possible.
        HandInError: a hand-in cannot be read.
        CourseError: the course cannot be read.
    """
    data_dir = asked.data_dir
    if asked.command == "hand-in":
        return _hand_in(asked, data_dir, words)
    course = open_course(asked.course_dir, words)
    names = [as_path(text) for text in (asked.word, *asked.more) if text]
    if asked.command == "grade":
        handed = [hand_in.read(file) for file in names]
    else:
        handed = [_history(named) for named in names or [data_dir]]
    grader = Grader(course)
    sheets = [grader.grade(one) for one in handed]
    if asked.has("json"):
        print(json.dumps(_data(sheets), ensure_ascii=False, indent=1))
    elif asked.has("csv"):
        _csv(sheets)
    else:
        _tables(sheets, words)
    return 0


def _hand_in(asked: Arguments, data_dir: Path, words: Words) -> int:
    made = hand_in.build_hand_in(read(data_dir / "events"), asked.text("name"))
    if not made.answers:
        raise Refused("hand_in.nothing")
    try:
        hand_in.write(made, new_file(asked.word))
    except OSError as error:
        raise refusal(error, asked.word) from None
    print(words("hand_in.written", n=len(made.answers), path=asked.word, name=made.name))
    return 0


def _history(source: Path) -> hand_in.HandIn:
    """Return a learner's history in the form of a hand-in.

    Args:
        source: the learner's data directory, or its subdirectory `events`.

    Raises:
        Refused: there is no history, or it cannot be read.
    """
    events = source / "events" if (source / "events").is_dir() else source
    try:
        if not files(events):
            raise Refused("report.none", path=source)
        return hand_in.build_hand_in(read(events), source.name)
    except OSError as error:
        raise refusal(error, source) from None


# ---- what is printed ---------------------------------------------------------------------------


def _tables(sheets: Sequence[Sheet], words: Words) -> None:
    console = Console(markup=False, highlight=False, emoji=False)
    learners = _table(words, "learner", "questions", "")
    for line in by_learner(sheets):
        note = "" if line.intact else words("grade.inconsistent")
        learners.add_row(line.name, *_figures(line), note)
    console.print(learners)
    console.print()
    questions = _table(words, "question", "learners", words("grade.wrong"))
    for line in by_question(sheets):
        most = words("grade.times", what=line.wrong[0], n=line.wrong[1]) if line.wrong else ""
        questions.add_row(line.name, *_figures(line), most)
    console.print(questions)
    other = sum(one.state == OTHER for sheet in sheets for one in sheet.answers)
    if other:
        console.print()
        console.print(words("grade.other", n=other))
    console.print()
    console.print(words("grade.receipt"), style="dim")


def _table(words: Words, about: str, count: str, last: str) -> Table:
    """Return an empty table about learners or questions.

    Args:
        about: key of the first column's heading.
        count: key of the second column's heading.
        last: heading of the last column.
    """
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(words(f"grade.{about}"), overflow="fold")
    for name in (count, "answers", "first", "seconds"):
        table.add_column(words(f"grade.{name}"), justify="right")
    table.add_column(last, overflow="fold")
    return table


def _figures(line: GradeSummary) -> tuple[str, str, str, str]:
    seconds = "" if line.seconds is None else f"{line.seconds:.0f}"
    return str(line.asked), str(line.answers), str(line.first), seconds


def _data(sheets: Sequence[Sheet]) -> dict[str, object]:
    return {
        "learners": [
            {
                "name": sheet.hand_in.name,
                "consistent": sheet.consistent,
                "answers": [_answer(one) for one in sheet.answers],
            }
            for sheet in sheets
        ],
        "questions": [
            {
                "question": line.name,
                "learners": line.asked,
                "answers": line.answers,
                "first_right": line.first,
                "median_seconds": line.seconds,
                "most_wrong": line.wrong[0] if line.wrong else None,
            }
            for line in by_question(sheets)
        ],
    }


def _answer(one: Graded) -> dict[str, object]:
    """Return an answer without learner and lesson, which the surrounding data contains."""
    return {k: v for k, v in asdict(one).items() if k not in ("learner", "lesson")}


def _csv(sheets: Sequence[Sheet]) -> None:
    """Print a row per answer."""
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(["learner", "question", "lesson", "score", "wrong", "seconds", "state"])
    for sheet in sheets:
        for one in sheet.answers:
            seconds = "" if one.seconds is None else f"{one.seconds:g}"
            wrong = " ".join(one.wrong)
            rows.writerow(
                [one.learner, one.question, one.lesson, f"{one.score:g}", wrong, seconds, one.state]
            )
