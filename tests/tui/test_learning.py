"""A learner's session: predict, turn knobs, answer, change answers, return."""

from __future__ import annotations

import pytest
from sampling import sampled

from rnntutor.session.stage import RIGHT, SKIPPED, WRONG
from rnntutor.tui.page_state import KNOBS
from rnntutor.tui.screens.experiment import ExperimentScreen
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
        step = t.lesson.stage.cursor.t
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


async def test_any_setting_can_be_typed_in_the_lab(tutor) -> None:
    from rnntutor.session.opening import spec

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


@pytest.mark.parametrize(
    ("lang", "size"),
    sampled(
        [("ko", (80, 24)), ("en", (60, 20)), ("ko", (120, 36))],
        lambda case: case != ("ko", (80, 24)),
    ),
)
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
