"""The pages of a lesson, in the order in which they are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the home screen waits for no lesson
    from rnntutor.course.lesson import Lesson, Step
    from rnntutor.course.question import Question

COVER, STEP, QUESTION, END = "cover", "step", "question", "end"
BACK, AGAIN, IDEA = "back", "again", "idea"


@dataclass(frozen=True, slots=True)
class Page:
    """One page. id is its identity in the learner's log: "cover", a step's id, a question's id
    (which has a dot), or "end".

    extra: "" for a page of the lesson's own; BACK for a question from two lessons back, AGAIN
    for one that comes once more, IDEA for another one on its idea (see session/recall). home: the
    lesson of a question from elsewhere. for_page: the page whose sure, wrong answer brought it."""

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
        """Whether the page belongs to what has to be done: a step or question of the lecture."""
        if self.question is not None:
            return not self.question.beyond and not self.extra
        return self.step is not None and not self.step.beyond

    @property
    def questions(self) -> tuple[str, ...]:
        """The ids of the questions that follow its step."""
        return tuple(q.id for q in self.step.questions) if self.step is not None else ()


def pages(lesson: Lesson) -> tuple[Page, ...]:
    """The cover, then every step followed by its questions, then the end. A file without headings
    has no cover: it begins with its text."""
    out = [] if lesson.headless else [Page(COVER, lesson.id, COVER)]
    for step in lesson.steps:
        out.append(Page(STEP, lesson.id, step.id, step=step))
        out += [Page(QUESTION, lesson.id, q.id, step=step, question=q) for q in step.questions]
    return (*out, Page(END, lesson.id, END))


def is_listed(page: Page) -> bool:
    """Whether a cover lists it: a step, of a long one only its first page."""
    return page.kind == STEP and page.step is not None and page.step.depth >= 0


def find(all_pages: tuple[Page, ...], page_id: str) -> int:
    """The place of the page with that id; the first page if the lesson has none such any more."""
    return next((n for n, page in enumerate(all_pages) if page.id == page_id), 0)
