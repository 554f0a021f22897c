"""Attention: at each output step, look at all states of the source."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy import matmul, tanh
from numpy.random import Generator
from numpy.typing import DTypeLike

from rnntutor.nn import initialise
from rnntutor.nn.arrays import Array, Mask
from rnntutor.nn.layers import Layer


class Attention(Layer):
    """weights = softmax over the source of a score, context = weighted mean.

    The query q is the decoder's state at one step, a key k the encoder's
    state at one of its steps; the keys are also the values.

    kind "dot": score = q . k (Luong et al. 2015); no parameters.
    kind "additive": score = v . tanh(Q q + K k) (Bahdanau et al. 2015,
    A.1.2), with parameters Q, K (A,H) and v (A,), A = H.

    Attributes:
        weights: of the last `forward`, (T,S,B).

    Raises:
        ValueError: for another kind.
    """

    def __init__(
        self, rng: Generator, kind: str, hidden_size: int, dtype: DTypeLike
    ) -> None:
        if kind not in ("dot", "additive"):
            raise ValueError(f"attention is dot or additive, not {kind!r}")
        self.kind = kind
        self.weights: Array = np.zeros((0, 0, 0))
        bound = hidden_size**-0.5
        shapes = {
            "Q": (hidden_size, hidden_size),
            "K": (hidden_size, hidden_size),
            "v": (hidden_size,),
        }
        super().__init__(
            **{
                name: initialise.uniform(rng, *shape, bound=bound).astype(
                    dtype
                )
                for name, shape in shapes.items()
                if kind == "additive"
            }
        )

    def forward(self, q: Array, k: Array, mask: Mask | None = None) -> Array:
        """The context of every query. Sets `weights`, which sum to 1 over S.

        Args:
            q: (T,H,B), the queries.
            k: (S,H,B), the keys.
            mask: (S,B), False where the source is padding.

        Returns:
            (T,H,B), the contexts.

        Raises:
            ValueError: if q and k do not fit together.
        """
        if q.shape[1:] != k.shape[1:]:
            raise ValueError(f"q is {q.shape}, k is {k.shape}")
        self._q, self._k = q, k
        score = self._scores(q, k)
        if mask is not None:
            score = np.where(mask, score, -np.inf)
        e = np.exp(score - score.max(axis=1, keepdims=True))
        self.weights = e / e.sum(axis=1, keepdims=True)
        return _mix(self.weights, k)

    def backward(self, dcontext: Array) -> tuple[Array, Array]:
        """The backward pass. Sets the gradients of Q, K and v.

        Args:
            dcontext: the gradient of the contexts, (T,H,B).

        Returns:
            (dq, dk), shaped like q and k.
        """
        w = self.weights
        dk = _mix(w.swapaxes(0, 1), dcontext)
        dw = _dots(dcontext, self._k)
        # softmax: a weight rises only at the cost of the others
        dscore = w * (dw - (w * dw).sum(axis=1, keepdims=True))
        dq, dk_score = self._scores_back(dscore)
        return dq, dk + dk_score

    def _scores(self, q: Array, k: Array) -> Array:
        if self.kind == "dot":
            return _dots(q, k)
        Q, K, v = (self.params[name] for name in ("Q", "K", "v"))
        self._t: Array = tanh(matmul(Q, q)[:, None] + matmul(K, k)[None])
        return np.asarray(matmul(v, self._t))

    def _scores_back(self, d: Array) -> tuple[Array, Array]:
        q, k = self._q, self._k
        if self.kind == "dot":
            return _mix(d, k), _mix(d.swapaxes(0, 1), q)
        Q, K, v = (self.params[name] for name in ("Q", "K", "v"))
        t = self._t  # (T,S,A,B)
        da = d[:, :, None] * v[:, None] * (1 - t * t)
        to_q, to_k = da.sum(axis=1), da.sum(axis=0)
        self.grads = {
            "Q": np.einsum("tab,thb->ah", to_q, q),
            "K": np.einsum("sab,shb->ah", to_k, k),
            "v": np.einsum("tsb,tsab->a", d, t),
        }
        return np.asarray(matmul(Q.T, to_q)), np.asarray(matmul(K.T, to_k))


def _dots(q: Array, k: Array) -> Array:
    """(T,H,B), (S,H,B) -> (T,S,B): the dot product of every pair."""
    by_batch: Any = matmul(q.transpose(2, 0, 1), k.transpose(2, 1, 0))
    return np.asarray(by_batch.transpose(1, 2, 0))


def _mix(w: Array, k: Array) -> Array:
    """(T,S,B), (S,H,B) -> (T,H,B): for each t the sum of w k over S."""
    by_batch: Any = matmul(w.transpose(2, 0, 1), k.transpose(2, 0, 1))
    return np.asarray(by_batch.transpose(1, 2, 0))
