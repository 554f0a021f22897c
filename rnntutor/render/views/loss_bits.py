"""Cost of a symbol in bits over the updates: training text, held-out text, and a blind guess."""

from __future__ import annotations

import math

import numpy as np

from rnntutor.nn.trace import Trace
from rnntutor.render.primitives.curves import Axis, Series, under_legend
from rnntutor.render.primitives.curves import sample as look
from rnntutor.render.primitives.scale import nice
from rnntutor.render.views import samples
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, width
from rnntutor.subjects.runs import LanguageModel

FIRST_END, HIGHEST = 1000, 8  # shortest axes, in updates and in bits


def curve(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw a legend with the values reached, above the two curves.

    The axis marks where the held-out curve turned.
    """
    series = (
        Series(_points(trace, context, "bits"), "y", "*"),
        Series(_points(trace, context, "held_out"), "grad", "o", dotted=True),
    )
    last = series[0].points[-1][0]
    highest = max(y for one in series for _, y in one.points if math.isfinite(y))
    end, high = nice(max(FIRST_END, last)), max(HIGHEST, math.ceil(highest))
    guess = float(trace["guess"])
    turned = _turning_point(series[1])
    ticks = [(0.0, "0"), (end / 2, f"{end / 2:g}"), (end, f"{end:g}")]
    ticks += [(turned[0], f"▴{turned[0]:g}")] if turned else []
    x = Axis(0, end, tuple(ticks), context.words("bits.updates"))
    y = Axis(0, high, ((high, f"{high:g}"), (guess, f"{guess:.1f}"), (0, "0")))
    picture = under_legend(context, series, x, y, level=guess)
    return (_legend(series, trace, context), *picture)


def _points(trace: Trace, context: ViewContext, metric: str) -> tuple[tuple[float, float], ...]:
    """Return the reported values, and those of the untrained and the prepared networks."""
    at = [float(n) for n in np.asarray(trace["sample_at"])]
    known = dict(zip(at, (float(v) for v in np.asarray(trace[f"sample_{metric}"])), strict=True))
    known |= dict(context.history.series(metric))
    return tuple(sorted(known.items()))


def _turning_point(held: Series) -> tuple[float, float] | None:
    """Return the lowest point of the curve if it has risen since, else None."""
    lowest = min(held.points, key=lambda point: point[1])
    return lowest if lowest[0] < held.points[-1][0] else None


def _legend(series: tuple[Series, Series], trace: Trace, context: ViewContext) -> Row:
    spans: list[Span] = []
    for one, name in zip(series, ("bits", "held_out"), strict=True):
        spans += [
            look(one, letters=context.ascii),
            Span(f" {context.words(f'bits.{name}')} ", one.role),
            Span(f"{one.points[-1][1]:.2f}", "", True),
        ]
        if name == "held_out" and (turned := _turning_point(one)):
            spans.append(Span(f" {context.words('bits.lowest')} {turned[1]:.2f}", "grey"))
        spans.append(Span("  "))
    level = Span("--" if context.ascii else "┈┈", "grey")
    guess = (level, Span(f" {context.words('bits.guess')} {float(trace['guess']):.2f}", "grey"))
    return (*spans, *guess) if width((*spans, *guess)) <= context.width else tuple(spans)


VIEWS = (View("curve", curve, training=True, describe=samples.describe, subject=LanguageModel),)
