"""How the state of every unit is put together, as arithmetic: f⊙c + i⊙g of an LSTM, o⊙tanh(c),
z⊙h + (1−z)⊙n of a GRU."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from rnntutor.nn.trace import Trace
from rnntutor.render.primitives import bars, scale
from rnntutor.render.primitives.glyphs import below
from rnntutor.render.primitives.numbers import cells, number
from rnntutor.render.views import visibility
from rnntutor.render.views.view_context import Frame
from rnntutor.spans import Row, Rows, Span, fit, pad, width

LABEL = 4
SHORTEST = 8  # cells that a bar needs


@dataclass(frozen=True, slots=True)
class Term:
    """One column. name: its quantity; back: 1 for the step before; sign: what stands in front of
    it; detail: left out where there is little room; rest: the rest to 1 of it is meant."""

    name: str
    sign: str = ""
    back: int = 0
    detail: bool = False
    rest: bool = False

    @property
    def signed(self) -> bool:
        return self.name not in visibility.GATES


C = (
    *(Term("f"), Term("c", "×", 1), Term("fc", "=", detail=True)),
    *(Term("i", "+"), Term("g", "×"), Term("ig", "=", detail=True), Term("c", "→")),
)
H = (Term("c"), Term("tanh_c", "→"), Term("o", "×"), Term("h", "="))
STATE = (
    *(Term("z"), Term("h", "×", 1), Term("zh", "=", detail=True)),
    *(Term("z", "+", rest=True), Term("n", "×"), Term("zn", "=", detail=True), Term("h", "→")),
)
_NAMES = {"fc": "f⊙c", "ig": "i⊙g", "zh": "z⊙h", "zn": "(1−z)⊙n"}


def memory(trace: Trace, frame: Frame, argument: str = "") -> Rows:
    """c_t = f_t ⊙ c_t-1 + i_t ⊙ g_t of every unit of an LSTM."""
    return _sums(trace, frame, C, _equation_c)


def output(trace: Trace, frame: Frame, argument: str = "") -> Rows:
    """h_t = o_t ⊙ tanh(c_t) of every unit of an LSTM."""
    return _sums(trace, frame, H, _equation_h)


def state(trace: Trace, frame: Frame, argument: str = "") -> Rows:
    """h_t = z_t ⊙ h_t-1 + (1 − z_t) ⊙ n_t of every unit of a GRU."""
    return _sums(trace, frame, STATE, _equation_state)


def _sums(
    trace: Trace, frame: Frame, terms: Sequence[Term], equation: Callable[[int], Row]
) -> Rows:
    t = visibility.step(frame)
    terms = _that_fit(terms, frame.width)
    room = frame.width - width(_row(trace, frame, terms, t, 0)) - 2
    whole = scale.full([np.asarray(trace[terms[-1].name])], least=1.0)
    heads = _heads(trace, frame, terms, t)
    if room >= SHORTEST:
        heads = (*fit(heads, frame.width - room), Span(scale.legend(whole), "grey"))
    rows: list[Row] = [equation(t), heads]
    space = frame.height - len(rows)
    first = max(0, min(visibility.unit(trace, frame) - space // 2, trace.units - space))
    for unit in range(first, min(trace.units, first + space)):
        row = _row(trace, frame, terms, t, unit)
        there = visibility.value(trace, frame, terms[-1].name, t, unit)
        lit = visibility.lit(trace, frame, terms[-1].name)
        bar = bars.bar(there, whole, min(20, room), role=terms[-1].name, track=1.0, grey=not lit)
        rows.append((*row, Span("  "), *bar) if room >= SHORTEST and there is not None else row)
    return tuple(rows)


def _that_fit(terms: Sequence[Term], room: int) -> Sequence[Term]:
    """All columns, or those without the details."""
    needed = LABEL + sum(cells(signed=t.signed) + 3 * bool(t.sign) for t in terms)
    return terms if needed <= room else [t for t in terms if not t.detail]


def _heads(trace: Trace, frame: Frame, terms: Sequence[Term], t: int) -> Row:
    """What stands in each column."""
    spans: list[Span] = []
    at = LABEL
    for term in terms:
        name = _NAMES.get(term.name, visibility.symbol(term.name, t - term.back))
        name = f"1−z{below(t)}" if term.rest else name
        at += 3 if term.sign else 0
        # Over the digits; a long name begins further left.
        start = at + term.signed - max(0, width((Span(name),)) - cells(signed=False))
        spans += (
            Span(" " * (start - width(spans))),
            Span(name, _ink(trace, frame, term) or "grey"),
        )
        at += cells(signed=term.signed)
    return tuple(spans)


def _row(trace: Trace, frame: Frame, terms: Sequence[Term], t: int, unit: int) -> Row:
    """The numbers of one unit."""
    chosen = unit == visibility.unit(trace, frame)
    spans = [Span(pad(f"u{unit}", LABEL), "" if chosen else "grey", chosen)]
    for term in terms:
        value = visibility.value(trace, frame, term.name, t - term.back, unit)
        value = 1 - value if term.rest and value is not None else value
        made_now = not term.back and visibility.lit(trace, frame, term.name)
        last = term is terms[-1]
        ink = _ink(trace, frame, term) or "grey"
        if term.sign:
            spans.append(Span(f" {term.sign} ", "grey"))
        spans.append(Span(number(value, signed=term.signed), ink, made_now and last))
    return tuple(spans)


def _ink(trace: Trace, frame: Frame, term: Term) -> str:
    """The colour of a column: its quantity's while the phase computes it, plain while it is read
    for that, grey elsewhere."""
    if not term.back and visibility.lit(trace, frame, term.name):
        return {"fc": "f", "ig": "g", "zh": "z", "zn": "n", "tanh_c": "c"}.get(term.name, term.name)
    return ""


def _equation_c(t: int) -> Row:
    return (
        *(Span(f"c{below(t)}", "c", True), Span(" = ", "grey"), Span(f"f{below(t)}", "f")),
        *(Span("⊙", "grey"), Span(f"c{below(t - 1)}", "c"), Span(" + ", "grey")),
        *(Span(f"i{below(t)}", "i"), Span("⊙", "grey"), Span(f"g{below(t)}", "g")),
    )


def _equation_h(t: int) -> Row:
    return (
        *(Span(f"h{below(t)}", "h", True), Span(" = ", "grey"), Span(f"o{below(t)}", "o")),
        *(Span("⊙tanh(", "grey"), Span(f"c{below(t)}", "c"), Span(")", "grey")),
    )


def _equation_state(t: int) -> Row:
    return (
        *(Span(f"h{below(t)}", "h", True), Span(" = ", "grey"), Span(f"z{below(t)}", "z")),
        *(Span("⊙", "grey"), Span(f"h{below(t - 1)}", "h"), Span(" + (1−", "grey")),
        *(Span(f"z{below(t)}", "z"), Span(")⊙", "grey"), Span(f"n{below(t)}", "n")),
    )
