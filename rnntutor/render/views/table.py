"""One unit as a table of numbers, with a row for each step."""

from __future__ import annotations

from rnntutor.nn.trace import Trace
from rnntutor.numbers import FEW, cells
from rnntutor.render.primitives.columns import cut
from rnntutor.render.views import visibility
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, pad, width

STEP, WORD = 5, 12


def _names(trace: Trace) -> tuple[str, ...]:
    """Return the columns: gates and candidate (for an RNN the sum), then the states."""
    spec = visibility.spec_of(trace)
    blocks = (block.letter or "a" for block in spec.blocks)
    return (*blocks, *reversed(spec.states))


def table(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw t, input, gates and states of the context's unit; the cursor's row is highlighted."""
    names = _names(trace)
    longest = max((width((Span(label),)) for label in trace.labels), default=1)
    word = min(max(longest, 2), WORD) + 2
    needed = sum(cells() + 2 for _ in names)
    decimals = 3 if STEP + word + needed <= context.width else FEW
    head: Row = (
        Span(pad(" t", STEP), "grey"),
        Span(pad("x", word), "grey"),
        *(Span(pad(f" {name}", cells(decimals=decimals) + 2), name) for name in names),
    )
    space = max(1, context.height - 1)
    count = trace.steps + 1
    first = max(0, min(context.at.t - space // 2, count - space))
    steps = range(first, min(count, first + space))
    rows = [_row(trace, context, names, t, word, decimals) for t in steps]
    more = (first > 0, steps[-1] < trace.steps)
    if more[0]:
        rows[0] = (*rows[0], Span("↑", "accent"))
    if more[1]:
        rows[-1] = (*rows[-1], Span("↓", "accent"))
    return (head, *rows)


def _row(
    trace: Trace, context: ViewContext, names: tuple[str, ...], t: int, word: int, decimals: int
) -> Row:
    here = t == context.at.t
    back = "lit" if here else ""
    label = trace.labels[t - 1] if 0 < t <= len(trace.labels) else ""
    label = cut(label, word - 2) if width((Span(label),)) > word - 2 else label
    mark = f"[{t}]" if here else f" {t}"
    spans = [
        Span(pad(mark, STEP), "" if here else "grey", here, back=back),
        Span(pad(label, word), "" if here else "grey", back=back),
    ]
    for name in names:
        room = cells(decimals=decimals) + 2
        if t < trace.first(name):
            spans.append(Span(" " * room, back=back))
            continue
        value = visibility.value(trace, context, name, t, visibility.unit(trace, context))
        now = here and visibility.lit(trace, context, name)
        read = visibility.source(trace, context, name, t)
        ink = name if now or read else "faint" if value is None else "" if here else "grey"
        text = visibility.format_value(trace, name, value, decimals)
        spans.append(Span(pad(text, room), ink, now, em=read, back="lit" if read else back))
    return tuple(spans)


VIEWS = (View("table", table, unit=True),)
