"""The simple recurrent network (Elman 1990), in the form that trains."""

from __future__ import annotations

from numpy import dot, multiply, subtract, tanh
from numpy.typing import ArrayLike

from rnntutor.nn.cells.fast import Buffers, Cell, Floats


class RNNBuffers(Buffers):
    """da (T,H,B): slopes 1 - h^2 at first, gradients in the end."""

    def __init__(self, cell: RNN, steps: int, batch: int) -> None:
        super().__init__(cell, steps, batch)
        self.da = self.array(steps, cell.units)
        self.forth = [
            self.flat(self.z[t], self.h[t + 1]) for t in range(steps)
        ]
        self.back = [self.flat(self.da[t])[0] for t in reversed(range(steps))]


class RNN(Cell[RNNBuffers]):
    """h = tanh(W [x; h_prev; 1]), with W (H,D+H+1) = [W, U, b]."""

    kind = "rnn"
    rows = (("W", "U", "b"),)
    blocks = 1
    recurrent_blocks = 1

    def _make(self, steps: int, batch: int) -> RNNBuffers:
        return RNNBuffers(self, steps, batch)

    def _forward_loop(self, s: RNNBuffers, *start: ArrayLike) -> None:
        W = self.W
        for z, h in s.forth:
            dot(W, z, out=h)
            tanh(h, out=h)  # h = tanh(W x + U h_prev + b)

    def _backward_loop(
        self, s: RNNBuffers, dh: Floats, *last: ArrayLike
    ) -> list[Floats]:
        multiply(s.h[1:], s.h[1:], out=s.da)
        subtract(1, s.da, out=s.da)  # tanh' = 1 - h^2, every step
        U = s.U
        coming, asked = s.flat(s.dh, dh)
        for d, da in zip(asked[::-1], s.back, strict=True):
            coming += d
            da *= coming
            dot(U, da, out=coming)
        return []
