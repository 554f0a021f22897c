"""Numbers, bars, circuits and captions: the parts of all views."""

from __future__ import annotations

import re
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sampling import sampled

from rnntutor.numbers import cells, full_bar, number, percent, within
from rnntutor.package_data import assets_dir
from rnntutor.render.primitives import bars, scale
from rnntutor.render.views import circuit
from rnntutor.render.views.caption import caption
from rnntutor.render.views.view_context import Cursor, ViewContext
from rnntutor.sims import find
from rnntutor.spans import plain, width
from rnntutor.words import load

CELL = find("cell")
FIGURES = sorted(f.stem for f in (assets_dir() / "figures").glob("*.txt"))
finite = st.floats(allow_nan=False, allow_infinity=False)


@given(value=finite, decimals=st.sampled_from([2, 3]), signed=st.booleans())
def test_a_number_never_changes_its_width(value: float, decimals: int, signed: bool) -> None:
    value = value if signed else abs(value)
    room = cells(decimals=decimals, signed=signed)
    assert len(number(value, decimals=decimals, signed=signed)) == room
    assert len(number(None, decimals=decimals, signed=signed)) == room


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *[(0.84, "+0.840"), (-0.31, "−0.310"), (0.0, " 0.000"), (-0.0004, " 0.000")],
        *[(12.3456, "+12.35"), (-123.4, "−123.4"), (None, " ·    "), (12345678.0, "+>9999")],
    ],
)
def test_numbers_as_they_are_written(value: float | None, text: str) -> None:
    assert number(value) == text


def test_a_share_is_not_rounded_to_all_or_nothing() -> None:
    assert [percent(v) for v in (0, 0.004, 0.5, 0.998, 1)] == ["0%", "0.4%", "50%", "99.8%", "100%"]


@given(
    value=finite,
    full=st.floats(0.1, 100),
    room=st.integers(1, 60),
    track=st.sampled_from([0.0, 0.5, 1.0]),
)
def test_a_bar_fills_exactly_its_room(value: float, full: float, room: int, track: float) -> None:
    drawn = bars.bar(value, full, room, role="h", track=track)
    assert width(drawn) == room
    text = plain(drawn)
    over = abs(value) > full * bars.EXACT
    assert (bars.BEYOND in text) == over, "a bar that would have to be longer says so"
    assert (bars.HATCHED in text) == (value < 0) or (over and room == 1)
    assert not (value < 0 and bars.SOLID in text)
    assert (drawn[0].role == bars.NEGATIVE) == (value < 0)


sizes = st.floats(0, 50)


@given(one=sizes, other=sizes, full=st.sampled_from([1.0, 1.5, 20.0]), room=st.integers(4, 60))
def test_bars_of_one_scale_stand_in_the_order_of_their_values(
    one: float, other: float, full: float, room: int
) -> None:
    """A larger value never has a shorter bar, in rows, columns and single cells.

    The length is proportional to the value, to an eighth of a cell.
    """
    small, large = sorted((one, other))
    rows = [bars.bar(v, full, room)[0].text for v in (small, large)]
    assert filled(rows[0]) <= filled(rows[1])
    columns = ["".join(bars.tall(v, full, room)) for v in (small, large)]
    assert filled(columns[0]) <= filled(columns[1])
    assert filled(bars.level(small, full)) <= filled(bars.level(large, full))
    if 0.02 * full <= small <= full:
        for drawn in (rows[0], columns[0]):
            assert abs(filled(drawn) - room * small / full) <= 1 / 16 + 1e-9


def filled(drawn: str) -> float:
    """Return how many cells a bar fills."""
    parts = " ▏▎▍▌▋▊▉█" if set(drawn) & set("▏▎▍▌▋▊▉") else " ▁▂▃▄▅▆▇█"
    ends = {bars.BEYOND, bars.ABOVE}
    return sum(1 if c in ends else max(0, parts.find(c)) / 8 for c in drawn if c != bars.NOTHING)


@pytest.mark.parametrize("value", [0.2, 1.0, 1.000001, 1.296, 5.0])
def test_a_full_bar_that_would_be_exceeded_says_so(value: float) -> None:
    """c = 1.296 on a scale of 1 is not drawn as 1."""
    over = value > 1
    assert (bars.BEYOND in plain(bars.bar(value, 1.0, 12))) == over
    assert (bars.BEYOND in plain(bars.bar(-value, 1.0, 12))) == over
    assert (bars.ABOVE in bars.tall(value, 1.0, 3)) == over
    assert (bars.level(value, 1.0) == bars.ABOVE) == over


def test_a_bar_is_dotted_as_far_as_its_track() -> None:
    """On a scale of 2 a track to 1 is half of the width."""
    text = plain(bars.bar(0.5, 2.0, 20, track=1.0))
    assert text == "█" * 5 + "·" * 5 + " " * 10
    assert plain(bars.bar(1.5, 2.0, 20, track=1.0)).rstrip() == "█" * 15


@given(st.floats(1e-12, 1e12), st.integers(3, 9))
def test_a_number_that_must_be_short_stays_that_number(value: float, room: int) -> None:
    """A number is not cut to a wrong one, such as 1.2e−5 to "1.2e"."""
    shown = within(value, room)
    assert len(shown) <= room
    if shown != "…":
        assert float(shown.replace("−", "-")) == pytest.approx(value, rel=0.5, abs=6e-4)
    elif room >= 5:
        raise AssertionError(f"{value} has a form of {room} cells")


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=9), st.sampled_from([0.0, 1.0]))
def test_a_scale_holds_its_values_and_is_round(values: list[float], least: float) -> None:
    full = scale.full(values, least=least)
    largest = max(least, *map(abs, values)) if len(values) > 1 else max(least, abs(values[0]))
    assert full >= largest * (1 - 1e-9)
    assert full <= 1.7 * largest or full == 1
    assert float(full_bar(full)[2:].replace("−", "-")) == pytest.approx(full)


@given(value=st.floats(-2, 2), rows=st.integers(1, 8))
def test_a_tall_bar_grows_from_its_foot(value: float, rows: int) -> None:
    tall = bars.tall(value, 1.0, rows)
    assert len(tall) == rows
    filled = [glyph != " " for glyph in tall]
    assert filled == sorted(filled)
    assert filled[-1]


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_well_formed(name: str) -> None:
    """Picture and mask match, and every letter, phase and quantity belongs to the cell.

    Every slot has the width of its value in a run.
    """
    drawn = circuit.figure(name)
    kind = name.partition(".")[0]
    made = CELL.make({"cell": kind, "text": "가 나"})
    trace, phases = CELL.trace(made), CELL.phases(made)
    for quantity, lit_in in drawn.legend.values():
        assert lit_in <= set(phases)
        assert quantity in {"", "x", "a", *"fiogzrnch"}
    size = {"": (76, 8), "narrow": (56, 8), "large": (118, 20)}[name.partition(".")[2]]
    context = ViewContext(load("en"), Cursor(2, len(phases)), phases, width=size[0], height=size[1])
    rows = circuit.circuit(trace, context)
    drawn = circuit.higher(name, size[1]) if size[1] < circuit.LOW else drawn
    assert len(rows) == len(drawn.picture) <= size[1]
    signs = "".join(plain(row) for row in rows).replace("W·x", "").replace("U·h", "")
    assert not set("{}·") & set(signs)
    shift = len(plain(rows[0])) - len(plain(rows[0]).lstrip())
    for row, line in zip(rows, drawn.picture, strict=True):
        assert width(row) - (shift if size[0] == 118 else 0) <= len(line)


@given(name=st.sampled_from(FIGURES), rows=st.integers(1, 40))
def test_a_figure_is_drawn_higher_without_a_wire_that_ends_nowhere(name: str, rows: int) -> None:
    """Added rows contain only wires with two ends, and the other rows are unchanged."""
    drawn, high = circuit.figure(name), circuit.higher(name, rows)
    assert len(drawn.picture) <= len(high.picture) <= max(rows, len(drawn.picture))
    left = list(zip(drawn.picture, drawn.mask, strict=True))
    lines = list(zip(high.picture, high.mask, strict=True))
    for n, (line, letters) in enumerate(lines):
        if left and (line, letters) == left[0]:
            left.pop(0)
            continue
        assert set(line) == {" ", "│"}
        assert [sign == " " for sign in line] == [letter == " " for letter in letters]
        for at, sign in enumerate(line):
            if sign == "│":
                ends = lines[n - 1][0][at], lines[n + 1][0][at]
                assert not set(ends) & set("─▶ {}")
                assert set(ends) & set("│┬┐┌├┤┼▲┴┘└")
    assert not left


def test_all_cells_are_equally_high_where_one_replaces_another() -> None:
    """Nothing below the picture moves when the cell changes, and no row remains."""
    for width_, height in product((58, 76), (10, 11, 12)):
        for cell in ("rnn", "lstm", "gru", "peephole"):
            made = CELL.make({"cell": cell, "text": "a b"})
            phases = CELL.phases(made)
            context = ViewContext(load("en"), Cursor(1, 0), phases, width=width_, height=height)
            assert len(circuit.circuit(CELL.trace(made), context)) == height


def test_every_cell_has_a_figure_for_both_narrow_forms() -> None:
    for kind, form in product(("rnn", "lstm", "gru"), ("", ".narrow")):
        assert f"{kind}{form}" in FIGURES


@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_the_numbers_in_the_circuit_add_up(cell: str) -> None:
    """The displayed kept and added parts sum to the state, to three decimals."""
    made = CELL.make({"cell": cell, "text": "가 나 다", "scale": 2, "h0": 0.4, "c0": -0.7})
    trace, phases = CELL.trace(made), CELL.phases(made)
    rows = circuit.circuit(trace, ViewContext(load("ko"), Cursor(2, len(phases)), phases))
    read = [
        [float(n.replace("−", "-")) for n in re.findall(r"[−+]?\d\.\d{3}", plain(row))]
        for row in rows
    ]
    before, after = read[0]
    kept, added = read[1]
    state = "c" if cell == "lstm" else "h"
    assert before == pytest.approx(trace[f"{state}[1][0]"], abs=6e-4)
    assert after == pytest.approx(kept + added, abs=2e-3)
    keep = "f" if cell == "lstm" else "z"
    assert kept == pytest.approx(float(trace[f"{keep}[2][0]"]) * before, abs=2e-3)


def test_no_korean_particle_stands_behind_a_value_whose_reading_varies() -> None:
    """A number may be followed by 의, 에, 에서, but not by particles that depend on its reading.

    Per cent is always read 퍼센트, so 를, 는 and 가 are right after it. Where both forms stand, one
    is chosen for the value.
    """
    percents = {"p", "q", "f", "i", "o", "z", "r"}
    for key, text in load("ko").table().items():
        if not key.startswith(("caption.", "strip.", "gate.", "weights.")):
            continue
        particles = r"\{(\w+)\}(은|는|이(?!다|므로)|가|을|를|과|와|으로|로)(?!\()"
        for name, particle in re.findall(particles, text):
            assert name in percents and particle in "를는가이", f"{key}: {name}{particle}"


def test_captions_speak_of_what_is_on_the_screen() -> None:
    """In the course's worked step the forget gate keeps 38 % of c at step 2."""
    given_ = {"cell": "lstm", "units": 1, "x": [1, -1, 0, 2], "c0": 0.8, "W_f": 1.5, "U_f": 0}
    made = CELL.make({**given_, "forget_bias": 1, "clamp_i": 0, "clamp_f@3": 0})
    trace, phases = CELL.trace(made), CELL.phases(made)

    def said(t: int, phase: int, spec: str = "", lang: str = "ko") -> str:
        rows = caption(trace, ViewContext(load(lang), Cursor(t, phase), phases), spec)
        return " ".join(plain(row) for row in rows)

    assert said(2, 1, "gate:f") == "f₂ = 0.378: c₁의 38%를 남긴다"
    assert said(2, 1, "gate:f", "en") == "f₂ = 0.378: keeps 38% of c₁"
    assert said(2, 3) == "c: 0.739 → 0.279 (남긴 값 0.279, 더한 값 0.000)"
    assert said(3, 1, "gate:f") == "f₃ = 0: c₂의 값을 모두 지운다 (고정)"
    assert "0.000" in said(3, 3)


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize(
    "held", sampled((None, 0, 0.03, 0.5, 0.97, 1), lambda held: held in (None, 0.03, 1))
)
def test_captions_fit_the_narrowest_screen_whole(held: float | None, lang: str) -> None:
    """Every text fits 56 cells, for gates nearly open or closed, clamped or not."""
    words = load(lang)
    for cell in ("rnn", "lstm", "gru"):
        gates = {"rnn": "", "lstm": "fio", "gru": "zr"}[cell] if held is not None else ""
        clamps = {f"clamp_{gate}": held for gate in gates}
        made = CELL.make(
            {"cell": cell, "T": 12, "first": [9, 9, 9], "outputs": 3, "c0": -9, **clamps}
        )
        trace, phases = CELL.trace(made), CELL.phases(made)
        for t, phase in ((0, 0), *product((1, 12), range(1, len(phases) + 1))):
            context = ViewContext(words, Cursor(t, phase), phases, width=56)
            for spec in ("", *CELL.views(made)):
                for row in caption(trace, context, spec):
                    assert width(row) <= 56, plain(row)
                    assert not re.search(r"[{}\[\]]", plain(row)), plain(row)


def test_a_head_shows_a_distribution() -> None:
    made = CELL.make({"outputs": 4, "T": 3})
    assert np.asarray(CELL.trace(made)["p"]).sum(axis=1) == pytest.approx(1)
