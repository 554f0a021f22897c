"""Views, knobs, misconceptions and letters of every cell follow its specification."""

from __future__ import annotations

import numpy as np
import pytest

from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.cells.spec import COLOUR_OF, FORGET, RESET, UPDATE, WRITE
from rnntutor.pages.stage import knob_rows
from rnntutor.render.theme import THEMES
from rnntutor.render.views.caption import caption
from rnntutor.render.views.registry import expandable_rows, view
from rnntutor.render.views.view_context import Cursor, ViewContext
from rnntutor.session import knobs, opening
from rnntutor.session import stage as stages
from rnntutor.session.stage import Stage
from rnntutor.sims import find
from rnntutor.spans import QUANTITIES, plain, width
from rnntutor.words import LANGUAGES, load
from tests.sampling import in_turn

CELL = find("cell")
KINDS = list(CELLS)


def opened(kind: str, **settings: object) -> Stage:
    given = {"cell": kind, "units": 2, "outputs": 2, **settings}
    pairs = tuple((name, str(value)) for name, value in given.items())
    return stages.open_stage(opening.spec("cell", pairs, "en"))


@pytest.mark.parametrize(("kind", "lang"), in_turn(KINDS, LANGUAGES))
def test_every_view_draws_every_phase_and_says_something(kind: str, lang: str) -> None:
    """This holds with an expanded row and with all values clamped."""
    clamps = {f"clamp_{letter}": 1 for letter in CELLS[kind].gates}
    for stage in (opened(kind), opened(kind, x="1 -1", first="0", target=1, **clamps)):
        phases = stage.phases
        for name in stage.views:
            for phase in range(len(phases) + 1):
                for row in ("", *expandable_rows(name, stage.trace)):
                    at = Cursor(1, phase) if phase else Cursor()
                    context = ViewContext(load(lang), at, phases, 56, 8, open=row)
                    drawn = view(name, stage.trace, context)
                    assert any(plain(line).strip() for line in drawn), (name, phase)
                    assert all(width(line) <= 56 for line in drawn), (name, phase)
                    told = caption(stage.trace, context, name)
                    assert told or not phase or name == "softmax", (name, phases[phase - 1])


@pytest.mark.parametrize("kind", KINDS)
def test_every_knob_can_be_turned_both_ways_and_is_shown(kind: str) -> None:
    stage = opened(kind)
    shown = "".join(plain(row) for row in knob_rows(stage, load("en"), 400, focus=-1, most=9))
    bias = CELLS[kind].forget_bias
    assert ("forget_bias" in stage.controls) == bool(bias), "no knob of a gate that is not there"
    assert ("c0" in stage.controls) == ("c" in CELLS[kind].states)
    assert bias in shown if bias else "b_" not in shown
    for count in (1, -1):
        assert knobs.turn(stage, "cell", count).complaint is None
    for parameter in CELLS[kind].shapes(2, 3):
        stage = opening.apply_assignment(stage, f"{parameter} = 0.5")
        assert stage.complaint is None, parameter
    for name in stage.controls[1:]:
        for count in (1, -1):
            after = knobs.turn(stage, name, count)
            assert after.complaint is None, name
            assert all(np.isfinite(values).all() for values in after.trace.arrays.values()), name


@pytest.mark.parametrize("kind", KINDS)
def test_every_mistake_has_a_value_in_every_cell(kind: str) -> None:
    """A mistake about a part that the cell lacks changes nothing."""
    settings = CELL.make({"cell": kind, "units": 2, "x": [[1, 0.5], [-1, 2]], "h0": 0.5})
    trace = CELL.trace(settings)
    true = float(trace["h[2][1]"])
    changed = {
        name
        for name, mistaken in CELL.misconceptions.items()
        if mistaken(settings, trace, "h[2][1]") != pytest.approx(true, abs=1e-12)
    }
    roles = {block.role for block in CELLS[kind].blocks}
    mixing = bool(roles & {FORGET, UPDATE}) and WRITE not in roles
    assert "swap_W_U" in changed
    assert ("tied_gates" in changed) == ({FORGET, WRITE} <= roles)
    assert ("z_swapped" in changed) == mixing
    assert ("no_reset" in changed) == (RESET in roles)


@pytest.mark.parametrize("kind", KINDS)
def test_what_does_the_same_has_the_same_colour_in_every_theme(kind: str) -> None:
    for look in THEMES.values():
        for block in CELLS[kind].blocks:
            assert block.value in QUANTITIES
            assert look.colours[block.value] == look.colours[COLOUR_OF[block.role]]
        assert look.colours[CELLS[kind].colour]
