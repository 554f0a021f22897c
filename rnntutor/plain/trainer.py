"""A training run in plain mode, printed report by report."""

from __future__ import annotations

from collections.abc import Iterator

from rnntutor.nn.training import Update
from rnntutor.plain.lines import Lines
from rnntutor.plain.panel import training_line
from rnntutor.session import advance
from rnntutor.session.stage import Stage
from rnntutor.words import Words

AT_ONCE = 20  # reports made by one command


class PlainTrainer:
    """The generator of a stage's training run.

    It is created at the first report and whenever the training run restarts.
    """

    def __init__(self) -> None:
        self._updates: Iterator[Update] = iter(())
        self._generation = -1

    def train(self, stage: Stage, lines: Lines, words: Words) -> Stage:
        """Return the stage after up to `AT_ONCE` reports, printing each.

        The next command continues the training run, or restarts a finished one.
        """
        if stage.training is None:
            return stage
        stage = advance.train(stage, stage.training.toggle())
        for _ in range(AT_ONCE):
            if stage.training is None or not stage.training.wanted:
                break
            stage = self._report(stage)
            if stage.training is not None and not stage.training.done:
                lines.say(training_line(stage.training, words))
        if stage.training is None or not stage.training.running:
            return stage
        return advance.train(stage, stage.training.pause())

    def one(self, stage: Stage) -> Stage:
        """Return the stage after one report."""
        if stage.training is None:
            return stage
        stage = advance.train(stage, stage.training.one())
        return self._report(stage) if stage.training and stage.training.wanted else stage

    def _report(self, stage: Stage) -> Stage:
        training, updates = stage.training, stage.simulation.updates
        if training is None or updates is None:
            return stage
        if training.generation != self._generation:
            self._updates = updates(stage.settings)
            self._generation = training.generation
        update = next(self._updates, None)
        return advance.add_report(stage, update and update.probe_with(stage.settings))
