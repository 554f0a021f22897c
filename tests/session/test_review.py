"""A review asks the due questions, and repeats those that were not right."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest

from rnntutor.course.load import open_course
from rnntutor.package_data import lessons_dir
from rnntutor.session.composing import collect, compose
from rnntutor.session.quiz import BETWEEN, Item, Quiz
from rnntutor.session.start import QuizRequest
from rnntutor.words import load


@pytest.fixture(scope="module")
def items() -> tuple[Item, ...]:
    return collect(open_course(lessons_dir(), load("en")), "en", QuizRequest())


def review(items: tuple[Item, ...], count: int = 8) -> Quiz:
    due = tuple(item.question.id for item in items[:count])
    return compose(items, QuizRequest(size=count, due=due), seed=1)


def test_what_waited_longest_comes_first_and_no_more_than_wanted(items: tuple[Item, ...]) -> None:
    due = ("gru.roles", "rnn.units", "gru.race-result", "not.there", "rnn.order")
    quiz = compose(items, QuizRequest(size=3, due=due), seed=1)
    assert [i.question.id for i in quiz.items] == ["gru.roles", "rnn.units", "gru.race-result"]


def test_two_of_one_topic_do_not_follow_each_other(items: tuple[Item, ...]) -> None:
    rnn = [i.question.id for i in items if i.topic == "rnn"][:4]
    gru = [i.question.id for i in items if i.topic == "gru"][:4]
    quiz = compose(items, QuizRequest(size=8, due=(*rnn, *gru)), seed=1)
    topics = [item.topic for item in quiz.items]
    assert all(a != b for a, b in pairwise(topics))


def test_a_wrong_answer_comes_again_after_three_others_and_only_once(
    items: tuple[Item, ...],
) -> None:
    quiz = review(items)
    first = quiz.items[0]
    quiz = quiz.record_score(0)
    assert quiz.items.index(first, 1) == BETWEEN + 1
    for _ in range(BETWEEN):
        quiz = quiz.record_score(1)
    assert quiz.current == first
    quiz = quiz.record_score(0)
    assert first not in quiz.items[quiz.index :]
    assert quiz.wrong == (first,)


def test_near_the_end_it_comes_last(items: tuple[Item, ...]) -> None:
    quiz = review(items, 2).record_score(1).record_score(0)
    assert quiz.current == quiz.items[1]


def test_what_is_taken_back_has_changed_nothing(items: tuple[Item, ...]) -> None:
    rng = Random(0)
    for _ in range(50):
        quiz = review(items)
        for _ in range(rng.randrange(10)):
            quiz = quiz.record_score(rng.choice([0, 0.5, 1]))
            if quiz.current is None:
                break
        if quiz.current is not None:
            assert quiz.record_score(rng.choice([0, 1])).taken_back() == quiz


def test_a_quiz_asks_nothing_twice(items: tuple[Item, ...]) -> None:
    quiz = compose(items, QuizRequest(size=5), seed=3)
    assert len(quiz.record_score(0).items) == 5
