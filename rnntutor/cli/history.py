"""The commands on the history: due, progress, export, import, backup, restore, forget."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from rnntutor.cli.arguments import Arguments, as_path
from rnntutor.cli.files import OUTPUT, new_file, refusal
from rnntutor.course.load import Course, open_course
from rnntutor.exchange import anki, learnt, moodle
from rnntutor.failure import Refused
from rnntutor.pages.progress import WIDE, by_topic, certificate, progress_rows
from rnntutor.session.course_view import CourseView
from rnntutor.session.waiting import due_here
from rnntutor.spans import plain
from rnntutor.study import cache, directory, transfer
from rnntutor.study.events import read
from rnntutor.study.log import Log, local_now, new_session
from rnntutor.study.new_file import create
from rnntutor.study.progress import Progress
from rnntutor.study.schedule import due_days, exam_day, forecast
from rnntutor.study.statistics import Count, Statistics, statistics
from rnntutor.words import Words


def run(asked: Arguments, words: Words) -> int:
    """Execute a command and return the exit status.

    Raises:
        Refused: the command is not possible, or a file cannot be read or written.
        TransferError: an imported file is invalid.
    """
    data_dir = asked.data_dir
    try:
        match asked.command:
            case "due":
                course = open_course(asked.course_dir, words)
                print(len(due_here(cache.load(data_dir), course)))
            case "progress":
                course = open_course(asked.course_dir, words)
                if asked.has("certificate"):
                    file = new_file(asked.text("certificate"))
                    write_certificate(file, data_dir, course, words)
                    print(words("certificate.written", path=file))
                else:
                    show(data_dir, course, words, as_json=asked.has("json"))
            case "export":
                key, text = _export(asked, data_dir, words)
                if asked.word == OUTPUT:
                    print(text.removesuffix("\n"))
                else:
                    with create(as_path(asked.word)) as out:
                        # Half a surrogate pair, which a terminal may send, becomes an escape.
                        out.write(text.encode("utf-8", "backslashreplace"))
                    print(words(key, path=asked.word))
            case "import":
                directory.prepare(data_dir)
                new, known = transfer.merge(as_path(asked.word), data_dir / "events")
                print(words("history.imported", new=new, known=known))
            case "backup":
                count = transfer.backup(data_dir, new_file(asked.word))
                print(words("history.backed_up", n=count, path=asked.word))
            case "restore":
                directory.prepare(data_dir)
                count = transfer.restore(as_path(asked.word), data_dir)
                print(words("history.restored", n=count, path=data_dir))
            case "forget":
                _forget(data_dir, words, sure=asked.has("yes"))
            case _:
                raise ValueError(asked.command)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise refusal(error, asked.word or data_dir) from None
    return 0


def due_now(data_dir: Path, course: Course, words: Words) -> tuple[tuple[str, ...], str]:
    """Return the due questions, the longest waiting first.

    If there are none, a sentence about when the next are due is returned with them.
    """
    progress = cache.load_or_empty(data_dir)
    waiting = due_here(progress, course)
    if waiting:
        return waiting, ""
    days = sorted(due_days(progress).values())
    if not days:
        return (), words("review.nothing_yet")
    return (), words("review.none", n=days.count(days[0]), day=iso(days[0]))


def set_exam(data_dir: Path, text: str) -> None:
    """Store the day of an exam, or that there is none.

    Raises:
        Refused: the text is not a date.
    """
    if text != "none":
        try:
            date.fromisoformat(text)
        except ValueError:
            raise Refused("review.no_date", what=text) from None
    log = Log(data_dir, new_session())
    log.append("setting", name="exam", value=None if text == "none" else text)
    log.close()


def iso(day: int) -> str:
    """Return a day as an ISO date: 2026-03-01."""
    return date.fromordinal(day).isoformat()


def _export(asked: Arguments, data_dir: Path, words: Words) -> tuple[str, str]:
    """Return the key of a success message and the text to export.

    Raises:
        Refused: several formats are requested, or a lesson with a format that has none.
        CourseError: there is no such lesson.
    """
    forms = [form for form in ("json", "anki", "moodle", "md") if asked.has(form)]
    if len(forms) > 1:
        raise Refused("export.one_form", a=f"--{forms[0]}", b=f"--{forms[1]}")
    lesson = asked.text("lesson")
    if forms in ([], ["json"]):
        if lesson:
            raise Refused("export.whole")
        history = transfer.export(data_dir / "events")
        return "history.exported", json.dumps(history, ensure_ascii=False, indent=1)
    course = open_course(asked.course_dir, words)
    match forms[0]:
        case "anki":
            return "export.anki", anki.notes(course, words, lesson)
        case "moodle":
            return "export.moodle", moodle.quiz(course, words, lesson)
        case _:
            events, built = read(data_dir / "events"), _own_code(course, data_dir)
            return "export.md", learnt.document(course, events, words, lesson, built)


def _own_code(course: Course, data_dir: Path) -> dict[str, str]:
    """Return the learner's code of each exercise begun.

    Raises:
        FileError: a file cannot be read.
    """
    from rnntutor.session import code_file

    paths = {name: code_file.path_of(data_dir, name) for name in course.builds}
    return {name: code_file.read(path) for name, path in paths.items() if path.exists()}


def _forget(data_dir: Path, words: Words, *, sure: bool) -> None:
    """Delete the history, after asking for confirmation unless `sure` is set."""
    if not sure:
        print(words("history.forget_ask", path=data_dir), end=" ", flush=True)
        if sys.stdin.readline().strip() != words("history.forget_word"):
            print(words("history.kept"))
            return
    print(words("history.forgotten", n=transfer.forget(data_dir)))


# ---- progress --------------------------------------------------------------------------------


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
                "last": iso(found.last[question]),
                "due": iso(day) if (day := due_days(progress).get(question)) else None,
            }
            for question, count in sorted(found.questions.items())
        },
        "confidence": counts({str(k): c for k, c in found.confidence.items()}),
        "days": counts({iso(day): c for day, c in found.days.items()}),
        "forecast": forecast(progress, local_now()),
        "exam": iso(exam) if exam is not None else None,
    }
