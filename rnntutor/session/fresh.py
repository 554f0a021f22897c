"""A page seen for the first time: its stage as it was left, its question in a new variant."""

from __future__ import annotations

from rnntutor.course.question import Question
from rnntutor.course.variant import VariantError
from rnntutor.session import because
from rnntutor.session import question as questions
from rnntutor.session.pages import Page
from rnntutor.session.question import QuestionState
from rnntutor.session.records import one_task
from rnntutor.session.stage import Stage, open_stage
from rnntutor.study.progress import Progress


def stage_of(page: Page, progress: Progress) -> Stage | None:
    """The stage of a step, with what has been done there before; None where it has none. A missed
    prediction whose reason has not been chosen stands at the moment at which that was asked.
    Raises Failure for a simulation that cannot be."""
    if page.question is not None or page.step is None or page.step.sim is None:
        return None
    key = page.lesson, page.id
    tasks = range(len(page.step.sim.do))
    given = progress.unexplained.get(key) if because.follows(page.step.sim) else None
    stage = open_stage(
        page.step.sim,
        ticks=frozenset(n for n in tasks if (*key, one_task(n)) in progress.ticks),
        task_done=(*key, "do") in progress.ticks,
        goal_met=(*key, "goal") in progress.ticks,
        predicted=key in progress.predicted and given is None,
    )
    return stage if given is None else because.back_to(stage, given)


def question_of(question: Question, progress: Progress, salt: str) -> QuestionState | None:
    """A question in the variant that has not been seen yet; None if it cannot be asked. salt: what
    makes this learner's variants their own."""
    record = progress.questions.get(question.id)
    number = record.attempts if record is not None else 0
    try:
        return questions.ask(question, salt=salt, number=number)
    except VariantError:
        return None
