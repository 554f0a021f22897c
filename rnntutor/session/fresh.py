"""Initial state of a page: its stage with earlier progress, its question in a new variant."""

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
    """Return the stage of a step, restored from the learner's progress; None without one.

    If the reason for a missed prediction was never chosen, the stage opens where it is chosen.

    Raises:
        Failure: the simulation cannot be made.
    """
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
    """Return a question in the next unseen variant, or None if it cannot be drawn.

    Args:
        salt: seeds the variants of this learner.
    """
    record = progress.questions.get(question.id)
    number = record.attempts if record is not None else 0
    try:
        return questions.ask(question, salt=salt, number=number)
    except VariantError:
        return None
