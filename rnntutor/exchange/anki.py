"""Export a course as notes for Anki: tab-separated text.

Each note has a guid, so that importing the file again updates the notes instead of duplicating them
(https://docs.ankiweb.net/importing/text-files.html).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from rnntutor.course.load import Course, in_language
from rnntutor.exchange.html import Html
from rnntutor.exchange.questions import Posed, key, pose_questions, prompt, writer
from rnntutor.words import Words

VARIANTS = 3  # exported variants of a question with drawn numbers


def notes(course: Course, words: Words, lesson: str = "") -> str:
    """Return the text of the file: a header, and a note for each question and each term.

    Args:
        course: The course.
        words: Words in the language of the export.
        lesson: Id of a lesson to export alone, without terms.

    Raises:
        CourseError: The lesson is unknown.
    """
    out = io.StringIO()
    title = in_language(course.title, words.lang).replace("::", " ").replace("\n", " ")
    out.write("#separator:tab\n#html:true\n#notetype:Basic\n")
    out.write(f"#deck:{title}\n#guid column:1\n#tags column:4\n")
    rows = csv.writer(out, delimiter="\t", lineterminator="\n")
    html = writer(course, words.lang, words)
    for one in pose_questions(course, words.lang, lesson=lesson, variants=VARIANTS):
        rows.writerow(_question(one, html))
    if not lesson:
        rows.writerows(_terms(course, words))
    return out.getvalue()


def _question(one: Posed, html: Html) -> tuple[str, str, str, str]:
    question = one.question
    back = key(one, html) + html.blocks(question.why)
    tags = f"{one.lesson} {question.topic}" if one.lesson != question.topic else one.lesson
    return f"rnntutor:{one.lang}:{one.id}", _one_line(prompt(one, html)), _one_line(back), tags


def _terms(course: Course, words: Words) -> Iterator[tuple[str, str, str, str]]:
    """Yield a note for every term of the glossary: headword and definition."""
    html = writer(course, words.lang, words)
    for term in course.terms:
        front = f"<p><strong>{in_language(term.word, words.lang)}</strong></p>"
        guid = f"rnntutor:{words.lang}:term:{term.id}"
        yield guid, front, _one_line(html.inline(term.defined_in(words.lang))), "term"


def _one_line(text: str) -> str:
    """Return HTML on one line: line breaks become `<br>`, tabs become four spaces."""
    return text.replace("\r", "").replace("\n", "<br>").replace("\t", "    ")
