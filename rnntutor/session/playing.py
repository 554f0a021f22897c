"""A stage on which the learner decides at every step: one key a decision, and the run goes on."""

from __future__ import annotations

from dataclasses import replace

from rnntutor.session import advance, knobs
from rnntutor.session import stage as stages
from rnntutor.session.stage import Stage


def decided(stage: Stage) -> str:
    """The knob by which each step is decided ("action@t"); "" on any other stage."""
    names = (name for name in stage.controls if name.endswith("@t"))
    return next((name for name in names if stages.knob_of(stage, name).kind == "choice"), "")


def choices(stage: Stage) -> tuple[object, ...]:
    """What can be decided at a step; () on a stage that is not played."""
    name = decided(stage)
    return tuple(stages.knob_of(stage, name).choices) if name else ()


def decide(stage: Stage, place: int) -> Stage:
    """The choice at a place (from 0) made at the cursor's step. The run then goes on to the first
    phase of the next one, which reads what is to be decided about, or to its end. Before anything
    has been read there is nothing to decide: the first step is read."""
    transport, phases = stage.transport, stage.transport.phases
    step = -(-transport.position // phases)
    if step:
        stage = knobs.set_knob(stage, decided(stage), choices(stage)[place])
    following = replace(stage.transport, running=False).to(step * phases + 1)
    return advance.move(stage, following)
