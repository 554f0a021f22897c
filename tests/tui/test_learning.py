"""A learner's session: predict, turn knobs, answer, change answers, return."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from textual.events import Key
from waiting import until

from rnntutor.course.sim_spec import SimSpec
from rnntutor.session.question import ANSWERING, DONE, SAVING, options
from rnntutor.session.stage import RIGHT, SKIPPED, WRONG
from rnntutor.session.start import QuizRequest
from rnntutor.tui.page_state import KNOBS
from rnntutor.tui.screens.experiment import ExperimentScreen
from rnntutor.tui.screens.quiz import QuizScreen
from rnntutor.words import load


async def test_a_wrong_prediction_is_met_with_its_mistake(tutor) -> None:
    async with tutor("en") as t:
        await t.open("cell", "forget")
        assert t.lesson.focused is None  # a number question: the first digit opens the field
        await t.type("0.460")  # multiplied by 1 - f
        await t.press("enter")
        assert t.lesson.stage.prediction.state == WRONG
        assert t.lesson.stage.prediction.feedback
        assert "0.279" in t.text
        assert t.logged("predicted")[-1]["right"] is False


async def test_a_right_prediction_and_what_is_no_number(tutor) -> None:
    async with tutor("ko") as t:
        await t.open("cell", "forget")
        await t.press("enter")
        await t.type("모르겠다")
        await t.press("enter")
        assert t.lesson.stage.prediction.open
        await t.press("ctrl+u")
        await t.type("0.279")
        await t.press("enter")
        assert t.lesson.stage.prediction.state == RIGHT


async def test_the_run_waits_for_the_prediction_and_tab_skips_it(tutor) -> None:
    async with tutor("en") as t:
        await t.open("cell", "forget-bias")
        position = t.lesson.stage.transport.position
        await t.press("right", "space")
        assert t.lesson.stage.transport.position == position
        await t.press("tab")
        assert t.lesson.stage.prediction.state == SKIPPED
        await t.press("right")
        assert t.lesson.stage.transport.position == position + 1


async def test_a_warning_about_the_prediction_does_not_open_the_way_past_the_tasks(tutor) -> None:
    async with tutor("en") as t:
        await t.open("lstm", "lengths")
        await t.press("enter")  # not predicted: a message says so
        assert t.lesson.stage.prediction.open
        await t.press("1")
        here = t.lesson.page.id
        await t.press("enter")
        assert t.lesson.page.id == here
        await t.press("enter")
        assert t.lesson.page.id != here


async def test_what_is_to_be_done_ticks_itself_and_stays_ticked(tutor) -> None:
    async with tutor("en") as t:
        await t.open("cell", "memory")
        await t.press("tab")
        t.lesson.set_focus(None)
        await t.press("end", "tab", "right", "right", "right", "end")
        assert t.lesson.page_state.focus == KNOBS
        assert t.lesson.stage.task_done
        assert {"lesson": "cell", "page": "memory", "name": "do"} in t.logged("tick")
        await t.press("r")
        assert t.lesson.stage.task_done
    async with tutor("en") as t:
        await t.open("cell", "memory")
        assert t.lesson.stage.task_done and t.lesson.stage.prediction is None


async def test_a_clamp_at_the_cursor_changes_this_step_only(tutor) -> None:
    async with tutor("en") as t:
        await t.open("cell", "surgery")
        await t.press("end")
        before = t.lesson.stage.trace
        for _ in range(3):
            await t.press("pageup") if t.lesson.page_state.focus else await t.press("tab", "pageup")
        await t.press("tab", "right")
        after = t.lesson.stage.trace
        step = t.lesson.stage.at.t
        assert after[f"f[{step}][0]"] == 0
        assert after[f"f[{step - 1}][0]"] == before[f"f[{step - 1}][0]"]


async def test_forward_and_back_is_the_same_picture(tutor) -> None:
    async with tutor("ko") as t:
        await t.open("cell", "whole-cell")
        await t.press("right", "right", "right")
        here = t.text
        await t.press("right", "right")
        assert t.text != here
        await t.press("left", "left")
        assert t.text == here


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


async def test_any_setting_can_be_typed_in_the_lab(tutor) -> None:
    from rnntutor.session.opening import spec
    from rnntutor.tui.screens.experiment import ExperimentScreen

    async with tutor("en", (100, 30)) as t:
        opened = spec("cell", (("cell", "lstm"), ("units", "2")))
        t.app.push_screen(ExperimentScreen(opened, title="lab.title"))
        await t.settle()
        screen = t.app.screen
        await t.press("enter")
        await t.type("W_f[0][1] = 0.5")
        await t.press("enter")
        assert screen.stage.trace["W_f[0][1]"] == 0.5
        await t.press("enter")
        await t.type("nonsense = 3")
        await t.press("enter")
        assert screen.stage.complaint is not None and "nonsense" in t.text


async def test_two_settings_stand_side_by_side_under_one_cursor(tutor) -> None:
    from rnntutor.session.knobs import set_knob
    from rnntutor.session.opening import spec
    from rnntutor.tui.screens.experiment import ExperimentScreen

    async with tutor("en", (120, 30)) as t:
        t.app.push_screen(ExperimentScreen(spec("cell", (("cell", "lstm"),)), title="lab.title"))
        await t.settle()
        screen = t.app.screen
        await t.press("c")
        screen.set_stage(set_knob(screen.stage, "forget_bias", 3.0))
        await t.press("right", "right")
        assert screen.beside.transport.position == screen.stage.transport.position
        assert screen.beside.settings.forget_bias != screen.stage.settings.forget_bias
        assert t.text.count("Cell · LSTM") == 2


async def test_the_glossary_opens_at_the_term_that_the_page_names(tutor) -> None:
    async with tutor("en") as t:
        await t.open("cell", "output")
        await t.press("g")
        assert "▸ output gate" in t.text or "▸ hidden state" in t.text
        await t.press("escape")
        assert t.lesson.page.id == "output"


@pytest.mark.parametrize(("lang", "size"), [("ko", (80, 24)), ("en", (60, 20)), ("ko", (120, 36))])
async def test_a_wrong_choice_is_told_before_the_task_is_ticked_off(
    tutor, lang: str, size: tuple[int, int]
) -> None:
    """The verdict appears at the deciding step, and stays when the same run completes the task."""
    words = load(lang)
    own, right, reason = {
        "ko": ("h₁과 같다", "h₁보다 크다", "입력이 같아도 상태는 같지 않다."),
        "en": ("It equals h₁", "It is above h₁", "You looked at the input alone."),
    }[lang]
    async with tutor(lang, size=size) as t:
        await t.open("rnn", "loop")
        await t.press("1")
        assert f"{words('predict.mine')} {own}" in t.text
        assert right not in t.text and reason not in t.text
        await t.press("right")  # the sum of step 2, before its state
        assert reason not in t.text
        await t.press("right")
        assert f"✗ {words('predict.mine')} {own}" in t.text
        assert f"{words('predict.was')} {right} (h₂ = 0.701)" in t.text
        assert reason not in t.text and "✓" not in t.text
        assert words("because.ask") in t.text, "why so is asked first"
        await t.press("enter", "n", "right", "end")
        assert t.lesson.page.id == "loop" and words("because.first") in t.text
        await t.press("3")
        assert reason in t.text
        (logged,) = t.logged("because")
        assert logged["right"] is True
        await t.press("enter", "end")
        assert t.lesson.page.id == "loop" and t.lesson.stage.task_done
        assert f"✗ {words('predict.mine')} {own}" in t.text
        assert reason not in t.text, "it has been read"
        if size != (60, 20):
            assert "0.418" in t.text.split("✗", 1)[1]


async def test_the_picture_stays_whole_when_the_outcome_is_told(tutor) -> None:
    async with tutor("en") as t:
        await t.open("rnn", "loop")
        await t.press("1", "end", "1", "enter")
        assert "reads its own state again" in " ".join(t.text.split())
        assert all(part in t.text for part in ("W ───", "U ───", "b ───", "t → t+1"))


async def test_what_was_told_goes_with_the_settings(tutor) -> None:
    async with tutor("en") as t:
        await t.open("rnn", "loop")
        await t.press("2", "end")
        assert "✓ As I predicted: It is above h₁" in t.text and "0.786" in t.text
        await t.press("r")
        assert "As I predicted" not in t.text and "0.786" not in t.text
        assert "My prediction: It is above h₁" in t.text
        await t.press("end")
        assert "✓ As I predicted: It is above h₁" in t.text and "0.786" in t.text


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
