"""The layers that models are made of.

A layer has `params`, name -> array, and after `backward` the `grads` of the
same names. `forward` keeps what `backward` needs; both refer to the last run.
Arrays are features first and batch last: (T,D,B), or (D,B) for one step;
symbols are integers from 0, (T,B).
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, DTypeLike

from rnntutor.nn import heads, initialise
from rnntutor.nn.arrays import Array
from rnntutor.nn.cells import packing
from rnntutor.nn.losses import Classes


class Layer:
    """Parameters, and their gradients after `backward`.

    Attributes:
        params: name -> array. An optimiser changes them in place.
        grads: name -> dL/d(parameter) of the last `backward`.
    """

    def __init__(self, **params: Array) -> None:
        self.params: dict[str, Array] = params
        self.grads: dict[str, Array] = {}

    @property
    def size(self) -> int:
        """The number of trainable parameters."""
        return sum(p.size for p in self.params.values())


class Linear(Layer):
    """y = V h + b at every step.

    Parameters: V (K,H), initially from U(-1/sqrt(H), 1/sqrt(H)); b (K,),
    initially 0. H = in_features, K = out_features.
    """

    def __init__(
        self,
        rng: Generator,
        in_features: int,
        out_features: int,
        dtype: DTypeLike,
    ) -> None:
        V = initialise.uniform(
            rng, out_features, in_features, bound=in_features**-0.5
        )
        super().__init__(V=V.astype(dtype), b=np.zeros(out_features, dtype))

    def forward(self, h: Array) -> Array:
        """Logits from states.

        Args:
            h: (T,H,B), or (H,B) of one step.

        Returns:
            y, (T,K,B) or (K,B).
        """
        self._h = h
        return heads.linear(self.params["V"], self.params["b"], h)

    def backward(self, dy: Array) -> Array:
        """Set the gradients of V and b.

        Args:
            dy: dL/dy, shaped like y.

        Returns:
            dL/dh, shaped like h.
        """
        dV, db, dh = heads.linear_back(self.params["V"], self._h, dy)
        self.grads = {"V": dV, "b": db}
        return dh


class Identity(Layer):
    """Passes the input through unchanged; used instead of an embedding."""

    def forward(self, x: Array) -> Array:
        """Return the input.

        Args:
            x: (T,D,B), or (D,B) of one step.

        Returns:
            x itself.
        """
        return x

    def backward(self, dx: Array) -> None:
        """Do nothing, because there are no parameters.

        Args:
            dx: dL/dx, shaped like x.
        """


class Embedding(Layer):
    """A learned vector for each symbol.

    Parameters: E (N,D), row n for symbol n, initially from N(0, 1). N =
    num_embeddings, D = embedding_dim.
    """

    def __init__(
        self,
        rng: Generator,
        num_embeddings: int,
        embedding_dim: int,
        dtype: DTypeLike,
    ) -> None:
        super().__init__(
            E=rng.standard_normal((num_embeddings, embedding_dim)).astype(
                dtype
            )
        )

    def forward(self, ids: Classes) -> Array:
        """Look up the vector of every symbol.

        Args:
            ids: (T,B), symbols from 0 to N - 1.

        Returns:
            x, (T,D,B).

        Raises:
            ValueError: for a symbol outside that range.
        """
        check_ids(ids, len(self.params["E"]))
        self._ids = ids
        return self.params["E"][ids].swapaxes(-1, -2)

    def backward(self, dx: Array) -> None:
        """Set dE: row n is the sum of dx wherever symbol n was read.

        Args:
            dx: dL/dx, (T,D,B).
        """
        dE = np.zeros_like(self.params["E"])
        np.add.at(dE, self._ids, dx.swapaxes(-1, -2))
        self.grads = {"E": dE}


def check_ids(ids: Classes, vocab_size: int) -> None:
    """Check symbols before they are used as indices.

    Args:
        ids: symbols, of any shape.
        vocab_size: N.

    Raises:
        ValueError: if any symbol is outside 0 … N - 1.
    """
    if ids.size and not 0 <= int(ids.min()) <= int(ids.max()) < vocab_size:
        raise ValueError(
            f"symbols go from 0 to {vocab_size - 1};"
            f" here are {ids.min()} to {ids.max()}"
        )


def one_hot(ids: Classes, vocab_size: int, dtype: DTypeLike) -> Array:
    """Symbols as vectors with a single 1.

    Args:
        ids: (T,B), symbols from 0 to N - 1.
        vocab_size: N.
        dtype: of the result.

    Returns:
        (T,N,B): 1 in the symbol's row, 0 in all others.
    """
    check_ids(ids, vocab_size)
    eye: Array = np.eye(vocab_size, dtype=dtype)
    return eye[ids].swapaxes(-1, -2)


class Recurrent(Layer):
    """A recurrent cell over a whole sequence.

    Parameters: W, one matrix with all parameters of the cell (see
    cells/packing.py); the unpacked W_k, U_k, b_k are views of it.

    Attributes:
        dstart: after `backward`, the gradients with respect to the state
            before step 1, [dh0] or, for an LSTM, [dh0, dc0], each (H,B).
    """

    def __init__(
        self,
        rng: Generator,
        kind: str,
        input_size: int,
        hidden_size: int,
        dtype: DTypeLike,
        forget_bias: float = 0.0,
    ) -> None:
        W = initialise.packed_cell(
            rng,
            kind,
            input_size,
            hidden_size,
            forget_bias=forget_bias,
            dtype=dtype,
        )
        super().__init__(W=W)
        self.cell = packing.make(kind, W)
        self.output_size = hidden_size
        self.dstart: list[Array] = []

    @property
    def size(self) -> int:
        return sum(p.size for p in self.unpacked.values())

    @property
    def unpacked(self) -> dict[str, Array]:
        """W_f, U_f, b_f, … as in the equations; views of W."""
        return packing.unpack(self.cell.kind, self.params["W"])

    @property
    def last(self) -> tuple[Array, ...]:
        """The state after the last step, (h,) or (h, c), each (H,B)."""
        return self.cell.last

    def forward(self, x: Array, *start: ArrayLike) -> Array:
        """Run over a sequence.

        Args:
            x: (T,D,B).
            start: the state before step 1, h0 or, for an LSTM, h0 and c0, each
                (H,B); zeros if not given.

        Returns:
            h, (T,H,B), the hidden state after every step.
        """
        return self.cell.forward(x, *start)

    def backward(self, dh: Array | None, *last: ArrayLike) -> Array:
        """Backpropagation through time. Sets dW and `dstart`.

        Args:
            dh: dL/dh, (T,H,B); None for zeros.
            last: further gradients with respect to the state after step T,
                dh_T or, for an LSTM, dh_T and dc_T, each (H,B).

        Returns:
            dL/dx, (T,D,B).
        """
        dW, *self.dstart = self.cell.backward(dh, *last)
        self.grads = {"W": dW}
        return self.cell.back_to_x()


class Bidirectional(Layer):
    """Two cells, one of which reads from the end (Schuster & Paliwal 1997).

    Args:
        merge: how the two states of a step are combined: "concat", (T,2H,B),
            the forward one first, or "sum", (T,H,B).

    Raises:
        ValueError: for another merge.
    """

    def __init__(
        self,
        rng: Generator,
        kind: str,
        input_size: int,
        hidden_size: int,
        dtype: DTypeLike,
        forget_bias: float = 0.0,
        merge: str = "concat",
    ) -> None:
        if merge not in ("concat", "sum"):
            raise ValueError(f"merge is concat or sum, not {merge!r}")
        self.forth, self.back = (
            Recurrent(rng, kind, input_size, hidden_size, dtype, forget_bias)
            for _ in range(2)
        )
        super().__init__(
            forth=self.forth.params["W"], back=self.back.params["W"]
        )
        self.merge, self.hidden_size = merge, hidden_size
        self.output_size = (
            2 * hidden_size if merge == "concat" else hidden_size
        )

    @property
    def size(self) -> int:
        return self.forth.size + self.back.size

    def forward(self, x: Array, *start: ArrayLike) -> Array:
        """Run in both directions.

        Args:
            x: (T,D,B).
            start: not allowed.

        Returns:
            (T,2H,B) or (T,H,B), depending on `merge`.

        Raises:
            ValueError: if a start state is given: the backward cell would need
                one from the future.
        """
        if start:
            raise ValueError("two directions have no state to carry on from")
        forth = self.forth.forward(x)
        back = self.back.forward(x[::-1])[::-1]
        if self.merge == "sum":
            return np.asarray(forth + back)
        return np.concatenate([forth, back], axis=1)

    def backward(self, dh: Array) -> Array:
        """Backpropagation through time in both directions. Sets the gradients.

        Args:
            dh: the gradient of the output, (T,2H,B) or (T,H,B).

        Returns:
            dL/dx, (T,D,B).
        """
        d_forth, d_back = dh, dh
        if self.merge == "concat":
            d_forth, d_back = (
                dh[:, : self.hidden_size],
                dh[:, self.hidden_size :],
            )
        dx = self.forth.backward(d_forth)
        dx = dx + self.back.backward(d_back[::-1])[::-1]
        self.grads = {
            "forth": self.forth.grads["W"],
            "back": self.back.grads["W"],
        }
        return dx
