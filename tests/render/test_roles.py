"""Every quantity has one colour everywhere: f is blue, z has f's blue, no bar with a value is
grey."""

from __future__ import annotations

import pytest

from rnntutor.render.primitives import bars
from rnntutor.render.theme import THEMES
from rnntutor.render.views.registry import view
from rnntutor.render.views.view_context import Cursor, ViewContext
from rnntutor.sims import find
from rnntutor.spans import Rows
from rnntutor.words import load

CELL = find("cell")
BAR = set("▁▂▃▄▅▆▇█")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("gru", "lstm"), [("z", "f"), ("r", "i"), ("n", "g")], ids=["update", "reset", "candidate"]
)
def test_the_gates_of_a_gru_have_the_colours_of_the_lstm_gates_they_stand_for(
    theme: str, gru: str, lstm: str
) -> None:
    colours = THEMES[theme].colours
    assert colours[gru] == colours[lstm]


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_told_apart_by_colour_has_different_colours(theme: str) -> None:
    colours = THEMES[theme].colours
    told_apart = [colours[role] for role in ("f", "i", "o", "g", "c", "h", "grad")]
    assert len(set(told_apart)) == len(told_apart)
    assert colours["right"] != colours["wrong"]


def inks(rows: Rows) -> set[str]:
    """Return the roles of all bars: spans of bar characters and blanks only, without the scale."""
    drawn = [span for row in rows for span in row if span.text.strip()]
    return {span.role for span in drawn if set(span.text) <= BAR | {" "}}


@pytest.mark.parametrize(
    ("cell", "quantity"),
    [("rnn", "h"), *(("lstm", q) for q in "fiogch"), *(("gru", q) for q in "zrnh")],
)
def test_the_bars_of_a_strip_have_the_colour_of_their_quantity(cell: str, quantity: str) -> None:
    made = CELL.make({"cell": cell, "T": 6, "units": 3, "seed": 4})
    trace, phases = CELL.trace(made), CELL.phases(made)
    context = ViewContext(load("en"), Cursor(6, len(phases)), phases, width=72, height=12)
    worn = inks(view(f"strip:{quantity}", trace, context))
    assert quantity in worn, "no bar has the colour of its quantity"
    assert worn <= {quantity, bars.NEGATIVE, "faint"}
    # A non-zero value is never faint.
    values = {float(trace.at(quantity, t)[u]) for t in range(1, 7) for u in range(trace.units)}
    assert 0.0 in values or "faint" not in worn
