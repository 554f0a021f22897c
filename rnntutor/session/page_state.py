"""The state of a page while its lesson is open: its stage, its question, notices shown."""

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
    """The state of a page.

    Attributes:
        stage: the stage of a step.
        asked: the question of a question page.
        trouble: sentence on a simulation that cannot be shown, or "".
        started: time at which the page was opened, in seconds.
        answered: session and sequence number of the answer's event, while it can be taken back.
        warned: whether the notice about unfinished tasks has been shown.
        contrasted: whether a confident wrong answer has been shown beside the right outcome.
    """

    stage: Stage | None = None
    asked: QuestionState | None = None
    trouble: str = ""
    started: float = 0.0
    answered: tuple[str, int] | None = None
    warned: bool = False
    contrasted: bool = False

    def begin(self, page: Page, view: CourseView, salt: Callable[[], str]) -> None:
        """Set up the page at its first visit: ask its question or restore its stage.

        Args:
            page: the page.
            view: the course as the learner sees it.
            salt: returns the seed of this learner's variants.
        """
        if page.kind == QUESTION:
            self.ask(page, view, salt)
        elif page.kind == STEP:
            try:
                self.stage = fresh.stage_of(page, view.progress)
            except Failure as error:
                self.trouble = error.sentence(view.words)

    def ask(self, page: Page, view: CourseView, salt: Callable[[], str]) -> bool:
        """Ask the page's question in its next unseen variant.

        Returns:
            Whether there is such a variant. If not, the question stays as it is.
        """
        assert page.question is not None
        asked = fresh.question_of(page.question, view.progress, salt())
        if asked is not None:
            self.asked, self.answered, self.contrasted = asked, None, False
        return asked is not None

    def take_back(self) -> None:
        """Return to the question before its answer."""
        assert self.asked is not None
        self.asked, self.answered = questions.reopen(self.asked), None
        self.contrasted = False

    def warn(self) -> bool:
        """Return whether the notice about unfinished tasks is due; it is due only once."""
        before, self.warned = self.warned, True
        return not before

    def translate(self, page: Page, terms: Iterable[GlossaryTerm]) -> None:
        """Switch the page to the language of `page`."""
        if self.asked is not None and page.question is not None:
            self.asked = questions.translate(self.asked, page.question, terms)
        if self.stage is not None and page.step is not None and page.step.sim is not None:
            self.stage = stages.translate(self.stage, page.step.sim)


PageStateType = TypeVar("PageStateType", bound=PageState)


def translate(
    page_states: MutableMapping[str, PageStateType],
    pages: Iterable[Page],
    terms: Iterable[GlossaryTerm],
) -> None:
    """Switch page states to the language of `pages`, and drop those of pages that it lacks.

    Args:
        page_states: states by page id, changed in place.
        pages: pages in the new language.
        terms: terms of the glossary.
    """
    by_id = {page.id: page for page in pages}
    for name, page_state in list(page_states.items()):
        if name in by_id:
            page_state.translate(by_id[name], terms)
        else:
            del page_states[name]
