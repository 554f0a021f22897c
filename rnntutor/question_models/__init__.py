"""One-unit networks with numbers that fit on paper: the computations of `trace` questions.

Every model is one function of named numbers, written like its equations in the lessons, with its
name, inputs and slips above it (`base.model`). Its result becomes a Trace. A number over time may
be given as a list (`x = [1, 0]`: x_1 and x_2) or once (the same at every step); T is the length of
the lists, else `T`, else 1. In the trace a list is an array over time (`x[1]` is x_1), a single
number is fixed (`W`).

A slip is a common mistake: the same function run with the name of the slip, which changes one line
of the computation. So the value of a slip can be read at any path, like the right value.

`write_down` marks the values that a person writes down when computing by hand (see by_hand).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from rnntutor.question_models import attention, backward, cells, from_loss, series, sizes
from rnntutor.question_models.base import ScalarModel, Value, Values
from rnntutor.question_models.by_hand import sigmoid

__all__ = ["MODELS", "ScalarModel", "Value", "Values", "find", "sigmoid"]

MODELS: Mapping[str, ScalarModel] = MappingProxyType(
    {
        m.name: m
        for m in (
            *(cells.rnn, cells.memory, cells.lstm, cells.gru, cells.gate),
            *(backward.backward, from_loss.from_loss, backward.repeated, backward.clipped),
            *(sizes.parameters, sizes.both_ways, sizes.two_way_size),
            *(series.leaky_sum, series.sine_next, series.repeat_error, series.window_count),
            *(attention.attend, attention.read_states, attention.path_length, attention.kept),
        )
    }
)


def find(name: str) -> ScalarModel:
    """Return the model called `name`.

    Raises:
        KeyError: There is no such model.
    """
    return MODELS[name]
