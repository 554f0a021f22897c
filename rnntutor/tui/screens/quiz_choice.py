"""The choice of a quiz: mixed, one topic, a similar pair, past mistakes, the final test."""

from __future__ import annotations

from typing import NamedTuple

from rnntutor.course.load import in_language
from rnntutor.pages.listed import entry
from rnntutor.session.start import FINAL, GUESSED, WRONG, QuizRequest
from rnntutor.spans import Row, Rows, Span, fit, width
from rnntutor.tui.messages import OpenQuiz
from rnntutor.tui.screens.menu import MenuScreen

LEAD, GAP = 2, 3  # cells before and after a name


class QuizMenuItem(NamedTuple):
    """A row: the name of a quiz, its request, and a short description."""

    name: str
    wanted: QuizRequest
    about: str


class QuizChoiceScreen(MenuScreen):
    """The list of quizzes."""

    def headline(self) -> tuple[Row, Row]:
        return (Span(self.words("quiz.title"), strong=True),), ()

    def _groups(self) -> list[list[QuizMenuItem]]:
        """Return the choices in groups: mixed, topics, similar pairs, mistakes with final test."""
        words, course, progress = self.words, self.tutor.course, self.tutor.progress
        opened = {lesson for lesson, _ in progress.visited}
        known = {topic for e in course.entries if e.id in opened for topic in e.topics}
        taught = {topic for e in course.entries for topic in e.topics}
        topics = [topic for topic in course.topics if topic.id in taught]
        some = 0 < len(known & {topic.id for topic in topics}) < len(topics)
        mixed = [
            QuizMenuItem(
                words("quiz.opened" if some else "quiz.mixed"), QuizRequest(), self._count()
            )
        ]
        if some:
            mixed.append(
                QuizMenuItem(words("quiz.whole"), QuizRequest(unopened=True), self._count())
            )
        of_topics = []
        for topic in topics:
            about = self._count() if topic.id in known or not known else words("quiz.unopened")
            name = in_language(topic.name, words.lang)
            of_topics.append(QuizMenuItem(name, QuizRequest(topic=topic.id), about))
        pairs = [
            QuizMenuItem(
                in_language(pair.name, words.lang), QuizRequest(pair=pair.id), self._count()
            )
            for pair in course.pairs
        ]
        records = [r for r in progress.questions.values() if r.last is not None]
        wrong = sum(not record.right for record in records)
        guessed = sum(r.right and r.last is not None and r.last.confidence == 1 for r in records)
        last = [
            QuizMenuItem(words(f"quiz.{key}"), QuizRequest(only=only), words("quiz.count", n=count))
            for count, key, only in ((wrong, "wrong", WRONG), (guessed, "guessed", GUESSED))
            if count
        ]
        last.append(QuizMenuItem(words("quiz.final"), FINAL, self._count(FINAL.size)))
        return [group for group in (mixed, of_topics, pairs, last) if group]

    def _choices(self) -> list[QuizMenuItem]:
        return [choice for group in self._groups() for choice in group]

    def _count(self, size: int = QuizRequest().size) -> str:
        return self.words("quiz.count", n=size)

    @property
    def count(self) -> int:
        return len(self._choices())

    def listing(self, cells: int) -> tuple[Rows, int]:
        groups = self._groups()
        names = max(Span(choice.name).width for group in groups for choice in group)
        abouts = max(Span(choice.about).width for group in groups for choice in group)
        room = min(names, cells - abouts - GAP - LEAD)
        rows: list[Row] = []
        lit = n = 0
        for group in groups:
            rows.append(())
            for choice in group:
                here = n == self.cursor
                lit = len(rows) if here else lit
                rows += self._row(choice, n, room, cells, lit=here)
                n += 1
        return tuple(rows), lit

    @staticmethod
    def _row(choice: QuizMenuItem, n: int, room: int, cells: int, *, lit: bool) -> Rows:
        """Return a row with a name of at most `room` cells and its description."""
        lead = (Span("▸ " if lit else "  ", "accent"),)
        link = f"entry:{n}"
        said = (Span(choice.name, strong=lit),)
        first, *others = entry(lead, said, LEAD + room, link=link)
        gap = Span(" " * (LEAD + room + GAP - width(first)))
        first = (*first, gap, Span(choice.about, "grey", link=link))
        back = "lit" if lit else ""
        found = (fit(row, cells) if lit else row for row in (first, *others))
        return tuple(tuple(s._replace(back=back) for s in row) for row in found)

    def choose(self) -> None:
        self.app.post_message(OpenQuiz(self._choices()[self.cursor].wanted, instead=True))
