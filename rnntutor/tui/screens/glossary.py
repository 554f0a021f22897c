"""The glossary: the terms of the course with their definitions."""

from __future__ import annotations

from rnntutor.course.errors import CourseError
from rnntutor.course.load import in_another, in_language
from rnntutor.course.term import GlossaryTerm
from rnntutor.pages.listed import entry
from rnntutor.render.primitives.wrap import wrap
from rnntutor.render.prose import lay_out_inline
from rnntutor.session.finding import rank
from rnntutor.spans import Row, Rows, Span
from rnntutor.tui.keys import KeyCommand
from rnntutor.tui.messages import OpenLesson
from rnntutor.tui.screens.filtered import FilteredScreen


class GlossaryScreen(FilteredScreen):
    """The glossary; typing filters it, and Enter opens the step that teaches a term.

    Args:
        term: id of the term selected first.
    """

    def __init__(self, term: str = "") -> None:
        super().__init__()
        self._first = term

    def on_mount(self) -> None:
        ids = [term.id for term in self._terms()]
        self.cursor = ids.index(self._first) if self._first in ids else 0

    def _terms(self) -> list[GlossaryTerm]:
        """Return the terms that match the filter, best first, or all in alphabetical order."""
        lang = self.words.lang
        every = self.course_view.terms
        terms = sorted(every, key=lambda t: in_language(t.word, lang).lower())
        if not self.text.strip():
            return terms
        ranked = [
            (fit, term)
            for term in terms
            if (fit := rank(self.text, _names(term, lang))) is not None
        ]
        return [term for _, term in sorted(ranked, key=lambda pair: pair[0])]

    def _trouble(self) -> str:
        """Return the reason why the glossary cannot be read; "" if it can."""
        try:
            self.tutor.course.glossary  # noqa: B018, reads the glossary
        except CourseError as error:
            return error.sentence(self.words)
        return ""

    def headline(self) -> tuple[Row, Row]:
        terms = self._terms()
        count = f"{self.cursor + 1}/{len(terms)}" if terms else ""
        return (Span(self.words("glossary.title"), strong=True),), (Span(count, "grey"),)

    def own_commands(self) -> tuple[KeyCommand, ...]:
        return (KeyCommand("choose", ("enter",), "key.to-step"), *super().own_commands()[1:])

    @property
    def count(self) -> int:
        return len(self._terms())

    def listing(self, cells: int) -> tuple[Rows, int]:
        terms = self._terms()
        if not terms and (trouble := self._trouble()):
            return wrap((Span(trouble, "wrong"),), cells), -1
        if not terms:
            return wrap((Span(self.words("glossary.nothing"), "grey"),), cells), -1
        return self.entries(cells, terms, self._entry, ())

    def _entry(self, term: GlossaryTerm, here: bool) -> tuple[Row, Row]:
        return (), (Span(in_language(term.word, self.words.lang), strong=here),)

    def detail(self, cells: int) -> Rows:
        terms = self._terms()
        if not terms:
            return ()
        term, lang = terms[self.cursor], self.words.lang
        word, foreign = in_language(term.word, lang), in_another(term.word, lang)
        rows: list[Row] = [*wrap((Span(word, strong=True),), cells)]
        if foreign and foreign != word:
            rows += wrap((Span(foreign, "grey"),), cells)
        definition = term.defined_in(lang)
        rows += [(), *lay_out_inline(definition, cells, self.course_view.context), ()]
        if term.step:
            told = (Span(self._step(term.step), "accent"),)
            rows += entry((Span("→ ", "accent"),), told, cells, link=f"step:{term.step}")
        return tuple(rows)

    def _step(self, step: str) -> str:
        """Return the title of the step that teaches a term."""
        lesson, _, page = step.partition(".")
        return self.course_view.full_page_title(lesson, page)

    def choose(self) -> None:
        terms = self._terms()
        if terms and terms[self.cursor].step:
            lesson, _, page = terms[self.cursor].step.partition(".")
            self.app.post_message(OpenLesson(lesson, page))


def _names(term: GlossaryTerm, lang: str) -> tuple[str, ...]:
    """Return all names of a term, its word in `lang` first."""
    return (in_language(term.word, lang), *term.names)
