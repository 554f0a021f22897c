"""A training run on a screen: its thread, its reports, its frame rate."""

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
    """A screen whose stage may have a training run; subclasses override `set_stage`.

    Attributes:
        page_state: state of the visible page; empty until one is shown.
    """

    _trainer: Trainer | None = None
    _kept: Reported | None = None  # a report that arrived after the pause, to be shown next
    _drawn = 0.0  # time at which a report was last drawn

    def __init__(self) -> None:
        super().__init__()
        self.page_state = ScreenPageState()

    @property
    def stage(self) -> Stage:
        """The stage of the visible page."""
        found = self.page_state.stage
        assert found is not None
        return found

    def set_stage(self, new: Stage, *, all_of_it: bool = True, shown: bool = True) -> None:
        """Set the stage's next state and paint.

        Args:
            new: the new state.
            all_of_it: whether to paint the whole page, not only the panel and the footer. The page
                is always painted if its other parts depend on the change.
            shown: whether to paint at all.
        """
        raise NotImplementedError

    @property
    def is_busy(self) -> bool:
        """Whether a requested single report is outstanding."""
        stage = self.page_state.stage
        return stage is not None and stage.training is not None and stage.training.single

    def do_one_update(self, key: str) -> None:
        """Request one report of the training run."""
        if self.stage.training is not None:
            self._train(self.stage.training.one())

    def _train(self, training: Training) -> None:
        """Set the state of the training run; its thread starts with the first report requested."""
        self.set_stage(advance.train(self.stage, training))

    def _drive(self, stage: Stage) -> None:
        """Pass the stage's state to the thread; a restarted training run gets a new thread."""
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
                asked = False  # the requested report is already there
        if self._trainer is not None:
            self._trainer.ask(
                running=training.running,
                single=asked,
                interval=training.interval if self.tutor.motion else 0.0,
                settings=stage.settings,
            )

    def end_training(self) -> None:
        """Stop the training thread when its page is left."""
        if self._trainer is None:
            return
        self._trainer.close()
        self._trainer = None
        stage = self.page_state.stage
        if stage is not None and stage.training is not None:
            self.page_state.stage = advance.train(stage, stage.training.anew())

    def on_reported(self, message: Reported) -> None:
        """Handle a report of the training thread."""
        message.stop()
        stage = self.page_state.stage
        if stage is None or stage.training is None:
            return
        if message.generation != stage.training.generation:
            return
        if message.error is not None:
            raise message.error
        if not stage.training.wanted:
            self._kept = message  # it was being made when the training run was paused
            return
        update = message.update
        if update is not None and message.settings != stage.settings:
            # A knob was turned while the report was being made.
            update = update.probe_with(stage.settings)
        # A slow line gets fewer frames, but every report enters the history.
        new = advance.add_report(stage, update)
        ready = self.tutor.flow.ready() and self._to_show(new)
        self.set_stage(new, all_of_it=False, shown=ready)
        if ready:
            show_now(self)
            self.call_after_refresh(self.tutor.flow.frame_sent)

    def _to_show(self, stage: Stage) -> bool:
        """Return whether a report is drawn.

        Drawn are at most `FRAMES_PER_SECOND` reports per second and the result; without animation
        only the result.
        """
        training = stage.training
        assert training is not None
        if not training.wanted:
            return True
        due = self.tutor.motion and monotonic() - self._drawn >= 1 / FRAMES_PER_SECOND
        if due:
            self._drawn = monotonic()
        return due
