"""The commands about what was learnt: due, progress, export, import, backup, restore, forget."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from rnntutor.cli.arguments import Arguments, Refused, as_path
from rnntutor.course.load import Course, in_language, open_course
from rnntutor.exchange import anki, learnt, moodle
from rnntutor.places import lessons_dir
from rnntutor.study import cache, place, transfer
from rnntutor.study.days import today
from rnntutor.study.events import read
from rnntutor.study.log import Log, local_now, new_session
from rnntutor.study.progress import Progress
from rnntutor.study.schedule import due, due_days, exam_day, forecast
from rnntutor.study.statistics import Count, Statistics, statistics
from rnntutor.words import Words

CONFIDENCE = {1: "guessed", 2: "maybe", 3: "sure"}


def run(asked: Arguments, words: Words) -> int:
    """Carry one of the commands out and return the exit status. Raises Refused, TransferError."""
    data_dir = place.data_dir(asked.text("data_dir") or None)
    try:
        match asked.command:
            case "due":
                print(len(due(cache.load(data_dir), local_now())))
            case "progress":
                course = open_course(asked.path("course") or lessons_dir(), words)
                show(data_dir, course, words, as_json=asked.has("json"))
            case "export":
                key, text = _exported(asked, data_dir, words)
                with as_path(asked.word).open("x", encoding="utf-8") as out:
                    out.write(text)
                print(words(key, path=asked.word))
            case "import":
                place.prepare(data_dir)
                new, known = transfer.merge(as_path(asked.word), data_dir / "events")
                print(words("history.imported", new=new, known=known))
            case "backup":
                count = transfer.backup(data_dir, as_path(asked.word))
                print(words("history.backed_up", n=count, path=asked.word))
            case "restore":
                place.prepare(data_dir)
                count = transfer.restore(as_path(asked.word), data_dir)
                print(words("history.restored", n=count, path=data_dir))
            case "forget":
                _forget(data_dir, words, sure=asked.has("yes"))
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = error.strerror or str(error)
        where = asked.word or str(data_dir)
        raise Refused("history.failed", path=where, reason=reason) from None
    return 0


def due_now(data_dir: Path, words: Words) -> tuple[tuple[str, ...], str]:
    """The questions that are due, those that waited longest first; and what is to be said where
    there are none: when the next come back."""
    try:
        progress = cache.load(data_dir)
    except OSError:
        progress = Progress()
    waiting = tuple(due(progress, local_now()))
    if waiting:
        return waiting, ""
    days = sorted(due_days(progress).values())
    if not days:
        return (), words("review.nothing_yet")
    return (), words("review.none", n=days.count(days[0]), day=iso(days[0]))


def set_exam(data_dir: Path, text: str) -> None:
    """Keep the day of an examination, or that there is none. Raises Refused for what is no date."""
    if text != "none":
        try:
            date.fromisoformat(text)
        except ValueError:
            raise Refused("review.no_date", what=text) from None
    log = Log(data_dir, new_session())
    log.append("setting", name="exam", value=None if text == "none" else text)
    log.close()


def iso(day: int) -> str:
    """A day as it is written in dates: 2026-03-01."""
    return date.fromordinal(day).isoformat()


def _exported(asked: Arguments, data_dir: Path, words: Words) -> tuple[str, str]:
    """The words for what is written into a new file, and its text. Raises Refused for two forms at
    once, CourseError for an unknown lesson."""
    forms = [form for form in ("anki", "moodle", "md") if asked.has(form)]
    if len(forms) > 1:
        raise Refused("export.one_form", a=f"--{forms[0]}", b=f"--{forms[1]}")
    lesson = asked.text("lesson")
    if not forms:
        if lesson:
            raise Refused("export.whole")
        history = transfer.exported(data_dir / "events")
        return "history.exported", json.dumps(history, ensure_ascii=False, indent=1)
    course = open_course(asked.path("course") or lessons_dir(), words)
    match forms[0]:
        case "anki":
            return "export.anki", anki.notes(course, words, lesson)
        case "moodle":
            return "export.moodle", moodle.quiz(course, words, lesson)
        case _:
            return "export.md", learnt.document(course, read(data_dir / "events"), words, lesson)


def _forget(data_dir: Path, words: Words, *, sure: bool) -> None:
    """Ask first, unless it was said that it is meant."""
    if not sure:
        print(words("history.forget_ask", path=data_dir), end=" ", flush=True)
        if sys.stdin.readline().strip() != words("history.forget_word"):
            print(words("history.kept"))
            return
    print(words("history.forgotten", n=transfer.forget(data_dir)))


# ---- progress --------------------------------------------------------------------------------


def show(data_dir: Path, course: Course, words: Words, *, as_json: bool) -> None:
    """Print what is known, with its evidence."""
    progress, found = cache.load(data_dir), statistics(read(data_dir / "events"))
    if as_json:
        print(json.dumps(report(progress, found), ensure_ascii=False, indent=1))
    else:
        _tables(progress, found, course, words)


def report(progress: Progress, found: Statistics) -> dict[str, object]:
    """The same as data: counts, and days as dates."""

    def counts(table: Mapping[str, Count]) -> dict[str, object]:
        return {key: {"asked": c.asked, "right": c.right} for key, c in sorted(table.items())}

    exam = exam_day(progress)
    return {
        "asked": found.all.asked,
        "right": found.all.right,
        "seconds": round(found.seconds),
        "topics": counts(found.topics),
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


def _tables(progress: Progress, found: Statistics, course: Course, words: Words) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(markup=False, highlight=False, emoji=False)
    if not found.all.asked:
        console.print(words("progress.nothing"))
        return
    days = due_days(progress)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(words("progress.topic"))
    for name in ("asked", "right", "share", "last", "next"):
        table.add_column(words(f"progress.{name}"), justify="right")
    for topic in course.topics:
        count = found.topics.get(topic.id)
        if count is None:
            continue
        own = [q for q in found.questions if q.partition(".")[0] == topic.id]
        due = min((days[q] for q in own if q in days), default=None)
        table.add_row(
            in_language(topic.name, words.lang),
            str(count.asked),
            str(count.right),
            _share(count),
            iso(max(found.last[q] for q in own)),
            iso(due) if due is not None else "",
        )
    console.print(table)
    console.print(words("progress.share_from"), style="dim")
    _calibration(found, words, console.print)
    ahead = forecast(progress, local_now())
    console.print()
    console.print(words("progress.forecast", today=ahead[0], days=len(ahead), sum=sum(ahead)))
    console.print("  " + "  ".join(str(n) if n else "·" for n in ahead))
    first = today(local_now())
    week = [found.days.get(first - back, Count()).asked for back in range(6, -1, -1)]
    console.print(words("progress.week", n=sum(week)))
    console.print("  " + "  ".join(str(n) if n else "·" for n in week))


def _share(count: Count) -> str:
    share = count.share
    return f"{share:.0%}" if share is not None else "·"


def _calibration(found: Statistics, words: Words, say: object) -> None:
    """How often one was right when one said how sure one was."""
    assert callable(say)
    rows = [(level, found.confidence[level]) for level in CONFIDENCE if level in found.confidence]
    if rows:
        say("")
        say(words("progress.calibration"))
    for level, count in rows:
        text = words("progress.of", right=count.right, asked=count.asked)
        say(f"  {words(f'confidence.{CONFIDENCE[level]}')}: {text}  {_share(count)}")
