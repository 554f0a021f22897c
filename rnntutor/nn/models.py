"""Whole networks, one for each way of using a recurrent net.

Every model has `params` (name -> array; saved in snapshots and changed in
place by optimisers), `forward(…) -> y`, the logits, and `backward(dy) ->
grads`, the gradients by the same names, of the last forward. A seed gives the
same initial values on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from rnntutor.nn.arrays import Array, Mask
from rnntutor.nn.attention import Attention
from rnntutor.nn.decoder import Decoder
from rnntutor.nn.layers import (
    Bidirectional,
    Embedding,
    Identity,
    Layer,
    Linear,
    Recurrent,
)
from rnntutor.nn.losses import Classes

Arrays = dict[str, Array]
Inputs = NDArray[Any]  # numbers (T,D,B) or symbols (T,B)


class Model:
    """A network of named layers; a parameter is called "layer.name".

    Attributes:
        params: "layer.name" -> array, the parameters of all layers.
    """

    def __init__(self, **layers: Layer) -> None:
        self.layers = layers
        self.params: Arrays = {
            f"{where}.{name}": p
            for where, layer in layers.items()
            for name, p in layer.params.items()
        }

    @property
    def size(self) -> int:
        """The number of trainable parameters."""
        return sum(layer.size for layer in self.layers.values())

    def load(self, params: Mapping[str, ArrayLike]) -> None:
        """Copy values into the parameters.

        Args:
            params: name -> array, with the names and shapes of the model's own
                `params`; other names are ignored.

        Raises:
            ValueError: if one is missing or has another shape; then nothing is
                changed.
        """
        for name, p in self.params.items():
            if name not in params:
                raise ValueError(f"no {name}")
            if np.shape(params[name]) != p.shape:
                found = np.shape(params[name])
                raise ValueError(f"{name} must be {p.shape}, not {found}")
        for name, p in self.params.items():
            p[...] = params[name]

    def _gradients(self) -> Arrays:
        return {
            f"{where}.{name}": layer.grads[name]
            for where, layer in self.layers.items()
            for name in layer.params
        }


def _reader(
    rng: np.random.Generator,
    vocab_size: int | None,
    embedding_dim: int,
    dtype: DTypeLike,
) -> Embedding | Identity:
    """An embedding for symbols; the identity for numbers."""
    if vocab_size is None:
        return Identity()
    return Embedding(rng, vocab_size, embedding_dim, dtype)


class SequenceToSequence(Model):
    """One output at every step: tagging, forecasting, the next letter.

    Args:
        kind: the cell, "rnn", "lstm" or "gru".
        input_size: D, the numbers read at each step.
        hidden_size: H.
        output_size: K, the logits at each step.
        seed: of the initial values of the parameters.
        vocab_size: if given, the input is symbols (T,B), each with a learned
            vector of D numbers; otherwise it is numbers (T,D,B).
        merge: "concat" or "sum" for a bidirectional net; None for a net that
            reads forward only.
        forget_bias: added to the bias of the forget gate.
        dtype: of all parameters.
    """

    def __init__(
        self,
        kind: str,
        input_size: int,
        hidden_size: int,
        output_size: int,
        *,
        seed: int,
        vocab_size: int | None = None,
        merge: str | None = None,
        forget_bias: float = 0.0,
        dtype: DTypeLike = np.float32,
    ) -> None:
        rng = np.random.default_rng(seed)
        self.embed = _reader(rng, vocab_size, input_size, dtype)
        self.cell: Recurrent | Bidirectional
        if merge is None:
            self.cell = Recurrent(
                rng, kind, input_size, hidden_size, dtype, forget_bias
            )
        else:
            self.cell = Bidirectional(
                rng, kind, input_size, hidden_size, dtype, forget_bias, merge
            )
        self.head = Linear(rng, self.cell.output_size, output_size, dtype)
        super().__init__(embed=self.embed, cell=self.cell, head=self.head)

    @property
    def last(self) -> tuple[Array, ...]:
        """The state after step T of the last run, (h,) or (h, c), each (H,B).

        Raises:
            ValueError: for a bidirectional net, which has no single last
                state.
        """
        if isinstance(self.cell, Bidirectional):
            raise ValueError("of two directions there is no last state")
        return self.cell.last

    def forward(self, inputs: Inputs, *start: ArrayLike) -> Array:
        """Run over a sequence.

        Args:
            inputs: numbers (T,D,B) or symbols (T,B).
            start: the state before step 1, as `last`; zeros if not given.

        Returns:
            y, (T,K,B), the logits.
        """
        x = self.embed.forward(inputs)
        return self.head.forward(self.cell.forward(x, *start))

    def backward(self, dy: Array) -> Arrays:
        """Backpropagation through time.

        Args:
            dy: dL/dy, (T,K,B).

        Returns:
            The gradient of every parameter, by the names of `params`.
        """
        self.embed.backward(self.cell.backward(self.head.backward(dy)))
        return self._gradients()


class SequenceToVector(Model):
    """One output, after the last step: sentiment, the sum of two numbers.

    Arguments and input as in `SequenceToSequence`.
    """

    def __init__(
        self,
        kind: str,
        input_size: int,
        hidden_size: int,
        output_size: int,
        *,
        seed: int,
        vocab_size: int | None = None,
        forget_bias: float = 0.0,
        dtype: DTypeLike = np.float32,
    ) -> None:
        rng = np.random.default_rng(seed)
        self.embed = _reader(rng, vocab_size, input_size, dtype)
        self.cell = Recurrent(
            rng, kind, input_size, hidden_size, dtype, forget_bias
        )
        self.head = Linear(rng, hidden_size, output_size, dtype)
        super().__init__(embed=self.embed, cell=self.cell, head=self.head)

    def forward(self, inputs: Inputs) -> Array:
        """Run over a sequence.

        Args:
            inputs: numbers (T,D,B) or symbols (T,B).

        Returns:
            y, (K,B), the logits from the state after step T.
        """
        x = self.embed.forward(inputs)
        return self.head.forward(self.cell.forward(x)[-1])

    def backward(self, dy: Array) -> Arrays:
        """Backpropagation through time.

        Args:
            dy: dL/dy, (K,B).

        Returns:
            The gradient of every parameter, by the names of `params`.
        """
        dh = self.head.backward(dy)
        last = dh, *(np.zeros_like(dh) for _ in self.cell.last[1:])
        self.embed.backward(self.cell.backward(None, *last))
        return self._gradients()


class VectorToSequence(Model):
    """A sequence of symbols from one vector: a picture's caption.

    (Vinyals et al. 2015.) h_0 = tanh(V v + b), then a decoder (decoder.py).

    Args:
        kind: the cell, "rnn", "lstm" or "gru".
        input_size: M, the length of the vector v.
        hidden_size: H.
        vocab_size: K, the number of symbols.
        seed: of the initial values of the parameters.
        embedding_dim: the length of a symbol's learned vector.
        forget_bias: added to the bias of the forget gate.
        dtype: of all parameters.
    """

    def __init__(
        self,
        kind: str,
        input_size: int,
        hidden_size: int,
        vocab_size: int,
        *,
        seed: int,
        embedding_dim: int = 16,
        forget_bias: float = 0.0,
        dtype: DTypeLike = np.float32,
    ) -> None:
        rng = np.random.default_rng(seed)
        self.enter = Linear(rng, input_size, hidden_size, dtype)
        self.decoder = Decoder(
            rng,
            kind,
            vocab_size,
            embedding_dim,
            hidden_size,
            dtype,
            forget_bias,
        )
        super().__init__(enter=self.enter, **self.decoder.layers)

    def forward(self, v: Array, previous: Classes) -> Array:
        """Logits at every step, given the true previous symbols (teacher
        forcing).

        Args:
            v: (M,B).
            previous: (T,B), the symbol before each step; first a start symbol.

        Returns:
            y, (T,K,B).
        """
        return self.decoder.forward(previous, self._start(v))

    def backward(self, dy: Array) -> Arrays:
        """Backpropagation through time.

        Args:
            dy: dL/dy, (T,K,B).

        Returns:
            The gradient of every parameter, by the names of `params`.
        """
        dh0 = self.decoder.backward(dy)[0][0]
        self.enter.backward(dh0 * (1 - self._h0 * self._h0))
        return self._gradients()

    def greedy(self, v: Array, start_symbol: int, num_steps: int) -> Classes:
        """Free run: each step reads the most probable symbol of the step
        before.

        Args:
            v: (M,B).
            start_symbol: the symbol read at the first step.
            num_steps: T.

        Returns:
            The output symbols, (T,B).
        """
        return self.decoder.greedy(start_symbol, num_steps, self._start(v))

    def _start(self, v: Array) -> tuple[Array, ...]:
        self._h0: Array = np.tanh(self.enter.forward(v))
        more = self.decoder.cell.cell.num_states - 1
        return (self._h0, *(np.zeros_like(self._h0) for _ in range(more)))


class EncoderDecoder(Model):
    """A sequence of symbols from another one of any length: translation.

    (Cho et al. 2014, Sutskever et al. 2014.) The encoder's last state is the
    decoder's first.

    Args:
        kind: the cell of both, "rnn", "lstm" or "gru".
        source_vocab_size: the number of source symbols.
        target_vocab_size: the number of target symbols.
        hidden_size: H.
        seed: of the initial values of the parameters.
        embedding_dim: the length of a symbol's learned vector.
        attention: None, "dot" or "additive" (attention.py).
        forget_bias: added to the bias of the forget gate.
        dtype: of all parameters.
    """

    def __init__(
        self,
        kind: str,
        source_vocab_size: int,
        target_vocab_size: int,
        hidden_size: int,
        *,
        seed: int,
        embedding_dim: int = 16,
        attention: str | None = None,
        forget_bias: float = 0.0,
        dtype: DTypeLike = np.float32,
    ) -> None:
        rng = np.random.default_rng(seed)
        self.embed = Embedding(rng, source_vocab_size, embedding_dim, dtype)
        self.encoder = Recurrent(
            rng, kind, embedding_dim, hidden_size, dtype, forget_bias
        )
        look = None
        if attention is not None:
            look = Attention(rng, attention, hidden_size, dtype)
        self.decoder = Decoder(
            rng,
            kind,
            target_vocab_size,
            embedding_dim,
            hidden_size,
            dtype,
            forget_bias,
            look,
        )
        super().__init__(
            embed=self.embed, encoder=self.encoder, **self.decoder.layers
        )

    @property
    def attention_weights(self) -> Array:
        """The attention weights of the last run, (T,S,B); they sum to 1 over
        S.

        Raises:
            ValueError: for a model without attention.
        """
        if self.decoder.attention is None:
            raise ValueError("this model has no attention")
        return self.decoder.attention.weights

    def forward(
        self, source: Classes, previous: Classes, mask: Mask | None = None
    ) -> Array:
        """Logits at every step, given the true previous symbols (teacher
        forcing).

        Args:
            source: (S,B). Shorter sources are padded at their start, so that
                their end is next to the decoder.
            previous: (T,B), the symbol before each step; first a start symbol.
            mask: (S,B), False where the source is padding, for the attention.

        Returns:
            y, (T,K,B).
        """
        h = self.encoder.forward(self.embed.forward(source))
        return self.decoder.forward(previous, self.encoder.last, h, mask)

    def backward(self, dy: Array) -> Arrays:
        """Backpropagation through time.

        Args:
            dy: dL/dy, (T,K,B).

        Returns:
            The gradient of every parameter, by the names of `params`.
        """
        dstart, dh = self.decoder.backward(dy)
        self.embed.backward(self.encoder.backward(dh, *dstart))
        return self._gradients()

    def greedy(
        self,
        source: Classes,
        start_symbol: int,
        num_steps: int,
        mask: Mask | None = None,
    ) -> Classes:
        """Free run: each step reads the most probable symbol of the step
        before.

        Args:
            source: (S,B), as in `forward`.
            start_symbol: the symbol read at the first step.
            num_steps: T.
            mask: (S,B), as in `forward`.

        Returns:
            The output symbols, (T,B). `attention_weights` then cover all
            steps.
        """
        h = self.encoder.forward(self.embed.forward(source))
        return self.decoder.greedy(
            start_symbol, num_steps, self.encoder.last, h, mask
        )
