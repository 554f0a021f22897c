"""The pages of a lesson, in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the home screen must not import lessons
    from rnntutor.course.lesson import Lesson, Step
    from rnntutor.course.question import Question

COVER, STEP, QUESTION, END = "cover", "step", "question", "end"
BACK, AGAIN, IDEA = "back", "again", "idea"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a lesson.

    Attributes:
        kind: COVER, STEP, QUESTION or END.
        lesson: id of the lesson.
        id: identity in the learner's log: "cover", a step's id, a question's id (which contains a
            dot), or "end".
        step: the step; for a question, the step that teaches it.
        question: the question of a QUESTION page.
        extra: "" for the lesson's own page; BACK for a question from two lessons back, AGAIN for a
            repeated one, IDEA for another one on the same idea (see session/recall).
        home: lesson of a question inserted from elsewhere.
        for_page: id of the page whose confident wrong answer inserted this one.
    """

    kind: str
    lesson: str
    id: str
    step: Step | None = None
    question: Question | None = None
    extra: str = ""
    home: str = ""
    for_page: str = ""

    @property
    def counts(self) -> bool:
        """Whether the page counts towards completion: a required step or question."""
        if self.question is not None:
            return not self.question.beyond and not self.extra
        return self.step is not None and not self.step.beyond

    @property
    def questions(self) -> tuple[str, ...]:
        """The ids of the questions that follow the page's step."""
        return tuple(q.id for q in self.step.questions) if self.step is not None else ()


def pages(lesson: Lesson) -> tuple[Page, ...]:
    """Return the cover, each step followed by its questions, and the end page.

    A file without headings has no cover.
    """
    out = [] if lesson.headless else [Page(COVER, lesson.id, COVER)]
    for step in lesson.steps:
        out.append(Page(STEP, lesson.id, step.id, step=step))
        out += [Page(QUESTION, lesson.id, q.id, step=step, question=q) for q in step.questions]
    return (*out, Page(END, lesson.id, END))


def is_listed(page: Page) -> bool:
    """Return whether the cover lists the page.

    It lists steps; of a long step only the first page.
    """
    return page.kind == STEP and page.step is not None and page.step.depth >= 0


def find(all_pages: tuple[Page, ...], page_id: str) -> int:
    """Return the index of the page with that id, or 0 if there is none."""
    return next((n for n, page in enumerate(all_pages) if page.id == page_id), 0)
