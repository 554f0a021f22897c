"""How the nets of the parts (d) to (i) are trained: started as PyTorch starts a net, with Adam at
one rate, and the gradient clipped at a norm of 1."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import count, islice
from typing import TypeVar

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.layers import Bidirectional, Layer, Linear, Recurrent
from rnntutor.nn.losses import Classes, cross_entropy
from rnntutor.nn.models import Arrays, Model
from rnntutor.nn.optimisers import Adam, clip

BATCH = 32
FRESH = 1000  # sequences that a share is measured on
FORGET = 1.0  # what the forget gate of an LSTM starts with, where nothing else was written
_BIASES = 11  # a stream of random numbers beside those of weights and data

AnyModel = TypeVar("AnyModel", bound=Model)
Seen = TypeVar("Seen")


def started(model: AnyModel, seed: int, forget: float = FORGET) -> AnyModel:
    """The model with biases from U(-1/√H, 1/√H), as PyTorch draws them; the weights are drawn so
    already, but the biases of the models start at 0. forget: every b_f."""
    numbers = np.random.default_rng([seed, _BIASES])
    for layer in model.layers.values():
        if isinstance(layer, Linear):
            _draw(numbers, layer.params["b"], layer.params["V"].shape[1])
        for cell in _cells(layer):
            biases = {name: p for name, p in cell.unpacked.items() if name.startswith("b")}
            for bias in biases.values():
                _draw(numbers, bias, cell.output_size)
            if "b_f" in biases:
                biases["b_f"][...] = forget
    return model


def _cells(layer: Layer) -> tuple[Recurrent, ...]:
    if isinstance(layer, Bidirectional):
        return layer.forth, layer.back
    return (layer,) if isinstance(layer, Recurrent) else ()


def _draw(numbers: np.random.Generator, bias: Array, units: int) -> None:
    bias[...] = numbers.uniform(-(units**-0.5), units**-0.5, bias.shape)


def updates(model: Model, gradients: Callable[[], Arrays], rate: float) -> Iterator[int]:
    """Train, for ever: after each update, how many were made."""
    adam = Adam(model.params, rate)
    for done in count(1):
        found = gradients()
        clip(found, 1.0)
        adam.step(found)
        yield done


def seen(made: Iterator[int], after: Collection[int], look: Callable[[], Seen]) -> dict[int, Seen]:
    """What is there to be seen after so many updates, and so many."""
    return {done: look() for done in islice(made, max(after)) if done in after}


def until(made: Iterator[int], reached: Callable[[], bool], *, every: int, most: int) -> float:
    """After how many updates it is reached, looked at once in `every`; not a number if it is not
    within `most`."""
    for done in islice(made, most):
        if done % every == 0 and reached():
            return float(done)
    return float("nan")


def yes_or_no(y: Array, target: Classes) -> tuple[float, Array]:
    """The cross-entropy of one logit (…,1,B), of a yes, and its gradient: the other one is 0."""
    loss, dy = cross_entropy(np.concatenate([np.zeros_like(y), y], axis=-2), target)
    return loss, dy[..., 1:, :]
