"""(j) One unit: LSTMs with weights set by hand, and the gradient through a memory."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial

import numpy as np
from numpy.typing import ArrayLike

from rnntutor.nn.arrays import Array
from rnntutor.nn.cells import reference
from rnntutor.nn.trace import Trace
from rnntutor.sims.gradient.unit import latch, unit

from .figure import Figure, rounded

SIZE = 10.0  # S, the size of the weights
KEPT = 97  # steps with the opposite at the input
# Forget pre-activation -> steps until half of c is left, and the unit of the last digit.
HALF = {
    -1: (0.5, 0.1),
    0: (1.0, 0.1),
    1: (2.2, 0.1),
    2: (5.5, 0.1),
    3: (14, 1),
    4: (38, 1),
    5: (103, 1),
    7: (760, 10),
    10: (15000, 1000),
}
# w -> h after 60 steps from 0.9, the unit of its last digit, and its gradient in h_0.
RNN = {
    0.5: (0.0, 0.001, 7e-19),
    0.9: (0.001, 0.001, 3e-4),
    1.0: (0.155, 0.001, 5e-3),
    1.1: (0.503, 0.001, 1e-6),
    2.0: (0.958, 0.001, 2e-47),
}
# A gate: its bias, its weight on h, and its weights on the inputs.
Gate = tuple[float, float, Sequence[float]]


def figures(quick: bool) -> Iterator[Figure]:
    """Yield the figures of this part; nothing is trained, so each has one value.

    For the latch of S=10, .994 and .759 were written down. But it leaks 2 σ(-10) = 9e-5 a step, as
    do the latches of S=5 and 8, which are reproduced; .994 is the value for S=12.
    """
    for what, (low, high), run in (
        ("latch, S=10: c when written", rounded(0.995, 0.001), partial(_latch, SIZE, 1, "c")),
        ("latch: c after 97 opposites", rounded(0.994, 0.001), partial(_latch, SIZE, KEPT, "c")),
        ("latch: h when it is read", rounded(0.759, 0.001), partial(_latch, SIZE, KEPT, "h")),
        ("latch, S=5: c after 100 steps", rounded(0.02, 0.01), partial(_latch, 5.0, 100, "c")),
        ("latch, S=8: c after 100 steps", rounded(0.93, 0.01), partial(_latch, 8.0, 100, "c")),
        ("counter: steps that are wrong", (0, 0), _miscounted),
        ("counter: h at 1", rounded(0.76, 0.01), partial(_counted, 1)),
        ("counter: h at 2", rounded(0.96, 0.01), partial(_counted, 2)),
        ("counter: h at 3", rounded(0.995, 0.001), partial(_counted, 3)),
        ("counter: h at 4", rounded(0.9993, 1e-4), partial(_counted, 4)),
        ("counter with a reset: steps that are wrong", (0, 0), _reset),
        ("toggle: share of 1000 bits whose parity is right", (1, 1), _toggled),
        ("leaky mean, f 0.9: c at last", rounded(7.6, 0.1), _leaky),
    ):
        yield Figure("j", what, low, high, run, 1)
    for bias, (steps, digit) in HALF.items():
        low, high = rounded(steps, digit)
        yield Figure("j", f"half-life of c, b_f {bias}: steps", low, high, partial(_half, bias), 1)
    for w, (h, digit, gradient) in RNN.items():
        run, back = partial(_rnn, w, "h"), partial(_rnn, w, "grad_unit")
        yield Figure("j", f"h = tanh({w:g} h) from 0.9, after 60", *rounded(h, digit), run, 1)
        low, high = rounded(
            gradient, 10.0 ** math.floor(math.log10(gradient))
        )  # written with one digit
        yield Figure("j", f"the gradient of it in h_0, w {w:g}", low, high, back, 1)


def _run(gates: Mapping[str, Gate], x: Sequence[Sequence[float]]) -> Trace:
    """Run one LSTM unit with these gates over x (T,D) from an empty state."""
    params: dict[str, ArrayLike] = {}
    for name, (bias, u, w) in gates.items():
        params |= {f"b_{name}": [bias], f"U_{name}": [[u]], f"W_{name}": [w]}
    return reference.trace("lstm", params, np.array(x, float), [0.0], [0.0])


def _series(trace: Trace, name: str) -> Array:
    """Return one quantity of the unit after each step, (T,)."""
    return np.asarray(trace[name])[-trace.steps :, 0]


def _latch(size: float, steps: int, name: str, seed: int) -> float:
    """Run a latch with the inputs value, write, read, and return its last value of `name`.

    It writes +1, then sees -1 at its input, and is read at the last step.
    """
    gates = {
        "i": (-size, 0, (0, 2 * size, 0)),
        "f": (size, 0, (0, -2 * size, 0)),
        "g": (0, 0, (3, 0, 0)),
        "o": (-size, 0, (0, 0, 2 * size)),
    }
    later = [(-1, 0, float(t == steps - 1)) for t in range(steps)] if steps > 1 else []
    return float(_series(_run(gates, [(1, 1, 0), *later]), name)[-1])


def _counter(signs: str) -> Trace:
    gates = {
        "i": (SIZE, 0, (0, 0)),
        "f": (SIZE, 0, (0, 0)),
        "g": (0, 0, (SIZE, -SIZE)),
        "o": (SIZE, 0, (0, 0)),
    }
    return _run(gates, [(sign == "(", sign == ")") for sign in signs])


def _wrong(trace: Trace, wanted: Sequence[int]) -> float:
    """Return the number of steps at which c is not the expected count."""
    return float((np.rint(_series(trace, "c")) != wanted).sum())


def _miscounted(seed: int) -> float:
    return _wrong(_counter("((()())())"), (1, 2, 3, 2, 3, 2, 1, 2, 1, 0))


def _counted(depth: int, seed: int) -> float:
    return float(_series(_counter("(" * depth), "h")[-1])


def _reset(seed: int) -> float:
    """Return the wrong steps of a counter of letters that is reset at each bar."""
    gate = (SIZE, 0, (-2 * SIZE,))
    gates = {"i": gate, "f": gate, "g": (SIZE, 0, (0,)), "o": (SIZE, 0, (0,))}
    trace = _run(gates, [(sign == "|",) for sign in "abcd|ab|abc"])
    return _wrong(trace, (1, 2, 3, 4, 0, 1, 2, 0, 1, 2, 3))


def _toggled(seed: int) -> float:
    """Return the share of right parities of a unit that a 1 toggles: h > 0 means odd."""
    bits = np.random.default_rng(seed).integers(0, 2, 1000)
    gates = {
        "i": (-SIZE, 0, (2 * SIZE,)),
        "f": (SIZE, 0, (-2 * SIZE,)),
        "g": (0.3 * SIZE, -SIZE, (0,)),
        "o": (SIZE, 0, (0,)),
    }
    h = _series(_run(gates, [(bit,) for bit in bits]), "h")
    return float(((h > 0) == bits.cumsum() % 2).mean())


def _leaky(seed: int) -> float:
    open_ = (SIZE, 0, (0,))
    gates = {"i": open_, "f": (2.197, 0, (0,)), "g": (0, 0, (1,)), "o": open_}
    return float(_series(_run(gates, [(1,)] * 200), "c")[-1])


def _half(bias: float, seed: int) -> float:
    """Return the number of steps after which half of c is left, from its first step c = f c."""
    c = np.asarray(latch(1, bias, 1.0)["c"])[:, 0]
    return math.log(0.5) / math.log(c[1] / c[0])


def _rnn(w: float, name: str, seed: int) -> float:
    return float(np.asarray(_unit(w)[name]).ravel()[-1])


@cache
def _unit(w: float) -> dict[str, Array]:
    return unit(60, w, 0.9)
