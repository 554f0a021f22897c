"""Time steps as columns: their width and number, the visible window, and rows of cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from rnntutor.nn.trace import Trace
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, fit, pad, width

NARROWEST, WIDEST = 5, 10  # width of a column in cells
NUMBERED = 8  # width from which a column has room for a number beside its bar


@dataclass(frozen=True, slots=True)
class Columns:
    """The layout of time steps as columns.

    Attributes:
        label: width of the row label in cells.
        each: width of a column in cells.
        first: first visible step.
        last: last visible step.
        origin: first step of the run.
        end: last step of the run.
        cursor: step of the cursor.
        spare: width in cells to the right of all columns.
    """

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
        """The visible steps."""
        return range(self.first, self.last + 1)


def columns(trace: Trace, context: ViewContext, *, label: int, first: int = 0) -> Columns:
    """Return columns for the steps first … T, or for a window around the cursor if they do not fit.

    The window moves by whole pages, so that most moves of the cursor change only one column.
    """
    longest = max((width((Span(text),)) for text in trace.labels), default=1)
    room = context.width - label - 1
    number = trace.steps - first + 1
    widest = 12 if context.width >= 100 else WIDEST
    each = min(max(longest + 2, NUMBERED, NARROWEST), widest)
    if each * number > room:
        # Not all fit: show as many as possible, but none so narrow that a short label is cut.
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
    """Return one row: a label, then a cell for each visible step.

    Args:
        marks: whether to mark the edges beyond which there are more steps.
    """
    spans: list[Span] = list(fit(label, cols.label))
    if marks and cols.first > cols.origin:
        spans = [*fit(label, cols.label - 1), Span("‹", "accent")]
    for t in cols.steps:
        here = fit(cell(t), cols.each)
        if t == cols.cursor:
            here = tuple(_light(span) for span in here)
        spans += here
    if marks and cols.last < cols.end:
        spans.append(Span("›", "accent"))
    return tuple(spans)


def blank(cols: Columns) -> Row:
    """Return an empty row with the cursor's column highlighted."""
    return line(cols, (), lambda t: ())


def tall(cols: Columns, label: Row, cell: Callable[[int, int], Row], rows: int) -> Rows:
    """Return cells of `rows` rows each, with the label before the lowest row.

    Args:
        cell: returns a row of a cell, by row (0 at the top) and step.
    """
    names = [()] * (rows - 1) + [label]
    return tuple(line(cols, name, partial(cell, row)) for row, name in enumerate(names))


def head(cols: Columns, name: str, legend: str = "") -> Row:
    """Return the row of step numbers, with the cursor's in brackets.

    Args:
        legend: text beside the name; if space is short it replaces the name, or follows the last
            column.
    """
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
    """Return the row of inputs, words or numbers; those other than the cursor's are grey.

    Args:
        most: 2 to spread words wider than their columns over two rows, in which every second word
            has the width of two columns.
    """

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
    """Return the texts of every second visible step, each with the width of two columns.

    The last text is shifted left if needed. The cursor's column is highlighted, except where
    another step's text covers it.

    Args:
        start: index of the first step to show, from 0.
        ink: role of emphasised texts, "" for the default.
    """
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
        spans += [*_blank(width(spans), at, lit), _light(shown) if t == cols.cursor else shown]
    spans += _blank(width(spans), max(width(spans), lit.stop), lit)
    return tuple(span for span in spans if span.text)


def _blank(start: int, stop: int, lit: range) -> Row:
    """Return empty cells from `start` up to `stop`, highlighted where they lie in `lit`."""
    first, last = (min(max(edge, start), stop) for edge in (lit.start, lit.stop))
    parts = (Span(" " * (to - at)) for at, to in ((start, first), (first, last), (last, stop)))
    before, inside, behind = parts
    return (before, _light(inside), behind)


def _cells(text: str) -> int:
    return width((Span(text),))


def cut(text: str, cells: int) -> str:
    """Cut a text to `cells` with "…" at its end; a wide character is never split."""
    kept = ""
    for character in text:
        if width((Span(kept + character),)) > cells - 1:
            break
        kept += character
    return pad(kept + "…", min(cells, width((Span(kept + "…"),))))


def _light(span: Span) -> Span:
    return span._replace(back="lit")
