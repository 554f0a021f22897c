"""The record of one run: named arrays over time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.subject import UNSAID, Subject

# The states: row t is the value after step t, row 0 the start value.
STATES = frozenset({"h", "c"})
S = TypeVar("S", bound=Subject)
_PATH = re.compile(r"([A-Za-z_][A-Za-z_0-9]*)((?:\[\d+\])*)")


class PathError(LookupError):
    """A path does not exist in a trace; the message lists what exists."""


class SubjectError(LookupError):
    """A run has another subject than required; the message names both."""


@lru_cache(maxsize=1024)
def split_path(path: str) -> tuple[str, tuple[int, ...]]:
    """Split a path into a trace: `"c[4][0]"` -> `("c", (4, 0))`.

    Args:
        path: a name and any number of indices, each in its own brackets.

    Returns:
        The name, and the indices as written: the first index of a quantity
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
    """One run, step by step; plain data.

    Blocks k are f i o g of the LSTM and r z n of the GRU; the only block of
    the RNN has no letter: wx, da, dW.

    Forward arrays, (T,H): wx_k = W_k x, uh_k = U_k h_prev, a_k the sum, the
    gates f i o g / r z n; fc = f c_prev, ig = i g, tanh_c of the LSTM; r_uh =
    r (U_n h_prev + b_nU), zh = z h_prev, zn = (1 - z) n of the GRU. With an
    output layer y, p (T,K), the target and loss (T,).

    Backward arrays, in a run with a loss: dh_loss (from this step's output),
    dh_next (from the next step), dh their sum; dc_next, dc; da_k (T,H), for
    the GRU also da_nU, with respect to U_n h_prev + b_nU; dx (T,D); dy (T,K).
    The gradients of the shared weights are partial sums, with row t the sum of
    the terms of steps T … t: dW_k (T,H,D), dU_k (T,H,H), db_k (T,H), db_nU, dV
    (T,K,H), db_y (T,K).

    Attributes:
        cell: the cell that ran, by its name in `CELLS`: "rnn", "lstm", "gru",
            …; "" for none, or for several.
        steps: T, the number of time steps. Steps count from 1.
        arrays: name -> values over time. Arrays of `from_start` have T+1 rows,
            row 0 for the start; all others have T rows, the first for step 1.
        fixed: name -> values without a time axis: the parameters W_f, U_f,
            b_f, V, …; dh0 and dc0; the complete sums dW_k_total, …;
            loss_total.
        labels: column labels, one for each step: the tokens, or the numbers.
        clamped: (quantity, step, unit) of each value that was clamped, not
            computed.
        names: lists of words by name: "classes", the names of the entries of
            p; "source" and "said", the symbols read and output.
        backward: whether the run goes from step T to step 1.
        subject: facts about the run that drawings need besides the arrays.
        from_start: arrays with a row for the start (arrays counted by distance
            have a row for the distance 0).
        title: names of the run in headings, by the keys `kind.NAME` of the
            words; the cell's name if empty.
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
        """Return the subject, checked to be of a class.

        Raises:
            SubjectError: the run has another subject.
        """
        if isinstance(self.subject, sort):
            return self.subject
        raise SubjectError(f"{self.subject} is no {sort.__name__}")

    def first(self, name: str) -> int:
        """The step of an array's first row: 0 or 1."""
        return int(name not in self.from_start)

    def computed_step(self, t: int) -> int:
        """Convert between a time step and its order in the run, in both
        directions.

        Returns:
            t itself; in a backward run T + 1 - t (T for t = 0).
        """
        return min(self.steps, self.steps + 1 - t) if self.backward else t

    @property
    def units(self) -> int:
        """H, the length of the hidden state; 1 for a run that has none."""
        h = self.arrays.get("h")
        return 1 if h is None or h.ndim == 1 else int(h.shape[1])

    def __getitem__(self, path: str) -> Array | np.float64:
        """The value at a path, which is a name and then indices.

        Time counts from 1 (from 0 for h and c), units from 0.

        Raises:
            PathError: for a name or index that does not exist.
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
        """The row of an array for one step.

        Args:
            name: of the array.
            t: the step.

        Returns:
            The values at step t, shaped like one row.
        """
        return np.asarray(self[f"{name}[{t}]"])

    def __contains__(self, name: object) -> bool:
        return name in self.arrays or name in self.fixed
