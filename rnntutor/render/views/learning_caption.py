"""The caption of a training run: its results so far in words."""

from __future__ import annotations

import math
from typing import assert_never

import numpy as np

from rnntutor.nn.trace import Trace
from rnntutor.numbers import minus, percent
from rnntutor.render.views import probe
from rnntutor.render.views.forecast import base
from rnntutor.render.views.learning import curve_name, now
from rnntutor.render.views.learning_table import state
from rnntutor.render.views.recall import can_keep
from rnntutor.render.views.view_context import ViewContext
from rnntutor.subjects.training import MemoryTraining, Race, Recall

LONG = 1500  # number of updates after which "not yet" becomes "not at this step size"
LEARNED, WORSE, ALIKE = 0.1, 1.15, 0.9  # error relative to the baseline
COPIED = 0.5  # share of the series' steps below which a forecast counts as a copy of the last value
RECALLED = 0.95
CHANCE = 2.0  # an accuracy up to this multiple of chance counts as no better than chance


def race(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Describe which cells have learned the task and which have not."""
    words = context.words
    racers = trace.of(Race).racers
    own, last = any(racer.own for racer in racers), context.history.last
    if last is None:
        return words("race.said_own_start" if own else "race.said_start")
    states = {curve_name(one.curve, words): state(trace, context, one) for one in racers}
    standing = {s: ", ".join(n for n in states if states[n] == s) for s in states.values()}
    if "broken" in standing:
        return words("race.said_broken", cells=standing["broken"])
    if set(standing) == {"solved"}:
        return words("race.said_own_all" if own else "race.said_all")
    if "half" in standing:
        return words("race.said_half", cells=standing["half"])
    left = ", ".join(n for n in states if states[n] != "solved")
    if "solved" not in standing and "better" in standing:
        return words("race.said_better", n=last.step, cells=standing["better"])
    if "solved" not in standing:
        return words("race.said_none", n=last.step)
    if last.step < LONG or "better" in standing:
        return words("race.said_some", solved=standing["solved"], left=left)
    return words("race.said_long", left=left, n=last.step)


def forecast(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Compare the forecasts with those that need no network."""
    words = context.words
    ratio = now(trace, context, "ratio")
    if not context.history.updates or ratio is None:
        return words("forecast.said_start")
    if not math.isfinite(ratio) or ratio > WORSE:
        return words("forecast.said_worse")
    if ratio <= LEARNED:
        return words("forecast.said_learned", p=percent(ratio))
    if ratio < ALIKE:
        return words("forecast.said_better", p=percent(ratio))
    if base(trace) == "mean":
        return words("forecast.said_mean")
    return words("forecast.said_copied" if copies(trace) else "forecast.said_alike")


def copies(trace: Trace) -> bool:
    """Return whether the forecasts are much closer to the last values than the true values are."""
    x, y, value = (np.asarray(trace[name]) for name in ("x", "y", "value"))
    near, step = np.abs(y[:, 0] - x[:, 0]).mean(), np.abs(value - x[:, 0]).mean()
    return bool(near < COPIED * step)


def recall(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Describe the learner's network; before training, what the prepared runs show."""
    words, told = context.words, trace.of(Recall)
    kind, bias = told.own.cell, told.own.bias
    value = now(trace, context, "accuracy")
    if not context.history.updates or value is None:
        return words(f"recall.said_{bias}" if can_keep(kind) else "recall.said_rnn")
    if value >= RECALLED:
        return words("recall.said_good", cell=kind.upper(), t=trace.steps, p=percent(value))
    if value > CHANCE * float(trace["chance"]):
        return words("recall.said_part", p=percent(value))
    if bias == "keep" or told.mixed:
        # Neither the gates nor the fixed length are the cause.
        return words("recall.said_stuck", p=percent(value))
    why = "default" if can_keep(kind) else "rnn"
    return words(f"recall.said_stuck_{why}", p=percent(value))


def describe_readout(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Describe how well inputs 5 and 10 steps back can be read from the state."""
    five, ten = (percent(float(trace[f"readout[{k}]"])) for k in (5, 10))
    return context.words("readout.said", a=five, b=ten)


def describe_probe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Describe the expected answer after the last step and that of the network."""
    if not context.known(trace.steps):
        return context.words("probe.before")
    kind, _, y = probe.run(trace, argument)
    wanted = float(np.asarray(trace["wanted_last"])[0])
    match trace.of(MemoryTraining).values:
        case "numbers":
            values = {"w": minus(f"{wanted:.2f}"), "y": minus(f"{float(y[-1, 0]):.2f}")}
            return context.words("probe.sum", cell=kind.upper(), **values)
        case "symbols":
            asked, said = (chr(ord("A") + n) for n in (int(wanted), int(y[-1].argmax())))
            return context.words("probe.symbol", cell=kind.upper(), w=asked, y=said)
        case other:
            assert_never(other)
