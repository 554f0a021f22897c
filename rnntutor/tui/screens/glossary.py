"""The terms of the course, each with the sentence that defines it."""

from __future__ import annotations

from rnntutor.course.blocks import Term
from rnntutor.course.load import in_another, in_language
from rnntutor.pages.listed import entry
from rnntutor.render.primitives.wrap import GLUE
from rnntutor.render.prose import lay_out_inline
from rnntutor.spans import Row, Rows, Span
from rnntutor.tui.keys import Command
from rnntutor.tui.messages import OpenLesson
from rnntutor.tui.screens.listing import ListingScreen


class GlossaryScreen(ListingScreen):
    """term: the id at which it opens. Enter leads to the step that teaches a term."""

    def __init__(self, term: str = "") -> None:
        super().__init__()
        self._first = term
        self._back: list[int] = []

    def on_mount(self) -> None:
        ids = [term.id for term in self._terms()]
        self.cursor = ids.index(self._first) if self._first in ids else 0

    def _terms(self) -> list[Term]:
        lang = self.words.lang
        return sorted(self.tutor.glossary_terms(), key=lambda t: in_language(t.word, lang).lower())

    def headline(self) -> tuple[Row, Row]:
        terms = self._terms()
        place = f"{self.cursor + 1}/{len(terms)}" if terms else ""
        return (Span(self.words("glossary.title"), strong=True),), (Span(place, "grey"),)

    def own_commands(self) -> tuple[Command, ...]:
        own = super().own_commands()
        go = Command("choose", ("enter",), "key.to-step")
        out = Command("out", ("escape", "backspace", "g"), "key.close")
        return (go, *own[1:-1], out)

    @property
    def count(self) -> int:
        return len(self._terms())

    def listing(self, cells: int) -> tuple[Rows, int]:
        context, lang = self.tutor.context(), self.words.lang
        rows: list[Row] = [()]
        lit = 0
        for n, term in enumerate(self._terms()):
            here = n == self.cursor
            word, foreign = in_language(term.word, lang), in_another(term.word, lang)
            lead = (Span("▸ " if here else "  ", "accent"),)
            said = (
                Span(word, strong=here),
                Span("" if foreign == word else f" {GLUE}{foreign}", "grey"),
            )
            rows += entry(lead, said, cells, link=f"entry:{n}", lit=here)
            if here:
                definition = dict(term.definition).get(lang, ())
                rows += [
                    (Span("    "), *line) for line in lay_out_inline(definition, cells - 4, context)
                ]
                if term.step:
                    where = self._step(term.step)
                    told = (Span(where, "accent"),)
                    arrow = (Span("    "), Span("→ ", "accent"))
                    rows += entry(arrow, told, cells, link=f"step:{term.step}")
                rows.append(())
                lit = len(rows) - 1
        return tuple(rows), lit

    def _step(self, step: str) -> str:
        """Where a term is taught, in words."""
        from rnntutor.pages.home import page_title

        lesson, _, page = step.partition(".")
        title = self.tutor.lesson_title(lesson)
        return f"{title} · {page_title(self.tutor.course, lesson, page, self.words)}"

    def chosen(self) -> None:
        terms = self._terms()
        if terms and terms[self.cursor].step:
            lesson, _, page = terms[self.cursor].step.partition(".")
            self.app.post_message(OpenLesson(lesson, page))
