"""One step of backpropagation with all calculations written out, for a cell with one unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from rnntutor.nn.subject import Reading
from rnntutor.nn.trace import Trace
from rnntutor.numbers import fixed, minus
from rnntutor.render.primitives.glyphs import subscript
from rnntutor.render.primitives.wrap import wrap
from rnntutor.render.views import arrows
from rnntutor.render.views.backward_visibility import asked, known, time
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Rows, Span, pad, width

ARROW, SYMBOL = 2, 11


@dataclass(frozen=True, slots=True)
class WorkedLine:
    """A line of the calculation.

    Attributes:
        arrow: direction from which the gradient comes or in which it goes.
        symbol: the quantity computed.
        phase: the phase that computes it.
        work: the calculation, with its numbers.
        value: the result; "" if `work` includes it.
    """

    arrow: str
    symbol: str
    phase: str
    work: str
    value: str = ""


def worked(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw the calculation from the loss of the cursor's step to the step before.

    Uncomputed lines have a dot. If space is short, the present line and those above it are kept.
    """
    t = time(trace, context)
    title = Span(f"t={t}", strong=True), Span(f"   {_forward(trace, t)}", "grey")
    rows = [
        (line.phase, row)
        for line in _lines(trace, context, t)
        for row in _rows(line, context, known(trace, context, t, line.phase))
    ]
    room = max(1, context.height - 1)
    last = max((n for n, (phase, _) in enumerate(rows) if phase == context.now), default=0)
    first = max(0, min(last + 1, len(rows)) - room)
    return (title, *(row for _, row in rows[first : first + room]))


def _rows(line: WorkedLine, context: ViewContext, there: bool) -> Rows:
    """Return a line of the calculation, with an indented continuation if it is too long."""
    lit = there and line.phase == context.now
    ink = "" if lit else "grey"
    name = (
        Span(pad(line.arrow, ARROW), "accent" if lit else "grey", lit),
        Span(pad(line.symbol, SYMBOL), "grad" if lit else "grey"),
    )
    said = Span(f"{line.work}{' = ' if line.work and line.value else ''}" if there else "·", ink)
    result = Span(line.value if there else "", ink, lit)
    room = context.width - ARROW - SYMBOL
    if width((said, result)) <= room:
        return ((*name, said, result),)
    first, *more = wrap((said, result), room)
    return ((*name, *first), *((Span(" " * (ARROW + SYMBOL)), *row) for row in more))


def _forward(trace: Trace, t: int) -> str:
    """Return the values of the forward run at the step: states and class probabilities."""
    said = (
        f"h{subscript(t - 1)} = {fixed(_h(trace, t - 1))}   h{subscript(t)} = {fixed(_h(trace, t))}"
    )
    return f"{said}   p{subscript(t)} = {_list(trace.at('p', t))}" if _judged(trace, t) else said


def _lines(trace: Trace, context: ViewContext, t: int) -> tuple[WorkedLine, ...]:
    """Return the whole calculation of a step."""
    words, b, sq = context.words, subscript(t), context.square_sign
    U = float(np.asarray(trace["U"]).reshape(-1)[0])
    loss, later = _at(trace, "dh_loss", t), _at(trace, "dh_next", t)
    dh, da = _at(trace, "dh", t), _at(trace, "da", t)
    slope, before = 1 - _h(trace, t) ** 2, _h(trace, t - 1)
    more = t < trace.steps
    work, value = "", f"0   ({words('worked.no_next')})"
    if more:
        work = f"U·da{subscript(t + 1)} = {_times(U, _at(trace, 'da', t + 1))}"
        value = fixed(later)
    term = float(np.asarray(trace[f"dU_terms[{t}]"]).reshape(-1)[0])
    total = float(np.asarray(trace[f"dU_sum[{t}]"]).reshape(-1)[0])
    return (
        *_from_loss(trace, context, t, loss),
        WorkedLine("←", words("worked.next"), "merge", work, value),
        WorkedLine("", f"dh{b}", "merge", f"{fixed(loss)} + {_bracket(later)}", fixed(dh)),
        WorkedLine("", f"1−h{b}{sq}", "slope", f"1 − {_bracket(_h(trace, t))}{sq}", fixed(slope)),
        WorkedLine("", f"da{b}", "slope", f"(1−h{b}{sq})·dh{b} = {_times(slope, dh)}", fixed(da)),
        WorkedLine("", f"dU: da{b}·h{subscript(t - 1)}", "term", _times(da, before),
             f"{fixed(term)}   {words('worked.sum', v=fixed(total))}"),
        WorkedLine("←", f"dh{subscript(t - 1)}", "pass", f"U·da{b} = {_times(U, da)}",
             fixed(U * da)),
    )  # fmt: skip


def _from_loss(trace: Trace, context: ViewContext, t: int, loss: float) -> tuple[WorkedLine, ...]:
    """Return ∂L/∂y = p − one-hot and its product with V; 0 for a step without a loss."""
    b = subscript(t)
    if not asked(trace, t):
        return (WorkedLine("↓", f"dy{b}", "loss", "", f"0   ({context.words('worked.no_loss')})"),)
    dy, V = np.asarray(trace.at("dy", t)), np.asarray(trace["V"])[:, 0]
    work = ""
    if _judged(trace, t):
        right = int(trace.at("target", t))
        one_hot = [int(k == right) for k in range(len(dy))]
        work = f"p{b} − {_list(one_hot, '{:.0f}')}"
    terms = " + ".join(_times(float(v), float(d)) for v, d in zip(V, dy, strict=True))
    return (
        WorkedLine("↓", f"dy{b}", "loss", work, _list(dy)),
        WorkedLine("↓", f"Vᵀ·dy{b}", "loss", terms, fixed(loss)),
    )


def _judged(trace: Trace, t: int) -> bool:
    """Return whether the step's loss is a cross-entropy of probabilities."""
    return trace.of(Reading).objective == "classes" and asked(trace, t)


def _at(trace: Trace, name: str, t: int) -> float:
    return float(np.asarray(trace.at(name, t)).reshape(-1)[0])


def _h(trace: Trace, t: int) -> float:
    return _at(trace, "h", t)


def _bracket(value: float) -> str:
    text = fixed(value)
    return f"({text})" if text.startswith("−") else text


def _times(parameter: float, b: float) -> str:
    """Return a product, with no more digits of the first factor than it has."""
    digits = fixed(parameter).rstrip("0").rstrip(".") if parameter else "0"
    exact = abs(float(digits.replace("−", "-")) - parameter) < 1e-12
    first = digits if exact else fixed(parameter)
    return f"{f'({first})' if first.startswith('−') else first} × {_bracket(b)}"


def _list(values: Iterable[float], form: str = "{:.3f}") -> str:
    return f"[{', '.join(minus(form.format(float(v))) for v in values)}]"


VIEWS = (View("worked", worked, describe=arrows.describe, unit=True),)
