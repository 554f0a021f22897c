"""The clock of a run and the commands that move through it; training runs use the same keys."""

from __future__ import annotations

from textual.timer import Timer

from rnntutor.session import advance
from rnntutor.session.stage import probing
from rnntutor.session.transport import Transport
from rnntutor.tui.screens.training import TrainingScreen
from rnntutor.tui.terminal.textual_private import show_now

RETRY = 0.02  # seconds until a phase is retried for which the terminal was not ready


class TransportScreen(TrainingScreen):
    """A screen that plays runs; subclasses override `set_stage` and call `keep_time` there."""

    _timer: Timer | None = None

    def keep_time(self, transport: Transport) -> None:
        """Schedule the next phase while the run is playing."""
        if transport.running and self._timer is None:
            self._schedule(transport.interval)

    def _schedule(self, seconds: float) -> None:
        self._timer = self.set_timer(seconds, self._tick)

    def _tick(self) -> None:
        """Advance by a phase if the terminal has acknowledged the last frame."""
        self._timer = None
        stage = self.page_state.stage
        if stage is None or not stage.transport.running or not self.is_current:
            return
        if not self.tutor.flow.ready():
            self._schedule(RETRY)
            return
        self.set_stage(advance.move(stage, stage.transport.tick()), all_of_it=False)
        show_now(self)
        self.call_after_refresh(self.tutor.flow.frame_sent)

    def halt(self) -> None:
        """Pause the run and the training run."""
        stage = self.page_state.stage
        if stage is None:
            return
        if stage.transport.running:
            stage = advance.move(stage, stage.transport.toggle())
        if stage.training is not None and stage.training.wanted:
            stage = advance.train(stage, stage.training.pause())
        self.page_state.stage = stage
        self._drive(stage)

    def leave(self) -> None:
        """Pause, and stop the training thread."""
        self.halt()
        self.end_training()

    # ---- commands -------------------------------------------------------------------------------

    def _move(self, transport: Transport) -> None:
        self.set_stage(advance.move(self.stage, transport), all_of_it=False)

    def do_run(self, key: str) -> None:
        """Run or pause; without animations, jump to the end or back to the start."""
        if self.stage.training is not None:
            self._train(self.stage.training.toggle())
            if self.stage.training.running and not self.tutor.motion:
                self.tutor.say(self.words("status.unseen"))  # the picture shows the old state
            return
        transport = self.stage.transport
        if self.tutor.motion or transport.running:
            self._move(transport.toggle())
        else:  # without animation: jump to the end, and from there back to the start
            ended = transport.position == transport.last
            self._move(transport.start() if ended else transport.end())

    def do_phase_on(self, key: str) -> None:
        """Move forward by one phase."""
        self._move(self.stage.transport.phase(1))

    def do_phase_back(self, key: str) -> None:
        """Move back by one phase."""
        self._move(self.stage.transport.phase(-1))

    def do_step_on(self, key: str) -> None:
        """Move to the end of the next step."""
        self._move(self.stage.transport.step(1))

    def do_step_back(self, key: str) -> None:
        """Move to the end of the previous step."""
        self._move(self.stage.transport.step(-1))

    def do_to_start(self, key: str) -> None:
        """Go to the start."""
        self._move(self.stage.transport.start())

    def do_to_end(self, key: str) -> None:
        """Jump to the end of the run; a running training continues at full speed instead."""
        training = self.stage.training
        if training is not None and training.running and not probing(self.stage):
            self._train(training.hurry())
            return
        self._move(self.stage.transport.end())

    def do_slower(self, key: str) -> None:
        """Decrease the speed."""
        self._faster(-1)

    def do_faster(self, key: str) -> None:
        """Increase the speed."""
        self._faster(1)

    def _faster(self, count: int) -> None:
        if self.stage.training is not None:
            self._train(self.stage.training.faster(count))
        else:
            self._move(self.stage.transport.faster(count))
