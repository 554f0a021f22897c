"""Search by name: glossary terms, and steps and questions anywhere in the course."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rnntutor.course.errors import CourseError
from rnntutor.course.lesson import Lesson
from rnntutor.course.load import Course, in_language, plain_text
from rnntutor.course.walk import inlines
from rnntutor.session.hangul import letters

BODY = 9
"""The rank of a match in the body text only; matches in names rank before it."""


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """A searchable entry.

    Attributes:
        kind: "lesson", "step", "term", "sim", "question" or "command".
        title: the name shown, which is searched first.
        link: its link, "kind:target".
        about: the context shown beside the title.
        names: further names to search.
        text: body text to search.
    """

    kind: str
    title: str
    link: str
    about: str = ""
    names: tuple[str, ...] = ()
    text: str = ""


def possible_meanings(typed: str) -> tuple[str, ...]:
    """Return what a typed text may mean: itself, and its keys if a Korean input method was on."""
    text = " ".join(typed.casefold().split())
    keys = "".join(letters(character) for character in text)
    return tuple(dict.fromkeys(part for part in (text, keys) if part))


def rank(typed: str, names: Sequence[str], text: str = "") -> int | None:
    """Return how well a typed text matches; lower is better, None is no match.

    The first name ranks before all others. Within a name, a match at its start ranks before one at
    the start of a word, and that before any other. A match in the text alone has the rank BODY.
    """
    wanted = possible_meanings(typed)
    fits = [
        _within(part, name.casefold()) + (3 if n else 0)
        for part in wanted
        for n, name in enumerate(names)
        if part in name.casefold()
    ]
    if fits:
        return min(fits)
    return BODY if any(part in text.casefold() for part in wanted) else None


def _within(part: str, name: str) -> int:
    if name.startswith(part):
        return 0
    return 1 if f" {part}" in name.replace("·", " ") else 2


def find_matches(entries: Iterable[SearchEntry], typed: str) -> tuple[SearchEntry, ...]:
    """Return the matching entries, best first; equally good ones keep their order."""
    ranked = [
        (fit, entry)
        for entry in entries
        if (fit := rank(typed, (entry.title, *entry.names), entry.text)) is not None
    ]
    return tuple(entry for _, entry in sorted(ranked, key=lambda pair: pair[0]))


# ---- what a course has ---------------------------------------------------------------------------


def course_entries(course: Course, lang: str) -> tuple[SearchEntry, ...]:
    """Return the lessons, terms, steps (with their text) and questions of the course.

    This reads every lesson, so do not call it while the user waits.
    """
    entries = [*lesson_entries(course, lang), *term_entries(course, lang)]
    for entry in course.every:
        title = in_language(entry.title, lang)
        try:
            lesson = course.lesson(entry.id, lang)
            entries += _inside(lesson, title, course.names(lang))
        except CourseError:
            continue
    return tuple(entries)


def lesson_entries(course: Course, lang: str) -> tuple[SearchEntry, ...]:
    """Return the lessons, searchable by title and by the question that each answers."""
    return tuple(
        SearchEntry(
            "lesson",
            in_language(entry.title, lang),
            f"lesson:{entry.id}",
            in_language(entry.question, lang),
            text=in_language(entry.question, lang),
        )
        for entry in course.entries
    )


def term_entries(course: Course, lang: str) -> tuple[SearchEntry, ...]:
    """Return the terms, searchable by their names in every language and their aliases."""
    try:
        terms = course.terms
    except CourseError:
        return ()
    return tuple(
        SearchEntry(
            "term",
            in_language(term.word, lang),
            f"term:{term.id}",
            plain_text(term.defined_in(lang)),
            term.names,
        )
        for term in terms
    )


def _inside(lesson: Lesson, title: str, names: Mapping[str, str]) -> Iterable[SearchEntry]:
    for step in lesson.steps:
        link = f"step:{lesson.id}.{step.id}"
        text = " ".join(plain_text(inline, names) for inline in inlines(step.everything))
        yield SearchEntry("step", plain_text(step.title), link, title, text=text)
        for question in step.questions:
            link = f"question:{lesson.id}/{question.id}"
            yield SearchEntry(
                "question", plain_text(question.title), link, f"{title} · {plain_text(step.title)}"
            )
