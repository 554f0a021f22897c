"""A run goes on: the transport moves, the training reports; what comes true is ticked off."""

from __future__ import annotations

from dataclasses import replace

from rnntutor.nn.training import Update
from rnntutor.session.outcome import with_ticks
from rnntutor.session.stage import Measures, Stage, rerun
from rnntutor.session.training import Training
from rnntutor.session.transport import Transport


def move(stage: Stage, transport: Transport) -> Stage:
    """The stage with its transport elsewhere. While a prediction is open it does not go on."""
    if not stage.ready and (transport.position > stage.transport.position or transport.running):
        return stage
    return with_ticks(replace(stage, transport=transport, acted=True))


def train(stage: Stage, training: Training) -> Stage:
    """The stage with its training run, paused, stepped or begun anew."""
    if stage.training is None or not stage.ready:
        return stage
    fresh = stage
    if training.generation != stage.training.generation:
        fresh = rerun(replace(stage, training=training), stage.given)
    return with_ticks(replace(fresh, training=training, acted=True))


def reported(stage: Stage, update: Update | None) -> Stage:
    """The stage after a report of its training; None: the training is over. A probe that comes
    with it is shown whole until somebody steps through it, then as far as the last one was."""
    if stage.training is None:
        return stage
    if update is None:
        return with_ticks(replace(stage, training=stage.training.ended()))
    told = replace(stage, training=stage.training.reported(update))
    if update.trace is None:
        return with_ticks(told)
    whole = stage.finished or not stage.transport.position
    transport = stage.transport.rescaled(update.trace.steps, stage.transport.phases)
    return with_ticks(
        replace(
            told,
            trace=update.trace,
            transport=transport.end() if whole else transport,
            unit=min(stage.unit, update.trace.units - 1),
            measures=Measures(stage.simulation, stage.settings, update.trace),
        )
    )
