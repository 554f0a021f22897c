"""The results of a training run as a table, with a row for each cell or method."""

from __future__ import annotations

import math

from rnntutor.nn.trace import Trace
from rnntutor.numbers import full_bar
from rnntutor.render.primitives import bars, scale
from rnntutor.render.views.learning import (
    curve_name,
    done,
    last_report,
    now,
    number,
    times,
)
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, fit, pad
from rnntutor.subjects.training import Race, Racer

NEAR = 0.1  # a loss less than this share below the baseline is no better
HALF = (0.8, 1.25)  # range around the loss of knowing one of two numbers


def state(trace: Trace, context: ViewContext, racer: Racer) -> str:
    """Return the state of a cell in a race.

    It is "start", "solved", "broken" (the loss is not finite), "none" (no better than an answer
    without reading), "half" (as if one of the two numbers were known) or "better".
    """
    if not context.history.updates:
        return "start"
    if last_report(context, racer.curve.solved) is not None:
        return "solved"
    loss = now(trace, context, racer.curve.metric)
    if loss is None or not math.isfinite(loss):
        return "broken"
    part = loss / float(trace["baseline"])
    if part >= 1 - NEAR:
        return "none"
    half = trace.of(Race).half
    knows_one = half is not None and HALF[0] <= loss / half <= HALF[1]
    return "half" if knows_one else "better"


def race(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw the last report of a race: a row for each cell."""
    words, wide = context.words, context.width >= 76
    sizes = (8, 10, 10, 10, 12) if wide else (6, 7, 9, 9, 11)
    names = ("cell", "loss", "solved", "seconds", "parameters", "state")
    heads = [
        Span(pad(words(f"race.{n}"), s), "grey") for n, s in zip(names, (*sizes, 0), strict=True)
    ]
    rows: list[Row] = [tuple(heads)]
    for racer in trace.of(Race).racers:
        cell, curve = racer.cell, racer.curve
        at = last_report(context, curve.solved)
        seconds = last_report(context, f"seconds_{cell}")
        stands = state(trace, context, racer)
        said = words(f"race.is_{stands}") + (done(context) if stands == "solved" else "")
        ink = {"solved": "right", "broken": "wrong"}.get(stands, "grey")
        parts = (
            Span(curve_name(curve, words), curve.role),
            Span(number(now(trace, context, curve.metric)), "", True),
            Span("    ·" if at is None else f"{at:5.0f}", "faint" if at is None else ""),
            Span("    ·" if seconds is None else words("race.took", s=f"{seconds:5.2f}")),
            Span(f"{float(trace[f'parameters_{cell}']):.0f}"),
        )
        cells = (span for p, size in zip(parts, sizes, strict=True) for span in fit((p,), size))
        rows.append((*cells, Span(said, ink)))
    level = number(float(trace["baseline"])).strip()
    base = (
        Span(pad(words("race.baseline"), sizes[0]), "grey"),
        Span(pad(level, sizes[1]), "grey"),
        Span(words("race.of_baseline"), "grey"),
    )
    same = words("race.same", h=trace.units, t=trace.steps)
    return (*rows, base, (), (Span(same, "grey"),))


def forecast(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw the last report of a forecast: a row for each method."""
    words = context.words
    label, figure, ratio = (24, 10, 12) if context.width >= 76 else (20, 8, 12)
    baseline = float(trace["baseline"])
    errors = {name: now(trace, context, name) or 0.0 for name in ("error", "repeat", "mean")}
    full = full_of(trace)
    net = f"{trace.cell.upper()}, H={trace.units}"
    head = (
        *fit((Span(words("forecast.method"), "grey"),), label),
        *fit((Span(words("forecast.off"), "grey"),), figure),
        *fit((Span(words("forecast.ratio"), "grey"),), ratio),
        Span(full_bar(full), "grey"),
    )
    rows: list[Row] = [head]
    room = context.width - label - figure - ratio
    for name, value in errors.items():
        there = value if math.isfinite(value) else None
        said = net if name == "error" else words(f"forecast.{name}")
        ink = "y" if name == "error" else "grey"
        best = name != "error" and value == baseline
        rows.append(
            (
                *fit((Span(said, ink),), label),
                *fit((Span(number(value), "", name == "error"),), figure),
                *fit((Span(times(value / baseline) + " ◂" * best),), ratio),
                *bars.bar(there, full, room, role=ink),
            )
        )
    length = words("forecast.context", n=f"{float(trace['context']):.0f}")
    return (*rows, (), (Span(words("forecast.judged"), "grey"),), (Span(length, "grey"),))


def full_of(trace: Trace, argument: str = "") -> float:
    """Return the value of a full bar: the error of the worse simple forecast.

    It is constant during training.
    """
    return scale.full([float(trace["repeat"]), float(trace["mean"])])
