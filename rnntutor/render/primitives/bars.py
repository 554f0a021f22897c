"""Bars: solid to eighths of a cell for what is positive, hatched for what is negative."""

from __future__ import annotations

from rnntutor.spans import Row, Span

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_LEVELS = "▁▂▃▄▅▆▇█"
SOLID, HATCHED, NOTHING = "█", "▒", "·"
BEYOND, ABOVE = "▶", "▲"  # the last cell of a bar that would have to be longer
EXACT = 1 + 1e-9
NEGATIVE = "grad"  # the colour below zero, as in a heat map


def bar(
    value: float | None,
    full: float,
    room: int,
    *,
    role: str = "",
    track: float = 0.0,
    grey: bool = False,
) -> Row:
    """A bar from the left in exactly `room` cells; |value| = full fills it, and a larger one ends
    in an arrow.

    track: up to this value the rest of the way is dotted. grey: not in focus.
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
    """One cell: the size of a value against `full`; "·" for zero and for what is not known, an
    arrow for what is larger."""
    if value is None or not value or value != value:
        return NOTHING
    if abs(value) > full * EXACT:
        return ABOVE
    return _LEVELS[min(7, int(8 * min(abs(value) / full, 1)))]


def height(room: int, least: int) -> int:
    """How many rows a standing bar may have: `least`, and in a picture of many rows (`room`) up to
    three times as many."""
    return max(least, min(3 * least, room * least // 12))


def tall(value: float | None, full: float, rows: int) -> tuple[str, ...]:
    """A bar `rows` high in one cell, from the top row down. Its sign is told by its colour and by
    what stands beside it."""
    if rows == 1 or value is None or value != value:
        return (*[" "] * (rows - 1), level(value, full))
    eighths = max(1, round(8 * rows * min(abs(value) / full, 1))) if value else 0
    cells = [NOTHING if not eighths and row == 0 else " " for row in range(rows)]
    for row in range(-(-eighths // 8)):
        cells[row] = _LEVELS[min(8, eighths - 8 * row) - 1]
    if abs(value) > full * EXACT:
        cells[-1] = ABOVE
    return tuple(reversed(cells))
