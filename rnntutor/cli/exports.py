"""The command `export`: the history, or what is learnt as cards, a quiz or a document."""

from __future__ import annotations

import json
from pathlib import Path

from rnntutor.cli.arguments import Arguments
from rnntutor.course.load import Course, open_course
from rnntutor.exchange import anki, learnt, moodle
from rnntutor.failure import Refused
from rnntutor.session import code_file
from rnntutor.study import transfer
from rnntutor.study.events import read
from rnntutor.words import Words


def export(asked: Arguments, data_dir: Path, words: Words) -> tuple[str, str]:
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
    paths = {name: code_file.path_of(data_dir, name) for name in course.builds}
    return {name: code_file.read(path) for name, path in paths.items() if path.exists()}
