"""Recall of early inputs: results of trained networks by length, readout of an untrained one."""

from __future__ import annotations

import math

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.trace import Trace
from rnntutor.numbers import full_bar
from rnntutor.render.primitives import bars
from rnntutor.render.primitives.curves import Axis, Mark, Series, under_legend
from rnntutor.render.views.learning import colour, now
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, fit, pad, width
from rnntutor.subjects.training import Net, Recall

RECALLED = 0.95  # accuracy from which a run is drawn in its cell's colour
OWN, KIND = "own", "kind"
LABEL = 14
NUMBERED = 10  # width in cells from which a column shows the median as a number
LOOKED = (5, 10)  # distances marked in the readout


def recall(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw a row for each network and a column for each length, above the learner's own run.

    A column has one bar for each seed, lowest first, and their median.

    Args:
        argument: "own" for the network on the stage only, "kind" for the networks of its cell and
            the RNN; else all.
    """
    found, lengths = np.asarray(trace["recall"]), np.asarray(trace["recall_T"])
    each = min((context.width - LABEL) // len(lengths), 14)
    told = trace.of(Recall)
    nearest = int(np.argmin(np.abs(np.log(lengths / trace.steps))))
    rows: list[Row] = []
    heads = [
        Span(pad(f"{T:g}", each), "" if n == nearest else "grey", n == nearest)
        for n, T in enumerate(lengths)
    ]
    rows.append((Span(pad(context.words("recall.head"), LABEL), "grey"), *heads))
    for net, results in zip(told.nets, found, strict=True):
        chosen, kind = net == told.own, net.cell
        compared = {OWN: chosen, KIND: kind == told.own.cell or not can_keep(kind)}
        if not compared.get(argument, True):
            continue
        name = Span(pad(_name(net, context), LABEL), colour(kind) if chosen else "", chosen)
        rows.append((name, *(s for r in results for s in _runs(sorted(r), kind, each))))
    key = "recall.note" if each >= NUMBERED else "recall.note_bars"
    values = {"n": found.shape[2], "full": full_bar(1.0)}
    note = context.words(key, c=f"{float(trace['chance']):.3f}", **values)
    rows += [_own(trace, context, lengths, each), (Span(note, "grey"),)]
    return tuple(rows[: context.height])


def _runs(results: list[float], cell: str, each: int) -> Row:
    """Return the results of all seeds in one column."""
    spans = [
        Span(bars.level(value, 1.0), colour(cell) if value >= RECALLED else "grey")
        for value in results
    ]
    middle = results[len(results) // 2]
    if each > NUMBERED:
        spans.append(Span(f" {middle:.2f}"))
    elif each == NUMBERED:  # just enough for ".13" or "1.0", and the gap to the next column
        short = "1.0" if middle >= 0.995 else f"{middle:.2f}"[1:]
        spans.append(Span(f" {short}"))
    return fit(tuple(spans), each)


def can_keep(kind: str) -> bool:
    """Return whether a cell has a bias that lets it keep its state."""
    return bool(CELLS[kind].forget_bias)


def _name(net: Net, context: ViewContext) -> str:
    said = f" {context.words(f'choice.keep_bias.{net.bias}')}" if can_keep(net.cell) else ""
    return net.cell.upper() + said


def _own(trace: Trace, context: ViewContext, lengths: Array, each: int) -> Row:
    """Return the learner's own run as a point below its length."""
    value = now(trace, context, "accuracy")
    share = float(np.interp(math.log(trace.steps), np.log(lengths), np.arange(len(lengths))))
    shown = "·" if value is None or not float(trace["updates"]) else f"{value:.2f}"
    point = f"{'o' if context.ascii else '●'} {shown}"
    text = f"T={trace.steps} {point}"
    room = each * len(lengths)
    start = max(0, min(round(share * each), room - width((Span(text),))))
    label = Span(pad(context.words("recall.own"), LABEL), "accent")
    return (
        label,
        Span(" " * max(1, start + LABEL - label.width)),
        Span(f"T={trace.steps} ", "grey"),
        Span(point, "accent", True),
    )


def readout(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw R² of x_{t-k} predicted from h_t, against k."""
    found = np.asarray(trace["readout"])
    points = tuple((float(k), float(value)) for k, value in enumerate(found))
    far = float(len(found) - 1)
    head = (Span("R²", "h", True), Span("  " + context.words("readout.of"), "grey"))
    ticks = tuple((float(k), f"k={k}" if k else "0") for k in (0, 5, 10, 20, int(far)))
    up = Axis(0, 1, ((1, "1"), (0.5, "0.5"), (0, "0")))
    marks = [Mark(float(k), float(found[k])) for k in LOOKED]
    series = (Series(points, "h", "*"),)
    return (head, *under_legend(context, series, Axis(0, far, ticks), up, marks=marks))
