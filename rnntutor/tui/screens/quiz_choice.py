"""What to be quizzed on: mixed, one topic, what was wrong, two things easily confused, the test."""

from __future__ import annotations

from typing import NamedTuple

from rnntutor.course.load import in_language
from rnntutor.pages.listed import entry
from rnntutor.render.primitives.wrap import GLUE
from rnntutor.session.start import FINAL, GUESSED, WRONG, Wanted
from rnntutor.spans import Row, Rows, Span
from rnntutor.tui.screens.menu import MenuScreen
from rnntutor.tui.screens.quiz import QuizScreen


class Choice(NamedTuple):
    """One row: its words, what it asks, and what is said behind it."""

    name: str
    wanted: Wanted
    about: str


class QuizChoiceScreen(MenuScreen):
    """A row for each choice."""

    def headline(self) -> tuple[Row, Row]:
        return (Span(self.words("quiz.title"), strong=True),), ()

    def _choices(self) -> list[Choice]:
        words, course, progress = self.words, self.tutor.course, self.tutor.progress
        opened = {lesson for lesson, _ in progress.visited}
        known = {topic for e in course.entries if e.id in opened for topic in e.topics}
        taught = {topic for e in course.entries for topic in e.topics}
        topics = [topic for topic in course.topics if topic.id in taught]
        some = 0 < len(known & {topic.id for topic in topics}) < len(topics)
        found = [Choice(words("quiz.opened" if some else "quiz.mixed"), Wanted(), self._count())]
        if some:
            found.append(Choice(words("quiz.whole"), Wanted(unopened=True), self._count()))
        for topic in topics:
            about = self._count() if topic.id in known or not known else words("quiz.unopened")
            name = in_language(topic.name, words.lang)
            found.append(Choice(name, Wanted(topic=topic.id), about))
        found += [
            Choice(in_language(pair.name, words.lang), Wanted(pair=pair.id), self._count())
            for pair in course.pairs
        ]
        records = [r for r in progress.questions.values() if r.last is not None]
        wrong = sum(not record.right for record in records)
        guessed = sum(r.right and r.last is not None and r.last.confidence == 1 for r in records)
        for count, key, only in ((wrong, "wrong", WRONG), (guessed, "guessed", GUESSED)):
            if count:
                about = words("quiz.count", n=count)
                found.append(Choice(words(f"quiz.{key}"), Wanted(only=only), about))
        return [*found, Choice(words("quiz.final"), FINAL, self._count(FINAL.size))]

    def _count(self, size: int = Wanted().size) -> str:
        return self.words("quiz.count", n=size)

    @property
    def count(self) -> int:
        return len(self._choices())

    def listing(self, cells: int) -> tuple[Rows, int]:
        rows: list[Row] = [()]
        lit = 0
        for n, choice in enumerate(self._choices()):
            here = n == self.cursor
            lit = len(rows) if here else lit
            lead = (Span("▸ " if here else "  ", "accent"),)
            said = (Span(choice.name, strong=here), Span(f" {GLUE * 2}{choice.about}", "grey"))
            rows += entry(lead, said, cells, link=f"entry:{n}", lit=here)
        return tuple(rows), lit

    def chosen(self) -> None:
        self.app.switch_screen(QuizScreen(self._choices()[self.cursor].wanted))
