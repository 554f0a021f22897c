"""Due questions are first on home, open with one key, and disappear once answered."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from rnntutor.course.load import open_course
from rnntutor.package_data import lessons_dir
from rnntutor.pages.home import home_rows
from rnntutor.session import acts, advance, knobs
from rnntutor.session.course_view import CourseView
from rnntutor.session.waiting import TASKS
from rnntutor.spans import plain
from rnntutor.study.log import Log
from rnntutor.study.progress import EMPTY, task_id
from rnntutor.tui.screens.home import HomeScreen
from rnntutor.tui.screens.quiz import QuizScreen
from rnntutor.words import LANGUAGES, load


@pytest.fixture(autouse=True)
def waiting(tmp_path: Path) -> None:
    """Log answers from a year ago: to two questions, and to one of a course that is not open."""
    log = Log(tmp_path / "learner", "old", clock=lambda: datetime(2025, 3, 1, 12, tzinfo=UTC))
    for question in ("rnn.units", "gru.roles", "knitting.purl"):
        log.append("answer", question=question, score=0, variant=0)
    log.close()


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_what_is_due_stands_first_and_opens_with_enter(tutor, lang) -> None:
    async with tutor(lang) as t:
        words = load(lang)
        rows = [line for line in t.text.splitlines() if line.strip()]
        assert words("home.review") in rows[2] and words("home.due", n=2) in rows[2]
        await t.press("enter")
        assert isinstance(t.app.screen, QuizScreen)
        assert words("quiz.review") in t.text and "1/2" in t.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_home_says_how_much_of_what_is_due_one_review_asks(lang) -> None:
    words, course = load(lang), open_course(lessons_dir(), load(lang))
    tasks = tuple(task_id("cell", step.id) for step in course.lesson("cell", lang).steps)
    rows, _ = home_rows(CourseView(course, EMPTY, words), 76, 1, None, ("rnn.units", *tasks))
    told = "\n".join(map(plain, rows))
    assert words("home.due_of", n=1 + TASKS, of=1 + len(tasks)) in told


async def test_the_rest_of_home_is_walked_as_before(tutor) -> None:
    async with tutor("en") as t:
        await t.press("down", "enter")
        assert not isinstance(t.app.screen, QuizScreen | HomeScreen)
        await t.press("escape")
        await t.press("up", "up", "enter")
        assert isinstance(t.app.screen, QuizScreen)


async def give_all_up(t: Any) -> None:
    """Give up every question of the open review, up to its last page."""
    while t.app.screen.quiz.current is not None:
        for _ in range(2):
            await t.app.screen.do_give_up("")
        await t.settle()
        await t.press("enter")


async def test_what_has_been_answered_waits_no_longer(tutor) -> None:
    async with tutor("en") as t:
        await t.press("r")
        await give_all_up(t)
        await t.press("escape")
        assert isinstance(t.app.screen, HomeScreen)
        assert load("en")("home.review") not in t.text


async def test_what_came_of_it_has_the_whole_window(tutor) -> None:
    async with tutor("en", size=(80, 40)) as t:
        await t.press("r")
        await give_all_up(t)
        assert t.app.screen.rows("prose").size.height == 40 - 3


async def test_escape_never_ends_the_program_but_says_how_to(tutor) -> None:
    """Escape on home shows how to quit, also if it is held down."""
    said = load("en")("home.leave")
    async with tutor("en") as t:
        t.app.screen.follow("lesson:3")
        await t.settle()
        assert not isinstance(t.app.screen, HomeScreen)
        await t.press("escape")
        assert isinstance(t.app.screen, HomeScreen) and said not in t.text
        await t.press("escape", "escape", "escape")
        assert t.app.is_running and said in t.text
        await t.press("3")
        await t.press("escape")
        assert isinstance(t.app.screen, HomeScreen) and said not in t.text
        await t.press("q")
        assert not t.app.is_running


@pytest.mark.parametrize("met", [True, False])
async def test_a_task_gone_past_is_done_on_its_stage(tutor, tmp_path: Path, met: bool) -> None:
    """A skipped task comes up in the review; done counts as right, skipped again as wrong."""
    task = task_id("gru", "reset")
    (tmp_path / "learner" / "events" / "old.jsonl").unlink()
    log = Log(tmp_path / "learner", "old", clock=lambda: datetime(2025, 3, 1, 12, tzinfo=UTC))
    log.append("passed", lesson="gru", page="reset")
    log.close()
    async with tutor("en") as t:
        await t.press("r")
        assert "1/1" in t.text and "✎" in t.text
        stage = t.app.screen.stage
        assert stage.prediction is None and not acts.complete(stage)
        if met:
            erased = knobs.set_knob(stage, "clamp_z@2", 0)
            t.app.screen.set_stage(advance.move(erased, erased.transport.end()))
            await t.settle()
            assert "✓" in t.text
        await t.press("enter", *([] if met else ["enter"]))
        [answer] = t.logged("answer")
        assert (answer["question"], answer["given"], answer["score"]) == (task, met, float(met))
        assert ("1/1" in t.text) == met, "at the end, or before it comes again"
        assert ("2/2" in t.text) == (not met)
