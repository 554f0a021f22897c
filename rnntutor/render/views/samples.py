"""What a character model writes, kept as rows from update to update, to be compared."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.trace import Trace
from rnntutor.render.primitives.columns import cut
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, pad, width

COUNT, GAP = 5, 2
END, END_SHOWN = "\n", " / "
APART, KNOWN = 0.5, 0.4  # bits: a gap that counts; what a text costs that is known by heart


def samples(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Of the net in use, which is the present one or the best so far, the likeliest line and those
    that were drawn; of the others as many as there is room for."""
    words = context.words
    kinds = (words("samples.best"), words("samples.drawn"))
    kind = max(width((Span(k),)) for k in kinds)
    at, lines = np.asarray(trace["sample_at"]), np.asarray(trace["sample_lines"])
    temperature = float(trace["temperature"])
    said = words("samples.head", t=f"{temperature:.1f}")
    head = (
        Span(pad(words("samples.updates"), COUNT + GAP + kind + GAP), "grey"),
        Span(said, "grey"),
    )
    rows: list[Row] = [head]
    used = int(np.flatnonzero(at == float(trace["used"]))[0])
    mark = "▸ " if used < len(at) - 1 else " " * GAP
    shares = _shares(len(at), lines.shape[1], context.height - 1, used)
    room = context.width - COUNT - kind - 2 * GAP
    for n, share in enumerate(shares):
        now = n == used
        shown = (0, *range(1, share)) if share > 1 else (1,) * share
        for place, line in enumerate(shown):
            count = f"{at[n]:.0f}" if place == 0 else ""
            drawn = text(lines[n][line]).replace(END, END_SHOWN)
            drawn = drawn if drawn.strip() else words("samples.blank")
            rows.append(
                (
                    Span(pad(count, COUNT, right=True), "" if now else "grey", now),
                    Span(mark if now and place == 0 else " " * GAP, "accent"),
                    Span(pad(kinds[line > 0], kind + GAP), "grey"),
                    Span(
                        drawn if width((Span(drawn),)) <= room else cut(drawn, room),
                        "y" if now else "",
                    ),
                )
            )
    return tuple(rows)


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """What a symbol costs of the text that is learned and of the part that is not."""
    bits, held_out = float(trace["bits"]), float(trace["held_out"])
    values = {"bits": f"{bits:.2f}", "held": f"{held_out:.2f}"}
    if float(trace["used"]) < float(np.asarray(trace["sample_at"])[-1]):
        return context.words("caption.text_stopped", n=f"{float(trace['used']):.0f}", **values)
    if held_out - bits < APART:
        return context.words("caption.text_even", **values)
    key = "caption.text_memory" if bits < KNOWN else "caption.text_apart"
    return context.words(key, **values)


def text(points: Array) -> str:
    """Code points, with 0 after the end, as text."""
    return "".join(chr(int(p)) for p in points if p)


def _shares(groups: int, most: int, room: int, used: int) -> list[int]:
    """How many lines of each group are shown: one of each, then a second of each, so that each has
    its likeliest line to compare, and of the one in use and the newest more. The oldest have none
    where there is no room."""
    shares = [0] * groups
    order = (used, *(n for n in reversed(range(groups)) if n != used))
    for limit in (1, 2, most):
        for n in order:
            more = min(max(0, min(limit, most) - shares[n]), room)
            shares[n] += more
            room -= more
    return shares
