"""A prediction that was missed comes back in a review, as a question with its options, and is
scheduled like any other."""

from __future__ import annotations

from datetime import datetime

import pytest

from rnntutor.course.blocks import PredictChoice
from rnntutor.course.load import open_course
from rnntutor.course.mark import mark
from rnntutor.course.questions.single import Single
from rnntutor.pages.quiz import end_rows
from rnntutor.places import lessons_dir
from rnntutor.session import missed, outcome
from rnntutor.session import quiz as quizzes
from rnntutor.session import stage as stages
from rnntutor.session.links import sim_links, step_links
from rnntutor.session.start import Wanted
from rnntutor.spans import plain
from rnntutor.study.events import Event
from rnntutor.study.progress import Progress, fold, prediction_id
from rnntutor.study.schedule import due, due_days
from rnntutor.words import LANGUAGES, load

COURSE = open_course(lessons_dir(), load("en"))
LOOP = prediction_id("rnn", "loop")


def history(*events: tuple[int, str, dict[str, object]]) -> Progress:
    return fold(
        Event("s", n, f"2026-03-{day:02}T12:00:00.000000Z", "+00:00", kind, data)
        for n, (day, kind, data) in enumerate(events, 1)
    )


def predicted(day: int, given: object, right: object) -> tuple[int, str, dict[str, object]]:
    return day, "predicted", {"lesson": "rnn", "page": "loop", "given": given, "right": right}


def answered(day: int, score: float) -> tuple[int, str, dict[str, object]]:
    return day, "answer", {"question": LOOP, "score": score, "confidence": 2}


def day(number: int) -> int:
    return datetime(2026, 3, number).toordinal()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_prediction_with_options_is_a_question_with_its_right_option(lang: str) -> None:
    """Right is what comes true in the run, not what the question claims."""
    count = 0
    for entry in COURSE.entries:
        for step, question in missed.questions(COURSE.lesson(entry.id, lang)):
            assert step.sim is not None and isinstance(step.sim.predict, PredictChoice)
            assert isinstance(question.body, Single)
            count += 1
            right = next(o.id for o in question.body.options if o.right)
            stage = stages.open_stage(step.sim)
            if stage.training is None:
                assert outcome.came_true(stage, step.sim.predict) == int(right) - 1
            verdict = mark(question, right)
            assert verdict is not None and verdict.score == 1
            wrong = next(o.id for o in question.body.options if not o.right)
            verdict = mark(question, wrong)
            assert verdict is not None and verdict.feedback, "why it is wrong is told"
            assert step_links(question.why)[0].target == f"{entry.id}.{step.id}"
            assert sim_links(question.why)[0].settings == step.sim.settings
            assert question.prompt[: len(step.given)] == step.given, "in its stage's setting"
    asked = sum(
        isinstance(getattr(step.sim, "predict", None), PredictChoice)
        for entry in COURSE.entries
        for step in COURSE.lesson(entry.id, lang).steps
    )
    assert count == asked >= 19


def test_it_is_due_the_day_after_the_miss_and_then_as_it_is_answered() -> None:
    assert due_days(history(predicted(1, 0, False))) == {LOOP: day(2)}
    known = history(predicted(1, 0, False), answered(2, 1.0))
    later = due_days(known)[LOOP]
    assert later > day(3)
    assert (
        due_days(history(predicted(1, 0, False), answered(2, 1.0), answered(6, 0.0)))[LOOP]
        < (due_days(history(predicted(1, 0, False), answered(2, 1.0), answered(6, 1.0)))[LOOP])
    )


@pytest.mark.parametrize(
    ("given", "right"),
    [(1, True), (None, None), ("0.3", False)],
    ids=["right", "skipped", "number"],
)
def test_what_was_not_missed_and_a_number_do_not_come_back(given: object, right: object) -> None:
    assert due_days(history(predicted(1, given, right))) == {}


def test_the_first_miss_counts_whatever_follows() -> None:
    assert due_days(history(predicted(1, 0, False), predicted(3, 1, True))) == {LOOP: day(2)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_review_asks_it_with_all_else_that_is_due(lang: str) -> None:
    progress = history(
        predicted(1, 0, False),
        (1, "answer", {"question": "rnn.one-weight", "score": 0.0, "confidence": 2}),
    )
    waiting = tuple(due(progress, datetime(2026, 3, 9, 12)))
    assert set(waiting) == {LOOP, "rnn.one-weight"}
    quiz = quizzes.made(COURSE, lang, Wanted(due=waiting), progress, seed=1)
    assert {item.question.id for item in quiz.items} == set(waiting)
    item = next(item for item in quiz.items if item.question.id == LOOP)
    assert (item.lesson, item.step, item.topic) == ("rnn", "loop", "rnn")
    other = next(other for other in LANGUAGES if other != lang)
    there = quizzes.translated(quiz, COURSE, other)
    assert [i.question.id for i in there.items] == [i.question.id for i in quiz.items]
    assert there.items != quiz.items
    done = quiz.answered(0).answered(0)
    rows = end_rows(done, COURSE, progress, load(lang), 76, datetime(2026, 3, 9, 12))
    assert "predict:" not in "".join(plain(row) for row in rows), "no name of ours"


def test_an_ordinary_quiz_asks_no_prediction() -> None:
    items = quizzes.collect(COURSE, "en", Wanted(lesson="rnn"))
    assert items and not any(item.question.id.startswith("predict:") for item in items)
