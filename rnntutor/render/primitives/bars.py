"""Bars: solid in eighths of a cell for positive values, hatched for negative ones."""

from __future__ import annotations

from rnntutor.spans import Row, Span

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_LEVELS = "▁▂▃▄▅▆▇█"
SOLID, HATCHED, NOTHING = "█", "▒", "·"
BEYOND, ABOVE = "▶", "▲"  # the last cell of a bar that is cut off
EXACT = 1 + 1e-9
NEGATIVE = "grad"  # role of negative values, as in a heat map


def bar(
    value: float | None,
    full: float,
    room: int,
    *,
    role: str = "",
    track: float = 0.0,
    grey: bool = False,
) -> Row:
    """Return a horizontal bar in exactly `room` cells.

    value| = full fills it; a larger value ends in an arrow.

    Args:
        value: the value; None leaves the room blank.
        full: the value of a full bar.
        room: width in cells.
        role: colour of a positive bar.
        track: value up to which the space after the bar is dotted.
        grey: whether the bar is dimmed.
    """
    if value is None or room <= 0 or full <= 0:
        return (Span(" " * max(room, 0)),)
    eighths = round(8 * room * min(abs(value) / full, 1))
    if value and not eighths:
        eighths = 1
    whole, part = divmod(eighths, 8)
    if value < 0:
        drawn = HATCHED * max(1, round(eighths / 8))
    else:
        drawn = SOLID * whole + (_EIGHTHS[part] if part else "")
    if abs(value) > full * EXACT:
        drawn = drawn[:-1] + BEYOND
    ink = "faint" if grey else NEGATIVE if value < 0 else role
    rest = room - len(drawn)
    dots = max(0, min(room, round(room * track / full)) - len(drawn))
    end = Span(NOTHING * dots, "faint"), Span(" " * (rest - dots))
    return (Span(drawn, ink), *(span for span in end if span.text))


def level(value: float | None, full: float) -> str:
    """Return one character for the size of a value relative to `full`.

    It is "·" for zero or an unknown value, and an arrow for a larger one.
    """
    if value is None or not value or value != value:
        return NOTHING
    if abs(value) > full * EXACT:
        return ABOVE
    return _LEVELS[min(7, int(8 * min(abs(value) / full, 1)))]


def height(room: int, least: int) -> int:
    """Return the height of a vertical bar, `least` to three times that in a tall picture.

    Args:
        room: height of the picture in rows.
        least: minimum height.
    """
    return max(least, min(3 * least, room * least // 12))


def tall(value: float | None, full: float, rows: int) -> tuple[str, ...]:
    """Return a vertical bar of one cell by `rows` rows, from the top.

    The sign of the value is not drawn; colour and text beside the bar show it.
    """
    if rows == 1 or value is None or value != value:
        return (*[" "] * (rows - 1), level(value, full))
    eighths = max(1, round(8 * rows * min(abs(value) / full, 1))) if value else 0
    cells = [NOTHING if not eighths and row == 0 else " " for row in range(rows)]
    for row in range(-(-eighths // 8)):
        cells[row] = _LEVELS[min(8, eighths - 8 * row) - 1]
    if abs(value) > full * EXACT:
        cells[-1] = ABOVE
    return tuple(reversed(cells))
