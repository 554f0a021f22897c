"""Three cells learn the same task side by side, from the same seed and data."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from time import thread_time
from typing import Any

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.models import SequenceToVector
from rnntutor.nn.trace import Trace
from rnntutor.nn.training import Update
from rnntutor.sims.base import Simulation, knob
from rnntutor.sims.common import fit as _fit
from rnntutor.sims.common import tasks
from rnntutor.sims.common.fit import BIASES, CELL_KINDS
from rnntutor.sims.common.measures import recorded_measures
from rnntutor.sims.common.settings_from import build_settings
from rnntutor.subjects.training import Bias, Chart, LearningCurve, Race, Racer

LONGEST, WIDEST = 100, 32
MOST = 4000  # updates: what a race lasts when a cell never gets there


@dataclass(frozen=True)
class RaceSettings:
    """The settings of a race.

    Attributes:
        task: "adding" or "recall".
        cell: the cell whose probe is shown.
        T: length of a sequence.
        units: H of each cell.
        lr: learning rate of Adam.
        clip: largest norm of the gradient, 0 for no clipping.
        keep_bias: "default", b_f = 1 and b_z = 0, or "keep", gates that keep from the start.
        seed: seed of weights and data.
    """

    task: str = knob("adding", "choice", choices=tuple(tasks.TASKS))
    cell: str = knob("lstm", "choice", choices=CELL_KINDS, view_only=True)
    T: int = knob(50, "int", low=5, high=LONGEST, step=5, symbol="T", decimals=0)
    units: int = knob(16, "int", low=1, high=WIDEST, symbol="H", decimals=0)
    lr: float = knob(1e-2, "float", low=0.001, high=1.0, step=0.001, decimals=3)
    clip: float = knob(1.0, "float", low=0, high=10, step=0.5)
    keep_bias: Bias = knob("default", "choice", choices=BIASES)
    seed: int = knob(7, "int", low=0, high=9999, decimals=0)


def make(given: Mapping[str, object]) -> RaceSettings:
    """Return settings from (name, value) pairs; T and lr default to those of the task.

    Raises:
        SettingError: a setting does not exist or cannot have that value.
    """
    task = tasks.TASKS[build_settings(RaceSettings, given).task]
    return build_settings(RaceSettings, given, T=task.steps, lr=task.rate)


@dataclass(frozen=True)
class Standing:
    """The state of one cell's training.

    Attributes:
        weights: the learned parameters.
        updates: number of updates made.
        loss: running loss; before training the loss of one batch.
    """

    weights: _fit.Params
    updates: int
    loss: float


def fit(
    settings: RaceSettings,
    kind: str,
    *,
    batch: int = _fit.BATCH,
    of: Callable[[SequenceToVector], SequenceToVector] = lambda model: model,
) -> _fit.Fit:
    """Return the network of one cell before its first update.

    Args:
        settings: the settings.
        kind: the cell.
        batch: sequences in a batch.
        of: wraps the network.
    """
    task, seed = tasks.TASKS[settings.task], settings.seed
    model = _fit.network(kind, task.inputs, settings.units, task.outputs, seed=seed)
    if settings.keep_bias == "keep":
        _fit.biased_to_keep(model, kind, settings.T, seed)
    return _fit.Fit(
        of(model),
        lambda numbers: task.make(numbers, settings.T, batch),
        task.loss,
        seed=seed,
        rate=settings.lr,
        most=settings.clip,
    )


def updates(settings: RaceSettings, parts: int = 1) -> Iterator[Update]:
    """Train all cells and report after every few updates.

    A cell that has solved the task, or whose loss is not finite, stops; the race ends when all have
    stopped, or after MOST updates. The loss of a report is the mean of the finite ones, NaN if
    there is none. Metrics of each cell: loss_*, running mean; seconds_*, computing time; solved_*,
    updates needed.

    Args:
        settings: the settings.
        parts: number of parts of the first report.
    """
    task = tasks.TASKS[settings.task]
    fits = {kind: fit(settings, kind) for kind in CELL_KINDS}
    seconds = dict.fromkeys(CELL_KINDS, 0.0)
    solved: dict[str, float] = {}
    count = _fit.per_report(CELL_KINDS, settings.T, settings.units)
    first = itertools.accumulate(_fit.shares(count, parts))
    for done in (*first, *range(2 * count, MOST + count, count)):
        for kind, one in fits.items():
            start = thread_time()
            while one.updates < done and kind not in solved and one.finite:
                one.update()
                if one.below(task.solved):
                    solved[kind] = float(one.updates)
            seconds[kind] += thread_time() - start
        metrics = {f"loss_{kind}": one.lately for kind, one in fits.items()}
        metrics |= {f"seconds_{kind}": value for kind, value in seconds.items()}
        metrics |= {f"solved_{kind}": value for kind, value in solved.items()}
        losses = [one.lately for one in fits.values() if one.finite]
        loss = float(np.mean(losses)) if losses else float("nan")
        look = partial(probe_run, {kind: standing(settings, one) for kind, one in fits.items()})
        yield Update(done, loss, metrics, look=look)
        if all(kind in solved or not one.finite for kind, one in fits.items()):
            return


def trace(settings: RaceSettings) -> Trace:
    """Return the probe before training."""
    fits = {kind: fit(settings, kind) for kind in CELL_KINDS}
    return probe_run({kind: standing(settings, one) for kind, one in fits.items()}, settings)


def standing(settings: RaceSettings, one: _fit.Fit) -> Standing:
    """Return the present state of a cell's training, which may continue."""
    loss = one.lately
    if not one.updates:
        task = tasks.TASKS[settings.task]
        numbers = np.random.default_rng([settings.seed, 4])
        loss = one.judge(*task.make(numbers, settings.T, _fit.BATCH))
    return Standing(_fit.weights(one.model), one.updates, loss)


def probe_run(standings: Mapping[str, Standing], settings: RaceSettings) -> Trace:
    """Return the chosen cell's run over one sequence, the same for all cells.

    Of every cell it has `state_*` (T,H), its memory (c of the LSTM, else h), and `y_*` (T,K), its
    answer if the sequence ended there. `marked` (T,) is 1 where something is to be remembered.
    Fixed: `updates`, the `baseline`, the loss below which the task is `solved`, `loss_*` and
    `parameters_*` of each cell, and `wanted_last`, the target.
    """
    task = tasks.TASKS[settings.task]
    given, target = task.make(np.random.default_rng([settings.seed, 3]), settings.T, 1)
    x: Array = given[:, :, 0].astype(np.float64)
    labels = _labels(settings.task, x)
    runs = {kind: _fit.probe(one.weights, kind, x, labels) for kind, one in standings.items()}
    run = runs[settings.cell]
    arrays, fixed = dict(run.arrays), dict(run.fixed)
    for kind, other in runs.items():
        memory = np.asarray(other[CELLS[kind].memory])[1:]
        arrays |= {f"state_{kind}": memory, f"y_{kind}": np.asarray(other["y"])}
        size = CELLS[kind].size(task.inputs, settings.units)
        fixed[f"parameters_{kind}"] = np.array(float(size))
    arrays["marked"] = x[:, -1]
    fixed |= {f"loss_{kind}": np.array(one.loss) for kind, one in standings.items()}
    fixed["updates"] = np.array(float(max(one.updates for one in standings.values())))
    fixed["baseline"] = np.array(task.baseline)
    fixed["solved"] = np.array(task.solved)
    fixed["wanted_last"] = np.asarray(target, np.float64).reshape(-1)
    raced = of(task, tuple(map(racer, runs)), cells=tuple(runs))
    return replace(run, subject=raced, arrays=arrays, fixed=fixed)


def racer(kind: str) -> Racer:
    """One of the engine's cells in a race."""
    curve = LearningCurve(
        metric=f"loss_{kind}",
        name=kind.upper(),
        role=CELLS[kind].colour,
        mark=kind[0].upper(),
        solved=f"solved_{kind}",
    )
    return Racer(kind, curve)


def of(task: tasks.SequenceTask, racers: tuple[Racer, ...], cells: tuple[str, ...]) -> Race:
    """Return the subject of a race; `cells` are those whose memory is in the run."""
    chart = Chart(tuple(one.curve for one in racers), "baseline", log=True, ends=(0.03, 2.0))
    return Race(chart=chart, values=task.values, cells=cells, racers=racers, half=task.half)


def _labels(task: str, x: Array) -> tuple[str, ...]:
    """Return the input of each step, value or symbol, starred where it is marked."""
    if task == "recall":
        return tasks.letters(x)
    return tuple(f"{row[0]:.2f}" + "*" * int(row[1]) for row in x)


def views(settings: RaceSettings) -> tuple[str, ...]:
    """Return the views: the race, then the inside of each cell."""
    gates = _fit.memory_views(settings.cell)
    return ("curves", "table", "strip", *(f"probe:{kind}" for kind in CELL_KINDS), *gates)


def source(settings: RaceSettings, phase: str) -> tuple[Callable[..., Any], ...]:
    """Return the training loop and the cell's equations."""
    return _fit.source(settings.cell, phase)


def parameter_count(settings: RaceSettings, trace: Trace) -> float:
    """Return the number of trainable parameters of the displayed cell, counting one bias a
    block."""
    return float(trace[f"parameters_{settings.cell}"])


def recall_updates(settings: RaceSettings, trace: Trace) -> float:
    """Return the number of updates made on the recall task; 0 for another task."""
    return float(trace.fixed["updates"]) if settings.task == "recall" else 0.0


SIMULATION = Simulation(
    name="race",
    settings=RaceSettings,
    make=make,
    trace=trace,
    views=views,
    phases=lambda settings: tuple(CELLS[settings.cell].phases),
    measures={
        **recorded_measures(*(f"loss_{kind}" for kind in CELL_KINDS)),
        "parameters": parameter_count,
        "recall_updates": recall_updates,
    },
    source=source,
    updates=updates,
    watched=partial(updates, parts=_fit.WATCHED),
    reports=(*(f"loss_{kind}" for kind in CELL_KINDS), *(f"solved_{kind}" for kind in CELL_KINDS)),
)
