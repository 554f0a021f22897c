"""Wrong predictions and skipped tasks return in a review and are scheduled like other questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest
from sampling import sampled

from rnntutor.course.blocks import Paragraph
from rnntutor.course.lesson import Step
from rnntutor.course.load import open_course
from rnntutor.course.question import Question
from rnntutor.course.questions import mark
from rnntutor.course.questions.numeric import Numeric
from rnntutor.course.questions.single import Single
from rnntutor.course.sim_spec import PredictChoice, PredictNumber
from rnntutor.package_data import lessons_dir
from rnntutor.pages.quiz import end_rows
from rnntutor.session import acts, composing, missed, outcome, predicting
from rnntutor.session import stage as stages
from rnntutor.session.course_view import CourseView
from rnntutor.session.links import sim_links, step_links
from rnntutor.session.start import QuizRequest
from rnntutor.session.waiting import TASKS, in_review
from rnntutor.spans import plain
from rnntutor.study.events import Event
from rnntutor.study.progress import TASK, Progress, fold, page_of, prediction_id, task_id
from rnntutor.study.schedule import due, due_days
from rnntutor.words import LANGUAGES, load

COURSE = open_course(lessons_dir(), load("en"))
LOOP = prediction_id("rnn", "loop")
FORGET = task_id("cell", "forget")


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
    """The right option is computed from the run."""
    count = 0
    for entry in COURSE.entries:
        for step, question in missed.questions(COURSE.lesson(entry.id, lang)):
            assert step.sim is not None
            if question.id.startswith(TASK) or not isinstance(step.sim.predict, PredictChoice):
                continue
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


def numbers(lang: str) -> Iterator[tuple[str, Step, Question]]:
    for entry in COURSE.entries:
        for step, question in missed.questions(COURSE.lesson(entry.id, lang)):
            if isinstance(question.body, Numeric) and not question.id.startswith(TASK):
                yield entry.id, step, question


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_prediction_of_a_number_is_asked_with_its_known_mistakes(lang: str) -> None:
    """The right value and the messages for mistakes are the same as in the simulation."""
    found = list(numbers(lang))
    asked = sum(
        isinstance(getattr(step.sim, "predict", None), PredictNumber)
        for entry in COURSE.entries
        for step in COURSE.lesson(entry.id, lang).steps
    )
    assert len(found) == asked >= 9
    slips = 0
    for lesson, step, question in found:
        assert step.sim is not None and isinstance(step.sim.predict, PredictNumber)
        stage = stages.open_stage(step.sim)
        value = predicting.asked_value(stage, step.sim.predict.ask)
        verdict = mark(question, f"{value:.3f}")
        assert verdict is not None and verdict.score == 1, question.id
        assert question.prompt[: len(step.given)] == step.given
        assert step_links(question.why)[0].target == f"{lesson}.{step.id}"
        for wrong in step.sim.predict.wrong:
            near = predicting.slip_value(stage, step.sim.predict.ask, wrong)
            assert near is not None
            on_stage = predicting.predict(stage, f"{near:.4f}").prediction
            verdict = mark(question, f"{near:.4f}")
            assert on_stage is not None and verdict is not None and verdict.score == 0
            assert verdict.feedback == ((Paragraph(on_stage.feedback),),)
            slips += 1
    assert slips >= 25


def test_a_number_that_its_run_does_not_have_is_not_asked() -> None:
    """A mistake in the course's path does not break the review."""
    lesson, step, _ = next(numbers("en"))
    assert step.sim is not None and isinstance(step.sim.predict, PredictNumber)
    sim = replace(step.sim, predict=replace(step.sim.predict, ask="h[99][0]"), do=(), goal=())
    mistaken = replace(COURSE.lesson(lesson, "en"), steps=(replace(step, sim=sim),))
    assert not list(missed.questions(mistaken))


def test_a_missed_number_comes_back_a_right_or_skipped_prediction_does_not() -> None:
    assert due_days(history(predicted(1, "0.3", False))) == {LOOP: day(2)}
    assert due_days(history(predicted(1, 1, True))) == {}
    assert due_days(history(predicted(1, None, None))) == {}


# ---- tasks ---------------------------------------------------------------------------------------


def at(day: int, kind: str, page: str = "forget") -> tuple[int, str, dict[str, object]]:
    return day, kind, {"lesson": "cell", "page": page}


def test_a_task_gone_past_comes_back_until_it_is_done_in_its_lesson() -> None:
    assert due_days(history(at(1, "passed"))) == {FORGET: day(2)}
    assert due_days(history(at(1, "passed"), at(2, "done"))) == {}
    assert due_days(history(at(1, "done"), at(2, "passed"))) == {}


def test_a_task_is_spaced_by_whether_it_was_met() -> None:
    def after(score: float) -> int:
        answer = (2, "answer", {"question": FORGET, "score": score})
        return due_days(history(at(1, "passed"), answer))[FORGET]

    assert day(2) < after(0.0) < after(1.0)


@pytest.mark.parametrize("lang", sampled(LANGUAGES, lambda lang: lang == "ko"))
def test_every_task_opens_undone_and_without_its_prediction(lang: str) -> None:
    """If running is the whole task, its prediction is asked instead."""
    count = 0
    for entry in COURSE.entries:
        for step, question in missed.questions(COURSE.lesson(entry.id, lang)):
            if not question.id.startswith(TASK):
                continue
            count += 1
            assert step.sim is not None
            if not isinstance(question.body, missed.StageTask):
                assert step.sim.predict is not None
                assert {condition.of for condition in step.sim.do} <= {"t", "updates"}
                continue
            stage = stages.open_stage(question.body.spec)
            assert stage.ready and not acts.complete(stage)
            assert question.body.step.tasks == step.tasks and question.body.step.given == step.given
    wanted = sum(
        bool(step.sim and (step.sim.do or step.sim.goal))
        for entry in COURSE.entries
        for step in COURSE.lesson(entry.id, lang).steps
    )
    assert count == wanted > 80


def test_a_review_has_few_tasks_and_none_that_shows_what_it_asks() -> None:
    steps = {step.id for step in COURSE.lesson("cell", "en").steps if step.sim and step.sim.do}
    passed = [at(1, "passed", page) for page in sorted(steps)]
    assert len(passed) > TASKS + 1
    progress = history(
        *passed, (1, "predicted", {"lesson": "cell", "page": "forget", "given": 1, "right": False})
    )
    waiting = tuple(due(progress, datetime(2026, 3, 9, 12)))
    quiz = composing.build_quiz(COURSE, "en", QuizRequest(due=waiting, size=15), progress, seed=1)
    assert sum(item.task is not None for item in quiz.items) == TASKS
    assert prediction_id("cell", "forget") in {item.question.id for item in quiz.items}
    assert FORGET not in {item.question.id for item in quiz.items}
    assert {item.question.id for item in quiz.items} == set(in_review(waiting))


def test_what_goes_beyond_the_lecture_is_asked_again_where_it_was_answered() -> None:
    every = [q for e in COURSE.entries for q in COURSE.lesson(e.id, "en").questions if q.beyond]
    assert every
    data = [{"question": q.id, "rev": q.rev, "score": 0.0} for q in every]
    progress = history(*((1, "answer", one) for one in data))
    waiting = tuple(due(progress, datetime(2026, 3, 9, 12)))
    quiz = composing.build_quiz(COURSE, "en", QuizRequest(due=waiting, size=99), progress, seed=1)
    assert {item.question.id for item in quiz.items} == {q.id for q in every}


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
    quiz = composing.build_quiz(COURSE, lang, QuizRequest(due=waiting), progress, seed=1)
    assert {item.question.id for item in quiz.items} == set(waiting)
    item = next(item for item in quiz.items if item.question.id == LOOP)
    assert (item.lesson, item.step, item.topic) == ("rnn", "loop", "rnn")
    other = next(other for other in LANGUAGES if other != lang)
    there = composing.translate(quiz, COURSE, other)
    assert [i.question.id for i in there.items] == [i.question.id for i in quiz.items]
    assert there.items != quiz.items
    done = quiz.record_score(0).record_score(0)
    rows = end_rows(done, CourseView(COURSE, progress, load(lang)), 76, datetime(2026, 3, 9, 12))
    assert "predict:" not in "".join(plain(row) for row in rows), "no name of ours"


def test_an_ordinary_quiz_asks_no_prediction() -> None:
    items = composing.collect(COURSE, "en", QuizRequest(lesson="rnn"))
    assert items and not any(page_of(item.question.id) for item in items)
