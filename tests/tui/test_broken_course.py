"""A mistake in a course is reported on its page, and later pages stay reachable."""

from __future__ import annotations

import re
import shutil
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sampling import sampled

from rnntutor.package_data import lessons_dir
from rnntutor.session.composing import collect
from rnntutor.session.start import QuizRequest
from rnntutor.tui.screens.card import CardScreen
from rnntutor.tui.screens.glossary import GlossaryScreen
from rnntutor.tui.screens.quiz import QuizScreen
from rnntutor.words import load

SLOT = re.compile(r"\{\{[^}]*\}\}")


AROUND, EVERY = "around the first such question", "every page"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """Return the course with an unknown name in every slot of its second lesson."""
    course = tmp_path / "course"
    shutil.copytree(lessons_dir(), course)
    for path in course.glob("*/02-*.md"):
        text = path.read_text(encoding="utf-8")
        assert SLOT.search(text)
        path.write_text(SLOT.sub("{{ nowhere }}", text), encoding="utf-8")
    return course


@pytest.mark.parametrize("pages", sampled([AROUND, EVERY], lambda pages: pages == AROUND))
async def test_a_question_that_names_a_number_that_is_not_there(
    tutor: Any, broken: Path, pages: str
) -> None:
    async with tutor("en", course=broken) as t:
        lesson = t.app.course.entries[1].id
        await t.open(lesson)
        said, seen = load("en")("question.broken"), 0
        asked = [page.question.type if page.question else "" for page in t.lesson.pages]
        first, count = (asked.index("trace") - 1, 5) if pages == AROUND else (0, len(asked) - 2)
        t.lesson.go(first)
        await t.settle()
        for _ in range(count):
            if t.lesson.page.question is not None and t.lesson.page_state.asked is None:
                assert said in t.text
                seen += 1
            before = t.lesson.index
            t.lesson.set_focus(None)
            for _ in range(6):  # its acts, and once more to skip an open task
                if t.lesson.index == before:
                    await t.press("n")
            assert t.lesson.index == before + 1
        assert seen


@pytest.mark.parametrize("pool", sampled([False, True], lambda pool: not pool))
async def test_a_quiz_asks_what_can_be_asked(tutor: Any, broken: Path, pool: bool) -> None:
    """In every suite without the questions at the end of the lesson."""
    for path in broken.glob("*/02-*.md") if not pool else ():
        text = path.read_text(encoding="utf-8")
        path.write_text(re.split(r"(?m)^## .*\{#pool\}", text)[0], encoding="utf-8")
    async with tutor("en", course=broken) as t:
        lesson = t.app.course.entries[1].id
        before = len(collect(t.app.course, "en", QuizRequest(lesson=lesson)))
        t.app.push_screen(QuizScreen(QuizRequest(lesson=lesson, size=100)))
        await t.settle()
        screen = t.app.screen
        while screen.page_state.asked is not None:
            await screen.do_give_up("")
            await screen.do_give_up("")
            screen.do_next("")
            await t.settle()
        assert 0 < len(screen.quiz.items) < before
        assert screen.quiz.index == len(screen.quiz.items)


@pytest.mark.parametrize(
    ("size", "lang"),
    sampled(
        product([(60, 20), (80, 24), (120, 36), (180, 50)], ["ko", "en"]),
        lambda case: case in (((60, 20), "ko"), ((180, 50), "en")),
    ),
)
async def test_a_lesson_that_is_hardly_one(
    tutor: Any, broken: Path, lang: str, size: tuple[int, int]
) -> None:
    """An invalid lesson reports its mistakes, counts as nothing done, and leads to the next
    lesson."""
    for path in broken.glob("*/02-*.md"):
        path.write_text("words, and no title\n" + "### q {#a.b type=zzz}\n" * 20, encoding="utf-8")
    words = load(lang)
    async with tutor(lang, size, course=broken) as t:
        lesson, following = (entry.id for entry in t.app.course.entries[1:3])
        await t.open(lesson)
        count = words("fault.count", n=len(t.lesson.wrong_here()))
        assert "".join(count.split()) in "".join(t.text.split())
        assert words("fault.line", n=1) in t.text
        while t.lesson.rows("prose").more_below:
            await t.press("enter")
        assert words("fault.more", n=len(t.lesson.wrong_here()) - 8)[:8] in t.text
        await t.press("enter")
        assert words("end.empty") in t.text
        assert words("end.finished") not in t.text
        await t.press("enter")
        assert t.lesson.lesson.id == following


async def test_a_glossary_and_symbols_that_cannot_be_read(tutor: Any, broken: Path) -> None:
    for name in ("glossary.toml", "symbols.toml"):
        (broken / name).write_text("[[term]\n", encoding="utf-8")
    async with tutor("en", (60, 20), course=broken) as t:
        for screen in (CardScreen("rnn"), GlossaryScreen()):
            t.app.push_screen(screen)
            await t.settle()
            assert "Check `name = value` and the quotes." in " ".join(t.text.split())
            await t.press("escape")
