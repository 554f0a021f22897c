"""Any text typed as a setting is applied or rejected with a message, and the result can be
drawn."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sampling import sampled
from strategies import any_text

from rnntutor import sims
from rnntutor.plain.picture import lines
from rnntutor.session import knobs, opening
from rnntutor.session.stage import Stage, open_stage
from rnntutor.words import load
from tests.sims.batch_nets import train_little

WORDS = load("en")
HEAVY = ("memory", "text")  # a new run takes a second
NAMES = ["foo", "", "=", "W", "x", "W[0][1]", "W_n", "h0", "f@3", "w@", "U[99999999999][0]", "٣"]
VALUES = [
    *("", "foo", "1", "-1", "0.5", "true", "null", "{}", '"x"', "٣", "½", "/etc/passwd", "a b c"),
    *("NaN", "Infinity", "-1e400", "1e308", "9" * 400, "9" * 5000, "1e-320", "0 1", "1,2", "\x00"),
    *("[]", "[[]]", "[1,2]", "[[1,2],[3]]", "[[[1]]]", "[" * 5000, "[" * 5000 + "]" * 5000),
    *("[1e400]", "[NaN]", '["a"]', "[null]", "[[null]]", "[true]", "[[0.5,0.5]]", "[" + "9" * 400),
]


@pytest.fixture(autouse=True)
def few_updates(monkeypatch: pytest.MonkeyPatch) -> None:
    train_little(monkeypatch)


@cache
def opened(name: str) -> Stage:
    return open_stage(opening.spec(name, ()))


def _tried(stage: Stage, text: str) -> None:
    after = opening.apply_assignment(stage, text)
    if after.complaint is not None:
        assert WORDS(after.complaint.key, **after.complaint.values)
        return
    knobs.command_line(after)
    for control in after.controls:
        knobs.as_text(after, control)
    assert lines(after, WORDS)


LIGHT = [name for name in sims.names() if name not in HEAVY]


@pytest.mark.parametrize(
    ("name", "count"),
    sampled([*product(HEAVY, (4,)), *product(LIGHT, (12, 40))], lambda case: case[1] < 40),
)
def test_no_assignment_raises_and_what_it_gives_can_be_drawn(name: str, count: int) -> None:
    stage = opened(name)
    names = (*stage.controls, *NAMES)

    @settings(max_examples=count, deadline=None, derandomize=True)
    @given(
        st.sampled_from(names) | any_text(max_size=8),
        st.sampled_from([" = ", "=", " "]),
        st.sampled_from(VALUES) | any_text(max_size=12) | st.floats().map(str),
    )
    def tried(what: str, sign: str, value: str) -> None:
        _tried(stage, f"{what}{sign}{value}")

    tried()


@pytest.mark.parametrize("name", [n for n in sims.names() if sims.find(n).alone])
def test_a_setting_that_is_replaced_alone_is_refused_where_reading_it_refuses_it(name: str) -> None:
    """Replacing one setting directly accepts only values that reading all settings accepts too."""
    stage = opened(name)
    trace, simulation = stage.trace, stage.simulation
    stage = replace(stage, simulation=replace(simulation, trace=lambda settings: trace))
    for control in sorted(simulation.alone):
        for value in VALUES:
            after = opening.apply_assignment(stage, f"{control} = {value}")
            if after.complaint is None:
                assert stage.simulation.make(after.given) == after.settings, (control, value)


@pytest.mark.parametrize("name", LIGHT)
def test_a_word_that_is_no_setting_is_refused_with_those_that_are(name: str) -> None:
    after = opening.apply_assignment(opened(name), "foo")
    assert after.complaint is not None
    assert "foo" in WORDS(after.complaint.key, **after.complaint.values)
    assert after.settings == opened(name).settings


# tests/pages/test_knob_rows.py turns the knobs of every simulation to both ends.
@pytest.mark.parametrize("name", sampled(LIGHT, lambda name: name in ("cell", "types", "race")))
def test_a_knob_at_the_end_of_its_range_stays_and_changes_nothing(name: str) -> None:
    stage = opened(name)
    for control in stage.controls:
        if knobs.typed(stage, control):
            continue
        knob = knobs.knob_of(stage, control)
        far = knobs.turn(stage, control, 10_000)
        if far.complaint is not None or knob != knobs.knob_of(far, control):
            continue
        assert knobs.turn(far, control, 1) is far


def test_a_knob_turned_often_keeps_a_number_that_can_be_read() -> None:
    """Ten steps of 0.1 are 1, not 0.9999999999999999; `y` shows this value."""
    stage = open_stage(opening.spec("gradient", [("scale", "0.1")]))
    step = knobs.knob_of(stage, "scale").step
    for count in range(1, 8):
        stage = knobs.turn(stage, "scale", 1)
        value = dict(stage.given)["scale"]
        assert len(repr(value)) <= 5, value
        assert value == pytest.approx(0.1 + count * step)
