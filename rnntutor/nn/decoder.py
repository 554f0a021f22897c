"""The decoder: a sequence of symbols, each made from the ones before it."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import DTypeLike

from rnntutor.nn.arrays import Array
from rnntutor.nn.attention import Attention, Mask
from rnntutor.nn.layers import Embedding, Layer, Linear, Recurrent
from rnntutor.nn.losses import Classes, softmax

State = tuple[Array, ...]


class Decoder:
    """embedding -> cell -> (attention) -> head, over the symbol before.

    With attention, each state asks the source's states for a context, and the
    head reads [state; context] (Luong et al. 2015, without input feeding: the
    cell itself does not see the context).
    """

    def __init__(
        self,
        rng: Generator,
        kind: str,
        vocab_size: int,
        embedding_dim: int,
        hidden_size: int,
        dtype: DTypeLike,
        forget_bias: float = 0.0,
        attention: Attention | None = None,
    ) -> None:
        self.embed = Embedding(rng, vocab_size, embedding_dim, dtype)
        self.cell = Recurrent(
            rng, kind, embedding_dim, hidden_size, dtype, forget_bias
        )
        self.attention = attention
        wide = hidden_size * (1 if attention is None else 2)
        self.head = Linear(rng, wide, vocab_size, dtype)
        self.layers: dict[str, Layer] = {
            "said": self.embed,
            "decoder": self.cell,
            "head": self.head,
        }
        if attention is not None:
            self.layers["attention"] = attention

    def forward(
        self,
        previous: Classes,
        start: State,
        source: Array | None = None,
        mask: Mask | None = None,
    ) -> Array:
        """y (T,K,B), for the previous symbols (T,B) and the start, (h,) or
        (h, c). source: (S,H,B), what the attention looks at."""
        h = self.cell.forward(self.embed.forward(previous), *start)
        if self.attention is not None:
            if source is None:
                raise ValueError("attention needs the states of the source")
            h = np.concatenate(
                [h, self.attention.forward(h, source, mask)], axis=1
            )
        return self.head.forward(h)

    def backward(self, dy: Array) -> tuple[list[Array], Array | None]:
        """The gradients in the start and in the source's states (or None)."""
        dh, dsource = self.head.backward(dy), None
        if self.attention is not None:
            H = self.cell.output_size
            dh, dcontext = dh[:, :H], dh[:, H:]
            dq, dsource = self.attention.backward(dcontext)
            dh = dh + dq
        self.embed.backward(self.cell.backward(dh))
        return self.cell.dstart, dsource

    def greedy(
        self,
        start_symbol: int,
        num_steps: int,
        start: State,
        source: Array | None = None,
        mask: Mask | None = None,
    ) -> Classes:
        """(T,B): at each step the likeliest symbol, read again at the next."""
        symbols = np.full((num_steps + 1, start[0].shape[-1]), start_symbol)
        weights = []
        for t in range(num_steps):
            y = self.forward(symbols[t : t + 1], start, source, mask)
            symbols[t + 1] = y[0].argmax(axis=0)
            start = self.cell.last
            if self.attention is not None:
                weights.append(self.attention.weights)
        if self.attention is not None:
            self.attention.weights = np.concatenate(weights)
        return symbols[1:]


def sample(rng: Generator, y: Array, temperature: float = 1.0) -> Classes:
    """(B,): one symbol for each column of y (K,B), drawn from
    softmax(y / temperature). Near 0 it is the likeliest, above 1 bolder."""
    if temperature <= 0:
        raise ValueError(f"a temperature is above 0, not {temperature}")
    chances = softmax(y.astype(np.float64) / temperature)
    below = chances.cumsum(axis=0) <= rng.random(y.shape[1])
    return np.asarray(np.minimum(below.sum(axis=0), len(y) - 1))
