"""The simulation of a step, as its lesson describes it: settings, prediction, tasks, goals."""

from __future__ import annotations

from dataclasses import dataclass

from rnntutor.course.blocks import Inline
from rnntutor.course.claims import ClaimedRun


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold: the value at path `of` is / at_least / at_most / lies between `value`.

    of: a path into the trace, a measure, a knob (a setting), or "t", "phase", "updates".
    after: as a task it counts only once the tasks before it are done.
    """

    of: str
    test: str
    value: object
    after: bool = False


@dataclass(frozen=True, slots=True)
class KnownMistake:
    """A known mistake: `slip` names a function beside the model, or `of` another place of the
    right trace; exactly one of the two is set. say: what the learner did."""

    say: Inline
    slip: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class PredictNumber:
    """Asked before the run: the value at `ask`, within `atol`. say: the question, if any."""

    ask: str
    atol: float
    wrong: tuple[KnownMistake, ...] = ()
    say: Inline = ()


@dataclass(frozen=True, slots=True)
class PredictOption:
    """One thing that may happen. when: what holds at the end if it has. say: why one may expect
    it and what is wrong with that; the right option needs none."""

    text: Inline
    when: Condition
    say: Inline = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Because:
    """One reason for what came out, to choose from after a missed prediction. say: what is wrong
    with it; the right one has none. m: the misconception behind it."""

    text: Inline
    right: bool = False
    say: Inline = ()
    m: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class PredictChoice:
    """Asked before the run: the option whose condition will hold at the end is right. because:
    who has missed it chooses one of these reasons before going on."""

    options: tuple[PredictOption, ...]
    say: Inline = ()
    because: tuple[Because, ...] = ()


@dataclass(frozen=True, slots=True)
class SimSpec:
    """A ```sim block. settings: what differs from the simulation's defaults."""

    use: str
    settings: tuple[tuple[str, object], ...] = ()
    controls: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    cursor: int = 0
    predict: PredictNumber | PredictChoice | None = None
    do: tuple[Condition, ...] = ()
    goal: tuple[Condition, ...] = ()
    said: Inline = ()  # `say = "…"`: what to see once `do` or `goal` holds
    runs: tuple[ClaimedRun, ...] = ()  # what its sentences say of training runs at these settings
    line: int = 0
