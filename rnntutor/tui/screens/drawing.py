"""Drawing a picture for a stage's knob."""

from __future__ import annotations

from collections.abc import Callable

from rnntutor.nn.trace import Trace
from rnntutor.pages.drawing import drawing_rows
from rnntutor.session import drawing as drawings
from rnntutor.session.drawing import Drawing
from rnntutor.session.naming import knob_label, picture_word
from rnntutor.session.stage import Stage
from rnntutor.spans import Row, Span
from rnntutor.tui import commands
from rnntutor.tui.keys import KeyCommand
from rnntutor.tui.screen import TutorScreen


class DrawingScreen(TutorScreen):
    """A screen for drawing; its result is the accepted drawing, or None.

    Args:
        stage: returns the current stage, which changes only its language until the picture is
            accepted.
        name: the knob for which the picture is drawn.
    """

    _ran: tuple[Stage, str, Trace] | None = None

    def __init__(self, stage: Callable[[], Stage], name: str) -> None:
        super().__init__()
        self._stage = stage
        self.knob = name
        self.drawing = drawings.begin_drawing(stage(), name)

    @property
    def stage(self) -> Stage:
        """The stage whose knob is drawn."""
        return self._stage()

    def headline(self) -> tuple[Row, Row]:
        label = knob_label(self.stage, self.words, self.knob)
        held = picture_word(self.words, self.knob, self.drawing.setting)
        title = Span(self.words("drawing.title"), strong=True)
        return (title,), (Span(f"{label} {held}", "grey"),)

    def own_commands(self) -> tuple[KeyCommand, ...]:
        return commands.drawing()

    def paint_body(self) -> None:
        view = self.rows("rows")
        cells = view.size.width - 2 * view.margin
        if cells >= 20:
            view.show(drawing_rows(self.drawing, self._trace(), self.words, cells))

    def _trace(self) -> Trace:
        """Return the run with this picture, cached while only the cursor moves."""
        stage, text = self.stage, self.drawing.setting
        if self._ran is None or self._ran[0] is not stage or self._ran[1] != text:
            self._ran = (stage, text, drawings.trial(stage, self.knob, self.drawing))
        return self._ran[2]

    def _draw(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.paint()

    def follow_point(self, target: str) -> None:
        """Toggle the clicked point, "row:column"."""
        row, _, column = target.partition(":")
        self._draw(drawings.toggle(drawings.put(self.drawing, int(row), int(column))))

    # ---- commands -------------------------------------------------------------------------------

    def do_point_up(self, key: str) -> None:
        """Move the cursor up."""
        self._draw(drawings.move(self.drawing, -1, 0))

    def do_point_down(self, key: str) -> None:
        """Move the cursor down."""
        self._draw(drawings.move(self.drawing, 1, 0))

    def do_point_left(self, key: str) -> None:
        """Move the cursor left."""
        self._draw(drawings.move(self.drawing, 0, -1))

    def do_point_right(self, key: str) -> None:
        """Move the cursor right."""
        self._draw(drawings.move(self.drawing, 0, 1))

    def do_point(self, key: str) -> None:
        """Toggle the point at the cursor."""
        self._draw(drawings.toggle(self.drawing))

    def do_clear(self, key: str) -> None:
        """Clear all points."""
        self._draw(drawings.clear(self.drawing))

    def do_drop(self, key: str) -> None:
        """Restore the selected picture."""
        self._draw(drawings.drop(self.drawing))

    def do_take(self, key: str) -> None:
        """Accept the picture."""
        self.dismiss(self.drawing)

    def do_out(self, key: str) -> None:
        """Close the screen without a change."""
        self.dismiss(None)
