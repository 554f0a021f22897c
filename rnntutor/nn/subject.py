"""The subject of a run: facts about it that its arrays do not show.

A simulation states them where it makes the run, and drawings read them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Subject:
    """A run without further facts; the base class of all subjects."""


UNSAID = Subject()

Objective = Literal["none", "classes", "outputs"]
"""The kind of a loss: none, the cross-entropy of a desired class (`target`),
or a weighted sum of the outputs, given by its gradient (`dy`)."""


@dataclass(frozen=True, slots=True)
class Reading(Subject):
    """One cell reads a sequence.

    Attributes:
        objective: the kind of loss.
        head: whether there are outputs, y = V h + b_y.
        wanted: whether the trace has target values for the memory of unit 0.
        biases: number of biases counted per block.
    """

    objective: Objective = "none"
    head: bool = False
    wanted: bool = False
    biases: int = 1


# ---- a trained net on an input of the learner's ---------------------------


@dataclass(frozen=True, slots=True)
class Wiring:
    """How five cells are connected to their inputs and outputs.

    Attributes:
        name: of this type of RNN, as in the lessons.
        inputs: what each cell reads: "x₁"; START; "" for nothing.
        outputs: what each cell outputs: "y₁"; "" for nothing.
        reads: the input of the net: words x, or one vector v.
        both_ways: whether there is a second direction.
    """

    name: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    reads: str = "x"
    both_ways: bool = False


START = "▸"  # the first input of a decoder
Merge = Literal["concat", "sum"]
"""How the states of two directions are merged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Toy(Subject):
    """A trained net reads an input.

    Attributes:
        wiring: the type of RNN that the net is an example of, if any.
    """

    wiring: Wiring | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement(Toy):
    """A sentence is classified: one answer after the last word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description(Toy):
    """A picture is described: a vector is read, then words are output."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagging(Toy):
    """Each word gets a tag.

    Attributes:
        merge: how the two directions are combined; None for a net that only
            reads forward.
    """

    merge: Merge | None = None

    @property
    def both_ways(self) -> bool:
        """Whether it reads in both directions."""
        return self.merge is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation(Toy):
    """A source is read, then another sequence is output.

    Attributes:
        attention: whether each output symbol looks back at all of the source.
    """

    attention: bool = False


# ---- other runs with their own drawings -----------------------------------


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


# ---- nets during training --------------------------------------------------


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
