"""A stage on a screen: painting, views and knobs, by keys and mouse."""

from __future__ import annotations

from contextlib import suppress

from rnntutor.pages import stage as stage_rows
from rnntutor.session import because, knobs, outcome, viewing
from rnntutor.session import drawing as drawings
from rnntutor.session import stage as stages
from rnntutor.session.drawing import Drawing
from rnntutor.session.stage import Stage
from rnntutor.session.stay import Watch
from rnntutor.spans import Rows
from rnntutor.study.progress import PageKey
from rnntutor.tui.ahead import Ahead
from rnntutor.tui.page_state import KNOBS, PROSE, STAGE
from rnntutor.tui.screens.drawing import DrawingScreen
from rnntutor.tui.screens.transport import TransportScreen
from rnntutor.tui.widgets.rows_view import RowsView


class SimulationScreen(TransportScreen):
    """A screen with a stage; subclasses have a RowsView "stage"."""

    def __init__(self) -> None:
        super().__init__()
        self._watch = Watch(self.tell)
        self._ahead = Ahead(lambda: self.is_current)

    # ---- for subclasses -------------------------------------------------------------------------

    def stay_page(self) -> PageKey | None:
        """Return the lesson and page recorded with the time spent; None if it is not recorded."""
        return None

    def after_stage_change(self, old: Stage, new: Stage) -> None:
        """Called after the stage has changed; notes the learner's actions for the log."""
        self.staying()
        self._watch.did(old, new)

    def rearrange(self) -> None:
        """Paint the page after its parts may have changed size."""
        self.paint()

    def above_stage(self, cells: int) -> Rows:
        """Return the rows above the stage in its panel, updated with it."""
        return ()

    # ---- the stage ------------------------------------------------------------------------------

    def set_stage(self, new: Stage, *, all_of_it: bool = True, shown: bool = True) -> None:
        old = self.stage
        self.page_state.stage = new
        self.tutor.say("")
        if all_of_it or _marks(old) != _marks(new):
            self.rearrange()
        elif shown:
            self.paint_panel()
        self._drive(new)
        self.after_stage_change(old, new)
        self.keep_time(new.transport)

    def paint_panel(self) -> None:
        """Paint the panel and the footer."""
        if self.trouble or not self.is_shown:
            self.paint()
            return
        try:
            self.paint_stage()
            self.paint_footer()
        except Exception as error:
            self.handle_error(error)

    def paint_stage(self) -> None:
        """Paint the panel, if the page has a stage."""
        panel = self.rows("stage")
        stage, size = self.page_state.stage, panel.size
        cells = size.width - 2 * panel.margin
        if stage is None or cells < 20 or not size.height:
            return
        above = self.above_stage(cells)
        room = max(1, size.height - len(above))
        focus, said = self.page_state.focus, self.tutor.status_row()
        rows = stage_rows.stage_rows(stage, self.words, cells, room, focus=focus, said=said)
        panel.show((*above, *rows), top=0)
        if stage.transport.running or (stage.training is not None and stage.training.wanted):
            self._ahead.stop()
            return

        def draw(others: int) -> None:
            shown = viewing.show(stage, (stage.view + others) % len(stage.views))
            stage_rows.stage_rows(shown, self.words, cells, room)

        self._ahead.look((id(stage.trace), stage.cursor, cells, room), draw, len(stage.views) - 1)

    def on_screen_suspend(self) -> None:
        self.halt()
        self.leaving()

    def on_screen_resume(self) -> None:
        self.staying()

    def on_unmount(self) -> None:
        self._ahead.stop()
        self.leave()
        self.leaving()

    # ---- how long, and what was done ------------------------------------------------------------

    def staying(self) -> None:
        """Start measuring the time spent on the page."""
        self._watch.begin(self.stay_page())

    def leaving(self) -> None:
        """Record the time spent on the page and the actions there."""
        with suppress(RuntimeError):  # the log is closed after a signal
            self._watch.end()

    # ---- views ----------------------------------------------------------------------------------

    def do_reset(self, key: str) -> None:
        """Reset the stage to its initial settings."""
        self.set_stage(stages.reset(self.stage))

    def do_view(self, key: str) -> None:
        """Select the view with the number of the key."""
        self.set_stage(viewing.show(self.stage, int(key) - 1), all_of_it=False)

    def do_next_view(self, key: str) -> None:
        """Select the next view."""
        self.set_stage(viewing.next_view(self.stage), all_of_it=False)

    def do_unit_on(self, key: str) -> None:
        """Select the next unit."""
        self.set_stage(viewing.next_unit(self.stage, 1), all_of_it=False)

    def do_unit_back(self, key: str) -> None:
        """Select the previous unit."""
        self.set_stage(viewing.next_unit(self.stage, -1), all_of_it=False)

    def do_shared(self, key: str) -> None:
        """Show or hide the shared weights."""
        self.set_stage(viewing.share(self.stage), all_of_it=False)

    def do_open_row(self, key: str) -> None:
        """Show the products of the next row of the arithmetic."""
        self.set_stage(viewing.open_next_row(self.stage), all_of_it=False)

    def do_source(self, key: str) -> None:
        """Show the source code of the present phase."""
        self.halt()
        from rnntutor.tui.screens.source import SourceScreen

        self.app.push_screen(SourceScreen(self.stage))

    def do_draw(self, key: str) -> None:
        """Draw the picture of the focused knob."""
        self.halt()
        knob = self.focused_knob()

        def take(drawing: Drawing | None) -> None:
            if drawing is not None:
                self.set_stage(drawings.with_drawing(self.stage, knob, drawing))

        self.app.push_screen(DrawingScreen(lambda: self.stage, knob), take)

    def do_line(self, key: str) -> None:
        """Show the command that reopens this state, and copy it to the clipboard."""
        line = knobs.command_line(self.stage)
        copied = self.tutor.copy(line)
        self.tutor.say(self.words("stage.copied", line=line) if copied else line)
        self.paint()

    # ---- focus and knobs ------------------------------------------------------------------------

    def do_focus_next(self, key: str) -> None:
        """Focus the next of text, stage and knobs."""
        self._focus(1)

    def do_focus_previous(self, key: str) -> None:
        """Focus the previous of text, stage and knobs."""
        self._focus(-1)

    def _focus(self, count: int) -> None:
        """Move the focus cyclically through prose, stage and knobs."""
        end = KNOBS + len(self.stage.controls)
        first = STAGE if self.alone else PROSE
        self.page_state.focus = first + (self.page_state.focus - first + count) % (end - first)
        self.paint_panel()

    @property
    def alone(self) -> bool:
        """Whether the stage fills the screen, with no prose to focus."""
        return True

    def do_knob_down(self, key: str) -> None:
        """Focus the next knob."""
        self._walk_knobs(1)

    def do_knob_up(self, key: str) -> None:
        """Focus the previous knob."""
        self._walk_knobs(-1)

    def _walk_knobs(self, count: int) -> None:
        last = KNOBS + len(self.stage.controls) - 1
        self.page_state.focus = max(KNOBS, min(self.page_state.focus + count, last))
        self.paint_panel()

    def focused_knob(self) -> str:
        """Return the name of the focused knob; "" if there is none."""
        index = self.page_state.focus - KNOBS
        controls = self.stage.controls
        return controls[index] if 0 <= index < len(controls) else ""

    def do_more(self, key: str) -> None:
        """Turn the focused knob up."""
        self._turn(self.page_state.focus - KNOBS, 1)

    def do_less(self, key: str) -> None:
        """Turn the focused knob down."""
        self._turn(self.page_state.focus - KNOBS, -1)

    def _turn(self, knob: int, count: int) -> None:
        controls = self.stage.controls
        if 0 <= knob < len(controls):
            self.set_stage(knobs.turn(self.stage, controls[knob], count), all_of_it=False)

    # ---- the mouse ------------------------------------------------------------------------------

    async def on_rows_view_clicked(self, message: RowsView.Clicked) -> None:
        kind, _, name = message.link.partition(":")
        message.prevent_default()  # otherwise Textual also calls the base class's handler
        stage = self.page_state.stage
        if stage is not None and kind in ("knob", "turn-", "turn+") and name in stage.controls:
            message.stop()
            if because.reasons(stage) or because.is_told(stage):
                return  # a reason must be chosen first
            index = stage.controls.index(name)
            self.page_state.focus = KNOBS + index
            if kind == "knob" and knobs.drawn(stage, name) and stage.ready:
                self.do_draw("")
            elif kind == "knob":
                self.paint()
            else:
                self._turn(index, 1 if kind == "turn+" else -1)
            return
        if message.link == "key:u+":
            message.stop()
            self.do_unit_on("")
            return
        await super().on_rows_view_clicked(message)


def _marks(stage: Stage) -> tuple[object, ...]:
    """Return the parts of a stage's state that are visible outside its panel."""
    training = stage.training
    state = (training.running, training.done, training.diverged) if training is not None else ()
    marks = (stage.ticks, stage.task_done, stage.goal_met, stage.transport.running, state)
    if stage.prediction is None and stage.bound is None:
        return marks
    reason = (because.chosen_reason(stage), because.is_told(stage))
    told = (outcome.verdict(stage), outcome.told(stage), reason)
    return (*marks, stage.ready, stage.bound, told, outcome.elsewhere(stage))
