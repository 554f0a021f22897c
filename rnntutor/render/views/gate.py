"""The arithmetic of one gate: input term, recurrent term, sum, activation, and use of the value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rnntutor.nn.cells.spec import CANDIDATE, CellBlock
from rnntutor.nn.trace import Trace
from rnntutor.numbers import DECIMALS, fixed, full_bar, number, percent
from rnntutor.render.primitives import bars, scale
from rnntutor.render.primitives.glyphs import subscript
from rnntutor.render.views import visibility
from rnntutor.render.views.gate_products import products
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, pad, width

LABEL, GAP = 10, 2
NEARLY = 0.05  # a gate this close to 0 or 1 counts as closed or open
LONGEST = 60  # maximum length of a bar in cells


def expandable_rows(trace: Trace, gate: str) -> tuple[str, str]:
    """Return the names in context.open of the expandable rows: W·x and U·h."""
    tail = visibility.tail_of(trace, gate)
    return f"wx{tail}", f"uh{tail}"


def gate(trace: Trace, context: ViewContext, gate: str) -> Rows:
    """Draw the arithmetic of one gate, candidate or RNN state for the context's unit.

    If a row is open, its products are drawn instead.
    """
    if context.open in expandable_rows(trace, gate):
        return products(trace, context, gate)
    t, unit = visibility.step(context), visibility.unit(trace, context)
    terms = _terms(trace, context, gate, t, unit)
    full = full_of(trace, gate)
    rows: list[Row] = [_with_scale(_formula(trace, gate, t), full, context.width)]
    lit = _is_lit(trace, context, gate)
    label = max(LABEL, *(width((Span(name),)) + 1 for name, _ in terms))
    room = min(LONGEST, context.width - label - DECIMALS - 3 - 2 * GAP)
    if trace.clamped:  # reserve room for the note behind a clamped value's bar
        room = min(room, context.width - label - DECIMALS - 3 - GAP - _held_sign(context).width)
    for name, value in terms:
        last = name == terms[-1][0]
        ink = "grey" if lit is None else ("" if last else gate)
        rows.append(
            (
                Span(pad(name, label), "" if last and lit else "grey"),
                Span(number(value), "grey" if lit is None else "", bool(lit) and last),
                Span(" " * GAP),
                *bars.bar(value, full, room, role=ink, grey=lit is None),
            )
        )
    values = _Values(trace, context, gate, label, room, full)
    rows.append(values.in_view())
    # If even these rows do not fit, drop the first ones; the gate's value is last.
    rows = rows[max(0, len(rows) - context.height) :]
    use = _use(trace, context, gate, t, label)
    if use and context.height > len(rows):
        rows += [()] * (context.height > len(rows) + 1)
        rows.append(use)
    if context.height >= len(rows) + trace.units + 2 and trace.units > 1:
        rows += [(), *values.of_all()]
    return tuple(rows)


def _with_scale(formula: Row, full: float, room: int) -> Row:
    """Return the equation, followed by the value of a full bar if there is room."""
    legend = Span(f"   {full_bar(full)}", "grey")
    return (*formula, legend) if width((*formula, legend)) <= room else formula


def _is_lit(trace: Trace, context: ViewContext, gate: str) -> bool | None:
    """Return whether the gate is highlighted; None if another quantity is.

    It is True while the gate is being computed. With False it keeps its colour, with None it is
    grey.
    """
    names = (gate, f"a{visibility.tail_of(trace, gate)}")
    if visibility.lit(trace, context, *names):
        return True
    return None if visibility.focus(context) else False


def _formula(trace: Trace, gate: str, t: int) -> Row:
    """Return the equation with step indices: f₄ = σ(W_f·x₄ + U_f·h₃ + b_f)."""
    block, tail = visibility.block_of(trace, gate), visibility.tail_of(trace, gate)
    x, h = Span(f"x{subscript(t)}", "x"), Span(f"h{subscript(t - 1)}", "h")
    squash = "σ" if block.is_gate else "tanh"
    head = (Span(f"{gate}{subscript(t)}", gate, True), Span(f" = {squash}(", "grey"))
    end = Span(f" + b{tail})", "grey")
    first = (*head, Span(f"W{tail}·", "grey"), x)
    plus = Span(f" + U{tail}·", "grey")
    if block.reset:
        r = Span(f"{block.reset}{subscript(t)}", block.reset)
        if _after(block):
            inner = (Span(f"⊙(U{tail}·", "grey"), h, Span(f" + b{tail}U) + b{tail})", "grey"))
            return (*first, Span(" + ", "grey"), r, *inner)
        return (*first, plus, Span("(", "grey"), r, Span("⊙", "grey"), h, Span(")", "grey"), end)
    if block.peephole:
        c = Span(_peephole(block, t), "c")
        return (*first, plus, h, Span(f" + {block.vector}⊙", "grey"), c, end)
    return (*first, plus, h, end)


def _after(block: CellBlock) -> bool:
    """Return whether the reset gate multiplies U·h, as in PyTorch's GRU, and not h before U."""
    return bool(block.reset) and block.reads == "h_prev"


def _peephole(block: CellBlock, t: int) -> str:
    """Return the state that a peephole reads: c₃, or c₄ of the same step."""
    return f"c{subscript(t - (block.peephole == 'c_prev'))}"


def _terms(
    trace: Trace, context: ViewContext, gate: str, t: int, unit: int
) -> Sequence[tuple[str, float | None]]:
    """Return the rows above the value: the terms and their sum."""
    block, tail = visibility.block_of(trace, gate), visibility.tail_of(trace, gate)
    wx, uh, a = (visibility.value(trace, context, f"{k}{tail}", t, unit) for k in ("wx", "uh", "a"))
    bias = float(np.asarray(trace[f"b{tail}"])[unit])
    total = (context.words("gate.sum"), a)
    first = (f"W{tail}·x{subscript(t)}", wx)
    rest = ((f"b{tail}", bias), total)
    if _after(block):
        inner = _inner(trace, context, gate, t, unit)
        kept = visibility.value(trace, context, f"{block.reset}_uh", t, unit)
        reset = ((f"U{tail}·h+b{tail}U", inner), (f"{block.reset}{subscript(t)}×(…)", kept))
        return (*reset, first, *rest)
    if block.reset:
        return (first, (f"U{tail}·({block.reset}⊙h)", uh), *rest)
    second = (f"U{tail}·h{subscript(t - 1)}", uh)
    if block.peephole:
        seen = visibility.value(trace, context, f"pc{tail}", t, unit)
        return (first, second, (f"{block.vector}⊙{_peephole(block, t)}", seen), *rest)
    return (first, second, *rest)


def _inner(trace: Trace, context: ViewContext, gate: str, t: int, unit: int) -> float | None:
    """Return U_n·h + b_nU, which the reset gate multiplies."""
    tail = visibility.tail_of(trace, gate)
    uh = visibility.value(trace, context, f"uh{tail}", t, unit)
    return None if uh is None else uh + float(np.asarray(trace[f"b{tail}U"])[unit])


def full_of(trace: Trace, gate: str) -> float:
    """Return the value of a full bar, shared by the terms and the value.

    It is the largest term of all units in the whole run, so it is constant during the run.
    """
    tail = visibility.tail_of(trace, gate)
    terms = [np.asarray(trace[f"{k}{tail}"]) for k in ("wx", "uh", "a", "b")]
    block = visibility.block_of(trace, gate)
    if _after(block):
        inner = terms[1] + np.asarray(trace[f"b{tail}U"])
        terms += [inner, np.asarray(trace[f"{block.reset}_uh"])]
    if block.peephole:
        terms.append(np.asarray(trace[f"pc{tail}"]))
    return scale.full(terms, least=1.0)


def _held_sign(context: ViewContext) -> Span:
    return Span(f"  {context.words('gate.held')}", "accent")


@dataclass(frozen=True, slots=True)
class _Values:
    """The rows of a gate's values at the cursor's step.

    Attributes:
        trace: the run.
        context: the drawing context.
        gate: name of the gate.
        label: width of the names in cells.
        room: length of the bars in cells.
        full: value of a full bar.
    """

    trace: Trace
    context: ViewContext
    gate: str
    label: int
    room: int
    full: float

    def in_view(self) -> Row:
        """Return the row of the selected unit, with a note if its value is clamped."""
        trace, context, gate = self.trace, self.context, self.gate
        lit, unit = _is_lit(trace, context, gate), visibility.unit(trace, context)
        row = self._row(unit, "", (gate, "") if lit is not None else ("grey", "grey"), bool(lit))
        t = visibility.step(context)
        known = visibility.value(trace, context, gate, t, unit) is not None
        return (*row, _held_sign(context)) if known and (gate, t, unit) in trace.clamped else row

    def of_all(self) -> Rows:
        """Return a row for every unit."""
        rows: list[Row] = []
        for unit in range(self.trace.units):
            chosen = unit == visibility.unit(self.trace, self.context)
            inks = ("", "") if chosen else ("grey", "grey")
            rows.append(self._row(unit, f" u{unit}", inks, chosen, bold=False))
        return tuple(rows)

    def _row(
        self, unit: int, named: str, inks: tuple[str, str], strong: bool, *, bold: bool = True
    ) -> Row:
        """Return the row of one unit.

        Args:
            unit: index of the unit.
            named: text after the gate's name.
            inks: roles of name and number.
            strong: whether the name is bold, and with `bold` the number too.
            bold: whether the number may be bold.
        """
        t, gate = visibility.step(self.context), self.gate
        there = visibility.value(self.trace, self.context, gate, t, unit)
        grey = inks[1] == "grey"
        return (
            Span(pad(f"{gate}{subscript(t)}{named}", self.label), inks[0], strong),
            Span(visibility.format_value(self.trace, gate, there), inks[1], strong and bold),
            Span(" " * GAP),
            *bars.bar(there, self.full, self.room, role=gate, track=1.0, grey=grey),
        )


def _use(trace: Trace, context: ViewContext, gate: str, t: int, label: int) -> Row:
    """Return the product in which the value is used in this step; () for the state itself."""
    use = visibility.block_of(trace, gate).use
    if use is None:
        return ()
    unit = visibility.unit(trace, context)
    at = t - use.back
    whole = use.factor.removeprefix("1-")
    complement = whole != use.factor
    if complement:
        there = visibility.value(trace, context, whole, t, unit)
        factor, name = (None if there is None else 1 - there), f"(1−{whole}{subscript(t)})"
    elif use.factor == "inner":
        candidate = visibility.spec_of(trace).with_role(CANDIDATE)
        inner = candidate.value if candidate else gate
        tail = visibility.tail_of(trace, inner)
        factor = _inner(trace, context, inner, t, unit)
        name = f"(U{tail}·h{subscript(t - 1)} + b{tail}U)"
    else:
        factor = visibility.value(trace, context, use.factor, at, unit)
        name = visibility.symbol(use.factor, at)
    signed = not complement and not visibility.is_gate(trace, use.factor)
    own = visibility.value(trace, context, gate, t, unit)
    result = visibility.value(trace, context, use.product, t, unit)
    now = visibility.lit(trace, context, use.product)
    ink = "" if now else "grey"
    said = f"{gate}{subscript(t)} × {name}"
    spans = [
        Span(pad(said, label), "grey"),
        Span(" " * visibility.is_gate(trace, gate) + "  " * (len(said) >= label)),
        Span(number(own, signed=not visibility.is_gate(trace, gate)), ink),
        Span(" × ", "grey"),
        Span(number(factor, signed=signed), ink),
        Span(" = ", "grey"),
        Span(number(result), ink, now),
    ]
    if use.product == "h":
        spans.append(Span(f"  = h{subscript(t)}", "h" if now else "grey"))
    return tuple(spans)


def describe(trace: Trace, context: ViewContext, gate: str) -> str:
    """Describe what a gate lets through, or what a candidate would write; "" of an RNN's state."""
    t, unit = visibility.step(context), visibility.unit(trace, context)
    block, value = visibility.block_of(trace, gate), visibility.value(trace, context, gate, t, unit)
    if value is None or not block.letter:
        return ""
    key = f"caption.{block.caption or gate}"
    if not block.is_gate:
        key += "_small" if abs(value) < NEARLY else "_up" if value > 0 else "_down"
    else:
        key += {0.0: "_zero", 1.0: "_one"}.get(value, "")
        key += "" if value in (0, 1) else _openness(value)
    said = context.words(
        key,
        v=fixed(value),
        p=percent(value),
        q=percent(1 - value),
        t=subscript(t),
        b=subscript(t - 1),
    )
    held = (gate, t, unit) in trace.clamped
    return f"{said} ({context.words('gate.held')})" if held else said


def _openness(value: float) -> str:
    """Return the key suffix of a gate that is nearly closed or open."""
    return "_closed" if value <= NEARLY else "_open" if value >= 1 - NEARLY else ""


VIEWS = (
    View(
        "gate",
        gate,
        default="h",
        describe=describe,
        unit=True,
        full=full_of,
        expandable=expandable_rows,
    ),
)
