"""A picture being drawn by the learner: its points and the cursor."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rnntutor.nn.trace import Trace
from rnntutor.session import knobs
from rnntutor.session.stage import Stage, knob_of
from rnntutor.sims.base import OFF, ON

Points = tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture being drawn.

    Attributes:
        points: whether each point is on, row by row.
        chosen: points of the selected ready-made picture, which is shown if nothing is drawn.
        row: row of the cursor, from 0.
        column: column of the cursor, from 0.
    """

    points: Points
    chosen: Points
    row: int = 0
    column: int = 0

    @property
    def here(self) -> bool:
        """Whether the point under the cursor is on."""
        return self.points[self.row][self.column]

    @property
    def own(self) -> bool:
        """Whether the picture differs from the selected one."""
        return self.points != self.chosen

    @property
    def setting(self) -> str:
        """The value for the knob; "" if the picture equals the selected one."""
        return as_text(self) if self.own else ""


def begin_drawing(stage: Stage, name: str) -> Drawing:
    """Return the stage's picture without noise: the drawn one, else the selected one."""
    side = knob_of(stage, name).side
    chosen = _points(stage.simulation.picture(stage.settings, name), side)
    drawn = knobs.as_text(stage, name)
    return Drawing(_points(drawn, side) if drawn else chosen, chosen)


def _points(text: str, side: int) -> Points:
    rows = text.split() or [OFF * side] * side
    return tuple(tuple(sign == ON for sign in row) for row in rows)


def move(drawing: Drawing, down: int, right: int) -> Drawing:
    """Move the cursor, within the picture."""
    return put(drawing, drawing.row + down, drawing.column + right)


def put(drawing: Drawing, row: int, column: int) -> Drawing:
    """Put the cursor on a point, clamped to the picture."""
    last = len(drawing.points) - 1
    return replace(drawing, row=max(0, min(row, last)), column=max(0, min(column, last)))


def toggle(drawing: Drawing) -> Drawing:
    """Toggle the point under the cursor."""
    points = tuple(
        tuple(on != ((n, m) == (drawing.row, drawing.column)) for m, on in enumerate(row))
        for n, row in enumerate(drawing.points)
    )
    return replace(drawing, points=points)


def clear(drawing: Drawing) -> Drawing:
    """Clear all points."""
    return replace(drawing, points=tuple((False,) * len(row) for row in drawing.points))


def drop(drawing: Drawing) -> Drawing:
    """Restore the selected picture."""
    return replace(drawing, points=drawing.chosen)


def as_text(drawing: Drawing) -> str:
    """Return the points in the form in which a picture is typed."""
    return " ".join("".join(ON if on else OFF for on in row) for row in drawing.points)


def with_drawing(stage: Stage, name: str, drawing: Drawing) -> Stage:
    """Return the stage with this picture; the same stage if it already has it."""
    same = drawing.setting == knobs.as_text(stage, name)
    return stage if same else knobs.type_knob(stage, name, drawing.setting)


def trial(stage: Stage, name: str, drawing: Drawing) -> Trace:
    """Return the run that the stage would make with this picture."""
    given = {**stage.given, name: drawing.setting}
    return stage.simulation.trace(stage.simulation.make(given))
