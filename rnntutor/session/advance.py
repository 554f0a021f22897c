"""Advance a stage: move its transport, run its training, and tick the conditions that are met."""

from __future__ import annotations

from dataclasses import replace

from rnntutor.nn.training import Update
from rnntutor.session.outcome import with_ticks
from rnntutor.session.stage import Measures, Stage, rerun
from rnntutor.session.training import Training
from rnntutor.session.transport import Transport


def move(stage: Stage, transport: Transport) -> Stage:
    """Return the stage with a new transport. An open prediction blocks moving forward."""
    if not stage.ready and (transport.position > stage.transport.position or transport.running):
        return stage
    return with_ticks(replace(stage, transport=transport, acted=True))


def train(stage: Stage, training: Training) -> Stage:
    """Return the stage with a new training state: run, paused, stepped or restarted."""
    if stage.training is None or not stage.ready:
        return stage
    fresh = stage
    if training.generation != stage.training.generation:
        fresh = rerun(replace(stage, training=training), stage.given)
    return with_ticks(replace(fresh, training=training, acted=True))


def add_report(stage: Stage, update: Update | None) -> Stage:
    """Return the stage after a report of its training.

    A probe trace in the report is shown to its end, unless the learner has stepped into the
    previous one: then the new trace keeps that position.

    Args:
        update: the report; None if the training run is over.
    """
    if stage.training is None:
        return stage
    if update is None:
        return with_ticks(replace(stage, training=stage.training.end()))
    told = replace(stage, training=stage.training.add_report(update))
    if update.trace is None:
        return with_ticks(told)
    whole = stage.finished or not stage.transport.position
    transport = stage.transport.rescale(update.trace.steps, stage.transport.phases)
    return with_ticks(
        replace(
            told,
            trace=update.trace,
            transport=transport.end() if whole else transport,
            unit=min(stage.unit, update.trace.units - 1),
            measures=Measures(stage.simulation, stage.settings, update.trace),
        )
    )
