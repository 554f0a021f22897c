"""Render errors in a course file as rows."""

from __future__ import annotations

from collections.abc import Sequence

from rnntutor.course.report import Problem
from rnntutor.render.primitives.wrap import wrap
from rnntutor.spans import Row, Rows, Span, behind
from rnntutor.words import Words

FEW = 3  # most errors shown on a page
MORE = 8  # most errors shown on the only page of a lesson


def count_rows(faults: Sequence[Problem], words: Words, cells: int) -> Rows:
    """Return the number of errors in a lesson and the command that lists them; no rows if none."""
    if not faults:
        return ()
    said = Span(words("fault.count", n=len(faults)), "wrong")
    return behind(Span("✗ ", "wrong"), wrap((said,), cells - 2))


def fault_rows(faults: Sequence[Problem], words: Words, cells: int, most: int = FEW) -> Rows:
    """Return the first errors, each with its line in the file, and the number of further ones."""
    rows: list[Row] = []
    names = [f"{words('fault.line', n=fault.line)}  " for fault in faults[:most]]
    room = max((Span(name).width for name in names), default=0)
    for fault, name in zip(faults, names, strict=False):
        lead = Span(name + " " * (room - Span(name).width), "grey")
        rows += behind(lead, wrap((Span(fault.text, "wrong"),), cells - room))
    if len(faults) > most:
        rows += wrap((Span(words("fault.more", n=len(faults) - most), "grey"),), cells)
    return tuple(rows)
