"""The glossary as text: all terms, or one with its definition."""

from __future__ import annotations

from collections.abc import Iterable

from rnntutor.course.load import in_language
from rnntutor.course.term import GlossaryTerm
from rnntutor.course.wording import same_words
from rnntutor.failure import Refused
from rnntutor.plain.lines import COLUMNS, Lines
from rnntutor.render.primitives.wrap import wrap
from rnntutor.render.prose import lay_out_inline
from rnntutor.session.course_view import CourseView
from rnntutor.spans import Span
from rnntutor.words import Words


def show(view: CourseView, wanted: str, lines: Lines) -> None:
    """Print the term `wanted`, or all headwords if it is "".

    Raises:
        Refused: there is no such term.
    """
    words = view.words
    ordered = sorted(view.terms, key=lambda term: in_language(term.word, words.lang).lower())
    lines.say()
    if not wanted:
        lines.say(words("glossary.title"), "head")
        _list(ordered, lines, words)
        return
    found = _find_terms(ordered, wanted)
    if not found:
        raise Refused("plain.glossary.none", name=wanted)
    if len(found) > 1:
        lines.say(words("plain.glossary.several", name=wanted))
        _list(found, lines, words)
        return
    _one(found[0], lines, view)


def _list(terms: Iterable[GlossaryTerm], lines: Lines, words: Words) -> None:
    names = ", ".join(in_language(term.word, words.lang) for term in terms)
    lines.rows(wrap([Span(names)], COLUMNS))
    lines.say(words("plain.glossary.how"), "grey")


def _find_terms(terms: Iterable[GlossaryTerm], wanted: str) -> tuple[GlossaryTerm, ...]:
    """Return the term with this id, name or alias, else all terms with a name that contains it."""
    text = same_words(wanted)
    named = [(term, frozenset(map(same_words, (term.id, *term.names)))) for term in terms]
    exact = tuple(term for term, names in named if text in names)
    return exact[:1] or tuple(t for t, names in named if any(text in name for name in names))


def _one(term: GlossaryTerm, lines: Lines, view: CourseView) -> None:
    """Print a term with its foreign names, its definition, and the step that teaches it."""
    words = view.words
    word = in_language(term.word, words.lang)
    others = [other for lang, other in term.word if lang != words.lang and other != word]
    lines.say(f"{word} ({', '.join(others)})" if others else word, "head")
    definition = term.defined_in(words.lang)
    lines.rows(lay_out_inline(definition, COLUMNS, view.context))
    if term.step:
        title = view.full_page_title(*term.step.split(".", 1))
        lines.say(words("plain.glossary.where", title=title, step=term.step), "grey")
