"""The knobs under a stage: what they show is what they do."""

from __future__ import annotations

import pytest

from rnntutor import sims
from rnntutor.pages.stage import knob_rows
from rnntutor.session import knobs, opening
from rnntutor.session import stage as stages
from rnntutor.session.stage import Stage
from rnntutor.spans import Span
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
