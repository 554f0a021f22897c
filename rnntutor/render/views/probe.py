"""A long run in little space: one character for each step and unit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import assert_never

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.trace import Trace
from rnntutor.numbers import full_bar
from rnntutor.render.primitives import bars, scale
from rnntutor.render.views import visibility
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, pad
from rnntutor.subjects.training import MemoryTraining

LABEL = 6
LARGEST = 2.0  # largest sum of the two numbers of the adding task
# Value of a full bar of the memory. h lies between -1 and 1. c has no bound and grows while an LSTM
# learns; beyond this it ends in an arrow. The scale is constant, so that reports can be compared.
FULL = {"h": 1.0, "c": 5.0}
RULER = 10  # steps between numbers on the ruler
_BELOW_ZERO = "░▒▓"  # negative values by size
UNKNOWN = (bars.NOTHING, "faint")


def probe(trace: Trace, context: ViewContext, cell: str = "") -> Rows:
    """Draw the inputs, the answer if the sequence ended at each step, and the units' memory.

    The memory is c of an LSTM, else h.

    Args:
        cell: "rnn", "lstm" or "gru" of a race; "" for the run itself.
    """
    kind, states, y = run(trace, cell)
    name = visibility.memory_of(kind)
    each = max(1, min(3, (context.width - LABEL) // trace.steps))
    fits = (context.width - LABEL) // each
    first = max(0, min((context.at.t - 1) // fits * fits, trace.steps - fits))
    steps = range(first + 1, min(trace.steps, first + fits) + 1)
    known = frozenset(t for t in steps if context.known(t))
    full = FULL[name]

    def line(label: str, role: str, sign: Callable[[int], tuple[str, str]]) -> Row:
        """Return a row with one sign per step and the cursor's step highlighted.

        Neighbours of one colour form one span.
        """
        spans = [Span(pad(label, LABEL), role)]
        signs = ((*sign(t), "lit" if t == context.at.t else "") for t in steps)
        for (ink, back), same in groupby(signs, itemgetter(1, 2)):
            spans.append(Span("".join(text.ljust(each) for text, *_ in same), ink, back=back))
        return tuple(spans)

    def size(t: int, unit: int) -> tuple[str, str]:
        return _sign(float(states[t - 1, unit]), full, name) if t in known else UNKNOWN

    # Inputs and answers share one scale, which is shown, so that they can be compared.
    most = scale.full([np.asarray(trace["x"])[:, 0], y], least=LARGEST)
    read, said, legend = _signs(trace, y, most)
    marked = np.asarray(trace["marked"])
    rows = [
        _ruler(steps, each, marked, full_bar(full)),
        line("x" + legend, "x", lambda t: (read[t - 1][0], "accent" if marked[t - 1] else "grey")),
        line("y" + legend, "y", lambda t: said[t - 1] if t in known else UNKNOWN),
    ]
    room = max(0, context.height - len(rows))
    units = states.shape[1]
    start = max(0, min(context.unit // max(1, room) * room, units - room))
    end = min(units, start + room)
    for unit in range(start, end):
        more = (unit == start and start > 0) or (unit == end - 1 and end < units)
        label = f"{name if unit == start else ' '} u{unit}{'…' if more else ''}"
        rows.append(line(label, name, partial(size, unit=unit)))
    return tuple(rows[: context.height])


def run(trace: Trace, cell: str) -> tuple[str, Array, Array]:
    """Return kind, memory (T, H) and answers (T, K) of a cell of a race, or of the run itself."""
    if cell in trace.of(MemoryTraining).cells:
        return cell, np.asarray(trace[f"state_{cell}"]), np.asarray(trace[f"y_{cell}"])
    memory = visibility.memory_of(trace.cell)
    return trace.cell, np.asarray(trace[memory])[1:], np.asarray(trace["y"])


def _ruler(steps: range, each: int, marked: Array, legend: str) -> Row:
    """Return the value of a full bar and the numbers of some steps above their columns.

    Marked steps have a ▼.
    """
    signs = [" "] * (len(steps) * each)
    for t in steps:
        at, text = (t - steps[0]) * each, str(t)
        free = "".join(signs[max(0, at - 1) : at + len(text)]).strip() == ""
        if (t == steps[0] or t % RULER == 0) and at + len(text) <= len(signs) and free:
            signs[at : at + len(text)] = text
    over = [(t - steps[0]) * each for t in steps if marked[t - 1]]
    name = f"t {legend}"
    spans = [Span(pad(name if len(name) < LABEL else legend, LABEL), "grey")]
    for n, sign in enumerate(signs):
        spans.append(Span("▼", "accent", True) if n in over else Span(sign, "grey"))
    return tuple(spans)


def _sign(value: float, full: float, role: str) -> tuple[str, str]:
    """Return a sign and its colour: a bar of one cell, hatched if negative."""
    if value < 0 and value > -full * bars.EXACT:
        return _BELOW_ZERO[min(2, int(3 * abs(value) / full))], bars.NEGATIVE
    return bars.level(value, full), bars.NEGATIVE if value < 0 else role


def _signs(
    trace: Trace, y: Array, full: float
) -> tuple[Sequence[tuple[str, str]], Sequence[tuple[str, str]], str]:
    """Return the signs of inputs and answers, and the legend of their scale.

    Numbers are shown by size, symbols by letter; the answer is the likeliest symbol.
    """
    match trace.of(MemoryTraining).values:
        case "numbers":
            read = [_sign(float(value), full, "x") for value in np.asarray(trace["x"])[:, 0]]
            return read, [_sign(float(row[0]), full, "y") for row in y], f" {full_bar(full)}"
        case "symbols":
            read = [(label[0], "x") for label in trace.labels]
            return read, [(chr(ord("A") + int(row.argmax())), "y") for row in y], ""
        case other:
            assert_never(other)
