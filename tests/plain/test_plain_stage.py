"""Simulations in plain mode: predictions, transport, knobs, views, completed tasks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from plain_talk import Talk, joined

from rnntutor.course.load import open_course
from rnntutor.package_data import lessons_dir
from rnntutor.session.stage import open_stage
from rnntutor.words import LANGUAGES, load

GATES, CHOICE = "go one.gates", "go two.choice"


def gate(talk: Talk, t: int) -> float:
    """Return f of the first unit at step t, computed by the engine."""
    lesson = open_course(talk.course, load("en")).lesson("one", "en")
    spec = lesson.steps[0].sim
    assert spec is not None
    return float(open_stage(spec).trace[f"f[{t}][0]"])


def ticks(talk: Talk) -> list[object]:
    return [data["name"] for _, data in talk.events("tick")]


def test_a_prediction_is_asked_before_the_run(talk: Talk) -> None:
    said = talk(GATES, ".", "run", "forget_bias 2", "reset", ",")
    assert "What is f₂?" in said
    assert said.count(talk.text("plain.predict.first")) == 3
    assert talk.events("predicted", "tick") == []


def test_a_number_is_predicted_right(talk: Talk) -> None:
    said = talk(GATES, f"{gate(talk, 2):.3f}")
    assert f"✓ As I predicted: {gate(talk, 2):.3f}   f₂ = {gate(talk, 2):.3f}" in said
    assert "t = 2/4" in said
    ((_, data),) = talk.events("predicted")
    assert data["right"] is True


def test_a_number_is_predicted_wrong_and_its_mistake_is_named(talk: Talk) -> None:
    said = talk(GATES, f"{gate(talk, 1):.3f}")
    assert f"✗ My prediction: {gate(talk, 1):.3f}   Right: f₂ = {gate(talk, 2):.3f}" in said
    assert "That was step 1." in said


def test_a_blank_line_skips_a_prediction_which_is_not_asked_again(talk: Talk) -> None:
    said = talk(GATES, "", "..")
    assert talk.text("plain.predict.skipped") in said
    assert [data["right"] for _, data in talk.events("predicted")] == [None]
    assert "What is f₂?" not in talk(GATES)


@pytest.mark.parametrize(("number", "right"), [("1", False), ("2", True)])
def test_an_option_is_predicted_and_comes_out_at_the_end(
    talk: Talk, number: str, right: bool
) -> None:
    said = talk(CHOICE, "3", number, "run")
    assert talk.text("plain.predict.choice", n=2) in said
    assert talk.text("plain.predict.noted") in said
    outcome = talk.text("predict.right" if right else "predict.was")
    assert said.index("mostly stays") < said.index(outcome) < said.rindex("mostly stays")
    assert [data["right"] for _, data in talk.events("predicted")] == [right]


def test_after_a_miss_a_reason_is_chosen_before_going_on(talk: Talk) -> None:
    said = talk(CHOICE, "1", "run", "", "run", "b_f 2", "4", "1")
    assert said.count(talk.text("plain.because.choice", n=3)) == 5
    assert said.index("3  Something was written") < said.rindex("✗ Nothing grows here.")
    assert "✓ The gate keeps it" in said
    ((_, data),) = talk.events("because")
    assert data["right"] is False and data["found"] == ["M-13"]


def positions(said: str) -> list[str]:
    """Return each displayed position of the run: "1/4" for steps, "2/4" for phases."""
    lines = [line for line in said.splitlines() if "t = " in line]
    return [line.partition("t = ")[2].partition(", unit")[0] for line in lines]


def test_the_transport_moves_by_phase_and_step_both_ways(talk: Talk) -> None:
    said = talk(GATES, "", ".", "..", ",,", ",", "run", "run", "start", ",", "run", ".")
    there = [
        position.replace(" of ", "/").replace("operation ", "") for position in positions(said)
    ]
    assert [position.rpartition(",")[0] or position for position in there] == [
        "1/4, 4/4", "2/4, 1/4", "2/4, 4/4", "1/4, 4/4", "1/4, 3/4",
        "4/4, 4/4", "4/4, 4/4", "0/4", "4/4, 4/4",
    ]  # fmt: skip
    assert talk.text("plain.at_start") in said
    assert talk.text("plain.at_end") in said


def test_the_keys_of_a_korean_input_method_are_commands(talk: Talk) -> None:
    assert positions(talk(GATES, "", "ㄱㅕㅜ"))[-1].startswith("4/4")
    assert talk.text("plain.foot.home") in talk(GATES, "", "ㅡ")


def test_a_knob_is_turned_by_its_name_and_a_value(talk: Talk) -> None:
    said = talk(GATES, "", "forget_bias 2", "b_f = −1,5", "forget_bias +", "T 3", "T -", "x 1 2")
    shown = [line.split(".")[0] for line in said.splitlines() if line.startswith("forget_bias")]
    assert shown[1] == "forget_bias (b_f) = 2"
    assert "forget_bias (b_f) = −1.5. From −10 to 10" in said
    assert "forget_bias (b_f) = −1. From" in said
    assert "T = 3. From 1 to 60" in said and "T = 2. From" in said
    assert "x = 1, 2" in said
    assert ticks(talk) == ["do"]
    assert said.count("✓ It was kept.") == 1
    assert talk.text("plain.done") in talk(GATES)


def test_a_gate_is_held_and_released(talk: Talk) -> None:
    said = talk(GATES, "", "clamp_f 0", "clamp_f@t 1", "clamp_f free")
    assert [
        line.partition("= ")[2].partition(".")[0]
        for line in said.splitlines()
        if line.startswith("clamp_f@t")
    ] == ["free", "0", "1", "free"]


BAD_KNOBS = [
    ("forget_bias 99", "setting.range"),
    ("forget_bias much", "setting.number"),
    ("T 2.5", "setting.whole"),
    ("T 0", "setting.range"),
    ("clamp_f 2", "setting.range"),
    ("x one two", "setting.number"),
    ("forget_bias", "plain.knob.alone"),
    ("c0 1", "plain.unknown_knob"),
    ("v 9", "plain.no_view"),
    ("v nothing", "plain.no_view"),
    ("unit 2", "plain.no_unit"),
    ("unit x", "plain.no_unit"),
    ("e 2", "plain.which_experiment"),
    ("e x", "plain.which_experiment"),
    ("g nonsense", "plain.glossary.none"),
    ("go nowhere", "plain.no_page"),
    ("go one.nowhere", "plain.no_page"),
    ("2", "plain.unknown_knob"),
]


@pytest.mark.parametrize(("line", "key"), BAD_KNOBS)
def test_what_cannot_be_is_said_in_one_sentence(talk: Talk, line: str, key: str) -> None:
    said, without = talk(GATES, "", line), talk(GATES)
    fixed = max(load("en")(key).replace("}", "{").split("{")[::2], key=len).strip()
    assert fixed in joined(said)
    assert fixed not in joined(without)


def test_a_view_is_chosen_by_number_by_name_or_in_turn(talk: Talk) -> None:
    said = talk(GATES, "", "v 2", "v", "v memory", "v table", "v FORGET gate f", "reset", "v table")
    heads = [line.partition(",")[0] for line in said.splitlines() if "t = " in line]
    assert heads == ["forget gate f", "cell state c", "forget gate f", "cell state c", "table",
                     "forget gate f", "forget gate f", "table"]  # fmt: skip


def test_the_unit_can_be_chosen(talk: Talk) -> None:
    said = talk(GATES, "", "unit", "unit 0", "unit 1")
    units = [line.rpartition("unit ")[2] for line in said.splitlines() if "t = " in line]
    assert units == ["0 (0–1)", "1 (0–1)", "0 (0–1)", "1 (0–1)"]


def test_a_challenge_says_how_far_it_is_and_ticks_itself(talk: Talk) -> None:
    said = talk(CHOICE, "", "run", "b_f -3", "run", "")
    assert "goal  ✗ " in said and "(at most 0.5)" in said
    assert [kind for kind, _ in talk.events("predicted", "tried", "tick", "done")] == [
        "predicted", "tried", "tick", "done",
    ]  # fmt: skip
    assert ticks(talk) == ["goal"]


def test_a_challenge_that_is_not_met_is_passed_but_not_done(talk: Talk) -> None:
    said = talk(CHOICE, "", "", "", "", "", "")
    assert ("done", {"lesson": "two", "page": "choice"}) not in talk.events("done")
    assert talk.text("plain.open_goals", titles="Choice") in said


def test_an_experiment_is_opened_and_left(talk: Talk) -> None:
    said = talk(GATES, "", "e", "clamp_f 1", ".", "forget_bias 3", "b", "..")
    inside = said.split(talk.text("experiment.title"))[1]
    assert "clamp_f (f) = 1." in inside
    assert "`forget_bias 3`" in inside
    assert "[2/11] 1 One · Gates" in inside
    assert talk.events("tick") == []


def test_a_question_has_its_experiment_once_it_is_answered(talk: Talk) -> None:
    assert talk.text("plain.no_experiment") not in talk("go one.rnn.single", "2", "", "e", "")
    said = talk("go one.rnn.single", "2", "", "e", "")
    assert "Cell GRU" in said


def test_an_experiment_can_be_left_for_anywhere(talk: Talk) -> None:
    assert talk(GATES, "", "e", "l", "m").count("rnntutor: 작은 강좌") == 1


def test_the_terms_are_listed_and_explained(talk: Talk) -> None:
    said = talk("g", "g state", "g State Vector", "go one.gates")
    assert "cell state, hidden state" in said
    assert talk.text("plain.glossary.several", name="state") in said
    assert "The vector that a cell hands to the next time step." in said
    assert "Taught in: One · Gates. To go there: go one.gates" in said
    assert "[2/11] 1 One · Gates" in said


def test_what_was_done_on_a_page_is_told_when_it_is_left(talk: Talk) -> None:
    talk(GATES, "", "..", "forget_bias 2", "run", "go one.gates", "q")
    told = [data for _, data in talk.events("stay") if data["page"] == "gates"]
    assert [one["do"] for one in told[0]["did"]] == ["step", "knob", "step"]
    assert all(data["seconds"] >= 0 for data in told)


def test_an_experiment_is_told_of_itself_and_the_page_waits(talk: Talk) -> None:
    talk(GATES, "", "e", ".", "", "q")
    told = [data for _, data in talk.events("stay") if data["page"] in ("gates", "sim:cell")]
    assert [(data["page"], [one["do"] for one in data["did"]]) for data in told] == [
        ("gates", []),
        ("sim:cell", ["step"]),
        ("gates", []),
    ]


def test_a_page_that_is_left_from_an_experiment_is_told_of_once(talk: Talk) -> None:
    talk(GATES, "", "e 9", "e", "m", "q")
    told = [data["page"] for _, data in talk.events("stay")]
    assert told[-2:] == ["gates", "sim:cell"] and told.count("gates") == 1


def test_what_came_of_a_step_is_said_once_its_reason_has_been_chosen(tmp_path: Path) -> None:
    """After a wrong prediction the outcome is shown only after the reason."""
    said = Talk(lessons_dir(), tmp_path)("go rnn.loop", "1", "run", "1")
    assert said.count("The input was 1 three times") == 1
    assert said.index("✗") < said.index("The input was 1 three times")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_another_scale_is_told_once(talk: Talk, lang: str) -> None:
    """A changed value of a full bar is reported once, not below each following picture."""
    talk.lang = lang
    changed = re.escape(talk.text("stage.scale", old="@", new="@")).replace("@", r"\S+")
    said = joined(
        talk(GATES, "", "run", "forget_bias 9", "forget_bias 8.9", ",", ".", "forget_bias 1")
    )
    assert [found.start() < said.index("8.9") for found in re.finditer(changed, said)] == [
        True,
        False,
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_task_is_said_to_be_done_when_it_is(talk: Talk, lang: str) -> None:
    """Of several tasks each is reported separately, as the screen marks each."""
    talk.lang = lang
    steps = "- ✎ Turn the bias up.\n- ✎ Go to the end."
    task = 'do = [ { of = "forget_bias", at_least = 2 } ]'
    two = 'do = [ { of = "forget_bias", at_least = 2 }, { of = "t", at_least = 4 } ]'
    talk.with_course({"✎ Turn the bias up.": steps, task: two})
    said = talk(GATES, "", "forget_bias 2", "run")
    done = talk.text("plain.done")
    turned, gone = said.index(f"{done} Turn the bias up."), said.index(f"{done} Go to the end.")
    assert said.count(done) == 2 and turned < said.index("t = 4/4") < gone
    assert turned < gone < said.index("✓ It was kept.")
