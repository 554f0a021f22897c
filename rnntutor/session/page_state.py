"""What a page remembers while its lesson is open: its stage, its answer, what has been said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableMapping
from dataclasses import dataclass
from typing import TypeVar

from rnntutor.course.term import GlossaryTerm
from rnntutor.failure import Failure
from rnntutor.session import fresh
from rnntutor.session import question as questions
from rnntutor.session import stage as stages
from rnntutor.session.course_view import CourseView
from rnntutor.session.pages import QUESTION, STEP, Page
from rnntutor.session.question import QuestionState
from rnntutor.session.stage import Stage


@dataclass
class PageState:
    """trouble: a sentence about a simulation that cannot be shown. started: when the page was
    opened. answered: session and sequence of the answer's event, while it can be taken back.
    warned: whether it has been said that something on the page is not done yet. contrasted: whether
    a sure, wrong answer has been put beside what is right.
    """

    stage: Stage | None = None
    asked: QuestionState | None = None
    trouble: str = ""
    started: float = 0.0
    answered: tuple[str, int] | None = None
    warned: bool = False
    contrasted: bool = False

    def begin(self, page: Page, view: CourseView, salt: Callable[[], str]) -> None:
        """The page is seen for the first time: its question is asked, its stage stands as it was
        left. salt: what makes this learner's variants their own."""
        if page.kind == QUESTION:
            self.ask(page, view, salt)
        elif page.kind == STEP:
            try:
                self.stage = fresh.stage_of(page, view.progress)
            except Failure as error:
                self.trouble = error.sentence(view.words)

    def ask(self, page: Page, view: CourseView, salt: Callable[[], str]) -> bool:
        """The page's question in the variant that has not been seen yet; whether there is one. If
        not, what was asked stays."""
        assert page.question is not None
        asked = fresh.question_of(page.question, view.progress, salt())
        if asked is not None:
            self.asked, self.answered, self.contrasted = asked, None, False
        return asked is not None

    def take_back(self) -> None:
        """The answer has been taken back: the question is as it was before."""
        assert self.asked is not None
        self.asked, self.answered = questions.reopened(self.asked), None
        self.contrasted = False

    def warn(self) -> bool:
        """Whether what is not done yet has still to be said; it is said once."""
        before, self.warned = self.warned, True
        return not before

    def translate(self, page: Page, terms: Iterable[GlossaryTerm]) -> None:
        """The page is in another language now."""
        if self.asked is not None and page.question is not None:
            self.asked = questions.translated(self.asked, page.question, terms)
        if self.stage is not None and page.step is not None and page.step.sim is not None:
            self.stage = stages.translated(self.stage, page.step.sim)


PageStateType = TypeVar("PageStateType", bound=PageState)


def translate(
    page_states: MutableMapping[str, PageStateType],
    pages: Iterable[Page],
    terms: Iterable[GlossaryTerm],
) -> None:
    """Pages are in another language now: their states, by page id, with them; those of pages that
    it does not have are gone."""
    by_id = {page.id: page for page in pages}
    for name, page_state in list(page_states.items()):
        if name in by_id:
            page_state.translate(by_id[name], terms)
        else:
            del page_states[name]
