"""What a run is of: what is known of it where it was made, for those that
draw it and could else only guess it from which arrays there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Subject:
    """A run of which nothing more needs to be said."""


UNSAID = Subject()

Objective = Literal["none", "classes", "outputs"]
"""What a loss is of, where there is one: the cross-entropy of a class that is
wanted (`target`), or a sum of the outputs whose gradient is given (`dy`)."""


@dataclass(frozen=True, slots=True)
class Reading(Subject):
    """One cell reads a sequence.

    Attributes:
        objective: what its loss is of.
        head: it has outputs, y = V h + b_y.
        wanted: what the memory of unit 0 should be is in the trace.
        biases: how many of each block are counted.
    """

    objective: Objective = "none"
    head: bool = False
    wanted: bool = False
    biases: int = 1


# ---- a trained net on an input of the learner's ---------------------------


@dataclass(frozen=True, slots=True)
class Wiring:
    """How five cells are joined to their inputs and outputs.

    Attributes:
        name: of this type of RNN, as lessons write it.
        inputs, outputs: what each cell reads and puts out: "x₁"; START; ""
            for nothing.
        reads: what the net reads from outside: words x, or one vector v.
        both_ways: there is a second direction.
    """

    name: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    reads: str = "x"
    both_ways: bool = False


START = "▸"  # what a decoder reads before its first sign
Merge = Literal["concat", "sum"]
"""How the states of two directions become one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Toy(Subject):
    """A trained net reads an input. wiring: where it stands for a type."""

    wiring: Wiring | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement(Toy):
    """A sentence is judged: one answer after the last word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description(Toy):
    """A picture is described: a vector is read, then words are said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagging(Toy):
    """Each word gets a tag. merge: how both directions are put together;
    None for a net that reads forwards only."""

    merge: Merge | None = None

    @property
    def both_ways(self) -> bool:
        """Whether it reads in both directions."""
        return self.merge is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation(Toy):
    """A source is read, then another sequence is said. attention: each sign
    that is said looks back at all of the source."""

    attention: bool = False


# ---- other runs that have drawings of their own ---------------------------


Squash = Literal["sigmoid", "tanh"]
"""What makes a gate's value of its sum, or a candidate's."""


@dataclass(frozen=True, slots=True)
class SingleGate(Subject):
    """One gate, or one candidate, at one step."""

    squash: Squash


@dataclass(frozen=True, slots=True)
class GradientCurve:
    """How much of a loss comes back through a cell.

    Attributes:
        key: the end of its arrays, `grad_KEY`.
        cell: by its name in `CELLS`.
    """

    key: str
    cell: str


@dataclass(frozen=True, slots=True)
class BackwardFlow(Subject):
    """Gradients by distance. curves: those that are drawn. by_hand: of one
    unit that is set by hand, not of a net with random weights."""

    curves: tuple[GradientCurve, ...]
    by_hand: bool


Border = Literal["through", "detach", "reset"]
"""What passes from one window to the next: the state and its gradient, the
state alone, or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaddedBatch(Subject):
    """Sequences of several lengths are read as one batch, and others in two
    windows.

    Attributes:
        masked: padding counts neither in the loss nor in the states.
        batch_first: the layout of the arrays is (B, T, …), not (T, B, …).
        border: of the two windows.
    """

    masked: bool
    batch_first: bool
    border: Border


@dataclass(frozen=True, slots=True)
class SlotGame(Subject):
    """A tape with questions is read into slots by hand."""


@dataclass(frozen=True, slots=True)
class LanguageModel(Subject):
    """A net that says which symbol comes next, in its training."""


# ---- nets in their training ------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningCurve:
    """What a training reports of one thing.

    Attributes:
        metric: its name; in the trace, what it is before any training.
        name: how it is written ("LSTM"); or
        key: of its name in words.
        role: the quantity in whose colour it is drawn.
        mark: its sign where there is no colour.
        solved: the metric that says after how many updates it got there.
    """

    metric: str
    name: str = ""
    key: str = ""
    role: str
    mark: str = "*"
    solved: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """What is plotted together.

    Attributes:
        curves: all that is reported.
        level: the number in the trace that it is compared with, which has
            its name in words (`learning.LEVEL`).
        log: equal ratios take equal room.
        ends: the range; of a logarithm as factors of the level.
    """

    curves: tuple[LearningCurve, ...]
    level: str
    log: bool
    ends: tuple[float, float]


ValueKind = Literal["numbers", "symbols"]
"""What a net reads and answers: it is drawn by its size, or by its letter."""

Bias = Literal["default", "keep"]
"""How the bias of the gate that keeps starts a training."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingRun(Subject):
    """A net before, in or after its training. chart: how it gets on."""

    chart: Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryTraining(TrainingRun):
    """A net is trained to answer after a sequence; one of these is read.

    Attributes:
        values: what is read and answered.
        cells: those whose memory and answers are in the trace besides, as
            `state_CELL` and `y_CELL`.
    """

    values: ValueKind
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Racer:
    """A cell in a race. cell: the end of what is reported of it, `loss_CELL`.
    curve: its loss. own: the learner has written it."""

    cell: str
    curve: LearningCurve
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Race(MemoryTraining):
    """Several cells are trained on one task. half: the loss of an answer
    that knows one of two numbers, where it is made of two."""

    racers: tuple[Racer, ...]
    half: float | None = None


@dataclass(frozen=True, slots=True)
class Net:
    """A cell, and how its training starts."""

    cell: str
    bias: Bias


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall(MemoryTraining):
    """A net is trained to name what it read first.

    Attributes:
        nets: the rows of `recall`, trained before.
        own: the one that is trained now.
        mixed: it is trained on sequences of several lengths.
    """

    nets: tuple[Net, ...]
    own: Net
    mixed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast(TrainingRun):
    """A net is trained to say the next value of a series."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dictation(TrainingRun):
    """A decoder is trained to write digits one after the other."""
