"""The picture being drawn, the network's reading of it, and the effect of keys at the cursor."""

from __future__ import annotations

from rnntutor.nn.trace import Trace
from rnntutor.render.primitives.wrap import wrap
from rnntutor.render.views import toy_picture
from rnntutor.session.drawing import Drawing
from rnntutor.spans import Row, Rows, Span, beside, fit
from rnntutor.words import Words

GAP = 4
MARGIN = 3  # width in cells of the space before the picture, for the mark of the cursor's row
UNDER = {False: "[]", True: "▐▌"}  # text of a point under the cursor, off and on


def drawing_rows(drawing: Drawing, trace: Trace, words: Words, cells: int) -> Rows:
    """Return the rows of a drawing, `cells` wide.

    Args:
        trace: the run with this picture.
    """
    side = len(drawing.points)
    left = _picture_rows(drawing)
    right = _told_rows(trace, words, cells - MARGIN - 2 * side - GAP)
    both = beside(left, right, MARGIN + 2 * side + GAP)
    return ((), *both, (), *_cursor_rows(drawing, words, cells))


def _picture_rows(drawing: Drawing) -> Rows:
    """Return the points, with marks at the cursor's column and row."""
    head: Row = (Span(" " * (MARGIN + 2 * drawing.column)), Span("▾▾", "accent"))
    rows: list[Row] = [head]
    for n, points in enumerate(drawing.points):
        sign = " ▸" if n == drawing.row else ""
        spans = (_point(drawing, n, m, on) for m, on in enumerate(points))
        rows.append((*fit((Span(sign, "accent"),), MARGIN), *spans))
    return tuple(rows)


def _point(drawing: Drawing, row: int, column: int, on: bool) -> Span:
    link = f"point:{row}:{column}"
    if (row, column) == (drawing.row, drawing.column):
        return Span(UNDER[on], "accent", back="lit", link=link)
    point = toy_picture.point(float(on))
    return Span(point.text, point.role, link=link)


def _told_rows(trace: Trace, words: Words, cells: int) -> Rows:
    """Return the network's reading of the picture, and a note if its input has noise."""
    said = Span(toy_picture.sentence(trace, words), "y", strong=True)
    noise = Span(words("drawing.noisy") if toy_picture.noisy(trace) else "", "grey")
    heading: Row = (Span(words("drawing.says"), "grey"),)
    return (heading, *wrap((said,), cells), (), *wrap((noise,), cells))


def _cursor_rows(drawing: Drawing, words: Words, cells: int) -> Rows:
    """Return the cursor's position and the keys that act on it."""
    key = "drawing.on" if drawing.here else "drawing.off"
    here = words(key, row=drawing.row + 1, column=drawing.column + 1)
    return tuple(
        row for text in (here, words("drawing.move")) for row in wrap((Span(text, "grey"),), cells)
    )
