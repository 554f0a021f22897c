"""Nets during training, with the curves of their reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rnntutor.nn.subject import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningCurve:
    """One curve of a training run's reports.

    Attributes:
        metric: name of the metric; in the trace, its value before training.
        name: label of the curve ("LSTM"), or "".
        key: key of the label in the words, if there is no `name`.
        role: quantity that gives the curve its colour.
        mark: sign of the curve where there is no colour.
        solved: metric with the number of updates at which the task was solved;
            "" if there is none.
    """

    metric: str
    name: str = ""
    key: str = ""
    role: str
    mark: str = "*"
    solved: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """The curves of one plot.

    Attributes:
        curves: all reported curves.
        level: name of the number in the trace that they are compared with; its
            label in the words is in `learning.LEVEL`.
        log: whether the y axis is logarithmic.
        ends: range of the y axis; factors of the level if it is logarithmic.
    """

    curves: tuple[LearningCurve, ...]
    level: str
    log: bool
    ends: tuple[float, float]


ValueKind = Literal["numbers", "symbols"]
"""The values that a net reads and answers. Numbers are drawn by their size,
symbols by their letters."""

Bias = Literal["default", "keep"]
"""The initial bias of the gate that keeps the state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingRun(Subject):
    """A net before, during or after training.

    Attributes:
        chart: the learning curves.
    """

    chart: Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryTraining(TrainingRun):
    """A net learns to answer after a sequence; the run reads one such
    sequence.

    Attributes:
        values: whether the net reads and answers numbers or symbols.
        cells: cells with their memory and answers in the trace as `state_CELL`
            and `y_CELL`.
    """

    values: ValueKind
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Racer:
    """A cell in a race.

    Attributes:
        cell: the end of its metrics' names, `loss_CELL`.
        curve: the curve of its loss.
        own: whether the learner wrote it.
    """

    cell: str
    curve: LearningCurve
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Race(MemoryTraining):
    """Several cells are trained on one task.

    Attributes:
        racers: the cells.
        half: loss of an answer that knows only one of two numbers; None if the
            answer is not made of two.
    """

    racers: tuple[Racer, ...]
    half: float | None = None


@dataclass(frozen=True, slots=True)
class Net:
    """A cell, and the initial bias of its training."""

    cell: str
    bias: Bias


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall(MemoryTraining):
    """A net learns to name the symbol that it read first.

    Attributes:
        nets: the previously trained nets, one row each in `recall`.
        own: the net that is being trained.
        mixed: whether it trains on sequences of several lengths.
    """

    nets: tuple[Net, ...]
    own: Net
    mixed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast(TrainingRun):
    """A net learns to predict the next value of a series."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dictation(TrainingRun):
    """A decoder learns to write the digits of a sequence."""
