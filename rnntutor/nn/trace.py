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
    """Raised for a path that is not in a trace; the message lists what is
    there."""


class SubjectError(LookupError):
    """Raised for a run with a subject of another class; the message names
    both."""


@lru_cache(maxsize=1024)
def split_path(path: str) -> tuple[str, tuple[int, ...]]:
    """Split a path into a trace: `"c[4][0]"` -> `("c", (4, 0))`.

    Args:
        path: a name and any number of indices, each in its own brackets.

    Returns:
        The name, and the indices as they are written. The first index of a
        quantity over time is the step, counted from 1 (from 0 for h and c).

    Raises:
        PathError: the text is not a path.
    """
    match = _PATH.fullmatch(path.strip())
    if match is None:
        raise PathError(
            f"{path!r} is not a path; write a name and indices, as c[4][0]"
        )
    return match[1], tuple(int(n) for n in re.findall(r"\d+", match[2]))


@dataclass(frozen=True)
class Trace:
    """One run, step by step.

    Attributes:
        cell: name of the cell in `CELLS`: "rnn", "lstm", "gru", …; "" if none
            or several ran.
        steps: T, the number of time steps. Steps count from 1.
        arrays: name -> values over time. Arrays of `from_start` have T+1 rows,
            row 0 the start; all others have T rows, the first for step 1. k is
            the letter of a block: f i o g of the LSTM, r z n of the GRU; the
            RNN's only block has none: wx, da, dW.
            Forward, (T,H): wx_k = W_k x, uh_k = U_k h_prev, a_k the sum, the
            gates f i o g / r z n; fc = f c_prev, ig = i g, tanh_c of the LSTM;
            r_uh = r (U_n h_prev + b_nU), zh = z h_prev, zn = (1 - z) n of the
            GRU. With a head: y, p (T,K), target and loss (T,).
            Backward, after a run with a loss: dh_loss (from this step's
            output), dh_next (from the next step), dh their sum; dc_next, dc;
            da_k (T,H), for the GRU also da_nU, in U_n h_prev + b_nU; dx (T,D);
            dy (T,K). The partial sums of the gradients of the shared weights,
            where row t sums the terms of steps T … t: dW_k (T,H,D),
            dU_k (T,H,H), db_k (T,H), db_nU, dV (T,K,H), db_y (T,K).
        fixed: name -> values without a time axis: the parameters W_f, U_f,
            b_f, V, …; dh0 and dc0; the total gradients dW_k_total, …;
            loss_total.
        labels: labels of the steps: the tokens or the numbers.
        clamped: (quantity, step, unit) of each clamped value.
        names: texts of the run: "classes", the names of the entries of p;
            "source" and "said", the symbols read and written.
        backward: whether the run goes from step T to step 1.
        subject: what the run is of, with everything that views need besides
            the numbers.
        from_start: the arrays with a row for the start (or for the distance 0,
            if they count distances).
        title: keys `kind.NAME` of the words for headings; () for the cell.
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
        """Return the subject.

        Args:
            sort: the expected class.

        Raises:
            SubjectError: the subject is of another class.
        """
        if isinstance(self.subject, sort):
            return self.subject
        raise SubjectError(f"{self.subject} is no {sort.__name__}")

    def first(self, name: str) -> int:
        """Return the step of the first row of an array, 0 or 1."""
        return int(name not in self.from_start)

    def computed_step(self, t: int) -> int:
        """Return the time step that the run's t-th step computes, or the
        reverse.

        In a forward run it is t; in a backward run T + 1 - t (before its first
        step: T).
        """
        return min(self.steps, self.steps + 1 - t) if self.backward else t

    @property
    def units(self) -> int:
        """H, the length of the hidden state."""
        return (
            int(self.arrays["h"].shape[1]) if self.arrays["h"].ndim > 1 else 1
        )

    def __getitem__(self, path: str) -> Array | np.float64:
        """Return the value at a path.

        Args:
            path: a name, then indices. Time counts from 1 (from 0 for h and
                c), units from 0.

        Raises:
            PathError: there is no such name or index.
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
        """Return one row of an array.

        Args:
            name: name of the array.
            t: the step.

        Returns:
            The values of step t, without the time axis.
        """
        return np.asarray(self[f"{name}[{t}]"])

    def __contains__(self, name: object) -> bool:
        return name in self.arrays or name in self.fixed
