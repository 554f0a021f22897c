"""The command `progress`: what the learner has done, with its evidence, and the certificate."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from rnntutor.course.load import Course
from rnntutor.failure import Refused
from rnntutor.pages.progress import WIDE, by_topic, certificate, progress_rows
from rnntutor.session.course_view import CourseView
from rnntutor.spans import plain
from rnntutor.study import cache
from rnntutor.study.days import iso_date
from rnntutor.study.events import read
from rnntutor.study.log import local_now
from rnntutor.study.new_file import create
from rnntutor.study.progress import Progress
from rnntutor.study.schedule import due_days, exam_day, forecast
from rnntutor.study.statistics import Count, Statistics, statistics
from rnntutor.words import Words


def show(data_dir: Path, course: Course, words: Words, *, as_json: bool) -> None:
    """Print the learner's progress with its evidence."""
    progress, found = cache.load(data_dir), statistics(read(data_dir / "events"))
    if as_json:
        print(json.dumps(report(course, progress, found), ensure_ascii=False, indent=1))
        return
    for row in progress_rows(CourseView(course, progress, words), found, WIDE, local_now()):
        print(plain(row).rstrip())


def write_certificate(file: Path, data_dir: Path, course: Course, words: Words) -> None:
    """Write the certificate to a new file.

    Raises:
        Refused: the course is not finished.
        OSError: the file cannot be written.
    """
    progress, found = cache.load(data_dir), statistics(read(data_dir / "events"))
    rows = certificate(CourseView(course, progress, words), found, local_now())
    if rows is None:
        raise Refused("certificate.not_yet")
    with create(file) as out:
        out.writelines(f"{plain(row).rstrip()}\n".encode() for row in rows)


def report(course: Course, progress: Progress, found: Statistics) -> dict[str, object]:
    """Return the progress as JSON data: counts, and days as ISO dates."""

    def counts(table: Mapping[str, Count]) -> dict[str, object]:
        return {key: {"asked": c.asked, "right": c.right} for key, c in sorted(table.items())}

    exam = exam_day(progress)
    return {
        "asked": found.all.asked,
        "right": found.all.right,
        "seconds": round(found.seconds),
        "topics": counts(by_topic(course, found)),
        "questions": {
            question: {
                "asked": count.asked,
                "right": count.right,
                "last": iso_date(found.last[question]),
                "due": iso_date(day) if (day := due_days(progress).get(question)) else None,
            }
            for question, count in sorted(found.questions.items())
        },
        "confidence": counts({str(k): c for k, c in found.confidence.items()}),
        "days": counts({iso_date(day): c for day, c in found.days.items()}),
        "forecast": forecast(progress, local_now()),
        "exam": iso_date(exam) if exam is not None else None,
    }
