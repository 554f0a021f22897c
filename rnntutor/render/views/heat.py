"""Attention as a heat map: a row for each output symbol, a column for each source symbol."""

from __future__ import annotations

from rnntutor.nn.trace import Trace
from rnntutor.render.views.choices import symbol
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, fit, pad
from rnntutor.subjects.toys import Translation

LABEL, SUM = 8, 7
NARROW, WIDE = 3, 5
LEAST = 0.005  # weights below this are drawn as a dot
THROUGH = "●"


def heat(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw the attention weights in percent; each row sums to 1 over the source.

    Without attention, the decoder knows only the last state of the source.
    """
    source, said = trace.names["source"], trace.names["said"]
    read, t = len(source), context.at.t
    fits = max(1, (context.width - LABEL - SUM) // NARROW)
    each = min(WIDE, max(NARROW, (context.width - LABEL - SUM) // min(read, fits)))
    first = _first(trace, context, read, fits)
    steps = range(first, min(read, first + fits))
    head: list[Span] = [Span(pad(f"{context.words('attention.source')} %", LABEL), "grey")]
    for j in steps:
        here = j + 1 == t
        ink = "x" if j < t else "grey"
        head.append(Span(pad(symbol(source[j], context), each, right=True), ink, here))
    head.append(Span(pad("Σ", SUM, right=True), "grey"))
    space = max(1, context.height - 1)
    top = max(0, min(t - read - 1 - space // 2, len(said) - space))
    shown = range(top, min(len(said), top + space))
    more = {n for n, there in ((shown[0], top > 0), (shown[-1], shown.stop < len(said))) if there}
    return (tuple(head), *(_row(trace, context, n, steps, each, n in more) for n in shown))


def _first(trace: Trace, context: ViewContext, read: int, fits: int) -> int:
    """Return the first visible column.

    If not all fit, the window moves by whole pages, so that the position read or attended to is
    visible.
    """
    if read <= fits:
        return 0
    t = context.at.t
    column = max(0, t - 1)
    if t > read:
        column = int(trace.at("look", t).argmax()) if trace.of(Translation).attention else read - 1
    return min(column // fits * fits, read - fits)


def _row(
    trace: Trace, context: ViewContext, n: int, steps: range, each: int, more: bool = False
) -> Row:
    """Return the weights of the n-th output symbol (from 0).

    Args:
        more: whether further rows lie beyond this one.
    """
    source, said = trace.names["source"], trace.names["said"]
    attention = trace.of(Translation).attention
    t = len(source) + n + 1
    known, here = context.known(t), context.at.t == t
    text = symbol(said[n], context) if known else "·"
    name = Span(f" {text}", "y" if known else "faint", here)
    spans = list(fit((name, Span(" …" * more, "grey")), LABEL))
    for j in steps:
        if not known:
            spans.append(Span(pad("·", each, right=True), "faint"))
        elif not attention:
            last = j == len(source) - 1
            mark = THROUGH if last else "·"
            spans.append(Span(pad(mark, each, right=True), "h" if last else "faint", here and last))
        else:
            spans.append(_weight(float(trace.at("look", t)[j]), each, here))
    if known and attention:
        total = f"{100 * float(trace.at('look', t).sum()):.0f}%"
        spans.append(Span(pad(total, SUM, right=True), "" if here else "grey"))
    return tuple(spans)


def _weight(value: float, each: int, here: bool) -> Span:
    if value < LEAST:
        return Span(pad("·", each, right=True), "faint")
    shade = f"heat:{min(value, 1.0):+.2f}"
    return Span(pad(f"{round(100 * value)}", each, right=True), "", here, back=shade)


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Describe which source symbol the output at the cursor was read from."""
    words, t = context.words, context.at.t
    source = trace.names["source"]
    if t <= len(source):
        return words("attention.reading" if t else "attention.start", n=t, all=len(source))
    sign = symbol(trace.names["said"][t - len(source) - 1], context)
    if not trace.of(Translation).attention:
        return words("attention.without", sign=sign)
    look = trace.at("look", t)
    j = int(look.argmax())
    values = {"sign": sign, "at": symbol(source[j], context), "n": j + 1}
    return words("attention.looked", w=f"{look[j]:.2f}", **values)


VIEWS = (View("weights", heat, describe=describe, subject=Translation),)
