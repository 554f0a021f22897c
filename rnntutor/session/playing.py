"""Stages on which the learner chooses an action at each step; each choice advances the run."""

from __future__ import annotations

from dataclasses import replace

from rnntutor.session import advance, knobs
from rnntutor.session import stage as stages
from rnntutor.session.stage import Stage


def action_knob(stage: Stage) -> str:
    """Return the name of the knob that sets each step's action ("action@t"), or ""."""
    names = (name for name in stage.controls if name.endswith("@t"))
    return next((name for name in names if stages.knob_of(stage, name).kind == "choice"), "")


def choices(stage: Stage) -> tuple[object, ...]:
    """Return the actions available at a step; () if the stage is not played."""
    name = action_knob(stage)
    return tuple(stages.knob_of(stage, name).choices) if name else ()


def decide(stage: Stage, index: int) -> Stage:
    """Set the action at the cursor's step and advance the run.

    The run goes to the first phase of the next step, which shows what to decide about, or to its
    end. At the start there is nothing to decide yet, so only the first step is read.

    Args:
        index: index of the action, from 0.
    """
    transport, phases = stage.transport, stage.transport.phases
    step = -(-transport.position // phases)
    if step:
        stage = knobs.set_knob(stage, action_knob(stage), choices(stage)[index])
    following = replace(stage.transport, running=False).to(step * phases + 1)
    return advance.move(stage, following)
