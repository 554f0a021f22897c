"""Views of backpropagation, of gradients by distance and of one gate."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st
from sampling import given_some

from rnntutor.course.expression import evaluate
from rnntutor.nn.trace import Trace
from rnntutor.render.views.caption import caption
from rnntutor.render.views.registry import expandable_rows, view
from rnntutor.render.views.view_context import Cursor, ViewContext
from rnntutor.sims import find
from rnntutor.spans import ROLES, plain, width
from rnntutor.words import LANGUAGES, load

# name -> simulation, settings, step of the transport
RUNS: dict[str, tuple[str, dict[str, object], int]] = {
    "bptt.rnn": ("bptt", {"loss": [2, 4]}, 2),
    "bptt.unit": ("bptt", {"units": 1, "x": [1, 0], "h0": 0.6, "dy": 1}, 2),
    "bptt.lstm": ("bptt", {"cell": "lstm", "units": 3, "T": 5}, 3),
    "gradient.pair": ("gradient", {"clip": 0.3}, 50),
    "gradient.gates": ("gradient", {"cell": "lstm", "beside": "gru", "forget_bias": 3}, 25),
    "gradient.burst": ("gradient", {"beside": "none", "radius": 2.2, "clip": 1, "T": 100}, 100),
    "gradient.unit": ("gradient", {"cell": "one unit"}, 60),
    "gate.sigmoid": ("gate", {"U": -0.5, "b": 1.2}, 1),
    "gate.tanh": ("gate", {"activation": "tanh", "W": -2}, 1),
}


def run(name: str) -> tuple[Any, Any, Trace]:
    sim, given_, _ = RUNS[name]
    made = find(sim).make(given_)
    return find(sim), made, find(sim).trace(made)


@st.composite
def made_runs(draw: st.DrawFn) -> tuple[Any, Any]:
    """Draw any settings of the three simulations."""
    name = draw(st.sampled_from(["bptt", "gradient", "gate"]))
    if name == "bptt":
        given_: dict[str, object] = {
            "cell": draw(st.sampled_from(["rnn", "lstm"])),
            "units": draw(st.integers(1, 4)),
            "T": draw(st.integers(1, 12)),
            "inputs": draw(st.integers(1, 4)),
            "scale": draw(st.sampled_from([0, 1, 3])),
            "h0": draw(st.sampled_from([0, -9.5])),
            "loss": draw(st.sampled_from(["last", "every", [2]])),
        }
        if draw(st.booleans()):
            given_ |= {"dy": draw(st.sampled_from([10, [-10, 0.001]])), "x": [100, -0.125]}
    elif name == "gradient":
        given_ = {
            "cell": draw(st.sampled_from(["rnn", "lstm", "gru", "one unit"])),
            "beside": draw(st.sampled_from(["none", "rnn", "lstm", "gru"])),
            "T": draw(st.sampled_from([2, 50, 100])),
            "distance": draw(st.sampled_from([1, 20, 100])),
            "radius": draw(st.sampled_from([0.5, 2.5])),
            "scale": draw(st.sampled_from([0, 0.1, 2])),
            "forget_bias": draw(st.sampled_from([-1, 5])),
            "activation": draw(st.sampled_from(["tanh", "relu", "identity"])),
            "clip": draw(st.sampled_from([0, 0.3, 5])),
            "clip_by": draw(st.sampled_from(["norm", "value"])),
            "w": draw(st.sampled_from([0, 1, 3])),
            "h0": draw(st.sampled_from([0, 0.9, -1])),
        }
    else:
        given_ = {
            "activation": draw(st.sampled_from(["sigmoid", "tanh"])),
            **{n: draw(st.sampled_from([-10, 0, 0.1, 10])) for n in "WUb"},
            "x": draw(st.sampled_from([-3, 0.5])),
            "c": draw(st.sampled_from([-2, 0])),
        }
    return find(name), find(name).make(given_)


@given_some(
    30,
    80,
    run_=made_runs(),
    cells=st.sampled_from([56, 57, 66, 75, 76, 77, 99, 100, 118, 160]),
    height=st.sampled_from([1, 3, 7, 8, 9, 14, 20]),
    data=st.data(),
)
def test_no_row_is_too_wide_and_there_are_not_too_many(
    run_: tuple[Any, Any], cells: int, height: int, data: st.DataObject
) -> None:
    """This holds at any size, unit and cursor, in both languages, and with letters only.

    A caption fits the narrowest screen.
    """
    simulation, made = run_
    trace, phases = simulation.trace(made), simulation.phases(made)
    t = data.draw(st.integers(0, trace.steps))
    phase = data.draw(st.integers(1, len(phases))) if t else 0
    words = load(data.draw(st.sampled_from(["ko", "en"])))
    unit, letters = data.draw(st.integers(0, 5)), data.draw(st.booleans())
    for spec in simulation.views(made):
        assert expandable_rows(spec, trace) == ()
        at = Cursor(t, phase)
        context = ViewContext(
            words, at, phases, width=cells, height=height, unit=unit, ascii=letters, open="wx"
        )
        rows = view(spec, trace, context)
        assert 0 < len(rows) <= height
        assert all(width(row) <= cells for row in rows), spec
        assert all(span.role in ROLES for row in rows for span in row)
        said = caption(trace, context, spec)
        assert len(said) == 1
        assert all(width(row) <= 56 for row in said), (spec, plain(said[0]))
        assert not re.search(r"[{}\[\]]", plain(said[0]))
        if letters:
            text = "".join(plain(row) for row in (*rows, *said))
            assert all(c.isascii() or "가" <= c <= "힣" for c in text), text


@pytest.mark.parametrize("name", ["bptt.rnn", "bptt.lstm"])
def test_nothing_is_shown_before_it_is_computed(name: str) -> None:
    """During backpropagation no gradient of an earlier time step is visible."""
    simulation, made, trace = run(name)
    phases = simulation.phases(made)
    T = trace.steps
    hidden = {f"{abs(float(v)):.3f}" for v in (*trace.at("dh", T - 2), *trace.at("dh_next", T - 2))}
    hidden -= {f"{abs(float(v)):.3f}" for n in ("dh", "dh_next") for v in trace.at(n, T - 1)}
    for spec in ("arrows", "strip:dh"):
        context = ViewContext(load("ko"), Cursor(2, 3), phases, width=118, height=20)
        text = "\n".join(plain(row) for row in view(spec, trace, context))
        assert not any(value in text for value in hidden - {"0.000"}), spec


def test_of_a_curve_only_what_has_been_reached_is_drawn() -> None:
    simulation, made, trace = run("gradient.pair")
    phases = simulation.phases(made)

    def dots(t: int) -> int:
        context = ViewContext(load("ko"), Cursor(t, 1), phases)
        rows = view("flow", trace, context)[1:]
        return sum("⠀" < c <= "⣿" for row in rows for c in plain(row))

    counted = [dots(t) for t in (1, 10, 30, 50)]
    assert counted == sorted(counted)
    assert counted[0] < counted[1] < counted[3]


@pytest.mark.parametrize("name", ["bptt.rnn", "bptt.lstm"])
def test_the_present_phase_alone_is_lit(name: str) -> None:
    simulation, made, trace = run(name)
    phases = simulation.phases(made)
    for n, phase in enumerate(phases, 1):
        context = ViewContext(load("en"), Cursor(2, n), phases, height=20, width=76)
        rows = view("arrows", trace, context)
        strong = [row for row in rows if any(s.strong and s.role != "h" for s in row)]
        assert strong, phase
        grad = {plain(row)[:28] for row in rows if any(s.role == "grad" for s in row)}
        assert len(grad) < len(rows) - 3


def test_the_arithmetic_of_a_step_can_be_read_off() -> None:
    """The displayed numbers agree: loss and next add up to dh, and times the derivative give da."""
    simulation, made, trace = run("bptt.unit")
    context = ViewContext(load("en"), Cursor(2, 5), simulation.phases(made))
    rows = [plain(row) for row in view("arrows", trace, context)]
    read = [
        float(found[-1].replace("−", "-"))
        for row in rows
        if (found := re.findall(r"[−+× ]\s?(\d\.\d{3}|[−+]\d\.\d{3})", row.replace("×", " ")))
    ]
    loss, after, both, slope, through = read[:5]
    assert both == pytest.approx(loss + after, abs=2e-3)
    assert through == pytest.approx(both * slope, abs=2e-3)


def test_the_caption_says_which_cell_vanishes() -> None:
    simulation, made, trace = run("gradient.unit")
    context = ViewContext(load("en"), Cursor(60, 1), simulation.phases(made))
    said = plain(caption(trace, context, "kept")[0])
    assert "2.4e−47" in said and "0.958" in said
    assert "vanishes" in plain(caption(trace, context, "flow")[0])


# ---- labels, axes, the previous run -------------------------------------------------------------


def rows_of(sim: str, given_: dict[str, object], spec: str, **how: Any) -> list[str]:
    """Return a view at the end of its run, as text."""
    simulation = find(sim)
    made = simulation.make(given_)
    trace, phases = simulation.trace(made), simulation.phases(made)
    before = how.pop("before", None)
    earlier = None if before is None else simulation.trace(simulation.make(before))
    how = {"width": 76, "height": 8, **how}
    at = Cursor(trace.steps, len(phases))
    context = ViewContext(load("en"), at, phases, before=earlier, **how)
    return [plain(row) for row in view(spec, trace, context)]


@pytest.mark.parametrize("cell", ["lstm", "gru"])
@pytest.mark.parametrize("bias", [0, 5])
def test_the_column_named_product_is_the_product_of_the_column_beside_it(
    cell: str, bias: float
) -> None:
    """It is recomputed from the displayed numbers, with all distances visible."""
    given_ = {"cell": cell, "beside": "none", "T": 20, "forget_bias": bias, "keep_bias": bias}
    rows = rows_of("gradient", given_, "factors", height=40)
    assert "∏f" in rows[1] or "∏z" in rows[1]
    product = 1.0
    for row in rows[2:]:
        distance, gate, shown, _ = (float(n.replace("−", "-")) for n in row.split())
        product *= gate
        assert shown == pytest.approx(product, rel=5e-4 * distance / gate + 0.06, abs=6e-4)
    assert distance == 20


def test_every_curve_begins_at_one_and_the_label_says_at_what() -> None:
    for beside in ("lstm", "gru"):
        rows = rows_of("gradient", {"beside": beside, "forget_bias": 3}, "tape")
        numbers = [row for row in rows if re.match(r"(RNN|LSTM|GRU| ∏)", row)]
        assert len(numbers) == 3 and all(row.split()[-1] == "0.00" for row in numbers)
        assert "distance 0 = 1" in rows[-1]
        assert "distance 0 = 1" in rows_of("gradient", {"beside": beside}, "flow")[0]


@pytest.mark.parametrize("spec", ["flow", "factors"])
def test_both_sizes_of_U_stand_over_the_curve_that_it_makes(spec: str) -> None:
    rows = rows_of("gradient", {"beside": "none", "radius": 0.9}, spec)
    assert "ρ(U) 0.90 ≤ σ_max 1.47" in rows[0]


def height_of(rows: list[str], column: int) -> float:
    """Return how many rows below the top of the picture the curve is in a column."""
    return next(n for n, row in enumerate(rows) if row[column : column + 1].strip())


def test_the_axis_of_one_units_gradient_is_always_the_same() -> None:
    """w = 2, 1.5 and 1 leave 2.4e−47, 4.7e−25 and 0.005, at different heights of one axis.

    With separate axes the three pictures looked alike.
    """
    pictures = {}
    for w in (1, 1.5, 2):
        rows = rows_of("gradient", {"cell": "one unit", "beside": "none", "w": w}, "kept")
        axis = [row.split()[0].replace("−", "-") for row in rows[2:-1] if row[:8].strip()]
        assert axis == ["log₁₀", "-20", "-40"] and " 0 " in rows[2]
        assert "█=1" in rows[1] and rows[-1].split() == ["t=0", "t=60"]
        pictures[w] = rows[2:-1]
    first = 8  # the column of t = 0
    assert height_of(pictures[1], first) == 0 < height_of(pictures[1.5], first)
    assert any("▼" in row for row in pictures[2])
    assert not any(row[first].strip() for row in pictures[2])


DOTS = {chr(0x2801 + n) for n in range(255)}  # braille


def test_a_turned_knob_leaves_the_last_curve_in_grey_on_the_same_axis() -> None:
    given_ = {"beside": "none", "radius": 0.5}
    simulation = find("gradient")
    made = simulation.make(given_)
    trace = simulation.trace(made)
    earlier = simulation.trace(simulation.make({"beside": "none", "radius": 0.9}))
    for before in (None, earlier):
        context = ViewContext(load("en"), Cursor(50, 1), ("factor",), height=12, before=before)
        rows = view("flow", trace, context)
        grey = [s for row in rows[1:] for s in row if s.role == "grey" and set(s.text) & DOTS]
        assert bool(grey) == (before is not None)
        assert ("before" in plain(rows[0])) == (before is not None)
    lowest = {plain(row)[:4].strip() for row in view("flow", earlier, context)}
    assert "−8" in lowest and "−32" not in lowest
    both = {plain(row)[:4].strip() for row in rows}
    assert "−32" in both, "one axis for both"


def test_the_terms_of_dU_have_an_axis_that_names_its_ends() -> None:
    """The largest term lies between the two displayed powers of ten."""
    for radius in (0.5, 2.0):
        made = find("gradient").make({"beside": "none", "radius": radius})
        terms = np.asarray(find("gradient").trace(made)["dU_terms"])
        row = rows_of("gradient", {"beside": "none", "radius": radius}, "direction")[1]
        low, high = (int(n.replace("−", "-")) for n in row.split()[-1].split("…"))
        assert high - low == 8 and high - 2 < np.log10(terms.max()) <= high


def test_every_calculation_that_is_written_out_comes_to_its_number() -> None:
    """In the view "One step back, written out" both sides of the last = are equal."""
    TERM = r"(?:\([−\d.]+\)|[−\d.]+)²?"
    made = find("bptt").make(
        {"units": 1, "x": [1, 0], "h0": 0.6, "W": 0.5, "U": 0.8, "V": [[1], [-1]], "target": 0,
         "loss": "last"}
    )  # fmt: skip
    simulation = find("bptt")
    trace = simulation.trace(made)
    phases = simulation.phases(made)
    checked = 0
    for t in (1, 2):
        context = ViewContext(load("en"), Cursor(t, len(phases)), phases, height=20, width=76)
        for row in view("worked", trace, context):
            for work, value in re.findall(rf"({TERM}(?: [×+−] {TERM})+) = (−?[\d.]+)", plain(row)):
                assert evaluate(work).value == pytest.approx(evaluate(value).value, abs=2e-3), row
                checked += 1
    assert checked >= 10


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_direction_whose_cosine_is_shown_as_1_is_not_said_to_have_changed(lang: str) -> None:
    words, simulation = load(lang), find("gradient")
    for limit, kept in ((5.0, True), (1.0, False)):
        given = {"beside": "none", "radius": 2.0, "scale": 0.1, "clip": limit, "clip_by": "value"}
        trace = simulation.trace(simulation.make(given))
        assert (f"{float(trace['direction']):.3f}" == "1.000") is kept
        context = ViewContext(words, Cursor(trace.steps, 1), ("factor",), height=12)
        said = " ".join(map(plain, caption(trace, context, "direction")))
        assert ("0.999" in said) is kept and "1.000" not in said
