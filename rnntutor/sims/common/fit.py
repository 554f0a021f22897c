"""Trains one small model on batches made on the fly, with Adam and gradient clipping.

All random numbers come from the seed, for the weights and for the batches separately, so two cells
with one seed read the same data.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, get_args

import numpy as np
from numpy.random import Generator

from rnntutor.nn import initialise
from rnntutor.nn.arrays import Array
from rnntutor.nn.cells import reference
from rnntutor.nn.cells.packing import FAST_CELLS
from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.cells.spec import FORGET, WRITE
from rnntutor.nn.layers import Recurrent
from rnntutor.nn.losses import Classes
from rnntutor.nn.models import SequenceToSequence, SequenceToVector
from rnntutor.nn.optimisers import SGD, Adam, clip_grad_norm, norm
from rnntutor.nn.trace import Trace
from rnntutor.sims.common.tasks import Batch
from rnntutor.subjects.training import Bias

CELL_KINDS = tuple(FAST_CELLS)
BIASES: tuple[Bias, ...] = get_args(Bias)

BATCH = 32
DATA, CHRONO, BIAS = 1, 2, 7  # streams of random numbers beside that of the weights
LATELY = 0.98  # how much of the running loss is kept at each update
SMOOTHED = 20  # updates until it says something

# Milliseconds of one update with a batch of 32, for each time step: at no unit, and per unit, of a
# cell without gates and of one with gates. They set the reports and the end of a training run, the
# same on every machine.
_PLAIN, _GATED = (0.004, 0.0002), (0.007, 0.0008)
_EACH, _REPORT = 0.1, 110.0  # of an update besides, of a report

LossFunction = Callable[[Array, Array | Classes], tuple[float, Array]]
Params = dict[str, Array]


class Fit:
    """One model in training.

    Attributes:
        loss: loss of the last update, on sequences not seen before.
        lately: running mean of that loss.
        updates: number of updates made.
        gradient: norm of the last gradient before clipping.
    """

    def __init__(
        self,
        model: SequenceToVector,
        batch: Callable[[Generator], Batch],
        loss: LossFunction,
        *,
        seed: int,
        rate: float,
        most: float = 1.0,
        optimiser: type[Adam] | type[SGD] = Adam,
    ) -> None:
        """Start training.

        Args:
            model: the network.
            batch: makes a batch from the random generator.
            loss: a loss as in nn.losses.
            seed: seed of the batches.
            rate: learning rate.
            most: largest norm of the gradient, 0 for no clipping.
            optimiser: class of the optimiser.
        """
        self.model = model
        self.updates = 0
        self.loss = self.lately = math.nan
        self.gradient = 0.0
        self._batch, self._loss, self._most = batch, loss, most
        self._numbers = np.random.default_rng([seed, DATA])
        self._optimiser = optimiser(model.params, rate)

    @property
    def finite(self) -> bool:
        """Whether the loss is finite (or nothing was done yet)."""
        return not self.updates or math.isfinite(self.loss)

    def below(self, loss: float) -> bool:
        """Return whether the running loss is below `loss`."""
        return self.updates >= SMOOTHED and self.lately < loss

    def judge(self, x: Array, target: Array | Classes) -> float:
        """Return the loss of a batch without learning from it."""
        with np.errstate(over="ignore", invalid="ignore"):
            return self._loss(self.model.forward(x), target)[0]

    def update(self) -> float:
        """Make one update and return the loss of its batch before it."""
        x, target = self._batch(self._numbers)
        with np.errstate(over="ignore", invalid="ignore"):
            self.loss, dy = self._loss(self.model.forward(x), target)
            gradients = self.model.backward(dy)
            self.gradient = clip_grad_norm(gradients, self._most) if self._most else norm(gradients)
            self._optimiser.step(gradients)
        self.updates += 1
        keep = min(LATELY, 1 - 1 / self.updates)
        # The first losses count alike; from then on the older ones fade.
        old = 0.0 if self.updates == 1 else keep * self.lately
        self.lately = old + (1 - keep) * self.loss
        return self.loss


def network(
    kind: str, inputs: int, units: int, outputs: int, *, seed: int, keep: float | None = None
) -> SequenceToVector:
    """Return a network that reads a sequence and answers once, initialised as in PyTorch.

    Args:
        kind: the cell.
        inputs: D.
        units: H.
        outputs: K.
        seed: seed of weights and biases.
        keep: initial forget bias; None for the one in the cell's specification. A plain RNN has
            none.
    """
    spec = CELLS[kind]
    gate, start = spec.forget_bias, spec.forget_start if keep is None else keep
    model = SequenceToVector(
        kind, inputs, units, outputs, seed=seed, forget_bias=start if gate else 0.0
    )
    numbers, bound = np.random.default_rng([seed, BIAS]), units**-0.5
    for name, values in (*model.cell.unpacked.items(), ("b_y", model.head.params["b"])):
        if name.startswith("b") and name != gate:
            values[...] = initialise.uniform(numbers, *values.shape, bound=bound)
    return model


def biased_to_keep(model: SequenceToVector, kind: str, steps: int, seed: int) -> None:
    """Set the gates' biases for a memory of `steps` steps.

    A cell with separate gates for keeping and writing gets chrono initialisation (Tallec & Ollivier
    2018); otherwise the bias of the keeping gate becomes 3.
    """
    apart, spec = model.cell.unpacked, CELLS[kind]
    write = spec.with_role(WRITE)
    if write:
        names = (spec.forget_bias, f"b{write.tail}")
        drawn: dict[str, Array] = {name: np.zeros(len(apart[name])) for name in names}
        initialise.chrono(np.random.default_rng([seed, CHRONO]), kind, drawn, max(3, steps))
        for name, values in drawn.items():
            apart[name][...] = values
    elif spec.forget_bias:
        apart[spec.forget_bias][...] = 3.0


def source(kind: str, phase: str) -> tuple[Callable[..., Any], ...]:
    """Return the functions that run in training: the cell's equations, an update, its loop over
    time."""
    return (CELLS[kind].phases[phase], Fit.update, FAST_CELLS[kind]._forward_loop)


def memory_views(kind: str) -> tuple[str, ...]:
    """Return the strip views that show how a cell keeps: its cell state and its forget gate."""
    spec = CELLS[kind]
    state = (f"strip:{name}" for name in spec.states[1:])
    gate = spec.with_role(FORGET)
    return (*state, *((f"strip:{gate.letter}",) if gate else ()))


def update_cost(cells: tuple[str, ...], steps: int, units: int) -> float:
    """Return the estimated milliseconds of one update of networks with these cells, from their
    sizes alone."""
    costs = (_GATED if CELLS[kind].gated else _PLAIN for kind in cells)
    return sum(_EACH + steps * (none + each * units) for none, each in costs)


WATCHED = 20  # parts of the first report for one who watches: about five seconds of them


def per_report(cells: tuple[str, ...], steps: int, units: int) -> int:
    """Return the number of updates in one report."""
    count = int(_REPORT / update_cost(cells, steps, units))
    return max(1, count - count % 10 if count > 10 else count)


def shares(count: int, parts: int) -> list[int]:
    """Divide `count` updates into `parts` parts, or fewer if there are not enough."""
    ends = sorted({count * part // parts for part in range(1, parts + 1)} - {0})
    return [end - begin for begin, end in zip([0, *ends], ends, strict=False)]


def weights(model: SequenceToVector | SequenceToSequence) -> Params:
    """Return a copy of the learned parameters in double precision: W_f, U_f, b_f, …, V, b_y."""
    assert isinstance(model.cell, Recurrent)
    head = {"V": model.head.params["V"], "b_y": model.head.params["b"]}
    return {name: value.astype(np.float64) for name, value in (model.cell.unpacked | head).items()}


def probe(params: Params, kind: str, x: Array, labels: tuple[str, ...]) -> Trace:
    """Return the run of a network over one sequence x (T,D): gates, states, and y (T,K), its answer
    if the sequence ended at that step."""
    start = np.zeros(len(params["V"][0]))
    states = [start] * len(CELLS[kind].states)
    return reference.trace(kind, params, x, *states, labels=labels)
