"""The subject of a run: what a simulation knows about it besides the numbers.

Views read it instead of guessing from the arrays of a trace.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Subject:
    """A run without special properties, and the base of all subjects."""


UNSAID = Subject()

Objective = Literal["none", "classes", "outputs"]
"""The kind of a loss: none, the cross-entropy of a desired class (`target`),
or a weighted sum of the outputs, given by its gradient (`dy`)."""


@dataclass(frozen=True, slots=True)
class Reading(Subject):
    """One cell reads a sequence.

    Attributes:
        objective: the kind of the loss.
        head: whether there are outputs, y = V h + b_y.
        wanted: whether the trace has the desired memory of unit 0.
        biases: number of biases counted for each block.
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
        name: name of this type of RNN in lessons.
        inputs: input of each cell, such as "x₁" or START; "" for none.
        outputs: output of each cell; "" for none.
        reads: the external input of the net, words x or one vector v.
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
        wiring: the wiring of the type that it is an example of, if any.
    """

    wiring: Wiring | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement(Toy):
    """A net judges a sentence: one answer after the last word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description(Toy):
    """A net describes a picture: it reads a vector and writes words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagging(Toy):
    """A net tags each word.

    Attributes:
        merge: how the two directions are merged; None for a net that reads
            only forwards.
    """

    merge: Merge | None = None

    @property
    def both_ways(self) -> bool:
        """Whether it reads in both directions."""
        return self.merge is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation(Toy):
    """A net reads a source, then writes another sequence.

    Attributes:
        attention: whether each output symbol attends to the whole source.
    """

    attention: bool = False


# ---- other runs that have drawings of their own ---------------------------


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
    """How much of the gradient of a loss reaches earlier steps of a cell.

    Attributes:
        key: suffix of its arrays, `grad_KEY`.
        cell: name of the cell in `CELLS`.
    """

    key: str
    cell: str


@dataclass(frozen=True, slots=True)
class BackwardFlow(Subject):
    """Gradients by distance.

    Attributes:
        curves: the curves to draw.
        by_hand: whether the run is of one unit with chosen gates instead of a
            net with random weights.
    """

    curves: tuple[GradientCurve, ...]
    by_hand: bool


Border = Literal["through", "detach", "reset"]
"""What passes from one window to the next: the state and its gradient, only
the state, or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaddedBatch(Subject):
    """A batch of sequences of different lengths, and another in two windows.

    Attributes:
        masked: whether padding is excluded from the loss and the states.
        batch_first: whether the layout of the arrays is (B, T, …) instead of
            (T, B, …).
        border: what passes from one window to the next.
    """

    masked: bool
    batch_first: bool
    border: Border


@dataclass(frozen=True, slots=True)
class SlotGame(Subject):
    """A learner reads a tape with questions into slots."""


@dataclass(frozen=True, slots=True)
class LanguageModel(Subject):
    """A net learns to predict the next symbol."""


# ---- nets in their training ------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningCurve:
    """A quantity reported during a training run.

    Attributes:
        metric: name of the metric; in the trace, its value before training.
        name: displayed name ("LSTM"), or "" if `key` gives it.
        key: key of the displayed name in the words.
        role: the quantity in whose colour it is drawn.
        mark: its sign where there are no colours.
        solved: the metric with the number of updates until the task was
            solved.
    """

    metric: str
    name: str = ""
    key: str = ""
    role: str
    mark: str = "*"
    solved: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A plot of the reports of a training run.

    Attributes:
        curves: all reported quantities.
        level: name of a number in the trace to compare with, which has a
            displayed name in the words (`learning.LEVEL`).
        log: whether the scale is logarithmic.
        ends: the range; for a logarithmic scale, as factors of the level.
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
        chart: the plot of its reports.
    """

    chart: Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryTraining(TrainingRun):
    """A net is trained to answer after a sequence; the run reads one of these.

    Attributes:
        values: whether inputs and answers are numbers or symbols.
        cells: other cells with their memory and answers in the trace, as
            `state_CELL` and `y_CELL`.
    """

    values: ValueKind
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Racer:
    """A cell in a race.

    Attributes:
        cell: suffix of its metrics, `loss_CELL`.
        curve: its loss.
        own: whether the learner has written it.
    """

    cell: str
    curve: LearningCurve
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Race(MemoryTraining):
    """Several cells are trained on one task.

    Attributes:
        racers: the cells.
        half: the loss of an answer that knows only one of two numbers; None
            for other tasks.
    """

    racers: tuple[Racer, ...]
    half: float | None = None


@dataclass(frozen=True, slots=True)
class Net:
    """A cell and the initial bias of its training."""

    cell: str
    bias: Bias


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall(MemoryTraining):
    """A net is trained to name the first symbol that it read.

    Attributes:
        nets: nets trained in advance, the rows of the view `recall`.
        own: the net that is trained now.
        mixed: whether it is trained on sequences of several lengths.
    """

    nets: tuple[Net, ...]
    own: Net
    mixed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast(TrainingRun):
    """A net is trained to predict the next value of a series."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dictation(TrainingRun):
    """A decoder is trained to write digits one after the other."""
