"""Teacher forcing on and off: an encoder–decoder learns to write numbers in reverse, and is
evaluated on the right previous digits and on its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.random import Generator

from rnntutor.nn.arrays import Array, Ids
from rnntutor.nn.cells.packing import FAST_CELLS
from rnntutor.nn.decoder import Decoder
from rnntutor.nn.losses import cross_entropy
from rnntutor.nn.models import EncoderDecoder
from rnntutor.nn.optimisers import Adam, clip_grad_norm
from rnntutor.nn.trace import Trace
from rnntutor.nn.training import Update
from rnntutor.sims.base import Simulation, knob
from rnntutor.sims.common.measures import recorded_measures
from rnntutor.sims.common.settings_from import build_settings
from rnntutor.subjects.training import Chart, Dictation, LearningCurve

ON, OFF = "on", "off"
DIGITS = START = 10  # the start sign is the symbol after the digits
INPUTS, BATCH = 12, 32
RATE, LARGEST = 1e-2, 1.0
EACH, MOST = 25, 1500  # updates of a report, and of a training
JUDGED, SHOWN = 200, 3  # numbers that the shares are measured on, and that are in view
DATA, TEST = 1, 2  # streams of random numbers beside that of the weights
CHART = Chart(
    (
        LearningCurve(metric="given", key="written.right_digits_given", role="h"),
        LearningCurve(metric="own", key="written.right_digits_own", role="y", mark="o"),
    ),
    "chance",
    log=False,
    ends=(0, 1),
)


@dataclass(frozen=True)
class ForcingSettings:
    """The settings of a training run.

    Attributes:
        forced: in training the decoder reads the right previous digit ("on"), or the one it has
            just written ("off").
        cell: kind of the cell.
        units: H.
        T: digits of a number.
        seed: seed of weights and data.
    """

    forced: str = knob(ON, "choice", choices=(ON, OFF))
    cell: str = knob("gru", "choice", choices=tuple(FAST_CELLS))
    units: int = knob(32, "int", low=4, high=64, step=4, symbol="H", decimals=0)
    T: int = knob(5, "int", low=2, high=8, symbol="T", decimals=0)
    seed: int = knob(1, "int", low=0, high=9999, decimals=0)


def network(settings: ForcingSettings) -> EncoderDecoder:
    """Return the network before its first update."""
    s = settings
    return EncoderDecoder(s.cell, DIGITS, START + 1, s.units, seed=s.seed, embedding_dim=INPUTS)


def numbers(rng: Generator, steps: int, count: int) -> tuple[Ids, Ids]:
    """Return numbers of so many digits (T,B), and the same in reverse order."""
    source = rng.integers(0, DIGITS, (steps, count))
    return source, source[::-1]


def previous(symbols: Ids) -> Ids:
    """Return the decoder's inputs for these outputs: the start sign, then all but the last."""
    return np.vstack([np.full_like(symbols[:1], START), symbols[:-1]])


def update(net: EncoderDecoder, adam: Adam, source: Ids, target: Ids, forced: bool) -> float:
    """Make one update and return the loss before it. Without forcing, the network first writes and
    then reads its own output."""
    told = target if forced else net.greedy(source, START, len(target))
    loss, dy = cross_entropy(net.forward(source, previous(told)), target)
    gradients = net.backward(dy)
    clip_grad_norm(gradients, LARGEST)
    adam.step(gradients)
    return loss


def decode_both_ways(net: EncoderDecoder, source: Ids, target: Ids) -> tuple[Ids, Ids]:
    """Return the output on the right previous digits, and on its own, each (T,B)."""
    given = net.forward(source, previous(target)).argmax(axis=1)
    return given, net.greedy(source, START, len(target))


def shares(net: EncoderDecoder, settings: ForcingSettings) -> dict[str, float]:
    """Return accuracies on held-out numbers.

    `given` and `own`: share of right digits given the right previous digit and on its own; `whole`:
    share of numbers entirely right on its own; `gap`: `given` minus `own`.
    """
    source, target = numbers(np.random.default_rng([settings.seed, TEST]), settings.T, JUDGED)
    given, own = (said == target for said in decode_both_ways(net, source, target))
    return {
        "given": float(given.mean()),
        "own": float(own.mean()),
        "whole": float(own.all(axis=0).mean()),
        "gap": float(given.mean() - own.mean()),
    }


def updates(settings: ForcingSettings) -> Iterator[Update]:
    """Report every 25 updates, 1500 in all. For the metrics see `shares`."""
    net, rng = network(settings), np.random.default_rng([settings.seed, DATA])
    adam = Adam(net.params, RATE)
    for step in range(EACH, MOST + 1, EACH):
        losses = [
            update(net, adam, *numbers(rng, settings.T, BATCH), settings.forced == ON)
            for _ in range(EACH)
        ]
        found = shares(net, settings)
        yield Update(step, float(np.mean(losses)), found, trace=_trace(net, settings, found))


def trace(settings: ForcingSettings) -> Trace:
    """Return the run of the untrained network."""
    net = network(settings)
    return _trace(net, settings, shares(net, settings))


def _trace(net: EncoderDecoder, settings: ForcingSettings, found: Mapping[str, float]) -> Trace:
    """Return the first held-out numbers: source, target, given_said, own_said (T,B).

    Fixed: the values of `shares`; chance, the accuracy of guessing.
    """
    source, target = numbers(np.random.default_rng([settings.seed, TEST]), settings.T, JUDGED)
    source, target = source[:, :SHOWN], target[:, :SHOWN]
    given, own = decode_both_ways(net, source, target)
    h = net.decoder.cell.cell.now.h[..., 0].astype(np.float64)
    arrays: dict[str, Array] = {
        "source": source.astype(np.float64),
        "target": target.astype(np.float64),
        "given_said": given.astype(np.float64),
        "own_said": own.astype(np.float64),
        "h": np.vstack([h, np.repeat(h[-1:], settings.T + 1 - len(h), axis=0)]),
    }
    fixed = {name: np.array(value) for name, value in found.items()}
    fixed["chance"] = np.array(1 / DIGITS)
    fixed["forced"] = np.array(float(settings.forced == ON))
    labels = tuple(str(t) for t in range(1, settings.T + 1))
    return Trace(settings.cell, settings.T, arrays, fixed, labels, subject=Dictation(chart=CHART))


def source(settings: ForcingSettings, phase: str) -> tuple[Callable[..., Any], ...]:
    """Return the update with its choice of input, free decoding, and the model."""
    return (update, previous, Decoder.greedy, EncoderDecoder.forward)


SIMULATION = Simulation(
    name="forcing",
    settings=ForcingSettings,
    make=partial(build_settings, ForcingSettings),
    trace=trace,
    views=lambda settings: ("curve", "written"),
    phases=lambda settings: ("whole",),
    measures=recorded_measures("given", "own", "whole", "gap"),
    source=source,
    updates=updates,
    reports=("given", "own", "whole", "gap"),
)
