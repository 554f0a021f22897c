"""Time as columns: how wide, how many, which ones; a row of them with the cursor's column lit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from rnntutor.nn.trace import Trace
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, fit, pad, width

NARROWEST, WIDEST = 5, 10  # cells of a column
NUMBERED = 8  # from this width on a column holds a number beside its bar


@dataclass(frozen=True, slots=True)
class Columns:
    """label: cells of the row's name; each: of one column; first, last: the steps in view, of
    `origin` to `end`; cursor: the step it stands on; spare: cells to the right of all columns."""

    label: int
    each: int
    first: int
    last: int
    origin: int
    end: int
    cursor: int
    spare: int = 0

    @property
    def steps(self) -> range:
        return range(self.first, self.last + 1)


def columns(trace: Trace, context: ViewContext, *, label: int, first: int = 0) -> Columns:
    """Columns for the steps first … T; a window of them around the cursor when not all fit. The
    window moves by whole pages, so that most moves of the cursor change one column only."""
    longest = max((width((Span(text),)) for text in trace.labels), default=1)
    room = context.width - label - 1
    number = trace.steps - first + 1
    widest = 12 if context.width >= 100 else WIDEST
    each = min(max(longest + 2, NUMBERED, NARROWEST), widest)
    if each * number > room:
        # Not all fit: as many as there can be, but none so narrow that a short label is cut.
        narrow = max(NARROWEST + 1, min(longest + 2, NUMBERED - 1))
        each = max(NARROWEST, room // number) if NARROWEST * number <= room else narrow
    else:
        each = min(room // number, widest)
    fits = room // each
    start = first
    if number > fits:
        page = max(1, fits - 1)
        start = min(
            first + (max(context.at.t, first) - first) // page * page, trace.steps + 1 - fits
        )
    last = min(trace.steps, start + fits - 1)
    spare = max(0, room - each * (last - start + 1))
    return Columns(label, each, start, last, first, trace.steps, context.at.t, spare)


def line(cols: Columns, label: Row, cell: Callable[[int], Row], *, marks: bool = False) -> Row:
    """One row: its label, then a cell for each step in view. marks: show that there is more to
    the left or the right."""
    spans: list[Span] = list(fit(label, cols.label))
    if marks and cols.first > cols.origin:
        spans = [*fit(label, cols.label - 1), Span("‹", "accent")]
    for t in cols.steps:
        here = fit(cell(t), cols.each)
        if t == cols.cursor:
            here = tuple(_lit(span) for span in here)
        spans += here
    if marks and cols.last < cols.end:
        spans.append(Span("›", "accent"))
    return tuple(spans)


def blank(cols: Columns) -> Row:
    """An empty row, in which the cursor's column is lit."""
    return line(cols, (), lambda t: ())


def tall(cols: Columns, label: Row, cell: Callable[[int, int], Row], rows: int) -> Rows:
    """Cells of `rows` rows each, from the top row (0) down; the label stands before the lowest.
    cell: its row and its step."""
    names = [()] * (rows - 1) + [label]
    return tuple(line(cols, name, partial(cell, row)) for row, name in enumerate(names))


def head(cols: Columns, name: str, legend: str = "") -> Row:
    """The row of step numbers, the cursor's in brackets. legend: what stands beside the name, or
    in its place where there is too little room for both, or behind the last column."""
    room = cols.label - (cols.first > cols.origin)
    apart = room - width((Span(name + legend),))
    behind = ""
    if apart > 0:
        name += " " * (apart - (apart > 1)) + legend
    elif width((Span(legend),)) <= room:
        name = legend
    elif width((Span(legend),)) + 2 <= cols.spare:
        behind = f" {legend}"

    def cell(t: int) -> Row:
        return (Span(f"[{t}]", "", True) if t == cols.cursor else Span(f" {t}", "grey"),)

    row = line(cols, (Span(name, "grey"),), cell, marks=True)
    return (*row, Span(behind, "grey")) if behind else row


def inputs(cols: Columns, trace: Trace, name: str, *, most: int = 1) -> Rows:
    """The row of inputs: words or numbers, those to come fainter. most: 2, and words that are
    wider than their columns take turns in two rows, where each has the room of two columns."""

    texts = {t: trace.labels[t - 1] for t in cols.steps if 0 < t <= len(trace.labels)}
    room = cols.each - 2
    if most > 1 and any(_cells(text) > room for text in texts.values()):
        return tuple(every_second(cols, name * (not n), texts, n) for n in range(2))

    def cell(t: int) -> Row:
        text = texts.get(t, "")
        shown = text if _cells(text) <= room else cut(text, room)
        return (Span(" " + shown, "" if t == cols.cursor else "grey"),)

    return (line(cols, (Span(name, "grey"),), cell),)


def every_second(
    cols: Columns, name: str, texts: Mapping[int, str], start: int, ink: str = ""
) -> Row:
    """The texts of every second step in view, from the start-th on (from 0): each has the room of
    two columns; the last one begins further left if it has to. The cursor's column is lit wherever
    no other step's text stands in it. ink: of texts that stand out."""
    spans: list[Span] = list(fit((Span(name, "grey"),), cols.label))
    end = cols.label + cols.each * len(cols.steps) + cols.spare
    column = cols.label + cols.each * (cols.cursor - cols.first)
    lit = range(column, column + cols.each) if cols.cursor in cols.steps else range(0)
    for t in cols.steps[start::2]:
        text, at = texts.get(t, ""), cols.label + cols.each * (t - cols.first) + 1
        room = min(2 * cols.each - 2, max(end - at, end - width(spans) - 1))
        text = text if _cells(text) <= room else cut(text, room)
        at = min(at, end - _cells(text))
        shown = Span(text, ink or ("" if t == cols.cursor else "grey"), bool(ink))
        spans += [*_blank(width(spans), at, lit), _lit(shown) if t == cols.cursor else shown]
    spans += _blank(width(spans), max(width(spans), lit.stop), lit)
    return tuple(span for span in spans if span.text)


def _blank(start: int, stop: int, lit: range) -> Row:
    """Empty cells from `start` to before `stop`, lit where they lie in `lit`."""
    first, last = (min(max(edge, start), stop) for edge in (lit.start, lit.stop))
    parts = (Span(" " * (to - at)) for at, to in ((start, first), (first, last), (last, stop)))
    before, inside, behind = parts
    return (before, _lit(inside), behind)


def _cells(text: str) -> int:
    return width((Span(text),))


def cut(text: str, cells: int) -> str:
    """The text cut to `cells` with "…" at its end; a wide character is never split."""
    kept = ""
    for character in text:
        if width((Span(kept + character),)) > cells - 1:
            break
        kept += character
    return pad(kept + "…", min(cells, width((Span(kept + "…"),))))


def _lit(span: Span) -> Span:
    return span._replace(back="lit")
