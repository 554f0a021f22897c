"""How long a network remembers its first input: learned by training (recall), or contained in the
state of an untrained network (read-out)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

import numpy as np
from numpy.random import Generator

from rnntutor import assets
from rnntutor.nn.arrays import Array, read_only
from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.trace import Trace
from rnntutor.nn.training import Update
from rnntutor.sims.base import Simulation, knob
from rnntutor.sims.common import fit as _fit
from rnntutor.sims.common.fit import BIASES, CELL_KINDS
from rnntutor.sims.common.measures import recorded_measures
from rnntutor.sims.common.settings_from import build_settings
from rnntutor.sims.common.tasks import SYMBOLS, TASKS, Batch, letters
from rnntutor.sims.memory import readback
from rnntutor.subjects.training import Bias, Chart, LearningCurve, Net, Recall

TASK = TASKS["recall"]
SECONDS = 3.0  # that a training run takes, about: this many updates, whatever the machine
JUDGED = 256  # sequences that the accuracy of a report is a share of
_JUDGED, _PROBED = 4, 3  # streams of random numbers

# The prepared runs: which nets, over how many steps, from which seeds.
RUNS = (
    *(Net("rnn", "default"), Net("lstm", "default"), Net("lstm", "keep")),
    *(Net("gru", "default"), Net("gru", "keep")),
)
CHART = Chart(
    (LearningCurve(metric="accuracy", key="learning.accuracy", role="y"),),
    "chance",
    log=False,
    ends=(0, 1),
)
LENGTHS = (5, 10, 20, 40, 80, 120)
MIXED = (0, 5, 10, 20, 40, 80)  # the greatest lengths that can be mixed; 0: all have one length
SEEDS = (0, 1, 2, 3, 4)
FINAL = 1000  # sequences that a prepared run is judged on


@dataclass(frozen=True)
class MemorySettings:
    """The settings of a training run and of the read-out.

    Attributes:
        cell: kind of the cell.
        T: steps from the flagged symbol to the answer.
        units: H.
        keep_bias: initial biases of the gates: "default", b_f = 1 and b_z = 0, or "keep", for long
            memories.
        mixed: 0 if every training sequence has T steps; otherwise each batch has a random length up
            to this.
        lr: learning rate of Adam.
        scale: spectral radius of U of the untrained RNN that is read out.
        input_scale: factor of its input.
        seed: seed of weights and data.
    """

    cell: str = knob("rnn", "choice", choices=CELL_KINDS)
    T: int = knob(20, "int", low=5, high=120, stops=LENGTHS, symbol="T", decimals=0)
    units: int = knob(32, "int", low=1, high=64, symbol="H", decimals=0)
    keep_bias: Bias = knob("default", "choice", choices=BIASES)
    mixed: int = knob(0, "int", low=0, high=120, stops=MIXED, decimals=0)
    lr: float = knob(5e-3, "float", low=0.001, high=0.1, step=0.001, decimals=3)
    scale: float = knob(0.9, "float", low=0, high=1.5, step=0.1, symbol="ρ(U)", view_only=True)
    input_scale: float = knob(1.0, "float", low=0.1, high=1.0, step=0.1, view_only=True)
    seed: int = knob(7, "int", low=0, high=9999, decimals=0)


def fit(settings: MemorySettings) -> _fit.Fit:
    """Return the network before its first update."""
    kind, seed = settings.cell, settings.seed
    sizes = TASK.inputs, settings.units, TASK.outputs
    model = _fit.network(kind, *sizes, seed=seed)
    if settings.keep_bias == "keep":
        _fit.biased_to_keep(model, kind, settings.T, seed)

    def batch(numbers: Generator) -> Batch:
        length = int(numbers.integers(2, settings.mixed + 1)) if settings.mixed else settings.T
        return TASK.make(numbers, length, _fit.BATCH)

    return _fit.Fit(model, batch, TASK.loss, seed=seed, rate=settings.lr)


def most(settings: MemorySettings) -> int:
    """Return the number of updates of a training run: about three seconds for every cell."""
    return int(1000 * SECONDS / _fit.update_cost((settings.cell,), settings.T, settings.units))


def updates(settings: MemorySettings, parts: int = 1) -> Iterator[Update]:
    """Train until the symbol is recalled or the budget of `most` is used up.

    Metrics: `accuracy`, the share of new sequences whose first symbol is named after the last step;
    `chance`.

    Args:
        settings: the settings.
        parts: number of parts of the first report.
    """
    one = fit(settings)
    count, budget = _fit.per_report((settings.cell,), settings.T, settings.units), most(settings)
    while one.updates < budget and one.finite and not one.below(TASK.solved):
        for share in _fit.shares(min(count, budget - one.updates), parts):
            for _ in range(share):
                one.update()
            metrics = {"accuracy": accuracy(settings, one), "chance": 1 / SYMBOLS}
            look = partial(_trace, _fit.weights(one.model), one.updates, metrics["accuracy"])
            yield Update(one.updates, one.lately, metrics, look=look)
        parts = 1


def accuracy(settings: MemorySettings, one: _fit.Fit, count: int = JUDGED) -> float:
    """Return the share of `count` new sequences whose first symbol the network names after the last
    step."""
    x, wanted = TASK.make(np.random.default_rng([settings.seed, _JUDGED]), settings.T, count)
    y: Array = one.model.forward(x)
    return float((y.argmax(axis=0) == wanted).mean())


def trained_fit(settings: MemorySettings) -> _fit.Fit:
    """Return the network at the end of its training run."""
    one = fit(settings)
    while one.updates < most(settings) and one.finite and not one.below(TASK.solved):
        one.update()
    return one


def trace(settings: MemorySettings) -> Trace:
    """Return the probe of the untrained network."""
    one = fit(settings)
    return _trace(_fit.weights(one.model), 0, accuracy(settings, one), settings)


def _trace(weights: _fit.Params, updates: int, right: float, settings: MemorySettings) -> Trace:
    """Return the run of the network over one sequence; y and p (T,8) are its answers after each
    step.

    Fixed: `updates`, `accuracy`, `chance`; `recall` (5,6,5), the accuracy of the prepared runs by
    network, length (`recall_T`) and seed; `readout` (31,), R² of x_{t-k} for k = 0 … 30.
    """
    given, wanted = TASK.make(np.random.default_rng([settings.seed, _PROBED]), settings.T, 1)
    x: Array = given[:, :, 0].astype(np.float64)
    run = _fit.probe(weights, settings.cell, x, letters(x))
    fixed = {
        "updates": np.array(float(updates)),
        "accuracy": np.array(right),
        "chance": np.array(1 / SYMBOLS),
        "wanted_last": np.asarray(wanted, np.float64),
        "readout": readout(settings.units, settings.scale, settings.input_scale, settings.seed),
        **load_prepared(),
    }
    arrays = {**run.arrays, "marked": x[:, -1]}
    subject = recalling(own(settings), mixed=bool(settings.mixed))
    return replace(run, subject=subject, arrays=arrays, fixed={**run.fixed, **fixed})


def recalling(net: Net, *, mixed: bool = False) -> Recall:
    """Return the subject of a training run of this network; `mixed` tells that sequences differ in
    length."""
    return Recall(chart=CHART, values=TASK.values, nets=RUNS, own=net, mixed=mixed)


@cache
def readout(units: int, radius: float, size: float, seed: int) -> Array:
    """Return R² (31,) of x_{t-k} read off the state of an untrained RNN."""
    return read_only(readback.readable(*readback.states(units, radius, size, seed)))


@cache
def load_prepared() -> dict[str, Array]:
    """Return `recall` and `recall_T`; see `snapshot`."""
    arrays = assets.weights("memory")
    return {name: read_only(arrays[name].astype(np.float64)) for name in ("recall", "recall_T")}


def snapshot(tell: Callable[[float], None]) -> dict[str, Array]:
    """Train every network of RUNS on every length from every seed.

    Args:
        tell: called with the share done.

    Returns:
        `recall` (5,6,5), the accuracy on 1000 new sequences; `recall_T`, the lengths.
    """
    found = np.zeros((len(RUNS), len(LENGTHS), len(SEEDS)), np.float32)
    for done, index in enumerate(np.ndindex(found.shape)):
        net, T, seed = RUNS[index[0]], LENGTHS[index[1]], SEEDS[index[2]]
        settings = MemorySettings(cell=net.cell, keep_bias=net.bias, T=T, seed=seed)
        found[index] = accuracy(settings, trained_fit(settings), FINAL)
        tell((done + 1) / found.size)
    return {"recall": found, "recall_T": np.array(LENGTHS, np.float32)}


def views(settings: MemorySettings) -> tuple[str, ...]:
    """Return the views: recall (of all networks, or of this one), read-out, then the inside of the
    network."""
    gates = _fit.memory_views(settings.cell)
    return ("recall", "recall:own", "recall:kind", "readout", "curve", "probe", "strip", *gates)


def source(settings: MemorySettings, phase: str) -> tuple[Callable[..., Any], ...]:
    """Return the cell's equations, the training loop and the read-out."""
    return (*_fit.source(settings.cell, phase), readback.readable)


def recall_accuracy(settings: MemorySettings, trace: Trace, T: int) -> float:
    """Return the median accuracy over the seeds of this network's prepared runs of length T."""
    found = load_prepared()["recall"][RUNS.index(own(settings)), LENGTHS.index(T)]
    return float(np.median(found))


def idle(settings: MemorySettings) -> frozenset[str]:
    """Return the initial biases of a cell without a gate that keeps: they have no effect."""
    return frozenset(() if CELLS[settings.cell].forget_bias else ("keep_bias",))


def own(settings: MemorySettings) -> Net:
    """Return the network that is trained; a cell without a keeping gate has no forget bias."""
    return Net(settings.cell, "default" if idle(settings) else settings.keep_bias)


SIMULATION = Simulation(
    name="memory",
    settings=MemorySettings,
    make=partial(build_settings, MemorySettings),
    trace=trace,
    views=views,
    phases=lambda settings: tuple(CELLS[settings.cell].phases),
    measures={
        **recorded_measures("accuracy", "chance", readout_5="readout[5]", readout_10="readout[10]"),
        "budget": lambda settings, trace: float(most(settings)),
        **{f"recalled_{T}": partial(recall_accuracy, T=T) for T in LENGTHS},
    },
    idle=idle,
    source=source,
    updates=updates,
    watched=partial(updates, parts=_fit.WATCHED),
    reports=("accuracy", "chance"),
)
