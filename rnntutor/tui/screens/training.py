"""A training run on a screen: its thread, its reports, how many of them are drawn."""

from __future__ import annotations

from time import monotonic

from rnntutor.session import advance
from rnntutor.session.stage import Stage
from rnntutor.session.training import FRAMES_PER_SECOND, Training
from rnntutor.tui.page_state import ScreenPageState
from rnntutor.tui.screen import TutorScreen
from rnntutor.tui.terminal.textual_private import show_now
from rnntutor.tui.trainer import Reported, Trainer


class TrainingScreen(TutorScreen):
    """Subclasses give `set_stage`.

    page_state: of the page that is shown; an empty one until a page is.
    """

    _trainer: Trainer | None = None
    _kept: Reported | None = None  # a report that came after the pause: the next one to be shown
    _drawn = 0.0  # when a report was drawn last

    def __init__(self) -> None:
        super().__init__()
        self.page_state = ScreenPageState()

    @property
    def stage(self) -> Stage:
        found = self.page_state.stage
        assert found is not None
        return found

    def set_stage(self, new: Stage, *, all_of_it: bool = True, shown: bool = True) -> None:
        """The stage's next state. all_of_it False: of the page only the panel and the footer are
        drawn again, unless the rest tells of what has changed; with shown False not even they."""
        raise NotImplementedError

    @property
    def is_busy(self) -> bool:
        """Whether a single report that was asked for is still to come."""
        stage = self.page_state.stage
        return stage is not None and stage.training is not None and stage.training.single

    def do_one_update(self, key: str) -> None:
        if self.stage.training is not None:
            self._train(self.stage.training.one())

    def _train(self, training: Training) -> None:
        """Run, pause or step the training; its thread begins with the first report asked for."""
        self.set_stage(advance.train(self.stage, training))

    def _drive(self, stage: Stage) -> None:
        """Let the thread do what the stage says; a training run begun anew gets a new one."""
        training = stage.training
        if training is None:
            return
        if self._trainer is not None and self._trainer.generation != training.generation:
            self._trainer.close()
            self._trainer = None
        if training.wanted and self._trainer is None and stage.simulation.updates is not None:
            watched = training.watched and self.tutor.motion
            make = (watched and stage.simulation.watched) or stage.simulation.updates
            self._trainer = Trainer(make(stage.settings), self, training.generation)
        kept, asked = self._kept, training.single
        if kept is not None and (training.wanted or kept.generation != training.generation):
            self._kept = None
            if training.wanted and kept.generation == training.generation:
                self.post_message(kept)
                asked = False  # the one asked for is there already
        if self._trainer is not None:
            self._trainer.ask(
                running=training.running,
                single=asked,
                interval=training.interval if self.tutor.motion else 0.0,
                settings=stage.settings,
            )

    def end_training(self) -> None:
        """The training's thread does not outlive its page."""
        if self._trainer is None:
            return
        self._trainer.close()
        self._trainer = None
        stage = self.page_state.stage
        if stage is not None and stage.training is not None:
            self.page_state.stage = advance.train(stage, stage.training.anew())

    def on_reported(self, message: Reported) -> None:
        """A report has come from the training's thread."""
        message.stop()
        stage = self.page_state.stage
        if stage is None or stage.training is None:
            return
        if message.generation != stage.training.generation:
            return
        if message.error is not None:
            raise message.error
        if not stage.training.wanted:
            self._kept = message  # it was being made when the training was paused
            return
        update = message.update
        if update is not None and message.settings != stage.settings:
            # A knob was turned while the report was made.
            update = update.probe_with(stage.settings)
        # A slow line gets fewer frames; every report counts all the same.
        new = advance.reported(stage, update)
        ready = self.tutor.flow.ready() and self._to_show(new)
        self.set_stage(new, all_of_it=False, shown=ready)
        if ready:
            show_now(self)
            self.call_after_refresh(self.tutor.flow.frame_sent)

    def _to_show(self, stage: Stage) -> bool:
        """Whether a report is drawn: as many a second as the eye takes in, and what comes of the
        training; where nothing is to move, that alone."""
        training = stage.training
        assert training is not None
        if not training.wanted:
            return True
        due = self.tutor.motion and monotonic() - self._drawn >= 1 / FRAMES_PER_SECOND
        if due:
            self._drawn = monotonic()
        return due
