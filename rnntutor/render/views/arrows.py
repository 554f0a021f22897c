"""One step of backpropagation: the gradients that meet in it, and the gradient passed on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.cells.spec import FORGET
from rnntutor.nn.trace import Trace
from rnntutor.numbers import DECIMALS, FEW, amount, cells, full_bar, number, within
from rnntutor.render.primitives import bars, scale
from rnntutor.render.primitives.columns import Columns, columns, head, line
from rnntutor.render.primitives.glyphs import subscript
from rnntutor.render.views.backward_visibility import asked, blocks, known, length, standing, time
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.render.views.visibility import spec_of
from rnntutor.spans import Row, Rows, Span, fit, pad, width

ARROW, SYMBOL, GAP = 2, 11, 1
BAR = 24  # maximum length of a bar in cells
SCALED = 14  # length of the bars from which their scale is shown
PICTURE = 7  # rows of the unrolled picture, including the blank one below it


@dataclass(frozen=True, slots=True)
class ArrowLine:
    """A row of the arithmetic.

    Attributes:
        arrow: direction from which the gradient comes or in which it goes.
        word: key of the row's name.
        symbol: formula of the values.
        phase: phase that computes the values.
        values: one value for each unit, or None if `said` is used.
        said: text shown instead of values.
        gradient: whether the values are gradients.
    """

    arrow: str
    word: str
    symbol: str
    phase: str
    values: Array | None = None
    said: str = ""
    gradient: bool = True


def arrows(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw the step at the cursor, phase by phase; with enough room, the unrolled run above it."""
    t = time(trace, context)
    lines = _lines(trace, context, t)
    above = _picture(trace, context) if context.height >= PICTURE + len(lines) + 1 else ()
    lines = _that_fit(lines, context.now, context.height - len(above) - 1)
    label = max(width((Span(context.words(f"arrows.{line.word}")),)) for line in lines) + GAP
    decimals = DECIMALS
    if ARROW + label + SYMBOL + trace.units * (cells() + GAP) > context.width:
        decimals = FEW
    each = cells(decimals=decimals) + GAP
    room = min(BAR, context.width - ARROW - label - SYMBOL - trace.units * each - 1)
    full = full_of(trace)
    top: Row = (
        Span(pad(f"t={t}", ARROW + label + SYMBOL), "", True),
        *(
            Span(pad(f" u{u}", each), "" if u == context.unit else "grey")
            for u in range(trace.units)
        ),
        *((Span(f" ‖…‖  {full_bar(full)}", "grey"),) if room >= SCALED else ()),
    )
    drawn = [_row(trace, context, entry, t, (label, decimals, room), full) for entry in lines]
    return (*above, top, *drawn)


# ---- quantities ----------------------------------------------------------------------------


def _lines(trace: Trace, context: ViewContext, t: int) -> Sequence[ArrowLine]:
    """Return all quantities that the step computes, in order.

    These are the gradients that meet in h (and in the memory, if any), those behind the activation
    of each block, the sum for the weights, and the gradient passed on.
    """
    # A step without a loss adds no gradient, and nothing follows the last step.
    loss, after = (
        "loss" if asked(trace, t) else "no_loss",
        "next" if t < trace.steps else "no_next",
    )
    b, later, more = subscript(t), subscript(t + 1), t < trace.steps
    several, tail = len(blocks(trace)) > 1, blocks(trace)[0]
    meeting = [
        ArrowLine("↓", loss, f"Vᵀ·dy{b}", "loss", trace.at("dh_loss", t)),
        ArrowLine("←", after, f"{_back(trace)}{later}" * more, "merge", trace.at("dh_next", t)),
        ArrowLine("", "both", f"dh{b}", "merge", trace.at("dh", t)),
    ]
    if "c" in spec_of(trace).states:
        f = spec_of(trace).with_role(FORGET)
        through = f"{f.value if f else ''}{later}⊙dc{later}" * more
        meeting += [
            ArrowLine("←", after, through, "memory", trace.at("dc_next", t)),
            ArrowLine("", "memory", f"dc{b}", "memory", trace.at("dc", t)),
        ]
    if several:
        names = (block.letter for block in spec_of(trace).blocks)
        slopes = [
            ArrowLine("", f"gate_{k}", f"da_{k}{b}", "slope", trace.at(f"da_{k}", t)) for k in names
        ]
    else:
        slope = 1 - trace.at("h", t) ** 2
        slopes = [
            ArrowLine("", "slope", f"1−h{b}{context.square_sign}", "slope", slope, gradient=False),
            ArrowLine("", "through", f"da{b}", "slope", trace.at("da", t)),
        ]
    return (*meeting, *slopes, _sum_line(trace, context, t, tail), _pass_line(trace, t))


def _back(trace: Trace) -> str:
    """Return the formula of the gradient passed to the previous state, summed over the blocks."""
    return "Σ Uᵀ·da" if len(blocks(trace)) > 1 else "Uᵀ·da"


def _sum_line(trace: Trace, context: ViewContext, t: int, block: str) -> ArrowLine:
    """Return ‖dU‖ before and after this step's term."""
    before = float(trace[f"dU{block}_norm[{t + 1}]"]) if t < trace.steps else 0.0
    said = f"‖dU{block}‖  {amount(before)}"
    if known(trace, context, t, "term"):
        said += f" → {amount(float(trace[f'dU{block}_norm[{t}]']))}"
    return ArrowLine("", "sum", f"da{block}{subscript(t)}·h{subscript(t - 1)}ᵀ", "term", said=said)


def _pass_line(trace: Trace, t: int) -> ArrowLine:
    """Return the gradient passed to the previous step."""
    back = np.asarray(trace["dh0"]) if t == 1 else trace.at("dh_next", t - 1)
    word = "pass" if t > 1 else "pass_start"
    return ArrowLine("←", word, f"{_back(trace)}{subscript(t)}", "pass", back)


def full_of(trace: Trace, argument: str = "") -> float:
    """Return the value of a full bar: the largest gradient norm of the whole run."""
    states = [f"d{state}" for state in spec_of(trace).states]
    drawn = [np.asarray(trace[n]) for n in ("dh_loss", "dh_next", *states)]
    return scale.full(np.linalg.norm(values, axis=1) for values in drawn)


# ---- drawing -------------------------------------------------------------------------------


def _that_fit(lines: Sequence[ArrowLine], now: str, room: int) -> Sequence[ArrowLine]:
    """Return as many rows as fit, dropping the last but never that of the present phase."""
    kept = list(lines)
    while len(kept) > max(1, room):
        first = next((n for n, line in enumerate(kept) if line.phase == now), -1)
        del kept[-2 if first == len(kept) - 1 else -1]
    return kept


def _row(
    trace: Trace,
    context: ViewContext,
    entry: ArrowLine,
    t: int,
    sizes: tuple[int, int, int],
    full: float,
) -> Row:
    label, decimals, room = sizes
    there = known(trace, context, t, entry.phase)
    lit = entry.phase == context.now and there
    ink = "" if lit else "grey"
    spans = [
        Span(pad(entry.arrow, ARROW), "accent" if lit else "grey", lit),
        Span(pad(context.words(f"arrows.{entry.word}"), label), ink),
        Span(pad(entry.symbol, SYMBOL), "grad" if lit and entry.gradient else "grey"),
    ]
    if entry.values is None:
        return (*spans, Span(entry.said if there else "", ink, lit))
    for unit, v in enumerate(entry.values):
        shown = number(float(v) if there else None, decimals=decimals, signed=entry.gradient)
        text = shown if entry.gradient else ("×" if there else " ") + shown
        spans.append(Span(text + " " * GAP, ink, lit and unit == context.unit))
    if room >= 6 and there and entry.gradient:
        size = length(entry.values)
        spans += (Span(" "), *bars.bar(size, full, room, role="grad", grey=not lit))
    return tuple(spans)


def _picture(trace: Trace, context: ViewContext) -> Rows:
    """Draw the unrolled run with every arrow computed so far."""
    cols = columns(trace, standing(trace, context), label=8, first=1)
    size = cols.each

    def loss(t: int) -> Row:
        ink = "" if t == cols.cursor else "grey"
        return (Span(f" L{subscript(t)}", ink),) if asked(trace, t) else ()

    def down(t: int) -> Row:
        there = known(trace, context, t, "loss") and asked(trace, t)
        return (Span(" ↓", "grad"),) if there else ()

    def state(t: int) -> Row:
        name = f" h{subscript(t)} "
        comes = t < trace.steps and known(trace, context, t + 1, "pass")
        way = "←" + "─" * (size - len(name) - 1)
        return (Span(name, "h", t == cols.cursor), Span(way if comes else "", "grad"))

    def norm(t: int) -> Row:
        if not known(trace, context, t, "merge"):
            return (Span(" ·", "faint"),)
        return (Span(" " + within(length(trace.at("dh", t)), size - 1), "grey"),)

    def blank(cols: Columns) -> Row:
        return fit((), cols.label)

    return (
        head(cols, "t"),
        line(cols, (), loss),
        line(cols, (), down),
        line(cols, (), state),
        line(cols, (Span("‖dh‖", "grey"),), norm),
        blank(cols),
    )


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Describe what the phase at the cursor computed for the context's unit."""
    t, words = time(trace, context), context.words
    if not context.at.t:
        return words("caption.back_start", t=trace.steps)
    unit = min(context.unit, trace.units - 1)

    def at(name: str) -> str:
        return amount(float(trace.at(name, t)[unit]))

    match context.now:
        case "loss":
            key = "back_loss" if asked(trace, t) else "back_no_loss"
            return words(f"caption.{key}", t=t, v=at("dh_loss"))
        case "merge":
            key = "back_merge" if t < trace.steps else "back_merge_last"
            return words(f"caption.{key}", t=t, a=at("dh_loss"), b=at("dh_next"), v=at("dh"))
        case "memory":
            return words("caption.back_memory", t=subscript(t), a=at("dc_next"), v=at("dc"))
        case "slope" if len(blocks(trace)) == 1:
            slope = 1 - float(trace.at("h", t)[unit]) ** 2
            return words("caption.back_slope", s=amount(slope), a=at("dh"), b=at("da"))
        case "slope":
            return words("caption.back_gates", t=subscript(t), f=at("da_f"), i=at("da_i"))
        case "term":
            name = f"dU{blocks(trace)[0]}"
            one = trace.units == 1  # dU is a number, shown with its sign
            so_far = np.asarray(trace[f"{name}_sum" if one else f"{name}_norm"]).reshape(-1)
            before = float(so_far[t]) if t < trace.steps else 0.0
            values = {"a": amount(before), "b": amount(float(so_far[t - 1]))}
            return words("caption.back_sum", t=t, name=name if one else f"‖{name}‖", **values)
        case _:
            pass
    if t == 1:
        return words("caption.back_end", n=trace.steps)
    sizes = length(trace.at("dh", t)), length(trace.at("dh_next", t - 1))
    return words("caption.back_pass", t=t - 1, a=amount(sizes[0]), b=amount(sizes[1]))


VIEWS = (View("arrows", arrows, describe=describe, unit=True, full=full_of),)
