"""A padded batch: states or losses of each sequence, and the layout of its axes in memory."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.trace import Trace
from rnntutor.numbers import cells, full_bar, number
from rnntutor.render.primitives import bars, scale
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, pad, width
from rnntutor.subjects.runs import PaddedBatch

TALLEST = 4  # maximum height of a bar in rows
LABEL, LAST = 8, 9  # widths in cells of row names, and of a column after the steps
AXES, SHAPE = 10, 12
LOSS = "loss"
SAME = 5e-4  # difference of states that is not visible in three decimals
CARRIED = "="  # a state carried over by the mask
NOT_COUNTED = "–"
NOT_YET = "·"


def rows(trace: Trace, context: ViewContext, argument: str = "h") -> Rows:
    """Draw the inputs of each sequence with its states ("h") or losses ("loss") below.

    The values are shown as numbers, with bars above them if there is room.
    """
    words, losses = context.words, argument == LOSS
    ends = ("mean",) if losses else ("last", "alone")
    room = context.width - LABEL - LAST * len(ends)
    each = max(3, room // trace.steps)
    values = _losses if losses else _states
    below = (_means(trace, context),) if losses else ()
    spare = context.height - (1 + 2 * trace.units + len(below))
    tall = max(0, min(TALLEST, spare // trace.units))
    drawn: list[Row] = []
    for b in range(trace.units):
        name = words("batch.row", n=b + 1)
        if spare >= 0:
            drawn += [
                _symbols(trace, context, b, each),
                *_bars(trace, context, b, each, tall, argument),
                values(trace, context, b, each, tall),
            ]
        else:  # too little room: show only numbers
            drawn.append((Span(pad(name, LABEL)), *values(trace, context, b, each, 0)[1:]))
    legend = full_bar(full_of(trace, argument)) if tall else ""
    head: Row = (
        Span(pad(f" t {legend}", LABEL), "grey"),
        *(step(context, t, each) for t in range(1, trace.steps + 1)),
        *(Span(pad(f" {words(f'batch.{name}')}", LAST), "grey") for name in ends),
    )
    return (head, *drawn, *below)


def full_of(trace: Trace, argument: str = "h") -> float:
    """Return the value of a full bar: 1 for a state, the largest loss for losses."""
    return scale.full([np.asarray(trace["surprise"])]) if argument == LOSS else 1.0


def _bars(trace: Trace, context: ViewContext, b: int, each: int, tall: int, argument: str) -> Rows:
    """Return the bars of sequence b in `tall` rows above its numbers.

    If columns are too narrow for numbers, the lowest row of the bars replaces them and is not
    returned here. Steps with unused values have no bar.
    """
    array, ink = ("surprise", "y") if argument == LOSS else ("h", "h")
    full, used = full_of(trace, argument), _counted_steps(trace, b)
    rows = tall + (not _numbered(each, signed=argument != LOSS))
    columns: list[tuple[tuple[str, ...], str]] = []
    for t in range(1, trace.steps + 1):
        there = float(trace.at(array, t)[b]) if context.known(t) and used[t - 1] else 0.0
        drawn = bars.tall(there, full, rows) if tall and there else (" ",) * rows
        role = ink if trace.at("real", t)[b] else "grey"
        columns.append((drawn, bars.NEGATIVE if there < 0 else role))
    return tuple(
        (Span(" " * LABEL), *(Span(pad(f" {cells[n]}", each), role) for cells, role in columns))
        for n in range(tall)
    )


def _counted_steps(trace: Trace, b: int) -> list[bool]:
    """Return for each step of sequence b whether it counts; in a masked batch only real ones do."""
    real = np.asarray(trace["real"])[:, b]
    return [bool(there) or not trace.of(PaddedBatch).masked for there in real]


def sign(trace: Trace, array: str, t: int, b: int) -> str:
    """Return the symbol of sequence b at step t."""
    return trace.names["signs"][int(trace.at(array, t)[b])]


def step(context: ViewContext, t: int, each: int) -> Span:
    """Return the heading of step t, `each` cells wide, highlighted at the cursor."""
    here = t == context.at.t
    return Span(pad(f"[{t}]" if here else f" {t}", each), "" if here else "grey", here)


def _symbols(trace: Trace, context: ViewContext, b: int, each: int) -> Row:
    spans = [Span(pad(context.words("batch.row", n=b + 1), LABEL))]
    for t in range(1, trace.steps + 1):
        real, here = bool(trace.at("real", t)[b]), t == context.at.t
        text = sign(trace, "read", t, b)
        spans.append(Span(pad(f" {text}", each), "x" if real else "grey", here and real))
    return tuple(spans)


def value(value: float | None, each: int, *, signed: bool, full: float = 1.0, rows: int = 1) -> str:
    """Format a number with as many decimals as the column allows.

    If there is no room for a number, return the lowest row of its bar, followed by a minus if
    negative.
    """
    for decimals in (3, 2, 1):
        if cells(decimals=decimals, signed=signed) < each:
            return number(value, decimals=decimals, signed=signed)
    return f" {bars.tall(value, full, rows)[-1]}{'−' if (value or 0) < 0 else ''}"


def _numbered(each: int, *, signed: bool) -> bool:
    """Return whether a column is wide enough for a number."""
    return cells(decimals=1, signed=signed) < each


def _states(trace: Trace, context: ViewContext, b: int, each: int, tall: int) -> Row:
    masked = trace.of(PaddedBatch).masked
    unit = int(float(trace["unit"]))
    spans = [Span(pad("  h", LABEL), "h")]
    for t in range(1, trace.steps + 1):
        known, real = context.known(t), bool(trace.at("real", t)[b])
        if masked and not real and known:
            spans.append(Span(pad(f" {CARRIED}", each), "grey"))
            continue
        found = float(trace.at("h", t)[b]) if known else None
        text = value(found, each, signed=True, rows=1 + tall)
        negative = text.endswith("−")  # only a bar has its minus at the end
        role = bars.NEGATIVE if negative else "h" if real else "grey"
        spans.append(Span(pad(text, each), role, t == context.at.t and known))
    known = context.known(trace.steps)
    for name in ("hn", "alone"):
        last = float(np.asarray(trace[name])[b, unit]) if known else None
        spans.append(Span(pad(f" {number(last)}", LAST), "h", name == "hn"))
    return tuple(spans)


def _losses(trace: Trace, context: ViewContext, b: int, each: int, tall: int) -> Row:
    masked = trace.of(PaddedBatch).masked
    spans = [Span(pad("  −ln p", LABEL), "y")]
    cost, real = np.asarray(trace["surprise"])[:, b], np.asarray(trace["real"])[:, b] > 0
    full = full_of(trace, LOSS)
    for t in range(1, trace.steps + 1):
        known = context.known(t)
        if masked and not real[t - 1]:
            spans.append(Span(pad(f" {NOT_COUNTED}", each), "grey"))
            continue
        found = float(cost[t - 1]) if known else None
        text = value(found, each, signed=False, full=full, rows=1 + tall)
        role = "y" if real[t - 1] else "grey"
        spans.append(Span(pad(f" {text}", each), role, t == context.at.t and known))
    counted = cost[real] if masked else cost
    mean = float(counted.mean()) if context.known(trace.steps) else None
    return (*spans, Span(f" {number(mean, signed=False)}", "y"))


def _means(trace: Trace, context: ViewContext) -> Row:
    """Return the mean loss of the real steps and of all steps; the mean in use is bold."""
    masked, known = trace.of(PaddedBatch).masked, context.known(trace.steps)
    spans: list[Span] = []
    counts = {
        "loss_real": int(np.asarray(trace["real"]).sum()),
        "loss_all": trace.units * trace.steps,
    }
    for name, count in counts.items():
        used = masked == (name == "loss_real")
        mean = f"{float(trace[name]):.3f}" if known else NOT_YET
        said = context.words(f"batch.{name}", n=count)
        spans += [
            Span(f"{said} ", "" if used else "grey"),
            Span(mean, "y" if used else "grey", used),
        ]
        spans.append(Span("   "))
    return tuple(spans[:-1])


def describe(trace: Trace, context: ViewContext, argument: str = "h") -> str:
    """Describe the effect of PAD on the last states or on the loss."""
    words = context.words
    if not context.known(trace.steps):
        return words("batch.start")
    masked = trace.of(PaddedBatch).masked
    if argument == LOSS:
        values = {
            "real": f"{float(trace['loss_real']):.3f}",
            "all": f"{float(trace['loss_all']):.3f}",
        }
        return words("batch.said_masked" if masked else "batch.said_all", **values)
    off = np.abs(np.asarray(trace["hn"]) - np.asarray(trace["alone"])).max(axis=1)
    if off.max() < SAME:
        return words("batch.said_same")
    b = int(off.argmax())
    return words("batch.said_off", n=b + 1, d=f"{off[b]:.3f}")


def layout(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw the shapes of input, output and last state, and the order of the numbers in memory."""
    words, first = context.words, trace.of(PaddedBatch).batch_first
    B, T, D = trace.units, trace.steps, len(trace.names["signs"])
    H = int(float(trace["units_in_all"]))
    t = max(1, context.at.t) - 1  # index of the step in the array
    at, axes = (f"[:, {t}]", "(B, T, {})") if first else (f"[{t}]", "(T, B, {})")
    both = (B, T) if first else (T, B)

    def now(name: str, last: int) -> str:
        """Return the part read at once, without the array's name if space is short."""
        whole = words("batch.now", at=f"{name}{at}", shape=f"({B}, {last})")
        if LABEL + AXES + SHAPE + width((Span(whole),)) <= context.width:
            return whole
        return words("batch.now", at=at, shape=f"({B}, {last})")

    shapes = (
        ("input", "x", axes.format("D"), (*both, D), now("x", D)),
        ("output", "h", axes.format("H"), (*both, H), now("output", H)),
        ("h_n", "h", "(1, B, H)", (1, B, H), words("batch.both")),
    )
    drawn: list[Row] = []
    for name, role, axis, shape, note in shapes:
        named = Span(pad(name, LABEL), role, True), Span(pad(axis, AXES), "grey")
        drawn.append((*named, Span(pad(str(shape), SHAPE)), Span(note, "grey")))
    memory = _memory(trace, context, first)
    heading: Rows = ((), (Span(words("batch.memory"), "grey"),))
    if len(drawn) + len(heading) + len(memory) > context.height:
        heading = ()
    return (*drawn, *heading, *memory)


def _memory(trace: Trace, context: ViewContext, first: bool) -> Rows:
    """Return the symbols in memory order, grouped by the first axis.

    The step at the cursor is highlighted.
    """
    B, T = trace.units, trace.steps
    outer, inner = (B, T) if first else (T, B)
    lines: list[Row] = []
    line: Row = ()
    for i in range(outer):
        group: list[Span] = [Span("│ ", "grey")]
        for j in range(inner):
            t, b = (j + 1, i) if first else (i + 1, j)
            here, real = t == context.at.t, bool(trace.at("real", t)[b])
            role = "x" if real else "grey"
            group.append(
                Span(f"{sign(trace, 'read', t, b)} ", role, here, back="lit" if here else "")
            )
        if line and width((*line, *group)) + 1 > context.width:
            lines.append((*line, Span("│", "grey")))
            line = ()
        line = (*line, *group)
    return (*lines, (*line, Span("│", "grey")))


def describe_layout(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Describe the axis along which the cell steps, and what it reads at once."""
    first = trace.of(PaddedBatch).batch_first
    return context.words("batch.said_BTD" if first else "batch.said_TBD", n=trace.units)


VIEWS = (
    View("rows", rows, default="h", describe=describe, full=full_of),
    View("layout", layout, describe=describe_layout),
)
