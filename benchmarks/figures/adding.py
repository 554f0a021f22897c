"""(a) The adding problem: which nets solve it, and after how many updates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial

import numpy as np

from rnntutor.sims.common import fit as _fit
from rnntutor.sims.common.tasks import TASKS

from .figure import Figure, about

TASK = TASKS["adding"]
SOLVED = (0.0, TASK.solved)
QUICKLY = 3000  # updates of a training run without success, in a quick run
JUDGED = 10  # thousand new sequences for a loss: the baseline is then known to 0.002


@dataclass(frozen=True)
class Race:
    """Settings of one training run.

    Attributes:
        kind: the cell.
        T: length of the sequences.
        units: H.
        rate: learning rate of Adam.
        forget: b_f of an LSTM.
        most: highest number of updates.
    """

    kind: str
    T: int
    units: int = 32
    rate: float = 1e-2
    forget: float = 1.0
    most: int = 5000


@dataclass(frozen=True)
class End:
    """Results of a finished training run.

    Attributes:
        updates: number of updates.
        lately: running loss.
        fresh: loss on new sequences.
    """

    updates: int
    lately: float
    fresh: float


def figures(quick: bool) -> Iterator[Figure]:
    """Yield the figures of this part.

    The RNN with ReLU and U = I (IRNN) is left out: the cells that train use tanh only.
    """
    yield from _steps()
    yield from _losses()
    yield from _stuck(quick)
    yield from _small()
    yield from _slowly()


def _steps() -> Iterator[Figure]:
    for T, kind, low, high in (
        *((10, "rnn", 750, 1085), (10, "lstm", 327, 363), (10, "gru", 242, 256)),
        *((20, "lstm", 400, 500), (20, "gru", *about(278))),
        *((30, "lstm", 443, 648), (30, "gru", *about(310))),
        *((50, "lstm", 582, 1098), (50, "gru", 339, 364)),
        *((100, "lstm", 1043, 1460), (100, "gru", 399, 443)),
        (200, "gru", *about(500)),
    ):
        what = f"adding T={T}, {kind.upper()}: updates to solve it"
        run = partial(_updates, Race(kind, T))
        yield Figure("a", what, low, high, run, quick=T in (10, 50))


def _losses() -> Iterator[Figure]:
    for kind in ("lstm", "gru"):
        what = f"adding T=50, {kind.upper()} once solved: loss of new ones"
        yield Figure("a", what, 0.001, 0.005, partial(_fresh, Race(kind, 50)))


def _stuck(quick: bool) -> Iterator[Figure]:
    for T, count in ((20, 3), (30, 1), (100, 0)):
        what = f"adding T={T}, RNN solves it: its running loss"
        run = partial(_lately, Race("rnn", T, most=_ten_seconds(T)))
        yield Figure("a", what, *SOLVED, run, quick=False, count=count)
    # At T=50 it was 0.169 … 0.184 on an unknown number of sequences; on 10,000 the loss of a net
    # that ignores its input is 0.167 ± 0.002, and there is no sign that the nets were worse.
    for T, low, high in ((40, 0.163, 0.176), (50, 0.163, 0.184)):
        most = QUICKLY if quick else _ten_seconds(T)
        what = f"adding T={T}, RNN, {most} updates: loss (unread .167)"
        yield Figure("a", what, low, high, partial(_fresh, Race("rnn", T, most=most)), quick=T > 40)
    # 15 s at 6 to 12 ms an update, extrapolated from the shorter lengths.
    run = partial(_lately, Race("lstm", 200, most=1800))
    what = "adding T=200, LSTM solves it: its running loss"
    yield Figure("a", what, *SOLVED, run, quick=False, count=1)


def _ten_seconds(T: int) -> int:
    """Return how many updates of an RNN took 10 s.

    At T=50 it was 17,000, and the time of an update is proportional to T + 10.
    """
    return 17000 * 60 // (T + 10)


def _small() -> Iterator[Figure]:
    for units in (8, 16):
        for kind in ("lstm", "gru"):
            what = f"adding T=50, {kind.upper()} H={units} solves it: its running loss"
            run = partial(_lately, Race(kind, 50, units))
            yield Figure("a", what, *SOLVED, run, quick=units == 16, count=5)
    for forget in (0.0, 3.0):
        what = f"adding T=100, LSTM b_f {forget:g} solves it: its running loss"
        run = partial(_lately, Race("lstm", 100, forget=forget))
        yield Figure("a", what, *SOLVED, run, quick=False, count=5)


def _slowly() -> Iterator[Figure]:
    # It took 5.6 … 9 s of training; here at most the updates that the others made in 10 s.
    slow, faster = (Race("rnn", 50, rate=rate, most=_ten_seconds(50)) for rate in (1e-3, 3e-3))
    what = "adding T=50, RNN at rate 0.001 solves it: the loss"
    yield Figure("a", what, *SOLVED, partial(_lately, slow), 3, quick=False, count=3)
    what = "the same: loss of new ones"
    yield Figure("a", what, 0.007, 0.017, partial(_fresh, slow), 3, quick=False)
    what = "adding T=50, RNN at rate 0.003 solves it: the loss"
    yield Figure("a", what, *SOLVED, partial(_lately, faster), 3, quick=False, count=2)


@cache
def _end(race: Race, seed: int) -> End:
    """Train until the task is solved or given up."""
    keep = race.forget if race.kind == "lstm" else 0.0
    sizes = TASK.inputs, race.units, TASK.outputs
    model = _fit.network(race.kind, *sizes, seed=seed, keep=keep)
    fit = _fit.Fit(
        model,
        lambda numbers: TASK.make(numbers, race.T, _fit.BATCH),
        TASK.loss,
        seed=seed,
        rate=race.rate,
    )
    while fit.updates < race.most and not fit.below(TASK.solved):
        fit.update()
    numbers = np.random.default_rng([seed, 99])
    fresh = [fit.judge(*TASK.make(numbers, race.T, 1000)) for _ in range(JUDGED)]
    return End(fit.updates, fit.lately, float(np.mean(fresh)))


def _updates(race: Race, seed: int) -> float:
    """Return the updates until the task is solved; NaN if it is not."""
    end = _end(race, seed)
    return float(end.updates) if end.lately < TASK.solved else float("nan")


def _lately(race: Race, seed: int) -> float:
    return _end(race, seed).lately


def _fresh(race: Race, seed: int) -> float:
    return _end(race, seed).fresh
