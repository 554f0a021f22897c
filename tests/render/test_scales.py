"""Bars of equal quantities in one picture have equal scales."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from rnntutor.render.views.registry import view
from rnntutor.render.views.view_context import Cursor, ViewContext
from rnntutor.sims import find
from rnntutor.spans import plain
from rnntutor.words import load

NUMBERED = re.compile(r"([+−]?\d+\.\d+)(?: ×\S*)?(?: ◂)? {2,12}([█▏▎▍▌▋▊▉▒▶]+)")
EIGHTHS = " ▏▎▍▌▋▊▉█"
LEVELS = " ▁▂▃▄▅▆▇█"
ONE = {"units": 1, "x": [1, -1, 0, 2], "W": 1, "U": 0.5}
LSTM = {"cell": "lstm", "units": 1, "x": [1, -1, 0, 2], "c0": 1.2, "forget_bias": 3}
# name -> simulation, settings; every view with bars beside numbers is tested
RUNS: dict[str, tuple[str, dict[str, object]]] = {
    "rnn": ("cell", ONE),
    "rnn, several": ("cell", {"units": 4, "T": 5, "outputs": 3, "target": 1}),
    "lstm": ("cell", LSTM),
    "lstm, held": ("cell", {**LSTM, "clamp_f": 1, "clamp_i@2": 0.4}),
    "lstm, large": ("cell", {**LSTM, "W_f": 4, "W_g": -3, "units": 2}),
    "gru": ("cell", {"cell": "gru", "units": 3, "T": 4, "scale": 3}),
    "back": ("bptt", {"units": 1, "T": 5, "loss": "every"}),
    "clipped": ("gradient", {"beside": "none", "radius": 2.0, "clip": 1.0}),
    "squashed": ("gate", {"U": -0.5, "b": 1.2}),
}


def pictures(name: str, height: int, t: int) -> list[tuple[str, list[str]]]:
    """Return every view of a run at the end of a step, as text."""
    sim, given = RUNS[name]
    simulation = find(sim)
    made = simulation.make(given)
    trace, phases = simulation.trace(made), simulation.phases(made)
    context = ViewContext(
        load("en"), Cursor(min(t, trace.steps), len(phases)), phases, height=height
    )
    found = []
    for spec in simulation.views(made):
        found.append((spec, [plain(row) for row in view(spec, trace, context)]))
    return found


def amount_of(text: str) -> float:
    return float(text.replace("−", "-"))


def length(bar: str) -> float:
    """Return the length of a bar in cells, to an eighth; hatched bars have whole cells."""
    return sum(1 if c in "▒▶" else EIGHTHS.index(c) / 8 for c in bar)


@pytest.mark.parametrize("name", RUNS)
@pytest.mark.parametrize("t", [1, 2, 4, 100])
def test_bars_beside_numbers_are_as_long_as_the_numbers_are_large(name: str, t: int) -> None:
    """This holds for all rows of a picture: terms, sums, results of tanh, gates, states.

    A hatched bar ends at a whole cell, any other at an eighth; the numbers are rounded.
    """
    seen = 0
    for spec, rows in pictures(name, 20, t):
        if spec.startswith(("strip", "sum")):
            continue  # columns, not rows
        found = [NUMBERED.search(row) for row in rows]
        read = [(amount_of(m[1]), length(m[2])) for m in found if m]
        for (v, a), (w, b) in combinations(read, 2):
            seen += 1
            if abs(v) == abs(w):
                assert abs(a - b) <= 1, (spec, rows)
            smaller, larger = sorted(((abs(v), a), (abs(w), b)))
            assert smaller[1] <= larger[1] + 0.6, (spec, smaller, larger)
            if smaller[0] > 0.05 * larger[0] and larger[1] < 60:
                error = abs(smaller[1] - larger[1] * smaller[0] / larger[0])
                assert error <= 1.1, (spec, smaller, larger)
    assert seen or name == "squashed" or (name == "clipped" and t < 100)


def test_tanh_of_one_is_drawn_shorter_than_one() -> None:
    """In lesson 2, "One equation", the bar of h = 0.762 was once twice that of the sum +1.000."""
    rows = dict(pictures("rnn", 8, 1))["gate:h"]
    bars = {row.split()[0]: NUMBERED.search(row) for row in rows if NUMBERED.search(row)}
    total, state = bars["sum"], bars["h₁"]
    assert total and state and amount_of(total[1]) == 1 and amount_of(state[1]) == 0.762
    assert length(state[2]) == pytest.approx(0.762 * length(total[2]), abs=0.2)


def test_the_bar_of_a_held_gate_has_the_scale_of_the_others() -> None:
    """The text after it ("held") does not shorten it."""
    for t in (1, 2):
        rows = dict(pictures("lstm, held", 8, t))["gate:f"]
        matches = [(row.split()[0], NUMBERED.search(row)) for row in rows if row]
        found = {name: match for name, match in matches if match}
        value, total = found[f"f{'₁₂'[t - 1]}"], found["sum"]
        unit = length(total[2]) / abs(amount_of(total[1]))
        assert length(value[2]) == pytest.approx(unit, rel=0.08)


@pytest.mark.parametrize(
    ("name", "spec", "rows"),
    [("rnn", "strip", 8), ("lstm", "strip:c", 8), ("back", "strip:dh", 8), ("back", "sum:U", 20)],
)
def test_columns_of_bars_say_what_a_full_one_is(name: str, spec: str, rows: int) -> None:
    """The number beside each column is its share of the value of a full one beside t."""
    drawn = dict(pictures(name, rows, 100))[spec]
    legend = next(re.search(r"█=(\S+)", row) for row in drawn if "█=" in row)
    assert legend
    full = amount_of(legend[1])
    if spec == "sum:U":
        return
    last = next(n for n, row in reversed(list(enumerate(drawn))) if re.search(r"\d\.\d\d", row))
    first = 1 + next(n for n, row in enumerate(drawn) if row.startswith("x"))
    tall = 0
    for match in re.finditer(r"([▁▂▃▄▅▆▇█]) ?.?([+− ]\d\.\d\d)", drawn[last]):
        column = [row[match.start(1) : match.start(1) + 1] for row in drawn[first : last + 1]]
        tall = len([row for row in drawn[first : last + 1] if not row.startswith("loss")])
        height = sum(LEVELS.index(c) / 8 for c in column if c and c in LEVELS)
        bars = 3 if spec == "strip:dh" else min(4, tall)
        assert height == pytest.approx(abs(amount_of(match[2])) / full * bars, abs=0.14)
    assert tall


def test_a_memory_above_one_is_drawn_longer_than_one() -> None:
    """In lesson 6, "Rewriting the memory", c grows beyond 1, and its bar grows too."""
    lengths = []
    for t in (1, 3):
        rows = dict(pictures("lstm", 8, t))["memory"]
        full = amount_of(rows[1].split("█=")[1].strip())
        value, bar = rows[2].split("→")[1].split()[:2]
        assert full > amount_of(value) and "▶" not in bar
        lengths.append((amount_of(value), length(bar.rstrip("·"))))
    (more, longer), (less, shorter) = sorted(lengths, reverse=True)
    assert more > 1 > less
    assert longer / more == pytest.approx(shorter / less, rel=0.1)


def test_the_units_of_a_probe_share_one_scale() -> None:
    """A unit with small values has small bars."""
    simulation: Any = find("memory")
    made = simulation.make({"cell": "lstm"})
    trace, phases = simulation.trace(made), simulation.phases(made)
    context = ViewContext(load("en"), Cursor(trace.steps, len(phases)), phases, width=76, height=40)
    rows = [plain(row) for row in view("probe", trace, context)]
    full = amount_of(rows[0].split("█=")[1].split()[0])
    lines = [row for row in rows if re.match(r"[c ] u\d+", row.replace("  u", "  u"))]
    assert len(lines) > 20
    assert full == 5  # the same for all runs, because reports of training are compared
    for row in lines:
        unit = int(re.search(r"u(\d+)", row)[1])  # type: ignore[index]
        signs = row[6:].split()
        for t, sign in enumerate(signs, 1):
            value = float(trace.at("c", t)[unit])
            if value > 0:
                assert sign == LEVELS[1 + min(7, int(8 * value / full))]


def test_the_scale_of_a_probe_stays_while_the_memory_grows() -> None:
    """An LSTM's c grows from below 1 to 10 during training; values beyond the scale are marked."""
    simulation: Any = find("memory")
    trace = simulation.trace(simulation.make({"cell": "lstm"}))
    grown = replace(trace, arrays={**trace.arrays, "c": 100 * np.asarray(trace["c"])})
    heads, signs = [], []
    for one in (trace, grown):
        phases = ("gates", "candidate", "memory", "output")
        context = ViewContext(load("en"), Cursor(one.steps, 4), phases, height=40)
        rows = [plain(row) for row in view("probe", one, context)]
        heads.append(rows[0])
        signs.append("".join(rows[3:]))
    assert heads[0] == heads[1]
    assert "▲" in signs[1] and "▲" not in signs[0]
