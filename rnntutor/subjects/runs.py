"""Runs of one gate, of gradients, of a batch, of the slot game and of a language model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rnntutor.nn.subject import Subject

Squash = Literal["sigmoid", "tanh"]
"""The activation function of a gate or candidate."""


@dataclass(frozen=True, slots=True)
class SingleGate(Subject):
    """One gate or candidate at one step.

    Attributes:
        squash: its activation function.
    """

    squash: Squash


@dataclass(frozen=True, slots=True)
class GradientCurve:
    """The share of a loss's gradient that flows back through a cell.

    Attributes:
        key: the end of its arrays' names, `grad_KEY`.
        cell: by its name in `CELLS`.
    """

    key: str
    cell: str


@dataclass(frozen=True, slots=True)
class BackwardFlow(Subject):
    """Gradients by distance.

    Attributes:
        curves: the curves to draw.
        by_hand: whether the weights of one unit are set by hand; otherwise the
            net has random weights.
    """

    curves: tuple[GradientCurve, ...]
    by_hand: bool


Border = Literal["through", "detach", "reset"]
"""What passes from one window to the next: the state and its gradient, only
the state, or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaddedBatch(Subject):
    """A batch of padded sequences, and other sequences in two windows.

    Attributes:
        masked: whether padding is left out of the loss and of the states.
        batch_first: whether the layout of the arrays is (B, T, …), not (T, B,
            …).
        border: the border between the two windows.
    """

    masked: bool
    batch_first: bool
    border: Border


@dataclass(frozen=True, slots=True)
class SlotGame(Subject):
    """The learner stores symbols of a tape in slots by hand, to answer
    questions."""


@dataclass(frozen=True, slots=True)
class LanguageModel(Subject):
    """A net that predicts the next symbol, during its training."""
