"""Samples of a character model's output, by number of updates, for comparison."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.trace import Trace
from rnntutor.render.primitives.columns import cut
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, pad, width

COUNT, GAP = 5, 2
END, END_SHOWN = "\n", " / "
APART, KNOWN = 0.5, 0.4  # in bits: a significant gap; cost below which a text is memorised


def samples(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw the likeliest line and the sampled lines of the network in use and of others.

    The network in use is the present one, or the best one so far.
    """
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
        for row, line in enumerate(shown):
            count = f"{at[n]:.0f}" if row == 0 else ""
            drawn = text(lines[n][line]).replace(END, END_SHOWN)
            drawn = drawn if drawn.strip() else words("samples.blank")
            rows.append(
                (
                    Span(pad(count, COUNT, right=True), "" if now else "grey", now),
                    Span(mark if now and row == 0 else " " * GAP, "accent"),
                    Span(pad(kinds[line > 0], kind + GAP), "grey"),
                    Span(
                        drawn if width((Span(drawn),)) <= room else cut(drawn, room),
                        "y" if now else "",
                    ),
                )
            )
    return tuple(rows)


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Compare the cost of a symbol in the training text and in the held-out text."""
    bits, held_out = float(trace["bits"]), float(trace["held_out"])
    values = {"bits": f"{bits:.2f}", "held": f"{held_out:.2f}"}
    if float(trace["used"]) < float(np.asarray(trace["sample_at"])[-1]):
        return context.words("caption.text_stopped", n=f"{float(trace['used']):.0f}", **values)
    if held_out - bits < APART:
        return context.words("caption.text_even", **values)
    key = "caption.text_memory" if bits < KNOWN else "caption.text_apart"
    return context.words(key, **values)


def text(points: Array) -> str:
    """Return code points, padded with 0 at the end, as text."""
    return "".join(chr(int(p)) for p in points if p)


def _shares(groups: int, most: int, room: int, used: int) -> list[int]:
    """Return the number of lines to show for each group.

    Each group gets one line, then a second one, so that its likeliest line can be compared; then
    the group in use and the newest ones get more. If space is short, the oldest get none.
    """
    shares = [0] * groups
    order = (used, *(n for n in reversed(range(groups)) if n != used))
    for limit in (1, 2, most):
        for n in order:
            more = min(max(0, min(limit, most) - shares[n]), room)
            shares[n] += more
            room -= more
    return shares


VIEWS = (View("samples", samples, training=True, describe=describe),)
