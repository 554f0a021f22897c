"""What every screen with a stage does: the transport, the knobs, the views, predictions."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from time import monotonic

from textual.timer import Timer

from rnntutor.course.blocks import PredictChoice
from rnntutor.pages import stage as stage_rows
from rnntutor.session import advance, because, knobs, outcome, playing, predicting
from rnntutor.session import drawing as drawings
from rnntutor.session import stage as stages
from rnntutor.session.drawing import Drawing
from rnntutor.session.stage import Stage, probing
from rnntutor.session.stay import Watch
from rnntutor.session.training import FRAMES_PER_SECOND, Training
from rnntutor.session.transport import Transport
from rnntutor.spans import Rows
from rnntutor.study.progress import Page as Key
from rnntutor.tui.screen import TutorScreen
from rnntutor.tui.screens.drawing import DrawingScreen
from rnntutor.tui.screens.source import SourceScreen
from rnntutor.tui.terminal.textual_private import show_now
from rnntutor.tui.trainer import Reported, Trainer
from rnntutor.tui.visit import KNOBS, PROSE, STAGE, Visit
from rnntutor.tui.widgets.rows_view import RowsView

REST = 0.15  # seconds between two views that are drawn ahead
RETRY = 0.02  # seconds until a context is tried again that the terminal was not ready for


class SimulationScreen(TutorScreen):
    """Subclasses have a RowsView with the id "stage".

    visit: of the page that is shown; an empty one until a page is.
    """

    _timer: Timer | None = None
    _drawn = 0.0  # when a report of a training was drawn last
    _ahead: asyncio.TimerHandle | None = None  # until another view is drawn ahead
    _seen: tuple[object, ...] = ()  # the run and room whose views have been drawn ahead

    def __init__(self) -> None:
        super().__init__()
        self.visit = Visit()
        self._watch = Watch(self.tell)

    # ---- for subclasses -------------------------------------------------------------------------

    def stay_place(self) -> Key | None:
        """Lesson and page that the log is told of; None where it is told nothing."""
        return None

    def stage_changed(self, old: Stage, new: Stage) -> None:
        """What else has to happen when the stage changes: what was done there is kept for the
        log."""
        self.staying()
        self._watch.did(old, new)

    def rearrange(self) -> None:
        """Paint the page, whose parts may need other room than before."""
        self.paint()

    def above_stage(self, cells: int) -> Rows:
        """What stands above the stage in its panel, drawn anew with it."""
        return ()

    # ---- the stage ------------------------------------------------------------------------------

    @property
    def stage(self) -> Stage:
        found = self.visit.stage
        assert found is not None
        return found

    def set_stage(self, new: Stage, *, all_of_it: bool = True, shown: bool = True) -> None:
        """The stage's next state. all_of_it False: of the page only the panel and the footer are
        drawn again, unless the rest tells of what has changed; with shown False not even they."""
        old = self.stage
        self.visit.stage = new
        self.tutor.say("")
        if all_of_it or _marks(old) != _marks(new):
            self.rearrange()
        elif shown:
            self.paint_panel()
        self._drive(new)
        self.stage_changed(old, new)
        if new.transport.running and self._timer is None:
            self._schedule(new.transport.interval)

    def paint_panel(self) -> None:
        """Draw the panel again, and what the keys do now."""
        if self.trouble or not self.is_shown:
            self.paint()
            return
        try:
            self.paint_stage()
            self.paint_footer()
        except Exception as error:
            self.failed(error)

    def paint_stage(self) -> None:
        """Draw the panel, if the page has one."""
        panel = self.rows("stage")
        stage, size = self.visit.stage, panel.size
        cells = size.width - 2 * panel.margin
        if stage is None or cells < 20 or not size.height:
            return
        above = self.above_stage(cells)
        room = max(1, size.height - len(above))
        focus, said = self.visit.focus, self.tutor.said()
        rows = stage_rows.stage_rows(stage, self.words, cells, room, focus=focus, said=said)
        panel.show((*above, *rows), top=0)
        self._look_ahead(stage, cells, room)

    def _look_ahead(self, stage: Stage, cells: int, room: int) -> None:
        """Once a stage has come to rest, draw its other views, one after the other, the next one
        first: pictures are kept, and the key that asks for one finds it drawn."""
        runs = stage.transport.running or (stage.training is not None and stage.training.wanted)
        seen = (id(stage.trace), stage.at, runs, cells, room)
        if seen == self._seen:
            return
        self._seen = seen
        if self._ahead is not None:
            self._ahead.cancel()
        if runs:
            return
        others = [(stage.view + n) % len(stage.views) for n in range(1, len(stage.views))]

        def draw() -> None:
            if others and self.is_current and self._seen == seen:
                shown = stages.show(stage, others.pop(0))
                with suppress(Exception):  # it is said when that view is shown
                    stage_rows.stage_rows(shown, self.words, cells, room)
                self._ahead = loop.call_later(REST, draw)

        loop = asyncio.get_running_loop()
        self._ahead = loop.call_later(REST, draw)

    def _schedule(self, seconds: float) -> None:
        self._timer = self.set_timer(seconds, self._tick)

    def _tick(self) -> None:
        """A phase on, if the terminal has drawn the last one."""
        self._timer = None
        stage = self.visit.stage
        if stage is None or not stage.transport.running or not self.is_current:
            return
        if not self.tutor.flow.ready():
            self._schedule(RETRY)
            return
        self.set_stage(advance.move(stage, stage.transport.tick()), all_of_it=False)
        show_now(self)
        self.call_after_refresh(self.tutor.flow.frame_sent)

    def halt(self) -> None:
        """Pause whatever runs."""
        stage = self.visit.stage
        if stage is None:
            return
        if stage.transport.running:
            stage = advance.move(stage, stage.transport.toggle())
        if stage.training is not None and stage.training.wanted:
            stage = advance.train(stage, stage.training.pause())
        self.visit.stage = stage
        self._drive(stage)

    def leave(self) -> None:
        """Pause, and end the training's thread: it does not outlive its page."""
        self.halt()
        if self._trainer is None:
            return
        self._trainer.close()
        self._trainer = None
        stage = self.visit.stage
        if stage is not None and stage.training is not None:
            self.visit.stage = advance.train(stage, stage.training.anew())

    def on_screen_suspend(self) -> None:
        self.halt()
        self.leaving()

    def on_screen_resume(self) -> None:
        self.staying()

    def on_unmount(self) -> None:
        if self._ahead is not None:
            self._ahead.cancel()
        self.leave()
        self.leaving()

    # ---- how long, and what was done ------------------------------------------------------------

    def staying(self) -> None:
        """The page is looked at."""
        self._watch.begin(self.stay_place())

    def leaving(self) -> None:
        """The log is told how long the page was looked at, and what was done there."""
        with suppress(RuntimeError):  # the log is closed: the program was ended from outside
            self._watch.end()

    # ---- training -------------------------------------------------------------------------------

    @property
    def is_busy(self) -> bool:
        """Whether a single report that was asked for is still to come."""
        stage = self.visit.stage
        return stage is not None and stage.training is not None and stage.training.single

    _trainer: Trainer | None = None
    _kept: Reported | None = None  # a report that came after the pause: the next one to be shown

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

    def on_reported(self, message: Reported) -> None:
        """A report has come from the training's thread."""
        message.stop()
        stage = self.visit.stage
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
            update = update.probe_with(
                stage.settings
            )  # a knob was turned while the report was made
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

    def _move(self, transport: Transport) -> None:
        self.set_stage(advance.move(self.stage, transport), all_of_it=False)

    # ---- commands -------------------------------------------------------------------------------

    def do_run(self, key: str) -> None:
        if self.stage.training is not None:
            self._train(self.stage.training.toggle())
            if self.stage.training.running and not self.tutor.motion:
                self.tutor.say(self.words("status.unseen"))  # what is drawn is how it was before
            return
        transport = self.stage.transport
        if self.tutor.motion or transport.running:
            self._move(transport.toggle())
        else:  # nothing moves by itself: to the end at once, and from there back to the start
            ended = transport.position == transport.last
            self._move(transport.start() if ended else transport.end())

    def do_decide(self, key: str) -> None:
        self.set_stage(playing.decide(self.stage, int(key)))

    def do_phase_on(self, key: str) -> None:
        self._move(self.stage.transport.phase(1))

    def do_phase_back(self, key: str) -> None:
        self._move(self.stage.transport.phase(-1))

    def do_step_on(self, key: str) -> None:
        self._move(self.stage.transport.step(1))

    def do_step_back(self, key: str) -> None:
        self._move(self.stage.transport.step(-1))

    def do_to_start(self, key: str) -> None:
        self._move(self.stage.transport.start())

    def do_to_end(self, key: str) -> None:
        """The end of the run; of a training that goes on, its end as fast as it can."""
        training = self.stage.training
        if training is not None and training.running and not probing(self.stage):
            self._train(training.hurried())
            return
        self._move(self.stage.transport.end())

    def do_slower(self, key: str) -> None:
        self._faster(-1)

    def do_faster(self, key: str) -> None:
        self._faster(1)

    def _faster(self, count: int) -> None:
        if self.stage.training is not None:
            self._train(self.stage.training.faster(count))
        else:
            self._move(self.stage.transport.faster(count))

    def do_reset(self, key: str) -> None:
        self.set_stage(stages.reset(self.stage))

    def do_view(self, key: str) -> None:
        self.set_stage(stages.show(self.stage, int(key) - 1), all_of_it=False)

    def do_next_view(self, key: str) -> None:
        self.set_stage(stages.next_view(self.stage), all_of_it=False)

    def do_unit_on(self, key: str) -> None:
        self.set_stage(stages.next_unit(self.stage, 1), all_of_it=False)

    def do_unit_back(self, key: str) -> None:
        self.set_stage(stages.next_unit(self.stage, -1), all_of_it=False)

    def do_shared(self, key: str) -> None:
        self.set_stage(stages.share(self.stage), all_of_it=False)

    def do_source(self, key: str) -> None:
        self.halt()
        self.app.push_screen(SourceScreen(self.stage))

    def do_draw(self, key: str) -> None:
        """Draw the picture of the knob that has the focus."""
        self.halt()
        knob = self.focused_knob()

        def take(drawing: Drawing | None) -> None:
            if drawing is not None:
                self.set_stage(drawings.taken(self.stage, knob, drawing))

        self.app.push_screen(DrawingScreen(lambda: self.stage, knob), take)

    def do_line(self, key: str) -> None:
        line = knobs.command_line(self.stage)
        copied = self.tutor.copy(line)
        self.tutor.say(self.words("stage.copied", line=line) if copied else line)
        self.paint()

    # ---- focus and knobs ------------------------------------------------------------------------

    def do_focus_next(self, key: str) -> None:
        self._focus(1)

    def do_focus_previous(self, key: str) -> None:
        self._focus(-1)

    def _focus(self, count: int) -> None:
        """Prose, stage, each knob, and round again."""
        places = KNOBS + len(self.stage.controls)
        first = STAGE if self.alone else PROSE
        self.visit.focus = first + (self.visit.focus - first + count) % (places - first)
        self.paint_panel()

    @property
    def alone(self) -> bool:
        """Whether the stage has the screen for itself, with no prose to focus."""
        return True

    def do_knob_down(self, key: str) -> None:
        self._walk_knobs(1)

    def do_knob_up(self, key: str) -> None:
        self._walk_knobs(-1)

    def _walk_knobs(self, count: int) -> None:
        last = KNOBS + len(self.stage.controls) - 1
        self.visit.focus = max(KNOBS, min(self.visit.focus + count, last))
        self.paint_panel()

    def focused_knob(self) -> str:
        """The knob that has the focus; "" if none has."""
        place = self.visit.focus - KNOBS
        controls = self.stage.controls
        return controls[place] if 0 <= place < len(controls) else ""

    def do_open_row(self, key: str) -> None:
        self.set_stage(stages.open_next_row(self.stage), all_of_it=False)

    def do_more(self, key: str) -> None:
        self._turn(self.visit.focus - KNOBS, 1)

    def do_less(self, key: str) -> None:
        self._turn(self.visit.focus - KNOBS, -1)

    def _turn(self, knob: int, count: int) -> None:
        controls = self.stage.controls
        if 0 <= knob < len(controls):
            self.set_stage(knobs.turn(self.stage, controls[knob], count), all_of_it=False)

    # ---- predictions ----------------------------------------------------------------------------

    def do_skip(self, key: str) -> None:
        self.set_stage(predicting.skip(self.stage))

    def do_predict(self, key: str) -> None:
        prediction = self.stage.prediction
        if prediction is not None and isinstance(prediction.spec, PredictChoice):
            self.set_stage(predicting.predict(self.stage, int(key) - 1))

    def do_because(self, key: str) -> None:
        self.set_stage(because.choose(self.stage, int(key) - 1))

    def do_because_read(self, key: str) -> None:
        self.set_stage(because.read(self.stage))

    # ---- the mouse ------------------------------------------------------------------------------

    async def on_rows_view_clicked(self, message: RowsView.Clicked) -> None:
        kind, _, name = message.link.partition(":")
        message.prevent_default()  # or Textual calls the base class's handler as well
        stage = self.visit.stage
        if stage is not None and kind in ("knob", "turn-", "turn+") and name in stage.controls:
            message.stop()
            if because.reasons(stage) or because.is_told(stage):
                return  # a reason is chosen first
            place = stage.controls.index(name)
            self.visit.focus = KNOBS + place
            if kind == "knob" and knobs.drawn(stage, name) and stage.ready:
                self.do_draw("")
            elif kind == "knob":
                self.paint()
            else:
                self._turn(place, 1 if kind == "turn+" else -1)
            return
        if message.link == "key:u+":
            message.stop()
            self.do_unit_on("")
            return
        await super().on_rows_view_clicked(message)


def _marks(stage: Stage) -> tuple[object, ...]:
    """What the rest of the page shows of a stage: its ticks, verdicts, whether it runs."""
    training = stage.training
    state = (training.running, training.done, training.diverged) if training is not None else ()
    marks = (stage.ticks, stage.task_done, stage.goal_met, stage.transport.running, state)
    if stage.prediction is None and stage.bound is None:
        return marks
    reason = (because.chosen(stage), because.is_told(stage))
    told = (outcome.verdict(stage), outcome.told(stage), reason)
    return (*marks, stage.ready, stage.bound, told, outcome.elsewhere(stage))
