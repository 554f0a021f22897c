"""Training in parts (d) to (i): PyTorch's initial values, Adam, gradients clipped at norm 1."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import count, islice
from typing import TypeVar

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.layers import Bidirectional, Layer, Linear, Recurrent
from rnntutor.nn.losses import Classes, cross_entropy
from rnntutor.nn.models import Arrays, Model
from rnntutor.nn.optimisers import Adam, clip_grad_norm

BATCH = 32
FRESH = 1000  # sequences on which a share is measured
FORGET = 1.0  # initial b_f of an LSTM, unless another was written down
_BIASES = 11  # random stream of the biases, beside those of weights and data

AnyModel = TypeVar("AnyModel", bound=Model)
Seen = TypeVar("Seen")


def started(model: AnyModel, seed: int, forget: float = FORGET) -> AnyModel:
    """Draw the biases of a model from U(-1/√H, 1/√H), as PyTorch does, and return the model.

    The weights are drawn so already, but the models' biases start at 0.

    Args:
        model: changed in place.
        seed: seed of the biases.
        forget: value of every b_f.
    """
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
    """Train without end; after each update, yield how many were made."""
    adam = Adam(model.params, rate)
    for done in count(1):
        found = gradients()
        clip_grad_norm(found, 1.0)
        adam.step(found)
        yield done


def seen(made: Iterator[int], after: Collection[int], look: Callable[[], Seen]) -> dict[int, Seen]:
    """Train, and return the result of `look` after each of the given numbers of updates."""
    return {done: look() for done in islice(made, max(after)) if done in after}


def until(made: Iterator[int], reached: Callable[[], bool], *, every: int, most: int) -> float:
    """Train until a condition holds.

    Args:
        made: the updates.
        reached: the condition.
        every: number of updates between two tests of the condition.
        most: highest number of updates.

    Returns:
        The number of updates; NaN if the condition does not hold within `most`.
    """
    for done in islice(made, most):
        if done % every == 0 and reached():
            return float(done)
    return float("nan")


def yes_or_no(y: Array, target: Classes) -> tuple[float, Array]:
    """Return the cross-entropy of one logit (…,1,B) for "yes", and its gradient.

    The logit for "no" is 0.
    """
    loss, dy = cross_entropy(np.concatenate([np.zeros_like(y), y], axis=-2), target)
    return loss, dy[..., 1:, :]
