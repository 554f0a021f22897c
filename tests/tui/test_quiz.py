"""A quiz from home: mixed questions, marks, its end, and continuing an unfinished one."""

from __future__ import annotations

import threading
from itertools import pairwise

import pytest
from sampling import in_turn

from rnntutor.session.composing import collect, compose
from rnntutor.session.question import ANSWERING, DONE
from rnntutor.session.quiz import Quiz
from rnntutor.session.start import QuizRequest
from rnntutor.tui.screens.home import HomeScreen
from rnntutor.tui.screens.quiz import QuizScreen
from rnntutor.words import LANGUAGES, load


async def _give_up(t) -> None:
    """Give up the question, inside or outside a text field."""
    await t.app.screen.do_give_up("")
    await t.app.screen.do_give_up("")
    await t.settle()


async def test_no_topic_follows_itself_and_none_is_named_before_the_answer(tutor) -> None:
    async with tutor("en") as t:
        items = collect(t.app.course, "en", QuizRequest())
        topics = {item.topic for item in items}
        assert len(topics) >= 2
        quiz = compose(items, QuizRequest(size=10), seed=3)
        asked = [item.topic for item in quiz.items]
        assert all(a != b for a, b in pairwise(asked))
        assert not any(item.question.beyond for item in items)


async def test_a_quiz_is_gone_through_to_its_end_and_the_wrong_ones_again(tutor) -> None:
    async with tutor("en") as t:
        t.app.push_screen(QuizScreen(QuizRequest(topic="gates", size=3)))
        await t.settle()
        for index in range(3):
            screen = t.app.screen
            assert screen.asked.state == ANSWERING
            assert f"{index + 1}/3" in t.text
            await _give_up(t)
            assert screen.asked.state == DONE
            await t.press("enter")
        assert "0 of 3 points" in t.text
        assert len(t.logged("answer")) == 3
        await t.press("enter")
        assert t.app.screen.asked.state == ANSWERING
        assert len(t.app.screen.quiz.items) == 3


async def test_the_language_changes_within_a_quiz(tutor) -> None:
    async with tutor("en") as t:
        t.app.push_screen(QuizScreen(QuizRequest(topic="rnn", size=2)))
        await t.settle()
        before = t.app.screen.asked.question.id
        if t.app.focused is not None:  # typed questions: l would go into their field
            await t.press("escape")
        await t.press("L" if t.app.screen.number_asked else "l")  # l begins ln, and log
        assert t.app.screen.asked.question.id == before
        assert "문제 풀기" in t.text


async def test_a_sure_wrong_answer_meets_the_stage_and_comes_again(tutor) -> None:
    async with tutor("en") as t:
        items = {i.question.id: i for i in collect(t.app.course, "en", QuizRequest(topic="rnn"))}
        first = items.pop("rnn.trace-h2")
        t.app.push_screen(QuizScreen(QuizRequest(), Quiz((first, *list(items.values())[:4]))))
        await t.settle()
        await t.press("9", "enter", "3")
        assert load("en")("key.contrast") in t.text and "1/6" in t.text
        await t.press("enter")
        assert load("en")("contrast.head").split(".")[0] in t.text
        assert "✗ My answer  9" in t.text
        assert [data["question"] for data in t.logged("contrast")] == ["rnn.trace-h2"]
        await t.press("enter")
        assert "2/6" in t.text


async def test_how_sure_one_is_can_be_left_unasked_and_asked_again(tutor) -> None:
    async with tutor("en") as t:
        items = {i.question.id: i for i in collect(t.app.course, "en", QuizRequest(topic="rnn"))}
        chosen = [i for i in items.values() if i.question.type == "single"][:3]
        t.app.push_screen(QuizScreen(QuizRequest(), Quiz(tuple(chosen))))
        await t.settle()
        await t.press("1", "enter")
        assert "How sure are you?" in t.text
        assert "Press 0 if you do not want to be asked again." in " ".join(t.text.split())
        await t.press("0")
        assert t.app.screen.asked.state == DONE
        await t.press("enter", "1", "enter")
        assert t.app.screen.asked.state == DONE, "it was not asked"
        disk = threading.Event()  # slow, so the next keys arrive before it is done
        t.app.logbook.learner._writer.submit(disk.wait)
        await t.pilot.press("c", "enter", "1", "enter")
        disk.set()
        await t.settle()
        assert "How sure are you?" in t.text
        await t.press("2")
        assert [data["confidence"] for data in t.logged("answer")] == [None, None, 2]


@pytest.mark.parametrize(("at_end", "lang"), in_turn([False, True], LANGUAGES))
async def test_a_quiz_that_was_started_alone_leads_home(tutor, lang: str, at_end: bool) -> None:
    """Escape leads to the course on home, however the program was started."""
    async with tutor(lang, quiz=QuizRequest(topic="rnn", size=1)) as t:
        if at_end:
            await _give_up(t)
            await t.press("enter")
            assert t.app.screen.quiz.current is None
        assert "key.home" in [c.label for c in t.app.screen.commands() if "escape" in c.keys]
        await t.press("escape")
        if not isinstance(t.app.screen, HomeScreen):  # out of the field first
            await t.press("escape")
        assert isinstance(t.app.screen, HomeScreen)


async def test_a_quiz_over_a_lesson_returns_to_it(tutor) -> None:
    """This is a quiz on a lesson's wrong answers, at the lesson's end."""
    async with tutor("en") as t:
        await t.open("rnn", "end")
        lesson = t.app.screen
        t.app.push_screen(QuizScreen(QuizRequest(topic="rnn", size=1)))
        await t.settle()
        assert "key.return" in {c.label for c in t.app.screen.own_commands()}
        while t.app.screen is not lesson:
            await t.press("escape")
