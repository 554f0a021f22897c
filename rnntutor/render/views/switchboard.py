"""The types of RNN in one diagram: inputs, outputs, losses and their shapes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from rnntutor.nn.trace import Trace
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, fit, pad, width
from rnntutor.subjects.toys import Merge, Tagging, Toy, Wiring

COLUMNS = 5
LABEL = 6
LAST = 4  # width of the last column in cells
LOSS, CELL, OFF = "●", "□", "·"


def switchboard(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw five cells; the inputs that the cursor's output depends on are highlighted."""
    wires = _wires(trace)
    each = 6 if context.width < 70 else 8 if context.width < 100 else 12
    at = min(context.at.t, COLUMNS)
    lit = _visible_columns(wires, at)

    def line(name: Row, cells: tuple[Row, ...]) -> Row:
        spans: list[Span] = list(fit(name, LABEL))
        for cell in cells[:-1]:
            spans += fit(cell, each)
        return (*spans, *fit(cells[-1], LAST))

    def signs(texts: tuple[str, ...], on: frozenset[int], role: str) -> tuple[Row, ...]:
        return tuple(_sign(text, n in on, bool(at), role) for n, text in enumerate(texts, 1))

    def arrows(texts: tuple[str, ...], on: frozenset[int]) -> tuple[Row, ...]:
        marks = tuple("↑" if text else "" for text in texts)
        return tuple(_sign(mark, n in on, bool(at), "grey", " ") for n, mark in enumerate(marks, 1))

    here = frozenset({at} if at and wires.outputs[at - 1] else ())
    losses = tuple(LOSS if text else "" for text in wires.outputs)
    words = context.words
    ahead, back = (_chain(each, arrow, wires.both_ways or arrow == "▶", at) for arrow in "▶◀")
    rows = (
        line((Span(words("types.loss"), "grey"),), signs(losses, here, "wrong")),
        line((Span("y", "y"),), signs(wires.outputs, here, "y")),
        line((), arrows(wires.outputs, here)),
        line((Span("h→" if wires.both_ways else "h", "h"),), ahead),
        line((Span("h←", "h" if wires.both_ways else "faint"),), back),
        line((), arrows(wires.inputs, lit)),
        line((Span("x", "x"),), signs(wires.inputs, lit, "x")),
    )
    title: Row = (Span(words(f"types.{wires.name}"), "", True), Span("  "))
    title += (Span(words(f"types.{wires.name}-task"), "grey"),)
    shapes = _shapes(trace, context, wires)
    joined = tuple((*row, Span("  "), *shape) for row, shape in zip(rows, shapes, strict=True))
    gap: Rows = ((),) if context.height > 9 else ()
    return (title, *gap, *joined)


def _wires(trace: Trace) -> Wiring:
    """Return the connections of the run's type."""
    wires = trace.of(Toy).wiring
    assert wires is not None, "a run that stands for no type"
    return wires


def _visible_columns(wires: Wiring, at: int) -> frozenset[int]:
    """Return the columns whose input has reached the output or state of column `at`."""
    if not at:
        return frozenset()
    return frozenset(range(1, COLUMNS + 1) if wires.both_ways else range(1, at + 1))


def _sign(text: str, lit: bool, any_lit: bool, role: str, off: str = OFF) -> Row:
    """Return a sign above or below a cell; a switched-off one is a dot."""
    if not text:
        return (Span(f" {off}", "faint"),)
    if lit:
        return (Span(f" {text}", "accent" if role == "grey" else role, True),)
    return (Span(f" {text}", "grey" if any_lit else role),)


def _chain(each: int, arrow: str, on: bool, at: int) -> tuple[Row, ...]:
    """Return the cells of one direction with arrows between them, the cursor's in brackets."""
    if not on:
        return tuple((Span(f" {OFF}", "faint"),) for _ in range(COLUMNS))
    dash = "─" * (each - 5)
    link = f"{dash}{arrow}" if arrow == "▶" else f"{arrow}{dash}"

    def cell(n: int) -> Row:
        here = n == at
        sign = Span(f"[{CELL}]" if here else f" {CELL} ", "h", here)
        return (sign, Span(link, "grey")) if n < COLUMNS else (sign,)

    return tuple(cell(n) for n in range(1, COLUMNS + 1))


def _shapes(trace: Trace, context: ViewContext, wires: Wiring) -> Rows:
    """Return the shapes beside the rows of the diagram."""
    words = context.words
    D, H, K = (int(n) for n in np.asarray(trace["sizes"]))
    count = Span(words("types.parameters", n=f"{int(np.asarray(trace['parameters'])):,}"), "grey")
    x: Row = (Span(wires.reads, "x"), Span(f" ({D},)"))
    if not wires.both_ways:
        head: Row = (Span("V", "y"), Span(f" ({K}, {H})"))
        y: Row = (Span("y", "y"), Span(f" ({K},)"))
        return ((), y, head, (Span("h", "h"), Span(f" ({H},)")), (), (count,), x)
    merge = trace.of(Tagging).merge
    assert merge is not None, "two directions are put together in some way"
    sizes: Mapping[Merge, int] = {"concat": 2 * H, "sum": H}
    names = {way: words(f"types.{way}") for way in sizes}
    room = max(width((Span(name),)) for name in names.values())
    ways: list[Row] = []
    for way, size in sizes.items():
        on = way == merge
        ink = "" if on else "grey"
        mark = Span("▸ " if on else "  ", "accent")
        ways.append((mark, Span(pad(names[way], room), ink, on), Span(f" ({size},)", ink)))
    both_ways: Row = (Span("h→", "h"), Span(f" ({H},) "), Span("h←", "h"), Span(f" ({H},)"))
    head = (Span("V", "y"), Span(f" ({K}, {sizes[merge]})"))
    return (head, ways[0], ways[1], both_ways, (), (count,), x)


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Describe the task of this type in a sentence."""
    return context.words(f"types.{_wires(trace).name}-says")


VIEWS = (View("switchboard", switchboard, describe=describe),)
