"""Everything that happened in one run, as named arrays over time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.subject import UNSAID, Subject

# The states: row t is the value after step t, row 0 the start.
STATES = frozenset({"h", "c"})
S = TypeVar("S", bound=Subject)
_PATH = re.compile(r"([A-Za-z_][A-Za-z_0-9]*)((?:\[\d+\])*)")


class PathError(LookupError):
    """A path that names nothing in a trace; the message says what is there."""


class SubjectError(LookupError):
    """A run is not of what is asked for; the message says both."""


@lru_cache(maxsize=1024)
def split_path(path: str) -> tuple[str, tuple[int, ...]]:
    """A path into a trace, taken apart: `"c[4][0]"` -> `("c", (4, 0))`.

    Args:
        path: a name and any number of indices, each in brackets of its own.

    Returns:
        The name, and the indices as they are written: the first of a quantity
        over time is the step, counted from 1 (from 0 for h and c).

    Raises:
        PathError: for anything else.
    """
    match = _PATH.fullmatch(path.strip())
    if match is None:
        raise PathError(
            f"{path!r} is not a path; write a name and indices, as c[4][0]"
        )
    return match[1], tuple(int(n) for n in re.findall(r"\d+", match[2]))


@dataclass(frozen=True)
class Trace:
    """One run, step by step. Pure data: all that shows it just reads it.

    cell: the cell that ran, by its name in `CELLS`: "rnn", "lstm", "gru", …;
        "" where it was none, or several.
    steps: T, the number of time steps. Steps count from 1.
    arrays: name -> values over time. Those of `from_start` have T+1 rows, row
        0 the start; all else has T rows, of which the first belongs to step 1.
        Blocks k are f i o g of the LSTM, r z n of the GRU; the RNN's only one
        has no letter: wx, da, dW.
        Forward, (T,H): wx_k = W_k x, uh_k = U_k h_prev, a_k the sum, the
        gates f i o g / r z n; fc = f c_prev, ig = i g, tanh_c of the LSTM;
        r_uh = r (U_n h_prev + b_nU), zh = z h_prev, zn = (1 - z) n of the
        GRU. Of a head, y, p (T,K), the target and loss (T,).
        Backward, after a run with a loss: dh_loss (from this step's output),
        dh_next (from the next step), dh their sum; dc_next, dc; da_k (T,H),
        of the GRU also da_nU, in U_n h_prev + b_nU; dx (T,D); dy (T,K). And
        the sums of the shared weights' gradients as they grow on the way
        back, row t having the terms of the steps T … t: dW_k (T,H,D),
        dU_k (T,H,H), db_k (T,H), db_nU, dV (T,K,H), db_y (T,K).
    fixed: name -> values without a time axis: the parameters W_f, U_f, b_f,
        V, …; dh0 and dc0; the whole sums dW_k_total, …; loss_total.
    labels: what is written over the columns, one for each step: the tokens,
        or the numbers.
    clamped: (quantity, step, unit) of each value that was held, not computed.
    names: what belongs to the run in words, by name: "classes", what the
        entries of p are called; "source" and "said", symbols read and put out.
    backward: the run goes from step T to step 1.
    subject: what it is a run of, with all that a drawing has to know of it
        besides the numbers.
    from_start: the arrays that have a row for the start (what is counted by
        distance has one for the distance 0).
    title: what headings call it, by the keys `kind.NAME` of the words; none:
        the cell.
    """

    cell: str
    steps: int
    arrays: Mapping[str, Array]
    fixed: Mapping[str, Array] = field(default_factory=dict)
    labels: tuple[str, ...] = ()
    clamped: frozenset[tuple[str, int, int]] = frozenset()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    backward: bool = False
    subject: Subject = UNSAID
    from_start: frozenset[str] = STATES
    title: tuple[str, ...] = ()

    def of(self, sort: type[S]) -> S:
        """What it is a run of. SubjectError if it is no such run."""
        if isinstance(self.subject, sort):
            return self.subject
        raise SubjectError(f"{self.subject} is no {sort.__name__}")

    def first(self, name: str) -> int:
        """The step that the first row of an array belongs to: 0 or 1."""
        return int(name not in self.from_start)

    def computed_step(self, t: int) -> int:
        """The time step that the run's t-th step computes, and the other way
        round: t itself, of a backward run T + 1 - t (before its first: T)."""
        return min(self.steps, self.steps + 1 - t) if self.backward else t

    @property
    def units(self) -> int:
        """H, the length of the hidden state."""
        return (
            int(self.arrays["h"].shape[1]) if self.arrays["h"].ndim > 1 else 1
        )

    def __getitem__(self, path: str) -> Array | np.float64:
        """The value at a path: a name, then indices. Time counts from 1 (from
        0 for h and c), units from 0. PathError for a name or index that is
        not there.
        """
        name, indices = split_path(path)
        if name in self.fixed:
            value: Array = np.asarray(self.fixed[name])
        elif name in self.arrays:
            value = np.asarray(self.arrays[name])
            if indices:
                first = self.first(name)
                if not first <= indices[0] <= self.steps:
                    raise PathError(
                        f"{path}: steps go from {first} to {self.steps}"
                    )
                indices = (indices[0] - first, *indices[1:])
        else:
            there = ", ".join(sorted({*self.arrays, *self.fixed}))
            raise PathError(f"{path}: no {name!r} here; there are {there}")
        if len(indices) > value.ndim or any(
            p >= n for p, n in zip(indices, value.shape, strict=False)
        ):
            raise PathError(f"{path}: {name} has shape {value.shape}")
        return value[indices] if indices else value

    def at(self, name: str, t: int) -> Array:
        """The row of `name` that belongs to step t."""
        return np.asarray(self[f"{name}[{t}]"])

    def __contains__(self, name: object) -> bool:
        return name in self.arrays or name in self.fixed
