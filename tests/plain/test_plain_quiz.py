"""Quiz, review and final test in plain mode."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from plain_talk import Talk, joined, right, wrong

from rnntutor.course.load import open_course
from rnntutor.course.question import Question
from rnntutor.plain import quizzing
from rnntutor.session import composing
from rnntutor.session.start import QuizRequest
from rnntutor.study.log import Log
from rnntutor.study.progress import task_id
from rnntutor.words import LANGUAGES, load

THREE = QuizRequest(topic="rnn", size=3)


@pytest.fixture(autouse=True)
def known_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fix the seed, so that the questions and their order are the same each time."""
    monkeypatch.setattr(quizzing, "time_ns", lambda: 1)


def items(talk: Talk, wanted: QuizRequest = THREE) -> list[Question]:
    course = open_course(talk.course, load(talk.lang))
    found = composing.compose(composing.collect(course, talk.lang, wanted), wanted, seed=1)
    return [item.question for item in found.items]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_quiz_opens_at_once_and_ends_with_what_came_of_it(talk: Talk, lang: str) -> None:
    talk.lang, talk.quiz = lang, THREE
    first, second, third = items(talk)
    said = talk(right(first), "3", "", wrong(second), "1", "", right(third), "2", "", "q")
    assert "[1/3]" in said and "[3/3]" in said
    assert talk.text("quiz.points", points="2", of=3) in said
    assert talk.text("quiz.back") in said
    assert [answer["question"] for answer in talk.answers()] == [first.id, second.id, third.id]
    assert not talk.events("page")


def test_the_topic_is_told_after_the_answer_alone(talk: Talk) -> None:
    talk.quiz = THREE
    first = items(talk)[0]
    before = talk("q")
    assert "RNN" not in before.splitlines()
    after = talk(right(first), "3").splitlines()
    assert after.index("RNN") < after.index(talk.text("plain.foot.answered"))


@pytest.mark.parametrize("tried", ["0", "hint"])
def test_to_try_on_takes_back_that_a_blank_line_leaves_a_question_out(
    talk: Talk, tried: str
) -> None:
    talk.quiz = THREE
    assert "[1/2]" not in talk("", tried, "")
    assert "[1/2]" in talk("", tried, "", "")


def test_the_wrong_ones_come_once_more(talk: Talk) -> None:
    talk.quiz = QuizRequest(topic="rnn", size=1)
    [only] = items(talk, talk.quiz)
    said = talk(wrong(only), "2", "", "again", right(only, 1), "2", "", "q")
    assert talk.text("quiz.again", n=1) in said
    assert [answer["variant"] for answer in talk.answers()] == [0, 1]
    assert talk.answers()[-1]["score"] == 1.0


def test_a_question_left_without_an_answer_is_out_of_it(talk: Talk) -> None:
    talk.quiz = THREE
    said = talk(*[""] * 6, "q")
    assert joined(said).count(joined(talk.text("plain.left_out"))) == 3, "not without a word"
    assert joined(talk.text("cli.no_questions")) in joined(said)
    assert not talk.answers()


def test_an_answer_taken_back_does_not_count(talk: Talk) -> None:
    talk.quiz = QuizRequest(topic="rnn", size=1)
    [only] = items(talk, talk.quiz)
    said = talk(wrong(only), "2", "u", right(only), "2", "", "q")
    assert talk.text("quiz.points", points="1", of=1) in said
    assert len(talk.events("undo")) == 1


def test_a_step_to_read_again_is_one_number_away(talk: Talk) -> None:
    talk.quiz = QuizRequest(topic="rnn", size=1)
    [only] = items(talk, talk.quiz)
    assert "Gates" in talk(wrong(only), "2", "", "1").split(talk.text("quiz.back"))[1]
    assert talk.events("page")[-1][1] == {"lesson": "one", "page": "gates"}


def test_the_language_changes_within_it(talk: Talk) -> None:
    talk.quiz = THREE
    first = items(talk)[0]
    said = talk("l", right(first), "3")
    assert load("ko")("quiz.title") in said
    assert talk.answers()[0]["score"] == 1.0


def test_quiz_review_and_test_from_the_first_lines(talk: Talk) -> None:
    assert load("en")("quiz.title") in talk("quiz", "q")
    assert load("en")("quiz.title") in talk("quiz rnn", "q")
    assert load("en")("quiz.final") in talk("test", "q")
    assert talk.text("plain.nothing_due") in talk("review", "q")
    unknown = talk.text("cli.no_topic", what="x", choices="rnn, gates")
    assert joined(unknown) in joined(talk("quiz x", "q"))


def test_what_is_due_is_said_and_asked(talk: Talk) -> None:
    log = Log(talk.data, "old", clock=lambda: datetime(2025, 3, 1, 12, tzinfo=UTC))
    log.append("answer", question="rnn.single", score=0.0, variant=0)
    log.close()
    assert talk.text("plain.home.due", n=1) in talk("q")
    said = talk("review", "q")
    assert load("en")("quiz.review") in said and "[1/1]" in said


def test_the_help_of_a_quiz_opens(talk: Talk) -> None:
    talk.quiz = THREE
    assert talk.text("plain.help.hint") in talk("?", "q")


def test_a_sure_wrong_answer_is_put_beside_the_stage_and_comes_again(talk: Talk) -> None:
    talk.quiz = THREE
    first = items(talk)[0]
    said = talk(wrong(first), "3", "")
    assert [data["question"] for _, data in talk.events("contrast")] == [first.id]
    assert said.index(talk.text("contrast.head")) < said.index("[2/4]")


def test_how_sure_one_is_can_be_left_unasked_and_asked_again(talk: Talk) -> None:
    talk.quiz = THREE
    first, second, third = items(talk)
    said = talk(right(first), "0", "", right(second), "sure", "", right(third), "2", "q")
    assert [answer["confidence"] for answer in talk.answers()] == [None, None, 2]
    assert said.count(talk.text("confidence.ask")) == 2
    assert talk.text("confidence.on") in said


def test_a_task_gone_past_is_done_or_left_in_a_review(talk: Talk) -> None:
    log = Log(talk.data, "old", clock=lambda: datetime(2025, 3, 1, 12, tzinfo=UTC))
    log.append("passed", lesson="one", page="gates")
    log.close()
    task = task_id("one", "gates")
    talk.quiz = QuizRequest(due=(task,))
    said = talk("", "", "q")
    assert talk.text("plain.todo") in said and "What is f" not in said, "without its prediction"
    assert "[2/2]" in said, "left undone it comes again"
    assert [answer["given"] for answer in talk.answers()] == [False, False]
    said = talk("forget_bias 2", "", "q")
    assert "It was kept." in said and "[2/2]" not in said
    assert talk.answers()[-1]["score"] == 1.0
