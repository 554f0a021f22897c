"""The outcome of a stage: tasks done, goal met, prediction judged."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from rnntutor.course.blocks import Inline
from rnntutor.course.conditions import holds
from rnntutor.course.sim_spec import PredictChoice, PredictNumber, PredictOption
from rnntutor.render.primitives.glyphs import subscript
from rnntutor.render.views.view_context import Cursor
from rnntutor.session import conditions
from rnntutor.session import stage as stages
from rnntutor.session.settling import settled_at
from rnntutor.session.stage import Bound, Stage

_SYMBOL = re.compile(r"d?[A-Za-z](_[a-z])?(\[\d+\])*")


@dataclass(frozen=True, slots=True)
class PredictionOutcome:
    """How a prediction turned out.

    Attributes:
        right: whether it was right.
        key: the true value, or the option that came true (None if none did).
        reason: why the given one was wrong.
        of: symbol of the quantity that decided a choice; "" if it has none that the learner knows.
        value: value of that quantity.
    """

    right: bool
    key: float | PredictOption | None
    reason: Inline = ()
    of: str = ""
    value: float = 0.0


# ---- tasks and goal ------------------------------------------------------------------------


def with_ticks(stage: Stage) -> Stage:
    """Return the stage with all newly met conditions ticked.

    A tick is permanent. A condition that follows other tasks counts only after them, and none
    counts before the predicted run has been made.
    """
    if elsewhere(stage):
        return stage
    do, goal = stage.spec.do, stage.spec.goal
    held = [n for n, c in enumerate(do) if holds(c, conditions.current_value(stage, c))]
    ticks = stage.ticks
    for n in held:
        if not do[n].after or ticks.issuperset(range(n)):
            ticks |= {n}
    task_done = stage.task_done or (bool(do) and len(ticks) == len(do))
    apart = task_done and not stage.task_done and len(held) < len(do)
    met = bool(goal) and all(holds(c, conditions.current_value(stage, c)) for c in goal)
    return replace(
        stage,
        ticks=ticks,
        task_done=task_done,
        goal_met=stage.goal_met or met,
        bound=_here(stage) if apart else _bound_run(stage),
    )


def _here(stage: Stage) -> Bound:
    """Return the present run, bound to the current cursor."""
    generation = stage.training.generation if stage.training is not None else 0
    return Bound(stage.settings, generation, stage.cursor)


def _bound_run(stage: Stage) -> Bound | None:
    """Return the run to which the step's outcome belongs.

    This is the lesson's own run if it fulfils the task unchanged, else the first run in which the
    learner fulfilled it.
    """
    bound = stage.bound
    if not fulfilled(stage) or (bound is not None and not stages.same_run(stage, bound.settings)):
        return bound
    if stage.training is not None:
        return Bound(stage.settings, stage.training.generation)
    if bound is not None:
        return bound
    own = stages.open_stage(stage.spec, simulation=stage.simulation)
    own = replace(own, transport=own.transport.end())
    return Bound(own.settings if fulfilled(own) else stage.settings)


def fulfilled(stage: Stage) -> bool:
    """Return whether everything that the step asks for holds now."""
    asked = stage.spec.goal or stage.spec.do
    return bool(asked) and all(holds(c, conditions.current_value(stage, c)) for c in asked)


def done(stage: Stage) -> bool:
    """Return whether the step's task has been done, in this session or before."""
    return bool((stage.goal_met and stage.spec.goal) or (stage.task_done and stage.spec.do))


def task_done(stage: Stage | None, index: int, count: int) -> bool:
    """Return whether one task has been done.

    If the number of tasks differs from the number of conditions, all tasks are done together.

    Args:
        index: index of the task, from 0.
        count: number of tasks.
    """
    if stage is None:
        return False
    if stage.spec.do and len(stage.spec.do) == count:
        return index in stage.ticks
    return done(stage)


def told(stage: Stage) -> bool:
    """Return whether the outcome may be shown on the present run and at the present cursor.

    It is shown only in the run in which the task was done, from the moment at which it was.
    """
    bound = stage.bound
    if bound is None or not stages.same_run(stage, bound.settings):
        return False
    if stage.training is not None:
        return bound.generation == stage.training.generation
    return fulfilled(stage) if bound.at is None else stage.cursor >= bound.at


def missed(stage: Stage) -> bool:
    """Return whether a challenge has been run to its end without being met."""
    over = stage.finished if stage.training is None else stage.training.done
    return bool(stage.spec.goal) and stage.acted and over and not done(stage)


# ---- prediction ----------------------------------------------------------------------------


def verdict(stage: Stage) -> PredictionOutcome | None:
    """Return how the prediction turned out.

    It is None while the predicted run has not decided it, and on any other run.
    """
    prediction = stage.prediction
    if prediction is None or prediction.state in (stages.ASKED, stages.SKIPPED):
        return None
    if not stages.same_run(stage, prediction.settings):
        return None
    spec, given = prediction.spec, prediction.given
    if isinstance(spec, PredictNumber):
        assert isinstance(prediction.key, float)
        return PredictionOutcome(
            prediction.state == stages.RIGHT, prediction.key, prediction.feedback
        )
    assert isinstance(given, int)
    key = came_true(stage, spec)
    if not _settled(stage, spec, key):
        return None
    if key is None:
        return PredictionOutcome(False, None, spec.options[given].say)
    option = spec.options[key]
    if key == given:
        return PredictionOutcome(True, option, (), *_sign(stage, option))
    return PredictionOutcome(False, option, spec.options[given].say, *_sign(stage, option))


def elsewhere(stage: Stage) -> bool:
    """Return whether an option was predicted for a run that has not been made yet.

    The first task of such a step is to set up the predicted run.
    """
    prediction = stage.prediction
    return (
        prediction is not None
        and isinstance(prediction.spec, PredictChoice)
        and prediction.settings is not None
        and bool(stage.spec.do)
        and 0 not in stage.ticks
        and not stages.same_run(stage, prediction.settings)
    )


def came_true(stage: Stage, spec: PredictChoice) -> int | None:
    """Return the index of the option that holds at the end of the present run, or None."""
    end = Cursor(stage.trace.steps, stage.transport.phases)
    for n, option in enumerate(spec.options):
        if holds(option.when, conditions.value_at(stage, option.when.of, end)):
            return n
    return None


def _settled(stage: Stage, spec: PredictChoice, key: int | None) -> bool:
    """Return whether the run has shown which option came true.

    A training run shows it after its last report, or once the step's first task (to train far
    enough) holds.
    """
    if stage.training is not None:
        return stage.training.done or _trained_far_enough(stage)
    if key is None:
        return stage.finished
    return stage.cursor >= settled_at(spec.options[key].when.of, stage.trace, stage.phases)


def _trained_far_enough(stage: Stage) -> bool:
    end = Cursor(stage.trace.steps, stage.transport.phases)
    return any(
        holds(first, conditions.value_at(stage, first.of, end)) for first in stage.spec.do[:1]
    )


def _sign(stage: Stage, option: PredictOption) -> tuple[str, float]:
    """Return the symbol and the value that decided the choice."""
    if not is_symbol(option.when.of) or "[" not in option.when.of:
        return "", 0.0
    return path_label(option.when.of), float(stage.trace[option.when.of])


def is_symbol(path: str) -> bool:
    """Return whether a path is a symbol of the lessons (h, dU, W_f), perhaps with indices."""
    return _SYMBOL.fullmatch(path) is not None


def path_label(path: str, unit: str = "[{}]") -> str:
    """Return a path as displayed: "c[2][0]" -> "c₂", "dU" unchanged.

    Args:
        unit: format for naming a unit other than the first.
    """
    name, _, rest = path.partition("[")
    indices = rest.rstrip("]").split("][")
    if not rest or not all(index.isdecimal() for index in indices):
        return path
    other = unit.format(indices[1]) if len(indices) > 1 and indices[1] != "0" else ""
    return f"{name}{subscript(int(indices[0]))}{other}"
