"""The knobs under a stage: what they show is what they do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rnntutor import sims
from rnntutor.pages.stage import knob_rows, stage_rows
from rnntutor.session import knobs, opening
from rnntutor.session import stage as stages
from rnntutor.session.stage import Stage
from rnntutor.spans import Span, plain
from rnntutor.words import load

WORDS = load("en")
BACK, ON = "◀ ", " ▶"


def opened(name: str) -> Stage:
    return stages.open_stage(opening.spec(name, (), "en"))


def arrows(stage: Stage, control: str) -> dict[str, Span]:
    """The arrows of a knob that has the focus, by what they look like."""
    focus = stage.controls.index(control)
    rows = knob_rows(stage, WORDS, 76, focus=focus, most=99)
    links = (f"turn-:{control}", f"turn+:{control}")
    return {span.text: span for row in rows for span in row if span.link in links}


@pytest.mark.parametrize("name", sims.names())
def test_an_arrow_is_lit_while_the_knob_can_be_turned_that_way(name: str) -> None:
    """At either end its arrow is out, the other is lit, and the key that it stands for does
    nothing."""
    stage, seen = opened(name), 0
    for control in stage.controls:
        for count, end, other in ((-1, BACK, ON), (1, ON, BACK)):
            if not arrows(stage, control):
                continue
            there = knobs.turn(stage, control, count * 10_000)
            if there.complaint is not None or control not in there.controls:
                continue  # other settings end the range before the knob does
            shown = arrows(there, control)
            assert shown[end].role == "faint", control
            assert shown[other].role == "accent", control
            assert knobs.turn(there, control, count) is there, control
            seen += 1
    assert seen or not any(arrows(stage, control) for control in stage.controls)


def test_a_knob_without_the_focus_has_no_lit_arrow() -> None:
    stage = opened("cell")
    spans = [span for row in knob_rows(stage, WORDS, 76, focus=-1, most=99) for span in row]
    assert {span.role for span in spans if span.text in (BACK, ON)} <= {"faint", "grey"}


def shown(stage: Stage, control: str) -> str:
    """What stands between a knob's arrows, or behind its name."""
    rows = knob_rows(stage, WORDS, 76, focus=-1, most=99)
    spans = [span for row in rows for span in row]
    name = next(n for n, span in enumerate(spans) if span.link == f"knob:{control}")
    return spans[name + 1 + (spans[name + 1].text == BACK)].text


@pytest.mark.parametrize("name", sims.names())
def test_only_what_can_be_negative_has_a_sign_and_zero_has_none(name: str) -> None:
    stage = opened(name)
    for control in stage.controls:
        knob = stages.knob_of(stage, control)
        if knob.kind != "float":
            continue
        high = knobs.turn(stage, control, 10_000)
        assert shown(high, control).startswith("+") == (knob.low < 0), control
        if knob.low <= 0:
            zero = shown(knobs.set_knob(stage, control, 0.0), control)
            assert zero[0] == "0" and not float(zero), control


def test_a_step_without_a_target_shows_none() -> None:
    stage = stages.open_stage(opening.spec("bptt", (("loss", "last"),), "en"))
    assert shown(stage, "target") == "–, –, –, 0"


HIDING = (
    ("bptt", {}),
    ("gradient", {}),
    ("gradient", {"cell": "lstm", "beside": "gru"}),
    ("gradient", {"cell": "one unit"}),
    *(("types", {"type": kind}) for kind in ("seq-vec", "vec-seq", "encoder-decoder")),
)


@pytest.mark.parametrize(("name", "given"), HIDING)
def test_a_knob_that_is_not_shown_would_change_nothing(name: str, given: dict[str, str]) -> None:
    stage = stages.open_stage(opening.spec(name, tuple(given.items()), "en"))
    stage = stages.move(stage, stage.transport.end())
    hidden = stage.simulation.idle(stage.settings)
    turned = [name for name in hidden if stages.knob_of(stage, name).kind in ("float", "choice")]
    assert turned
    for control in turned:
        for count in (-1, 1):
            other = knobs.turn(stage, control, count)
            for view in range(len(stage.views)):
                drawn = (picture_of(stages.show(one, view)) for one in (stage, other))
                assert next(drawn) == next(drawn), (control, stage.views[view])


def picture_of(stage: Stage) -> str:
    """The stage without its knobs, and without the run before."""
    rows = stage_rows(replace(stage, before=None, controls=()), WORDS, 76, 20)
    return "\n".join(plain(row) for row in rows)
