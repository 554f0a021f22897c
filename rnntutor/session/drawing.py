"""A picture while it is drawn: its points, the cursor on them, and the run that it would make."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rnntutor.nn.trace import Trace
from rnntutor.session import knobs
from rnntutor.session.stage import Stage, knob_of
from rnntutor.sims.base import OFF, ON

Points = tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """points: whether each is on, row by row. chosen: those of the picture that is seen where
    none is drawn. row, column: where the cursor is, from 0."""

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
        """Whether it is another picture than the chosen one."""
        return self.points != self.chosen

    @property
    def setting(self) -> str:
        """What the knob is set to: the chosen picture needs no drawing in its place."""
        return as_text(self) if self.own else ""


def begun(stage: Stage, name: str) -> Drawing:
    """The picture that the stage shows, the noise left aside: the drawn one, else the chosen."""
    side = knob_of(stage, name).side
    chosen = _points(stage.simulation.picture(stage.settings, name), side)
    drawn = knobs.as_text(stage, name)
    return Drawing(_points(drawn, side) if drawn else chosen, chosen)


def _points(text: str, side: int) -> Points:
    rows = text.split() or [OFF * side] * side
    return tuple(tuple(sign == ON for sign in row) for row in rows)


def move(drawing: Drawing, down: int, right: int) -> Drawing:
    """The cursor moved, as far as there are points."""
    return put(drawing, drawing.row + down, drawing.column + right)


def put(drawing: Drawing, row: int, column: int) -> Drawing:
    """The cursor at a point, or at the nearest to it."""
    last = len(drawing.points) - 1
    return replace(drawing, row=max(0, min(row, last)), column=max(0, min(column, last)))


def toggle(drawing: Drawing) -> Drawing:
    """The point under the cursor set, or cleared if it was set."""
    points = tuple(
        tuple(on != ((n, m) == (drawing.row, drawing.column)) for m, on in enumerate(row))
        for n, row in enumerate(drawing.points)
    )
    return replace(drawing, points=points)


def clear(drawing: Drawing) -> Drawing:
    """No point set."""
    return replace(drawing, points=tuple((False,) * len(row) for row in drawing.points))


def drop(drawing: Drawing) -> Drawing:
    """The chosen picture again."""
    return replace(drawing, points=drawing.chosen)


def as_text(drawing: Drawing) -> str:
    """The points as a picture is typed."""
    return " ".join("".join(ON if on else OFF for on in row) for row in drawing.points)


def taken(stage: Stage, name: str, drawing: Drawing) -> Stage:
    """The stage with this picture; the same stage if it shows it already."""
    same = drawing.setting == knobs.as_text(stage, name)
    return stage if same else knobs.type_knob(stage, name, drawing.setting)


def trial(stage: Stage, name: str, drawing: Drawing) -> Trace:
    """The run of the stage with this picture."""
    given = {**stage.given, name: drawing.setting}
    return stage.simulation.trace(stage.simulation.make(given))
