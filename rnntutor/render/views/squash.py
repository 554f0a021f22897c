"""One gate by hand: its sum, and its activation function with the present point."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from rnntutor.nn.trace import Trace
from rnntutor.numbers import amount, cells, minus, number, percent
from rnntutor.render.primitives import bars
from rnntutor.render.primitives.curves import Axis, Mark, Series, plot
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, fit, pad
from rnntutor.subjects.runs import SingleGate, Squash

FAR = 8.0  # sums from −8 to 8 are drawn; points further out are drawn on the edge
LABEL, BAR = 8, 10
HIGHEST = 14
_POINTS = 161
ALL = 0.9995  # a gate that lets through this share is shown as 100.0%: no half-life is given


@dataclass(frozen=True, slots=True)
class _Form:
    """A sigmoid gate or a tanh candidate.

    Attributes:
        role: role of the value.
        squash: symbol of the activation function.
        low: lower bound of the value.
    """

    role: str
    squash: str
    low: float

    def curve(self) -> tuple[tuple[float, float], ...]:
        """Return the points of the curve."""
        sums = (FAR * (2 * n / (_POINTS - 1) - 1) for n in range(_POINTS))
        if self.low < 0:
            return tuple((a, math.tanh(a)) for a in sums)
        return tuple((a, 1 / (1 + math.exp(-a))) for a in sums)


_FORMS: Mapping[Squash, _Form] = {"sigmoid": _Form("f", "σ", 0.0), "tanh": _Form("g", "tanh", -1.0)}


def squash(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw W·x + U·h + b, its activation and, for a gate, the share of c that it keeps."""
    form = _FORMS[trace.of(SingleGate).squash]
    left = 28 if context.width < 70 else 36
    drawn = _arithmetic(trace, context, form, left)
    rows = min(HIGHEST, context.height)
    here = {phase: context.known(1, phase) for phase in context.phases}
    marks = []
    if here["sum"]:
        value = float(trace["value[1]"]) if here["squash"] else form.low
        sign, role, letter = ("●", form.role, "o") if here["squash"] else ("▲", "accent", "^")
        a = float(trace["a[1]"])
        if abs(a) > FAR:  # an arrow on the edge marks a point further out
            sign, letter = ("▶", ">") if a > 0 else ("◀", "<")
        marks = [Mark(a, value, sign, role, letter)]
    picture = plot(
        [Series(form.curve(), "grey", ".")],
        Axis(-FAR, FAR, ((-FAR, f"−{FAR:g}"), (0, "0"), (FAR, f"{FAR:g}"))),
        Axis(form.low, 1, ((1, "1"), (form.low, minus(f"{form.low:g}")))),
        cells=min(context.width - left - 2, 64),
        rows=rows,
        level=0.0 if form.low < 0 else 0.5,
        marks=marks,
        letters=context.ascii,
    )
    drawn += [()] * (len(picture) - len(drawn))
    gap = Span("  ")
    return tuple(
        (*fit(row, left), gap, *(picture[n] if n < len(picture) else ()))
        for n, row in enumerate(drawn[: context.height])
    )


def _arithmetic(trace: Trace, context: ViewContext, form: _Form, room: int) -> list[Row]:
    """Return the rows on the left: terms, sum, value, and use of the value."""
    words, role = context.words, form.role
    known = {phase: context.known(1, phase) for phase in context.phases}
    head: Row = (
        Span(role, role, True),
        *(Span(f" = {form.squash}(W·", "grey"), Span("x", "x"), Span(" + U·", "grey")),
        *(Span("h", "h"), Span(" + b)", "grey")),
    )
    W, U, b, x, h = (float(trace[name]) for name in ("W", "U", "b", "x[1]", "h[0]"))
    with_factors = room >= 34
    rows = [
        head,
        _term("W·x", W, x, "x", with_factors),
        _term("U·h", U, h, "h", with_factors),
        (Span(pad("b", LABEL), "grey"), Span(number(b))),
        _result(words("squash.sum"), float(trace["a[1]"]), context, "sum", "", known),
        (
            *_result(
                role,
                float(trace["value[1]"]),
                context,
                "squash",
                role,
                known,
                signed=form.low < 0,
            ),
            Span("  "),
            *bars.bar(
                float(trace["value[1]"]) if known["squash"] else None,
                1.0,
                BAR,
                role=role,
                track=1.0,
            ),
        ),
    ]
    if "share" in known:
        value, c, left = (float(trace[n]) for n in ("value[1]", "c", "kept[1]"))
        lit = context.now == "share"
        rows += [
            (),
            (
                Span(f"{role}×c  ", "c" if lit else "grey"),
                Span(number(value if known["squash"] else None, signed=False), "grey"),
                Span(" × ", "grey"),
                Span(number(c), "grey"),
                Span(" = ", "grey"),
                Span(number(left if known["share"] else None), "" if lit else "grey", lit),
            ),
        ]
    return rows


def _term(name: str, weight: float, read: float, role: str, factors: bool) -> Row:
    """Return a product, followed by its factors if there is room."""
    shown = Span(number(weight * read))
    if not factors:
        return (Span(pad(name, LABEL), "grey"), shown)
    factor = f"  = {amount(weight)} × {amount(read)}"
    return (Span(pad(name, LABEL), role), shown, Span(factor, "grey"))


def _result(
    name: str,
    value: float,
    context: ViewContext,
    phase: str,
    role: str,
    known: dict[str, bool],
    *,
    signed: bool = True,
) -> Row:
    """Return a name and its number; numbers without a sign are aligned with signed ones."""
    lit = context.now == phase
    shown = number(value if known[phase] else None, signed=signed).rjust(cells())
    return (
        Span(pad(name, LABEL), role if lit else "grey", lit),
        Span(shown, "" if lit else "grey", lit),
    )


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Describe the meaning of the sum, the value or the share."""
    words = context.words
    a, value = float(trace["a[1]"]), float(trace["value[1]"])
    if not context.at.t:
        return words("caption.squash_start")
    values = {"a": amount(a), "v": amount(value)}
    if context.now == "sum":
        return words("caption.squash_sum", **values)
    if trace.of(SingleGate).squash == "tanh":
        end = abs(value) > 0.95
        return words("caption.squash_tanh_end" if end else "caption.squash_tanh", **values)
    if context.now == "squash" or value >= ALL:
        end = value > 0.95 or value < 0.05
        return words("caption.squash_end" if end else "caption.squash_gate", **values)
    half = math.log(0.5) / math.log(value) if value > 0 else 0.0
    steps = f"{half:.1f}" if half < 99.95 else f"{half:.0f}"
    return words("caption.squash_share", p=percent(value), n=steps)


VIEWS = (View("squash", squash, describe=describe),)
