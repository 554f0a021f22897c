"""The card of a lesson: its symbols, shapes and equations on one screen."""

from __future__ import annotations

from rnntutor.course.errors import CourseError
from rnntutor.pages.card import card_rows
from rnntutor.render.primitives.wrap import wrap
from rnntutor.spans import Row, Rows, Span
from rnntutor.tui.keys import KeyCommand
from rnntutor.tui.screens.menu import MenuScreen


class CardScreen(MenuScreen):
    """A lesson's card; the arrow keys switch to other lessons.

    Args:
        lesson: id of the lesson shown first.
    """

    cells = 88

    def __init__(self, lesson: str) -> None:
        super().__init__()
        self.lesson = lesson

    def headline(self) -> tuple[Row, Row]:
        title = self.course_view.title(self.lesson)
        left = (Span(self.words("card.title"), "grey"), Span("   "), Span(title, strong=True))
        number = f"{self.tutor.course.number(self.lesson)}/{len(self.tutor.course.entries)}"
        return left, (Span(number, "grey"),)

    def own_commands(self) -> tuple[KeyCommand, ...]:
        return (
            KeyCommand("other_on", ("right",), "key.next-card", hint="← →"),
            KeyCommand("other_back", ("left",), "key.last-card", shown=False),
            *self.scrolling(),
            KeyCommand("out", ("escape", "enter", "backspace", "k"), "key.close"),
        )

    def listing(self, cells: int) -> tuple[Rows, int]:
        course, words = self.tutor.course, self.words
        try:
            lesson, symbols = course.lesson(self.lesson, words.lang), course.symbols[0]
        except CourseError as error:
            return ((), *wrap((Span(error.sentence(self.words), "wrong"),), cells)), -1
        rows = card_rows(lesson, symbols, words, cells, self.course_view.context)
        return rows, -1

    def do_other_on(self, key: str) -> None:
        """Show the card of the next lesson."""
        self._other(1)

    def do_other_back(self, key: str) -> None:
        """Show the card of the previous lesson."""
        self._other(-1)

    def _other(self, count: int) -> None:
        ids = [entry.id for entry in self.tutor.course.entries]
        index = max(0, min(ids.index(self.lesson) + count, len(ids) - 1))
        self.lesson = ids[index]
        self.paint()
