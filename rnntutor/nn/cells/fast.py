"""Common base of the fast forms of the three cells, for training.

Arrays are features first and batch last: x is (T,D,B), h is (T,H,B). One
matrix W (rows,D+H+1) holds all parameters, so that one product per step, W @
[x; h; 1], gives the sums of every block. Buffers, and the views that each step
needs, are allocated once for each (T,B): the loops over time only do in-place
arithmetic. The slopes of all steps are computed at once before the loop back,
and the gradient of W in one product after it.

equations.py has the same equations in the order of the lecture, one line each;
a test compares the two forms.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar, Generic, TypeVar

import numpy as np
from numpy import dot
from numpy.typing import ArrayLike

from rnntutor.nn.arrays import Array

MOST_SHAPES = 16  # buffers kept at once; a training run needs one or two


class Buffers:
    """The buffers of a cell for one (T,B); each cell adds its own.

    Attributes:
        z: (T+1,D+H+1,B), row t is [x_{t+1}; h_t; 1].
        h: (T+1,H,B), the view of z with the states, row 0 the start.
        da: (T,rows,B), the gradients of the sums, set by the cell.
        dh: (H,B), the gradient of h so far on the way back.
        W: like the cell's W, scaled as the loop needs it.
        U: (H,rows), for the products of the loop back, in column order, which
            is faster there.
        dW: like W, the gradient.
    """

    da: Array

    def __init__(
        self, cell: Cell[Any], num_steps: int, batch_size: int
    ) -> None:
        D, H = cell.input_size, cell.hidden_size
        self.batch_size, self.dtype = batch_size, cell.W.dtype
        self.z = self.array(num_steps + 1, D + H + 1)
        self.z[:, -1] = 1
        self.h = self.z[:, D:-1]
        self.dh = self.array(H)
        self.W = np.empty_like(cell.W)
        self.dW = np.empty_like(cell.W)
        self.U = np.empty(
            (H, cell.recurrent_blocks * H), self.dtype, order="F"
        )

    def array(self, *shape: int) -> Array:
        """Allocate a buffer of zeros in the precision of the cell.

        Args:
            shape: of the buffer, without the batch axis.

        Returns:
            (*shape, B).
        """
        return np.zeros((*shape, self.batch_size), self.dtype)

    def flat(self, *arrays: Array) -> tuple[Array, ...]:
        """Views for the products: a batch of one loses its axis.

        Each product is then one of a matrix and a vector.

        Args:
            arrays: each (…,B).

        Returns:
            The same numbers, each (…) where B is 1, otherwise (…,B).
        """
        return tuple(a[..., 0] if self.batch_size == 1 else a for a in arrays)


BuffersType = TypeVar("BuffersType", bound=Buffers)


class Cell(ABC, Generic[BuffersType]):
    """A trainable recurrent cell: forward over a sequence, and back.

    The arrays that `forward` and `backward` return are views of buffers: they
    are valid until the next call.

    Attributes:
        W: the parameters, float32 or float64; everything is computed in this
            precision. An optimiser changes W in place.
    """

    kind: ClassVar[str]
    num_blocks: ClassVar[int]  # of H rows each, in W: one for each of `rows`
    # Per block of W, the parameters for x, for h and for 1; "" for none.
    rows: ClassVar[tuple[tuple[str, str, str], ...]]
    recurrent_blocks: ClassVar[int]  # the leading blocks with U
    num_states: ClassVar[int] = 1  # parts of a state: h, or h and c

    def __init__(self, W: Array) -> None:
        self.hidden_size = len(W) // self.num_blocks
        self.input_size = W.shape[-1] - self.hidden_size - 1
        if W.ndim != 2 or len(W) % self.num_blocks or self.input_size < 1:
            shape = f"({self.num_blocks}H,D+H+1)"
            raise ValueError(f"{self.kind}: W must be {shape}, not {W.shape}")
        self.W = W
        self._made: dict[tuple[int, int], BuffersType] = {}
        self._now: BuffersType | None = None

    def forward(self, x: Array, *start: ArrayLike) -> Array:
        """Run a batch of sequences through the cell.

        Args:
            x: (T,D,B), the inputs.
            start: the state before the first step, each part (H,B): h0; for an
                LSTM h0, c0. Zeros if not given.

        Returns:
            h, (T,H,B), the state after each step.

        Raises:
            ValueError: for an x that is empty or has another D, and for a
                start of another shape.
        """
        if x.ndim != 3 or x.shape[1] != self.input_size or not x.size:
            raise ValueError(
                f"x must be (T,{self.input_size},B), not {x.shape}"
            )
        num_steps, _, batch_size = x.shape
        s = self._buffers(num_steps, batch_size)
        h0, *more = self._state("start", start, batch_size)
        s.z[:-1, : self.input_size] = x
        s.h[0] = h0
        self._forward_loop(s, *more)
        self._now = s
        return s.h[1:]

    def backward(self, dh: Array | None, *last: ArrayLike) -> list[Array]:
        """Backpropagation through time over the last `forward` (Werbos 1990).

        Args:
            dh: (T,H,B), dL/dh at every step, without the part that comes from
                later steps; None for zeros.
            last: gradient from beyond the last step, each part (H,B): dL/dh_T;
                for an LSTM dL/dh_T, dL/dc_T. It is added to dh. Zeros if not
                given.

        Returns:
            [dW, dh0], for an LSTM [dW, dh0, dc0]: the gradients of W, shaped
            like W, and of the start, each (H,B).

        Raises:
            ValueError: before any `forward`, and for other shapes.
        """
        s = self.now
        shape = s.h[1:].shape
        if dh is None:
            dh = np.broadcast_to(np.zeros((), self.W.dtype), shape)
        elif dh.shape != shape:
            raise ValueError(f"dh must be {shape}, not {dh.shape}")
        s.dh[...], *more = self._state("last", last, s.batch_size)
        u = slice(self.input_size, self.input_size + self.hidden_size)
        s.U[...] = self.W[: s.U.shape[1], u].T
        before = self._backward_loop(
            s, dh.astype(self.W.dtype, copy=False), *more
        )
        # over time and batch at once: dW = sum of da [x; h; 1]^T
        da = s.da.transpose(1, 0, 2).reshape(len(self.W), -1)
        z = s.z[:-1].transpose(1, 0, 2).reshape(self.W.shape[1], -1)
        dot(da, z.T, out=s.dW)
        return [s.dW, s.dh, *before]

    def back_to_x(self) -> Array:
        """The gradient of the inputs, after `backward`.

        Returns:
            dL/dx, (T,D,B).

        Raises:
            ValueError: before any `forward`.
        """
        return np.asarray(
            np.matmul(self.W[:, : self.input_size].T, self.now.da)
        )

    @property
    def last(self) -> tuple[Array, ...]:
        """The state after the last step, for continuing the sequence.

        Returns:
            (h,), for an LSTM (h, c), each part (H,B).

        Raises:
            ValueError: before any `forward`.
        """
        return (self.now.h[-1],)

    @property
    def now(self) -> BuffersType:
        """The buffers of the last `forward`.

        Raises:
            ValueError: before any `forward`.
        """
        if self._now is None:
            raise ValueError(f"{self.kind}: nothing ran forward yet")
        return self._now

    def _buffers(self, num_steps: int, batch_size: int) -> BuffersType:
        if (num_steps, batch_size) not in self._made:
            if len(self._made) >= MOST_SHAPES:
                self._made.pop(next(iter(self._made)))
            self._made[num_steps, batch_size] = self._make(
                num_steps, batch_size
            )
        return self._made[num_steps, batch_size]

    def _state(
        self, name: str, given: tuple[ArrayLike, ...], batch_size: int
    ) -> list[ArrayLike]:
        shape = (self.hidden_size, batch_size)
        found = [np.shape(part) for part in given]
        if found and found != [shape] * self.num_states:
            raise ValueError(
                f"{self.kind}: {name} must be {self.num_states} of {shape},"
                f" not {found}"
            )
        return list(given) or [0.0] * self.num_states

    @abstractmethod
    def _make(self, num_steps: int, batch_size: int) -> BuffersType:
        """Allocate the buffers for one (T,B), with the views of each step."""

    @abstractmethod
    def _forward_loop(self, s: BuffersType, *start: ArrayLike) -> None:
        """The loop over time: fills s.h from s.z."""

    @abstractmethod
    def _backward_loop(
        self, s: BuffersType, dh: Array, *last: ArrayLike
    ) -> list[Array]:
        """The loop back: fills s.da; returns the gradients of the start
        besides dh0."""
