"""A link in a text opens its simulation in the view that its sentence is about."""

from __future__ import annotations

import pytest

from rnntutor.course.blocks import Link
from rnntutor.session.links import spec_of, view_of
from rnntutor.session.stage import open_stage


@pytest.mark.parametrize(
    ("link", "first"),
    [
        (Link("sim", "text", (("prepared", 200),), "curve"), "curve"),
        (Link("sim", "cell", (("cell", "lstm"), ("clamp_f@4", 1))), "memory"),
        (Link("sim", "cell", (("cell", "lstm"), ("clamp_o", 0))), "output"),
        (Link("sim", "cell", (("cell", "gru"), ("clamp_z", 0), ("clamp_r", 1))), "state"),
        (Link("sim", "cell", (("cell", "gru"), ("clamp_z", 0)), "table"), "table"),
        (Link("sim", "cell", (("cell", "rnn"),)), "strip"),
    ],
)
def test_the_view_that_is_named_or_that_a_held_gate_is_in(link: Link, first: str) -> None:
    stage = open_stage(spec_of(link, "en"))
    assert view_of(link, stage.views) == first
