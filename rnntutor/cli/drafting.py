"""`rnntutor draft FILE`: create a course draft from a lecture."""

from __future__ import annotations

from pathlib import Path

from rnntutor.cli.arguments import Arguments, as_path
from rnntutor.cli.files import refusal
from rnntutor.course.drafting.course import draft as drafted
from rnntutor.course.load import open_course
from rnntutor.course.opened.folder import documents
from rnntutor.course.opened.lesson import open_documents
from rnntutor.failure import Refused
from rnntutor.languages import LANGUAGES, language_of
from rnntutor.words import Words


def draft(asked: Arguments, words: Words) -> str:
    """Write the course and return a sentence that describes it.

    Raises:
        Refused: the target directory is not empty or cannot be written.
        CourseError: the lecture cannot be read.
    """
    file = as_path(asked.word)
    target = asked.path("o") or Path(f"{file.stem or 'lecture'}-course")
    texts = documents([file])
    lang = language_of(" ".join(document.text for document in texts), LANGUAGES, words.lang)
    lecture = open_documents(texts, file.name or "lecture", lang, words)
    made = drafted(lecture, open_course(asked.course_dir, words), lang, words)
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise Refused("draft.there", path=target)
        for name, text in made.files.items():
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise refusal(error, target) from error
    return words(
        "draft.done",
        path=target,
        statements=made.statements,
        served=made.served,
        stages=made.stages,
        questions=made.questions,
        terms=made.linked,
    )
