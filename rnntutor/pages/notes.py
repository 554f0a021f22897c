"""What a learner has noted on a page, as rows and as signs."""

from __future__ import annotations

from rnntutor.render.primitives.wrap import wrap
from rnntutor.spans import Row, Rows, Span, behind
from rnntutor.study.progress import PageKey, Progress
from rnntutor.words import Words

NOTE, UNCLEAR = "✎", "?"


def note_rows(where: PageKey, progress: Progress, words: Words, cells: int) -> Rows:
    """The note and that the page is marked as unclear; no row where there is neither."""
    rows: list[Row] = []
    if text := progress.notes.get(where, ""):
        lead = Span(f"{words('note.mine')} ", "accent")
        rows += behind(lead, wrap((Span(text),), max(10, cells - lead.width)))
    if where in progress.flags:
        rows += wrap((Span(words("note.unclear"), "h"),), cells)
    return tuple(rows)


def signs(where: PageKey, progress: Progress) -> Row:
    """A sign for each of the two, to stand where there is no room for their words."""
    found = [Span(f"{NOTE} ", "accent")] if where in progress.notes else []
    return (*found, *([Span(f"{UNCLEAR} ", "h", strong=True)] if where in progress.flags else []))
