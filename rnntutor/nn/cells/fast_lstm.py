"""The fast form of the LSTM, for training.

Hochreiter & Schmidhuber 1997; forget gate: Gers et al. 2000.
"""

from __future__ import annotations

import numpy as np
from numpy import add, dot, multiply, subtract, tanh
from numpy.typing import ArrayLike

from rnntutor.nn.arrays import Array
from rnntutor.nn.cells.fast import Buffers, Cell


class LSTMBuffers(Buffers):
    """Blocks of H rows, ordered so that blocks used together are adjacent.

    Attributes:
        a: (T+1,5H,B), per step o, i, f, g, c_prev. The product fills the first
            four; [i; f] times [g; c_prev] are the two parts of the new c.
        parts: (T,2H,B), these two parts.
        tanh_c: (T,H,B).
        k: (T+1,6H,B), per step dc/dh, then the slopes of o, i, f, g, then f.
            The loop back turns them into: the part of dc that comes from dh,
            the gradients da of the four blocks, dc of the previous step.
    """

    def __init__(self, cell: LSTM, num_steps: int, batch_size: int) -> None:
        super().__init__(cell, num_steps, batch_size)
        H = cell.hidden_size
        self.a = self.array(num_steps + 1, 5 * H)
        self.c = self.a[:, 4 * H :]
        self.tanh_c = self.array(num_steps, H)
        self.k = self.array(num_steps + 1, 6 * H)
        self.da = self.k[:-1, H : 5 * H]
        self.dc = self.array(H)
        self.dc_sent = self.k[:, 5 * H :]
        self.parts = self.array(num_steps, 2 * H)
        pairs = zip(self.a[:num_steps], self.parts, strict=True)
        self.forward_views = [
            self.flat(
                self.z[t],
                a[: 4 * H],
                a[: 3 * H],
                a[H : 3 * H],
                a[3 * H :],
                parts,
                parts[:H],
                parts[H:],
                self.c[t + 1],
                self.tanh_c[t],
                a[:H],
                self.h[t + 1],
            )
            for t, (a, parts) in enumerate(pairs)
        ]
        self.backward_views = [
            self.flat(
                self.k[t, :H],
                self.k[t, H : 2 * H],
                self.dc_sent[t + 1],
                self.k[t, 2 * H :].reshape(4, H, batch_size),
                self.da[t],
            )
            for t in reversed(range(num_steps))
        ]


class LSTM(Cell[LSTMBuffers]):
    """c = f c_prev + i g and h = o tanh(c); W (4H,D+H+1), blocks o, i, f, g.

    sigmoid(v) = 1/2 + 1/2 tanh(v/2): with the rows of the gates halved, one
    tanh serves all four blocks.
    """

    kind = "lstm"
    rows = tuple((f"W_{k}", f"U_{k}", f"b_{k}") for k in "oifg")
    num_blocks = 4
    recurrent_blocks = 4
    num_states = 2

    def __init__(self, W: Array) -> None:
        super().__init__(W)
        gate = np.arange(len(W)) < 3 * self.hidden_size
        self.scale = np.where(gate, 0.5, 1).astype(W.dtype)[:, None]
        self.half = np.array(0.5, W.dtype)

    @property
    def last(self) -> tuple[Array, ...]:
        return self.now.h[-1], self.now.c[-1]

    def _make(self, num_steps: int, batch_size: int) -> LSTMBuffers:
        return LSTMBuffers(self, num_steps, batch_size)

    def _forward_loop(self, s: LSTMBuffers, *start: ArrayLike) -> None:
        (s.c[0],) = start
        W = multiply(self.W, self.scale, out=s.W)
        half = self.half
        for (
            z,
            a,
            gates,
            if_,
            gc,
            parts,
            ig,
            fc,
            c,
            tc,
            o,
            h,
        ) in s.forward_views:
            dot(W, z, out=a)
            tanh(a, out=a)
            gates *= half
            gates += half
            multiply(if_, gc, out=parts)
            add(fc, ig, out=c)  # c = f c_prev + i g
            tanh(c, out=tc)
            multiply(o, tc, out=h)  # h = o tanh(c)

    def _slopes(self, s: LSTMBuffers) -> None:
        """d/d(pre-activation) of h or c for each block, for every step at
        once.

        sigmoid' = s (1 - s), and the product of a gate with its other factor
        is known: so o (1 - o) tanh(c) = (1 - o) h, and i (1 - i) g = (1 - i)
        (i g).
        """
        H, a, k, h = self.hidden_size, s.a[:-1], s.k[:-1], s.h[1:]
        o, i, f, g = (a[:, j * H : (j + 1) * H] for j in range(4))
        kc, ko, _, _, kg, keep = (k[:, j * H : (j + 1) * H] for j in range(6))
        subtract(1, a[:, : 3 * H], out=k[:, H : 4 * H])
        ko *= h  # of o in h
        k[:, 2 * H : 4 * H] *= s.parts  # of i and f in c
        multiply(s.parts[:, :H], g, out=kg)
        subtract(i, kg, out=kg)  # of g in c: i (1 - g^2)
        multiply(h, s.tanh_c, out=kc)
        subtract(o, kc, out=kc)  # of c in h: o (1 - tanh(c)^2)
        keep[...] = f  # of c_prev in c

    def _backward_loop(
        self, s: LSTMBuffers, dh: Array, *last: ArrayLike
    ) -> list[Array]:
        self._slopes(s)
        (s.dc_sent[-1],) = last
        U = s.U
        coming, dc, asked = s.flat(s.dh, s.dc, dh)
        views = zip(asked[::-1], s.backward_views, strict=True)
        for d, (dc_h, da_o, dc_next, ifgc, da) in views:
            coming += d
            da_o *= coming
            dc_h *= coming
            add(dc_next, dc_h, out=dc)  # dc = dc_next + dh o (1 - tanh(c)^2)
            ifgc *= dc  # da of i, f, g, and dc f for the step before
            dot(U, da, out=coming)
        return [s.dc_sent[0]]
