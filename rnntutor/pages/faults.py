"""The faults of a course as rows: what its author wrote that could not be read."""

from __future__ import annotations

from collections.abc import Sequence

from rnntutor.course.report import Problem
from rnntutor.render.primitives.wrap import wrap
from rnntutor.spans import Row, Rows, Span, behind
from rnntutor.words import Words

FEW = 3  # that are told on a page
MORE = 8  # on that of a lesson which has no other


def count_rows(faults: Sequence[Problem], words: Words, cells: int) -> Rows:
    """How many there are in a lesson, and what lists them; no row where there is none."""
    if not faults:
        return ()
    said = Span(words("fault.count", n=len(faults)), "wrong")
    return behind(Span("✗ ", "wrong"), wrap((said,), cells - 2))


def fault_rows(faults: Sequence[Problem], words: Words, cells: int, most: int = FEW) -> Rows:
    """The first of them, each with its line in the file, and how many there are beyond."""
    rows: list[Row] = []
    names = [f"{words('fault.line', n=fault.line)}  " for fault in faults[:most]]
    room = max((Span(name).width for name in names), default=0)
    for fault, name in zip(faults, names, strict=False):
        lead = Span(name + " " * (room - Span(name).width), "grey")
        rows += behind(lead, wrap((Span(fault.text, "wrong"),), cells - room))
    if len(faults) > most:
        rows += wrap((Span(words("fault.more", n=len(faults) - most), "grey"),), cells)
    return tuple(rows)
