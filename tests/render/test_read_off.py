"""The numbers, columns and captions in a picture are true.

Every row with numbers begins with its quantity and has its values, a column has the height of its
number (for bars in rows see test_scales.py), and a caption's numbers are in the picture.
tests/render/recomputed.py computes every number independently.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping

import numpy as np
import pytest
from recomputed import (
    FIRST,
    SQUASH,
    Lines,
    arrows,
    back,
    bag,
    batch_losses,
    batch_states,
    classes,
    difference,
    factors,
    forecasts,
    gate,
    gates,
    gradients,
    later,
    layers,
    lengths,
    medians,
    memory,
    next_symbols,
    orders,
    output,
    powers,
    probabilities,
    run,
    squash,
    state,
    states,
    table,
    tagged,
    terms,
    vector,
    whole,
    windows,
)

from rnntutor import sims
from rnntutor.nn.trace import Trace
from rnntutor.package_data import lessons_dir
from rnntutor.render.views.caption import caption
from rnntutor.render.views.registry import view, view_names
from rnntutor.render.views.view_context import Cursor, ViewContext
from rnntutor.spans import plain
from rnntutor.words import LANGUAGES, load

NUMBER = re.compile(r"(?<![\w.])([+−]?\d*\.\d+)(?:e(−?\d+))?(?![\w.])")
SCALE = re.compile(r"█=\S+")
CELL = {"units": 2, "T": 3, "inputs": 2, "scale": 2, "outputs": 2, "first": FIRST}
BPTT = {"units": 2, "T": 3, "loss": "every"}
Case = tuple[str, dict[str, object], str, int, Callable[[Trace, int], Lines]]


def of(k: str) -> Callable[[Trace, int], Lines]:
    return lambda trace, t: gate(trace, t, k)


CASES: list[Case] = [
    *(("cell", {**CELL, "cell": "lstm"}, f"gate:{k}", 2, of(k)) for k in "fg"),
    *(("cell", {**CELL, "cell": "gru"}, f"gate:{k}", 2, of(k)) for k in "zn"),
    ("cell", {**CELL, "cell": "rnn"}, "gate:h", 3, of("h")),
    ("cell", {**CELL, "cell": "lstm", "c0": 0.8}, "memory", 2, memory),
    ("cell", {**CELL, "cell": "lstm"}, "output", 2, output),
    ("cell", {**CELL, "cell": "lstm", "c0": 0.8}, "table", 2, table),
    ("cell", {**CELL, "cell": "gru", "h0": 0.5}, "state", 2, state),
    *(("cell", {**CELL, "cell": "lstm"}, f"strip:{k}", 2, states(k)) for k in "hc"),
    ("cell", CELL, "softmax", 2, classes),
    ("cell", CELL, "vector", 2, vector),
    ("cell", CELL, "difference", 2, difference),
    ("bptt", BPTT, "arrows", 2, arrows),
    ("bptt", BPTT, "sum:U", 2, terms),
    ("bptt", BPTT, "strip:dh", 2, gradients),
    ("gradient", {}, "factors", 20, factors),
    ("gradient", {"beside": "none", "radius": 2.0, "clip": 1.0}, "direction", 50, whole),
    ("gradient", {}, "tape", 50, powers),
    ("be-the-cell", {}, "lstm", 5, gates),
    ("gate", SQUASH, "squash", 1, squash),
    ("layers", {"drop": "recurrent", "seed": 14}, "layers", 6, layers),
    ("layers", {"drop": "upward", "seed": 14}, "layers", 5, layers),
    ("types", {"type": "seq-vec", "language": "en"}, "toy", 5, probabilities),
    ("types", {"type": "bidirectional", "language": "en", "last": "bat"}, "later", 5, later),
    ("types", {"type": "bidirectional", "language": "en"}, "toy", 7, tagged),
    ("order", {"language": "en"}, "compare", 4, orders),
    ("order", {"language": "en"}, "bag", 4, bag),
    ("attention", {}, "accuracy", 2, lengths),
    ("text", {"corpus": "en", "prepared": 800, "temperature": 1.2}, "probs", 40, next_symbols),
    ("forecast", {}, "table", 1, forecasts),
    ("batch", {"trained": 0}, "rows:h", 8, batch_states),
    ("batch", {"trained": 0}, "rows:loss", 8, batch_losses),
    ("batch", {"trained": 0}, "windows", 8, windows),
    ("memory", {"cell": "lstm"}, "recall:own", 20, medians),
]


def passed_on(trace: Trace, t: int) -> list[float]:
    s = back(trace)[t]
    return [float(np.linalg.norm(s.dh)), float(np.linalg.norm(s.passed))]


# Numbers of a caption that are not in its picture.
MORE: Mapping[str, Callable[[Trace, int], list[float]]] = {
    "memory": lambda trace, t: [run(trace)[t].h[0]],
    "strip:c": lambda trace, t: [run(trace)[t].h[0]],
    "sum:U": passed_on,
    "strip:dh": passed_on,
    "squash": lambda trace, t: [np.log(0.5) / np.log(float(trace["value[1]"]))],
    "rows:h": lambda trace, t: [float(np.abs(trace["hn"] - trace["alone"]).max())],
    "tape": lambda trace, t: [float(trace.at(f"grad_{kind}", t)) for kind in ("rnn", "lstm")],
    "factors": lambda trace, t: [float(trace.at("slope_rnn", t) * trace.at("turn_rnn", t))],
}


def picture(case: Case, lang: str = "en") -> tuple[Trace, list[str], list[str]]:
    """Return the run, the rows of a view at the end of a step, and those of its caption."""
    name, given, spec, t, _ = case
    simulation = sims.find(name)
    made = simulation.make(given)
    trace, phases = simulation.trace(made), simulation.phases(made)
    context = ViewContext(load(lang), Cursor(t, len(phases)), phases, width=76, height=16)
    rows = [SCALE.sub("", plain(row)) for row in view(spec, trace, context)]
    return trace, rows, [plain(row) for row in caption(trace, context, spec)]


def numbers(row: str) -> list[tuple[str, str | None]]:
    return [(m[1].replace("−", "-"), m[2]) for m in NUMBER.finditer(row)]


def same(printed: tuple[str, str | None], value: float) -> bool:
    """Return whether a printed number equals the value to its decimals."""
    text, power = printed
    scale = 10.0 ** int((power or "0").replace("−", "-"))
    half = 0.5 * 10.0 ** -len(text.partition(".")[2]) * scale
    return abs(float(text) * scale - float(value)) <= half * 1.001


def ids(case: Case) -> str:
    return f"{case[0]}-{case[2]}-{case[1].get('cell', case[1].get('drop', ''))}"


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_every_number_of_a_picture_is_what_its_row_says(case: Case) -> None:
    trace, rows, _ = picture(case)
    expected = case[-1](trace, case[-2])
    found = [row for row in rows if numbers(row)]
    assert len(found) == len(expected), (found, expected)
    for row, (label, values) in zip(found, expected, strict=True):
        assert row.strip().startswith(label), (row, label)
        printed = numbers(row)
        assert len(printed) == len(values), (row, values)
        for one, value in zip(printed, values, strict=True):
            assert same(one, value), (row, label, value)


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_every_number_of_a_caption_stands_in_the_picture(case: Case) -> None:
    """The norm of a row is allowed too; this holds in both languages."""
    trace, _, _ = picture(case)
    expected = case[-1](trace, case[-2])
    there = [float(v) for _, values in expected for v in values]
    there += [float(np.linalg.norm(values)) for _, values in expected]
    there += MORE.get(case[2], lambda trace, t: [])(trace, case[-2])
    for lang in LANGUAGES:
        _, _, said = picture(case, lang)
        for one in numbers(" ".join(said)):
            assert any(same(one, value) or same(one, -value) for value in there), (said, one)


FOOT = re.compile(r"([▁▂▃▄▅▆▇█]+) ?([+−]?\d\.\d\d)")
LEVELS = " ▁▂▃▄▅▆▇█"


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_a_column_is_as_high_as_the_number_at_its_foot(case: Case) -> None:
    """All columns of a picture have one scale; heights are rounded to an eighth of a cell."""
    _, rows, _ = picture(case)
    found = []
    for n, row in enumerate(rows):
        for m in FOOT.finditer(row):
            column, height = m.start(1), 0.0
            for above in reversed(rows[: n + 1]):
                sign = above[column : column + 1] or " "
                if sign not in LEVELS or sign == " " or (height and height % 1):
                    break
                height += LEVELS.index(sign) / 8
            found.append((abs(float(m[2].replace("−", "-"))), height))
    largest = max(found, default=(0.0, 0.0))
    for value, height in found:
        if largest[0]:
            assert height == pytest.approx(largest[1] * value / largest[0], abs=0.2), (value, rows)


# Views with numbers of the run only on the axes, or with a test of their own.
ELSEWHERE = {
    **dict.fromkeys(("curve", "curves", "forecast", "free", "written", "readout"), "a curve"),
    **dict.fromkeys(("flow", "kept"), "a curve; test_gradient_views.py reads its labels"),
    **dict.fromkeys(("switchboard", "layout", "path", "samples", "colour"), "counts or words"),
    "circuit": "test_parts.py: the numbers in the circuit add up",
    "worked": "test_gradient_views.py: every calculation comes to its number",
    "weights": "test_cell.py counts, test_toy_views.py reads the shares",
    "probe": "test_scales.py: one sign a step, on one scale",
}


READ = {spec.partition(":")[0] for _, _, spec, *_ in CASES}


def test_every_view_that_is_read_off_is_there() -> None:
    assert read_views() <= view_names()
    assert not READ & set(ELSEWHERE)


def read_views() -> set[str]:
    return READ | set(ELSEWHERE)


def unread() -> list[tuple[str, str]]:
    """Return the default views that no test above reads."""
    made = {name: sims.find(name) for name in sims.names()}
    return [
        (name, spec)
        for name, simulation in made.items()
        for spec in simulation.views(simulation.make({}))
        if spec.partition(":")[0] not in read_views()
    ]


# The strip is also read above; here it shows that the test detects a wrong number.
@pytest.mark.parametrize(("name", "spec"), [*unread(), ("cell", "strip:h")])
def test_a_view_without_a_case_shows_numbers_of_its_run(name: str, spec: str) -> None:
    """Numbers of later steps are not visible. A view with derived numbers needs a line in CASES."""
    simulation = sims.find(name)
    made = simulation.make({})
    trace, phases = simulation.trace(made), simulation.phases(made)
    for t in {0, 1, trace.steps // 2, trace.steps}:
        at = Cursor(t, len(phases) if t else 0)
        context = ViewContext(load("en"), at, phases, width=76, height=16)
        rows = [SCALE.sub("", plain(row)) for row in view(spec, trace, context)]
        known = [trace.at(k, s) for k in trace.arrays for s in range(trace.first(k), t + 1)]
        values = [float(v) for array in (*known, *trace.fixed.values()) for v in np.ravel(array)]
        assert rows or not t
        for one in (one for row in rows for one in numbers(row)):
            assert any(same(one, value) for value in values), (rows, one)


COUNTERS = {"u", "k", "d"}  # unit 0, class 0, distance 1
NAMED = {"n": "view.gate.n"}  # the candidate of a GRU, h with a tilde on the card


def test_every_letter_at_a_row_is_on_a_card_or_has_its_name_over_the_picture() -> None:
    cards = tomllib.loads((lessons_dir() / "symbols.toml").read_text(encoding="utf-8"))["symbol"]
    tex = " ".join(re.sub(r"\\[A-Za-z]+", " ", symbol["tex"]) for symbol in cards)
    known = set(re.findall(r"[A-Za-z]", tex)) | COUNTERS
    for letter, key in NAMED.items():
        assert all(f" {letter}" in load(lang)(key) for lang in LANGUAGES)
    for case in CASES:
        if case[2] == "probs":
            continue  # its rows are the symbols of a text
        for label, _ in case[-1](picture(case)[0], case[-2]):
            letters = re.findall(r"(?<![A-Za-z])d?([A-Za-z])(?![A-Za-z])", label)
            assert set(letters) <= known | set(NAMED), label
