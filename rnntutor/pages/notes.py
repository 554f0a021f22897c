"""A learner's notes on a page, as rows and as signs."""

from __future__ import annotations

from rnntutor.render.primitives.wrap import wrap
from rnntutor.spans import Row, Rows, Span, behind
from rnntutor.study.progress import PageKey, Progress
from rnntutor.words import Words

NOTE, UNCLEAR = "✎", "?"


def note_rows(where: PageKey, progress: Progress, words: Words, cells: int) -> Rows:
    """Return the note and the "unclear" mark of a page; no rows without either."""
    rows: list[Row] = []
    if text := progress.notes.get(where, ""):
        lead = Span(f"{words('note.mine')} ", "accent")
        rows += behind(lead, wrap((Span(text),), max(10, cells - lead.width)))
    if where in progress.flags:
        rows += wrap((Span(words("note.unclear"), "h"),), cells)
    return tuple(rows)


def signs(where: PageKey, progress: Progress) -> Row:
    """Return one sign each for note and "unclear" mark, for where there is no room for text."""
    found = [Span(f"{NOTE} ", "accent")] if where in progress.notes else []
    return (*found, *([Span(f"{UNCLEAR} ", "h", strong=True)] if where in progress.flags else []))
