"""A learner's work is saved: answers, notes, times on pages, the present page and its language."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from textual.events import Key
from waiting import until

from rnntutor.course.sim_spec import SimSpec
from rnntutor.session.question import ANSWERING, DONE, SAVING, options
from rnntutor.session.start import QuizRequest
from rnntutor.tui.page_state import KNOBS
from rnntutor.tui.screens.experiment import ExperimentScreen
from rnntutor.tui.screens.quiz import QuizScreen
from rnntutor.words import load


async def test_an_answer_is_on_disk_before_its_verdict_and_can_be_taken_back(tutor) -> None:
    async with tutor("en") as t:
        await t.open("cell", "gates.forget-vector")
        screen = t.lesson
        await t.press("1", "enter", "3")
        assert screen.asked.state == DONE
        assert t.logged("answer")[-1]["confidence"] == 3
        assert t.app.progress.questions["gates.forget-vector"].attempts == 1
        await t.press("u")
        assert screen.asked.state == ANSWERING
        assert screen.asked.draft.picked == (0,)
        assert t.app.progress.questions["gates.forget-vector"].attempts == 0


async def test_the_verdict_is_not_painted_before_the_answer_is_on_the_disk(
    tutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The screen shows no verdict until the answer has been written and synced."""
    synced = threading.Event()
    held: list[bytes] = []
    sync = os.fsync

    def slow(file: int) -> None:
        held.append(t.app.logbook.learner.log.path.read_bytes())
        assert synced.wait(10)
        sync(file)

    async with tutor("en") as t:
        await t.open("cell", "gates.forget-vector")
        await t.press("1", "enter")
        monkeypatch.setattr(os, "fsync", slow)
        t.app.keys.put(Key("3", "3"))
        try:
            # Enough time to draw a verdict too early.
            await until(lambda: held)
            for _ in range(20):
                await t.pilot.pause()
            assert b'"answer"' in held[-1], "what is synced is not the answer"
            assert t.lesson.asked.state == SAVING
            assert t.lesson.asked.verdict is None
            assert load("en")("verdict.wrong") not in t.text
            assert load("en")("verdict.right") not in t.text
        finally:
            synced.set()
        await t.settle()
        assert t.lesson.asked.state == DONE


async def test_an_empty_answer_costs_nothing(tutor) -> None:
    async with tutor("en") as t:
        await t.open("cell", "gates.forget-vector")
        await t.press("enter")
        assert load("en")("question.unchosen").split(".")[0] in t.text
        assert t.logged("answer") == []


async def test_the_language_changes_in_a_question_too(tutor) -> None:
    async with tutor("ko") as t:
        await t.open("cell", "gates.forget-vector")
        await t.press("2")
        await t.press("l")
        assert "Forgetting in two units" in t.text
        assert t.lesson.asked.draft.picked == (1,)
        await t.press("enter", "2", "l")
        assert "해설" in t.text


async def test_home_leads_back_to_the_very_page(tutor) -> None:
    async with tutor("en") as t:
        await t.open("cell", "memory")
    async with tutor("en") as t:
        assert "Rewriting the memory" in t.text
        await t.press("enter")
        assert t.lesson.page.id == "memory"


async def test_a_text_of_the_learners_own_is_read(tutor) -> None:
    async with tutor("en") as t:
        await t.open("rnn", "state-is-a-summary")
        screen = t.lesson
        controls = screen.stage.controls
        assert "first" in controls
        if not screen.stage.ready:
            await t.press("tab")
        screen.page_state.focus = KNOBS + controls.index("first")
        await t.press("enter")
        assert screen.page_state.editing == "first"
        await t.press("ctrl+u")
        await t.type("nobody")
        await t.press("enter")
        assert screen.stage.settings.first == "nobody"


async def test_any_file_is_read_as_a_lesson(tutor, tmp_path: Path) -> None:
    file = tmp_path / "notes.md"
    file.write_text(
        '# 강의 노트\n\n## 첫째\n\n<img src="./a.png" alt="x" />\n\n값은 $5 and $6.\n',
        encoding="utf-8",
    )
    async with tutor("ko", open_file=file) as t:
        await t.settle()
        assert "강의 노트" in t.text
        await t.press("enter")
        assert "<img" not in t.text and "$5 and $6" in t.text
        assert t.logged("page") == []


async def test_too_small_a_window_says_so_and_nothing_is_lost(tutor) -> None:
    async with tutor("en", (80, 24)) as t:
        await t.open("cell", "whole-cell")
        await t.resize(50, 15)
        assert "60×20" in t.text.replace("\n", " ")
        await t.resize(80, 24)
        assert "One whole time step" in t.text


async def test_a_dot_fills_when_the_disk_has_what_was_done(tutor) -> None:
    """The header's dot is filled when the event is written, also if the page was drawn before."""
    async with tutor(lang="en") as t:
        await t.open("rnn", "loop")
        before = t.text.splitlines()[0]
        for page in ("vectors", *t.lesson.pages[1].questions):
            t.app.record("done", lesson="rnn", page=page)
        await t.settle()
        after = t.text.splitlines()[0]
        assert after.count("●") == before.count("●") + 1


async def test_what_one_was_sure_of_and_wrong_comes_again_in_the_lesson(tutor) -> None:
    """A wrong answer given with confidence leads to a contrast page and extra questions with
    reasons."""
    async with tutor("en") as t:
        await t.open("cell", "gates.forget-vector")
        wrong = next(n for n, o in enumerate(options(t.lesson.asked), 1) if not o.right)
        await t.press(str(wrong), "enter", "3", "enter")
        assert load("en")("contrast.head").split(".")[0] in t.text
        await t.press("enter")
        assert t.lesson.page.question is None or t.lesson.page.extra
        extra = {page.extra: n for n, page in enumerate(t.lesson.pages) if page.extra}
        assert set(extra) == {"idea", "back"}
        t.lesson.go(extra["idea"])
        await t.settle()
        assert load("en")("extra.idea").split(". ")[0] in t.text
        t.lesson.go(extra["back"])
        await t.settle()
        assert "an earlier lesson (Training an RNN)" in t.text
        pages = {data["page"] for data in t.logged("page")}
        assert not any(page[0] in "<+" for page in pages), "one comes back to a page of its own"


async def test_a_note_is_written_on_a_page_and_stands_there_again(tutor) -> None:
    async with tutor("en") as t:
        await t.open("rnn", "loop")
        await t.press("backspace", "j", "a", "b", "space", "x", "enter")
        assert "✎ Note ab x" in t.text
        await t.press("x")
        assert "marked this page as unclear" in t.text and "✎ ? " in t.text.splitlines()[0]
        await t.press("j", "backspace", "escape")
        assert "✎ Note ab x" in t.text, "left as it was"
        await t.open("rnn", "cover")
        assert "✎ ?" in t.text
        assert [d["text"] for d in t.logged("note")] == ["ab x"]


async def test_what_was_done_on_a_page_is_told_when_it_is_left(tutor) -> None:
    async with tutor("en") as t:
        await t.open("rnn", "equation")
        assert not t.logged("stay")
        await t.press("tab", "left", "left", "right", "space", "space")
        t.lesson.go(t.lesson.index + 1)
        await t.settle()
        (told,) = (data for data in t.logged("stay") if data["page"] == "equation")
        assert [(one["do"], one.get("name")) for one in told["did"]] == [
            ("knob", "U"),
            ("run", None),
        ]
        assert told["did"][0]["times"] == 3 and told["seconds"] >= 0


async def test_what_was_done_on_other_stages_and_in_a_quiz_is_told_too(tutor) -> None:
    """`stay` events are logged for the lab over a page, whose own time pauses, and for quiz
    questions."""
    async with tutor("en") as t:
        await t.open("rnn", "equation")
        t.app.push_screen(ExperimentScreen(SimSpec("gate"), title="lab.title"))
        await t.settle()
        (page,) = (data for data in t.logged("stay") if data["page"] == "equation")
        assert page["did"] == []
        await t.press("right", "escape")
        (lab,) = (data for data in t.logged("stay") if data["page"] == "sim:gate")
        assert lab["lesson"] == "" and [one["do"] for one in lab["did"]] == ["step"]
        t.app.push_screen(QuizScreen(QuizRequest(topic="rnn", size=2)))
        await t.settle()
        first = t.app.screen.quiz.items[0].question.id
        await t.press("escape")
        assert t.logged("stay")[-1]["page"] == first
