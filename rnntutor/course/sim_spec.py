"""The simulation of a step as its lesson describes it: settings, prediction, tasks and goals."""

from __future__ import annotations

from dataclasses import dataclass

from rnntutor.course.blocks import Inline
from rnntutor.course.claims import ClaimedRun


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on the value at a path.

    Attributes:
        of: A path into the trace, a measure, a knob (a setting), or "t", "phase" or "updates".
        test: "is", "at_least", "at_most" or "between".
        value: The value to compare with; a pair for "between".
        after: As a task: whether it counts only after the tasks before it are done.
    """

    of: str
    test: str
    value: object
    after: bool = False


@dataclass(frozen=True, slots=True)
class KnownMistake:
    """A wrong answer that is recognised. Exactly one of `slip` and `of` is set.

    Attributes:
        say: Feedback: what the learner did.
        slip: Name of a function of the model that computes the wrong value.
        of: Path of the wrong value in the correct trace.
    """

    say: Inline
    slip: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class PredictNumber:
    """A number to be predicted before the run.

    Attributes:
        ask: Path of the value.
        atol: Absolute tolerance.
        wrong: Known mistakes.
        say: Text of the question, if any.
    """

    ask: str
    atol: float
    wrong: tuple[KnownMistake, ...] = ()
    say: Inline = ()


@dataclass(frozen=True, slots=True)
class PredictOption:
    """One outcome to choose in a prediction.

    Attributes:
        text: Text of the option.
        when: Condition that holds at the end of the run if this is the outcome.
        say: Why one may expect this outcome, and the error in that; not needed for the right
            option.
        line: Line of the file.
    """

    text: Inline
    when: Condition
    say: Inline = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Because:
    """One reason to choose from after a missed prediction.

    Attributes:
        text: Text of the reason.
        right: Whether it is the right one.
        say: Feedback for a wrong reason.
        m: Code of the misconception behind it.
        line: Line of the file.
    """

    text: Inline
    right: bool = False
    say: Inline = ()
    m: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class PredictChoice:
    """An outcome to be predicted before the run.

    Attributes:
        options: The options; right is the one with the condition that holds at the end.
        say: Text of the question, if any.
        because: Reasons of which the learner chooses one after a missed prediction.
    """

    options: tuple[PredictOption, ...]
    say: Inline = ()
    because: tuple[Because, ...] = ()


@dataclass(frozen=True, slots=True)
class SimSpec:
    """A ```sim block.

    Attributes:
        use: Name of the simulation.
        settings: Settings that differ from the simulation's defaults.
        controls: Names of the knobs to show.
        views: Names of the views to offer.
        focus: Quantities to emphasise.
        cursor: Initial time step.
        predict: The prediction before the run.
        do: Conditions of the tasks.
        goal: Conditions of the goal.
        said: Text shown once `do` or `goal` holds (`say = "…"`).
        runs: Runs with these settings that the sentences of the step are based on.
        line: Line of the block.
    """

    use: str
    settings: tuple[tuple[str, object], ...] = ()
    controls: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    cursor: int = 0
    predict: PredictNumber | PredictChoice | None = None
    do: tuple[Condition, ...] = ()
    goal: tuple[Condition, ...] = ()
    said: Inline = ()
    runs: tuple[ClaimedRun, ...] = ()
    line: int = 0
