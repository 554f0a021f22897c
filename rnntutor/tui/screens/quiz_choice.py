"""What to be quizzed on: everything mixed, one topic, or the final test."""

from __future__ import annotations

from rnntutor.course.load import in_language
from rnntutor.pages.listed import entry
from rnntutor.render.primitives.wrap import GLUE
from rnntutor.session.start import FINAL, Wanted
from rnntutor.spans import Row, Rows, Span
from rnntutor.tui.screens.listing import ListingScreen
from rnntutor.tui.screens.quiz import QuizScreen


class QuizChoiceScreen(ListingScreen):
    """Mixed, each topic, the final test."""

    def headline(self) -> tuple[Row, Row]:
        return (Span(self.words("quiz.title"), strong=True),), ()

    def _choices(self) -> list[tuple[str, Wanted]]:
        lang = self.words.lang
        topics = [
            (in_language(topic.name, lang), Wanted(topic=topic.id))
            for topic in self.tutor.course.topics
            if any(topic.id in entry.topics for entry in self.tutor.course.entries)
        ]
        final = (self.words("quiz.final"), FINAL)
        return [(self.words("quiz.mixed"), Wanted()), *topics, final]

    @property
    def count(self) -> int:
        return len(self._choices())

    def listing(self, cells: int) -> tuple[Rows, int]:
        rows: list[Row] = [()]
        lit = 0
        for n, (name, wanted) in enumerate(self._choices()):
            here = n == self.cursor
            lit = len(rows) if here else lit
            about = self.words("quiz.count", n=wanted.size)
            lead = (Span("▸ " if here else "  ", "accent"),)
            said = (Span(name, strong=here), Span(f" {GLUE * 2}{about}", "grey"))
            rows += entry(lead, said, cells, link=f"entry:{n}", lit=here)
        return tuple(rows), lit

    def chosen(self) -> None:
        self.app.switch_screen(QuizScreen(self._choices()[self.cursor][1]))
