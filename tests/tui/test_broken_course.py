"""A course's mistake is a sentence on its page, and the pages after it can be reached."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from rnntutor.places import lessons_dir
from rnntutor.session.start import QuizRequest
from rnntutor.tui.screens.quiz import QuizScreen
from rnntutor.words import load

SLOT = re.compile(r"\{\{[^}]*\}\}")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The course, with a name that is nowhere in every slot of its second lesson."""
    course = tmp_path / "course"
    shutil.copytree(lessons_dir(), course)
    for path in course.glob("*/02-*.md"):
        text = path.read_text(encoding="utf-8")
        assert SLOT.search(text)
        path.write_text(SLOT.sub("{{ nowhere }}", text), encoding="utf-8")
    return course


async def test_a_question_that_names_a_number_that_is_not_there(tutor: Any, broken: Path) -> None:
    async with tutor("en", course=broken) as t:
        lesson = t.app.course.entries[1].id
        await t.open(lesson)
        said, seen = load("en")("question.broken"), 0
        for _ in t.lesson.pages:
            if t.lesson.page.question is not None and t.lesson.visit.asked is None:
                assert said in t.text
                seen += 1
            before = t.lesson.index
            t.lesson.set_focus(None)
            for _ in range(6):  # its acts, and once more past what is not done
                if t.lesson.index == before:
                    await t.press("n")
            assert t.lesson.index == before + 1 or before + 1 == len(t.lesson.pages)
            if before + 1 == len(t.lesson.pages) - 1:
                break
        assert seen


async def test_a_quiz_asks_what_can_be_asked(tutor: Any, broken: Path) -> None:
    async with tutor("en", course=broken) as t:
        lesson = t.app.course.entries[1].id
        t.app.push_screen(QuizScreen(QuizRequest(lesson=lesson, size=100)))
        await t.settle()
        screen = t.app.screen
        before = len(screen.quiz.items)
        while screen.visit.asked is not None:
            await screen.do_give_up("")
            await screen.do_give_up("")
            await t.settle()
            screen.do_next("")
            await t.settle()
        assert 0 < len(screen.quiz.items) < before
        assert screen.quiz.place == len(screen.quiz.items)
