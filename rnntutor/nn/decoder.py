"""The decoder: it outputs a sequence of symbols, one at each step."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import DTypeLike

from rnntutor.nn.arrays import Array, Mask
from rnntutor.nn.attention import Attention
from rnntutor.nn.layers import Embedding, Layer, Linear, Recurrent
from rnntutor.nn.losses import Classes

State = tuple[Array, ...]


class Decoder:
    """embedding -> cell -> (attention) -> linear head.

    At each step it reads the previous symbol and gives logits for the next.
    With attention, the state of each step is the query, and the head reads
    [state; context] (Luong et al. 2015, without input feeding: the cell itself
    does not see the context).
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
        """Logits at every step, given the true previous symbols (teacher
        forcing).

        Args:
            previous: (T,B), the symbol before each step.
            start: the state before step 1, (h0,) or (h0, c0), each (H,B).
            source: (S,H,B), the states that the attention looks at.
            mask: (S,B), False where the source is padding.

        Returns:
            y, (T,K,B).

        Raises:
            ValueError: if there is attention and no source.
        """
        h = self.cell.forward(self.embed.forward(previous), *start)
        if self.attention is not None:
            if source is None:
                raise ValueError("attention needs the states of the source")
            h = np.concatenate(
                [h, self.attention.forward(h, source, mask)], axis=1
            )
        return self.head.forward(h)

    def backward(self, dy: Array) -> tuple[list[Array], Array | None]:
        """Backpropagation through time. Sets the gradients of all layers.

        Args:
            dy: dL/dy, (T,K,B).

        Returns:
            The gradients of the start, and of the source's states (None
            without attention).
        """
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
        """Free run: each step reads the most probable symbol of the step
        before.

        Args:
            start_symbol: the symbol read at the first step.
            num_steps: T.
            start: the state before step 1, as in `forward`.
            source: as in `forward`.
            mask: as in `forward`.

        Returns:
            The output symbols, (T,B). The attention's `weights` then cover all
            steps.
        """
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
