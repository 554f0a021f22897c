"""A course as notes for Anki: tab-separated text with a note's guid, so that importing it again
updates the notes in place of doubling them (https://docs.ankiweb.net/importing/text-files.html)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from rnntutor.course.blocks import Inline
from rnntutor.course.load import Course, in_language
from rnntutor.course.term import GlossaryTerm
from rnntutor.exchange.html import Html
from rnntutor.exchange.questions import Posed, key, posed, prompt, writer
from rnntutor.words import Words

VARIANTS = 3  # of a question that draws its numbers


def notes(course: Course, words: Words, lesson: str = "") -> str:
    """The file: its header, a note for each question and, of the whole course, for each term.
    Raises CourseError for an unknown lesson."""
    out = io.StringIO()
    title = in_language(course.title, words.lang).replace("::", " ").replace("\n", " ")
    out.write("#separator:tab\n#html:true\n#notetype:Basic\n")
    out.write(f"#deck:{title}\n#guid column:1\n#tags column:4\n")
    rows = csv.writer(out, delimiter="\t", lineterminator="\n")
    html = writer(course, words.lang, words)
    for one in posed(course, words.lang, lesson=lesson, variants=VARIANTS):
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
    """Every term of the glossary: its word in front, its sentence behind."""
    html = writer(course, words.lang, words)
    for term in course.terms:
        front = f"<p><strong>{in_language(term.word, words.lang)}</strong></p>"
        guid = f"rnntutor:{words.lang}:term:{term.id}"
        yield guid, front, _one_line(html.inline(_definition(term, words.lang))), "term"


def _definition(term: GlossaryTerm, lang: str) -> Inline:
    """In the language that is asked for, else in the one there is."""
    found = dict(term.definition)
    return found.get(lang) or next(iter(found.values()), ())


def _one_line(text: str) -> str:
    """HTML as one line: the line breaks of code become tags, a tab four spaces."""
    return text.replace("\r", "").replace("\n", "<br>").replace("\t", "    ")
