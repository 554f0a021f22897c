"""Another question about the same idea, for what was wrong although one was sure of it.

In the session another question on the same misconception is asked: just after the reason was read
the same question would only be answered from that reason, while another one shows whether the idea
has changed. Tomorrow the question itself comes back (`study/schedule`), when only what has changed
is still there. Where there is no other question, the same one comes with fresh numbers or order.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rnntutor.course.load import Course
from rnntutor.course.question import Question
from rnntutor.course.questions import kind_of
from rnntutor.course.questions.base import Verdict
from rnntutor.session import contrast
from rnntutor.session.course_view import CourseView
from rnntutor.session.question import QuestionState
from rnntutor.session.quiz import Item, Quiz, collect
from rnntutor.session.start import QuizRequest
from rnntutor.study.progress import Progress


def another(
    item: Item,
    verdict: Verdict,
    there: Sequence[Item],
    progress: Progress,
    without: Collection[str] = (),
) -> Item | None:
    """Of the items `there` one on a misconception that the wrong answer shows; else one of the same
    topic that the same step teaches; None if there is none.

    without: the ids of questions that are asked in this session anyway. What was never answered
    comes first, then what was answered longest ago. What does not stand alone is left out.
    """
    found = {*verdict.misconceptions, *verdict.found}
    others = [
        other
        for other in there
        if other.question.id not in {item.question.id, *without}
        and kind_of(other.question).stands_alone
    ]
    on_it = [other for other in others if found & ideas(other.question)]
    beside = [
        other
        for other in others
        if (other.lesson, other.step, other.topic) == (item.lesson, item.step, item.topic)
        and item.step
    ]
    return min(on_it or beside, key=lambda other: _last(other, progress), default=None)


def answered(quiz: Quiz, asked: QuestionState, wanted: QuizRequest, view: CourseView) -> Quiz:
    """The quiz after the present item has been answered: what was wrong for sure brings another
    question on its idea, or comes again; not in the final test."""
    assert asked.verdict is not None
    sure, other = not wanted.final and contrast.sure_and_wrong(asked), None
    if sure:
        other = in_quiz(quiz, asked.verdict, view.course, view.words.lang, view.progress)
    return quiz.answered(asked.verdict.score, again=sure, other=other)


def in_quiz(
    quiz: Quiz, verdict: Verdict, course: Course, lang: str, progress: Progress
) -> Item | None:
    """Of the lesson of the present item and of those that were opened. What was brought brings
    nothing."""
    item = quiz.current
    if item is None or item.question.id in quiz.brought:
        return None
    opened = {item.lesson, *(lesson for lesson, _ in progress.visited)}
    there = [other for other in collect(course, lang, QuizRequest()) if other.lesson in opened]
    return another(item, verdict, there, progress, [i.question.id for i in quiz.items])


def ideas(question: Question) -> frozenset[str]:
    """The misconceptions that a question knows."""
    return kind_of(question).ideas(question.body)


def _last(item: Item, progress: Progress) -> tuple[str, str]:
    """When an item was answered last, "" for never; its id decides between equal ones."""
    record = progress.questions.get(item.question.id)
    answer = record.last if record is not None else None
    return (answer.time if answer is not None else ""), item.question.id
