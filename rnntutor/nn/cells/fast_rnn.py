"""The fast form of the simple recurrent network (Elman 1990), for training."""

from __future__ import annotations

from numpy import dot, multiply, subtract, tanh
from numpy.typing import ArrayLike

from rnntutor.nn.arrays import Array
from rnntutor.nn.cells.fast import Buffers, Cell


class RNNBuffers(Buffers):
    """The buffers of an RNN.

    Attributes:
        da: (T,H,B), first the slopes 1 - h^2, in the end the gradients.
    """

    def __init__(self, cell: RNN, num_steps: int, batch_size: int) -> None:
        super().__init__(cell, num_steps, batch_size)
        self.da = self.array(num_steps, cell.hidden_size)
        self.forward_views = [
            self.flat(self.z[t], self.h[t + 1]) for t in range(num_steps)
        ]
        self.backward_views = [
            self.flat(self.da[t])[0] for t in reversed(range(num_steps))
        ]


class RNN(Cell[RNNBuffers]):
    """h = tanh(W [x; h_prev; 1]), with W (H,D+H+1) = [W, U, b]."""

    kind = "rnn"
    rows = (("W", "U", "b"),)
    num_blocks = 1
    recurrent_blocks = 1

    def _make(self, num_steps: int, batch_size: int) -> RNNBuffers:
        return RNNBuffers(self, num_steps, batch_size)

    def _forward_loop(self, s: RNNBuffers, *start: ArrayLike) -> None:
        W = self.W
        for z, h in s.forward_views:
            dot(W, z, out=h)
            tanh(h, out=h)  # h = tanh(W x + U h_prev + b)

    def _backward_loop(
        self, s: RNNBuffers, dh: Array, *last: ArrayLike
    ) -> list[Array]:
        multiply(s.h[1:], s.h[1:], out=s.da)
        subtract(1, s.da, out=s.da)  # tanh' = 1 - h^2, every step
        U = s.U
        coming, asked = s.flat(s.dh, dh)
        for d, da in zip(asked[::-1], s.backward_views, strict=True):
            coming += d
            da *= coming
            dot(U, da, out=coming)
        return []
