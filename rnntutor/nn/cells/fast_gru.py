"""The fast form of the GRU, for training.

Cho et al. 2014; reset after the product, as in cuDNN and PyTorch.
"""

from __future__ import annotations

import numpy as np
from numpy import add, dot, multiply, subtract, tanh
from numpy.typing import ArrayLike

from rnntutor.nn.arrays import Array
from rnntutor.nn.cells.fast import Buffers, Cell


class GRUBuffers(Buffers):
    """Blocks of H rows, ordered so that blocks used together are adjacent.

    Attributes:
        a: (T,4H,B), per step r, z, u = U h_prev + b_nU, n.
        parts: (T,2H,B), per step r u and z (h_prev - n).
        k: (T,5H,B), per step dh/d(pre-activation) of r, z, u, n, then z; the
            loop back multiplies them by dh, which gives the gradients da of
            the four, and dh z.
    """

    def __init__(self, cell: GRU, num_steps: int, batch_size: int) -> None:
        super().__init__(cell, num_steps, batch_size)
        H = cell.hidden_size
        self.a = self.array(num_steps, 4 * H)
        self.k = self.array(num_steps, 5 * H)
        self.da = self.k[:, : 4 * H]
        self.parts = self.array(num_steps, 2 * H)
        pairs = zip(self.a[:num_steps], self.parts, strict=True)
        self.forward_views = [
            self.flat(
                self.z[t],
                a,
                a[: 2 * H],
                a[:H],
                a[H : 2 * H],
                a[2 * H : 3 * H],
                a[3 * H :],
                self.h[t],
                parts[:H],
                parts[H:],
                self.h[t + 1],
            )
            for t, (a, parts) in enumerate(pairs)
        ]
        self.backward_views = [
            self.flat(k.reshape(5, H, batch_size), k[: 3 * H], k[4 * H :])
            for k in self.k[::-1]
        ]


class GRU(Cell[GRUBuffers]):
    """h = z h_prev + (1 - z) n, n = tanh(W x + b_n + r (U h_prev + b_nU)).

    W is (4H,D+H+1), blocks r, z, u, n: the candidate has two, because r
    multiplies only its recurrent part u. Block u has no columns for x and
    block n none for h: these stay 0, and so do their gradients.
    """

    kind = "gru"
    rows = (
        ("W_r", "U_r", "b_r"),
        ("W_z", "U_z", "b_z"),
        ("", "U_n", "b_nU"),
        ("W_n", "", "b_n"),
    )
    num_blocks = 4
    recurrent_blocks = 3

    def __init__(self, W: Array) -> None:
        super().__init__(W)
        gate = np.arange(len(W)) < 2 * self.hidden_size
        self.scale = np.where(gate, 0.5, 1).astype(W.dtype)[:, None]
        self.half = np.array(0.5, W.dtype)
        self.empty = empty_blocks(self.input_size, self.hidden_size)

    def _make(self, num_steps: int, batch_size: int) -> GRUBuffers:
        return GRUBuffers(self, num_steps, batch_size)

    def _forward_loop(self, s: GRUBuffers, *start: ArrayLike) -> None:
        W = multiply(self.W, self.scale, out=s.W)
        half = self.half
        for v, a, gates, r, z, u, n, h_prev, ru, more, h in s.forward_views:
            dot(W, v, out=a)
            tanh(gates, out=gates)
            gates *= half
            gates += half
            multiply(r, u, out=ru)
            n += ru
            tanh(n, out=n)  # n = tanh(W x + b_n + r u)
            subtract(h_prev, n, out=more)
            more *= z
            add(n, more, out=h)  # h = n + z (h_prev - n)

    def _slopes(self, s: GRUBuffers) -> None:
        """dh/d(pre-activation) of each block, for every step at once.

        sigmoid' = s (1 - s), and the product of a gate with its other factor
        is known: so r (1 - r) u = (1 - r) (r u), and z likewise.
        """
        H, a, k = self.hidden_size, s.a, s.k
        r, z, _, n = (a[:, j * H : (j + 1) * H] for j in range(4))
        kr, kz, ku, kn, keep = (k[:, j * H : (j + 1) * H] for j in range(5))
        subtract(1, a[:, : 2 * H], out=k[:, : 2 * H])
        multiply(n, n, out=kn)
        subtract(1, kn, out=kn)
        kn *= kz  # of n: (1 - z) (1 - n^2)
        multiply(kn, r, out=ku)  # of u: that times r
        k[:, : 2 * H] *= s.parts  # of z: (1 - z) z (h_prev - n)
        kr *= kn  # of r: through n
        keep[...] = z  # of h_prev

    def _backward_loop(
        self, s: GRUBuffers, dh: Array, *last: ArrayLike
    ) -> list[Array]:
        self._slopes(s)
        U = s.U
        coming, asked = s.flat(s.dh, dh)
        views = zip(asked[::-1], s.backward_views, strict=True)
        for d, (num_blocks, da, keep) in views:
            coming += d
            num_blocks *= coming  # da of r, z, u, n, and dh z
            dot(U, da, out=coming)
            coming += keep
        return []

    def backward(self, dh: Array | None, *last: ArrayLike) -> list[Array]:
        found = super().backward(dh, *last)
        for block in self.empty:
            found[0][block] = 0
        return found


def empty_blocks(
    input_size: int, hidden_size: int
) -> tuple[tuple[slice, slice], ...]:
    """The parts of a GRU's W without parameters: u by x, and n by h."""
    D, H = input_size, hidden_size
    u_by_x = slice(2 * H, 3 * H), slice(0, D)
    n_by_h = slice(3 * H, 4 * H), slice(D, D + H)
    return u_by_x, n_by_h
