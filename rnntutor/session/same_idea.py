"""Follow a confident wrong answer with another question on the same idea.

Repeating the same question right after its explanation would only test memory of that explanation;
another question on the same misconception tests whether the idea has changed. The question itself
is due the next day (`study/schedule`). If there is no other question, the same one is repeated with
new numbers or in a new order.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rnntutor.course.load import Course
from rnntutor.course.question import Question
from rnntutor.course.questions import kind_of
from rnntutor.course.questions.base import Verdict
from rnntutor.session import contrast
from rnntutor.session.composing import collect
from rnntutor.session.course_view import CourseView
from rnntutor.session.question import QuestionState
from rnntutor.session.quiz import Item, Quiz
from rnntutor.session.start import QuizRequest
from rnntutor.study.progress import Progress


def another(
    item: Item,
    verdict: Verdict,
    there: Sequence[Item],
    progress: Progress,
    without: Collection[str] = (),
) -> Item | None:
    """Return another item on a misconception that the wrong answer shows.

    If there is none, return one of the same topic from the same step, or None. Items never answered
    come first, then the least recently answered. Questions that do not stand alone are left out.

    Args:
        item: the item answered wrong.
        verdict: its verdict.
        there: the items to select from.
        progress: the learner's progress.
        without: ids of questions that the session asks anyway.
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


def record_answer(quiz: Quiz, asked: QuestionState, wanted: QuizRequest, view: CourseView) -> Quiz:
    """Return the quiz after its current item was answered.

    A confident wrong answer inserts another question on its idea, or the same one again; not in the
    final test.
    """
    assert asked.verdict is not None
    sure, other = not wanted.final and contrast.sure_and_wrong(asked), None
    if sure:
        other = in_quiz(quiz, asked.verdict, view.course, view.words.lang, view.progress)
    return quiz.record_score(asked.verdict.score, again=sure, other=other)


def in_quiz(
    quiz: Quiz, verdict: Verdict, course: Course, lang: str, progress: Progress
) -> Item | None:
    """Return another question on the current item's idea, or None.

    It comes from the item's lesson or from an opened lesson. An inserted item inserts none.
    """
    item = quiz.current
    if item is None or item.question.id in quiz.brought:
        return None
    opened = {item.lesson, *(lesson for lesson, _ in progress.visited)}
    there = [other for other in collect(course, lang, QuizRequest()) if other.lesson in opened]
    return another(item, verdict, there, progress, [i.question.id for i in quiz.items])


def ideas(question: Question) -> frozenset[str]:
    """Return the misconceptions that a question can detect."""
    return kind_of(question).ideas(question.body)


def _last(item: Item, progress: Progress) -> tuple[str, str]:
    """Return a sort key: the time of the item's last answer ("" if none), then its id."""
    record = progress.questions.get(item.question.id)
    answer = record.last if record is not None else None
    return (answer.time if answer is not None else ""), item.question.id
