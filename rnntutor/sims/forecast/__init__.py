"""A small recurrent network forecasts a series, beside forecasts that need no network."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.random import Generator

from rnntutor.nn.arrays import Array
from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.trace import Trace
from rnntutor.nn.training import Update
from rnntutor.numbers import minus
from rnntutor.sims.base import Simulation, knob
from rnntutor.sims.common import fit as _fit
from rnntutor.sims.common.fit import CELL_KINDS
from rnntutor.sims.common.measures import recorded_measures
from rnntutor.sims.common.series import SERIES, noisy, off, windows
from rnntutor.sims.common.settings_from import build_settings
from rnntutor.sims.common.tasks import Batch, regression_loss
from rnntutor.sims.forecast import free
from rnntutor.subjects.training import Chart, Forecast, LearningCurve

SHOWN = 60  # forecasts in view
JUDGED = 1000  # windows that the errors are means over
EACH = 25  # updates of a report
MOST = 2000  # updates
_SHOWN, _JUDGED, _FREE = 4, 5, 6  # streams of random numbers
CHART = Chart(
    (LearningCurve(metric="error", key="learning.error", role="y"),),
    "baseline",
    log=True,
    ends=(0.01, 3.0),
)


@dataclass(frozen=True)
class ForecastSettings:
    """The settings of a training run.

    Attributes:
        series: "sine", "two-sines", "sawtooth", "walk" or "coin".
        cell: kind of the cell.
        units: H.
        context: number of past values read for each forecast.
        lr: learning rate of Adam.
        noise: standard deviation of the noise on each value.
        seed: seed of weights and data.
    """

    series: str = knob("two-sines", "choice", choices=tuple(SERIES))
    cell: str = knob("rnn", "choice", choices=CELL_KINDS)
    units: int = knob(8, "int", low=1, high=32, symbol="H", decimals=0)
    context: int = knob(10, "int", low=1, high=40, decimals=0)
    lr: float = knob(5e-3, "float", low=0.001, high=0.1, step=0.001, decimals=3)
    noise: float = knob(0.0, "float", low=0, high=0.5, step=0.05, decimals=2)
    seed: int = knob(7, "int", low=0, high=9999, decimals=0)


def fit(settings: ForecastSettings) -> _fit.Fit:
    """Return the network before its first update; it reads `context` values and predicts the next,
    on series drawn anew for each batch."""
    model = _fit.network(settings.cell, 1, settings.units, 1, seed=settings.seed)

    def batch(numbers: Generator) -> Batch:
        length = settings.context + 1
        drawn = noisy(settings.series, numbers, length, _fit.BATCH, settings.noise)
        rows = drawn.astype(np.float32)
        return rows[:-1, None], rows[-1:]

    return _fit.Fit(model, batch, regression_loss, seed=settings.seed, rate=settings.lr)


def updates(settings: ForecastSettings) -> Iterator[Update]:
    """Report every 25 updates, 2000 in all. For the metrics see `errors` and `spreads`."""
    one = fit(settings)
    while one.updates < MOST and one.finite:
        for _ in range(EACH):
            one.update()
        found = errors(settings, one) | spreads(settings, one)
        yield Update(one.updates, one.loss, found, trace=_trace(settings, one, found))


def errors(settings: ForecastSettings, one: _fit.Fit) -> dict[str, float]:
    """Return root mean squared errors on 1000 held-out windows.

    `error`: the network; `repeat`: the last value again; `mean`: always 0, the mean of every
    series; `baseline`: the smaller of these two; `ratio`: error / baseline.
    """
    numbers = np.random.default_rng([settings.seed, _JUDGED])
    drawn = noisy(settings.series, numbers, settings.context + 1, JUDGED, settings.noise)
    true = drawn[-1]
    said = one.model.forward(drawn[:-1, None].astype(np.float32))[0]
    found = {"error": off(said, true), "repeat": off(drawn[-2], true), "mean": off(0.0, true)}
    baseline = min(found["repeat"], found["mean"])
    return {**found, "baseline": baseline, "ratio": found["error"] / baseline}


def spreads(settings: ForecastSettings, one: _fit.Fit) -> dict[str, float]:
    """Return how the values 21 to 30 steps ahead scatter, over 64 series.

    `free_spread`: forecasts on the network's own output; `true_spread`: true values; `free_error`:
    error of those forecasts.
    """
    numbers = np.random.default_rng([settings.seed, _FREE])
    length = settings.context + free.STEPS
    drawn = noisy(settings.series, numbers, length, free.COUNT, settings.noise)
    said, true = free.run(one.model, drawn[: settings.context]), drawn[settings.context :]
    late = slice(-free.LATE, None)
    return {
        "free_spread": free.spread(said),
        "true_spread": free.spread(true),
        "free_error": off(said[late], true[late]),
    }


def trace(settings: ForecastSettings) -> Trace:
    """Return the forecasts before training."""
    one = fit(settings)
    return _trace(settings, one, errors(settings, one) | spreads(settings, one))


def _trace(settings: ForecastSettings, one: _fit.Fit, found: Mapping[str, float]) -> Trace:
    """Return forecasts along one series.

    At step t the network has read the `context` values up to x_t and predicts y_t (T,1); `value`
    (T,) is the true next value, h (T+1,H) the state. free (T,): the same forecasts, the last 30 on
    its own output. Fixed: `updates`, `free_from` (the last step that reads true values), and the
    values of `errors` and `spreads`.
    """
    numbers = np.random.default_rng([settings.seed, _SHOWN])
    length = settings.context + SHOWN
    series = noisy(settings.series, numbers, length, 1, settings.noise)[:, 0]
    past, value = windows(series, settings.context)
    y: Array = one.model.forward(past[:, None].astype(np.float32)).astype(np.float64)
    h = one.model.cell.last[0].T.astype(np.float64)
    alone = free.run(one.model, past[:, -free.STEPS, None])
    arrays: dict[str, Array] = {
        "x": past[-1][:, None],
        "y": y.T,
        "value": value,
        "free": np.concatenate([y[0, : -free.STEPS], alone[:, 0]]),
        "h": np.vstack([np.zeros_like(h[:1]), h]),
    }
    fixed = {name: np.array(value) for name, value in found.items()}
    fixed["updates"] = np.array(float(one.updates))
    fixed["free_from"] = np.array(float(SHOWN - free.STEPS))
    fixed["context"] = np.array(float(settings.context))
    labels = tuple(minus(f"{v:.2f}") for v in arrays["x"][:, 0])
    return Trace(settings.cell, SHOWN, arrays, fixed, labels, subject=Forecast(chart=CHART))


def source(settings: ForecastSettings, phase: str) -> tuple[Callable[..., Any], ...]:
    """Return the cell's equations, the training loop and the series."""
    return (*_fit.source(settings.cell, phase), SERIES[settings.series])


def parameter_count(settings: ForecastSettings, trace: Trace) -> float:
    """Return the number of trainable parameters of the cell, counting one bias a block."""
    return float(CELLS[settings.cell].size(1, settings.units))


SIMULATION = Simulation(
    name="forecast",
    settings=ForecastSettings,
    make=partial(build_settings, ForecastSettings),
    trace=trace,
    views=lambda settings: ("forecast", "curve", "table", "free"),
    phases=lambda settings: tuple(CELLS[settings.cell].phases)[-1:],
    measures={
        **recorded_measures(
            "error", "baseline", "ratio", "free_spread", "true_spread", "free_error"
        ),
        "parameters": parameter_count,
    },
    source=source,
    updates=updates,
    most_reports=MOST // EACH,
    reports=(
        *("error", "repeat", "mean", "baseline", "ratio"),
        *("free_spread", "true_spread", "free_error"),
    ),
)
