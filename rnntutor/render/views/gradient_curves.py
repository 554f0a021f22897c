"""Curves of log₁₀ ‖∂L/∂h‖ over the distance back in time, from the right."""

from __future__ import annotations

from collections.abc import Sequence

from rnntutor.nn.trace import Trace
from rnntutor.numbers import amount, minus
from rnntutor.render.primitives.curves import Axis, Mark, Series, plot, sample
from rnntutor.render.views.gradient_series import (
    bounds,
    curves,
    ghost_values,
    power,
    reached_distance,
    spread,
    spread_most,
    spread_of,
    untrained,
    verdict,
    visible_series,
)
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, width

BROAD = 70  # width in cells from which ticks are close together
HIGHEST = 14  # maximum height in rows; a taller picture shows no more


def flow(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw one curve for each cell as far as computed, and in grey those before the last knob turn.

    The selected distance is marked. Distance 0 is the last step, on the right, where every curve is
    1.
    """
    now, ghost = visible_series(trace, context, lambda d: -float(d))
    rows = min(HIGHEST, context.height - 1)
    if rows < 2:
        return (_title(trace, context, now),)
    low, high = bounds(trace, ghost_values(trace, context))
    powers = (0, *([high] if high else []), low, *([low // 2] if low < -2 else []))
    steps = trace.steps
    every = (10 if steps <= 60 else 20) * (1 if context.width >= BROAD else 2)
    near = [(-d, str(d)) for d in range(0, steps - every // 2 + 1, every)]
    x = Axis(-steps, 0, (*near, (-steps, str(steps))), context.words("flow.distance"))
    y = Axis(low, high, tuple((p, minus(f"{p:+d}") if p else "0") for p in powers))
    looked = int(trace["distance"])
    marks = [
        Mark(-looked, power(float(curve.values(trace)[looked])))
        for curve in curves(trace)
        if looked <= reached_distance(trace, context) and curve.values(trace)[looked] > 0
    ]
    picture = plot(
        [*now, *ghost],
        x,
        y,
        cells=min(context.width, 110),
        rows=rows,
        level=0,
        marks=marks,
        letters=context.ascii,
    )
    return (_title(trace, context, now, ghost), *picture)


def _title(
    trace: Trace, context: ViewContext, now: list[Series], ghost: Sequence[Series] = ()
) -> Row:
    """Return the longest legend that fits.

    It names the curves and what they are relative to, the size of U, and the grey curve or else
    that the network is untrained.
    """
    words = context.words
    sizes = ("", "")
    if spread_of(trace):
        sizes = spread(trace), spread_most(trace)
    untold = ("", "")
    if ghost:
        look = sample(ghost[0], letters=context.ascii).text
        untold = (f"{look} {words('curve.before')}",) * 2
    elif untrained(trace):
        untold = words("flow.untrained"), words("flow.untrained_short")
    whole, brief = words("flow.relative"), words("flow.relative_short")
    forms = (
        *((whole, True, sizes[0], untold[0]), (whole, True, sizes[0], untold[1])),
        *((whole, False, sizes[0], untold[1]), (whole, False, sizes[1], untold[1])),
        *((brief, False, sizes[1], untold[1]), (brief, False, "", untold[1])),
        (brief, False, "", ""),
    )
    shown: Row = ()
    for relative, norms, size, untold_ in forms:
        shown = _legend(trace, context, now, relative, norms)
        shown += tuple(Span(f"  {text}", "grey") for text in (size, untold_) if text)
        if width(shown) <= context.width:
            break
    return shown


def _legend(
    trace: Trace, context: ViewContext, now: list[Series], relative: str, norms: bool
) -> Row:
    """Return the names of the curves.

    Args:
        relative: text on what the curves are relative to.
        norms: whether to write each gradient as a norm.
    """
    log = "log10" if context.ascii else "log₁₀"
    spans = [Span(f"{log} ({relative})", "grey")]
    for curve, series in zip(curves(trace), now, strict=True):
        of = f"‖∂L/∂{curve.of}‖" if norms else f"∂L/∂{curve.of}"
        spans += (
            Span("  "),
            sample(series, letters=context.ascii),
            Span(f" {curve.name}", curve.role, True),
            Span(f" {of}", "grey"),
        )
    return tuple(spans)


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Describe the gradient at the distance reached.

    A single curve also has its value at the marked distance, once that has been passed.
    """
    words, d = context.words, reached_distance(trace, context)
    if not d:
        return words("caption.flow_start", t=trace.steps)
    shown, looked = curves(trace), int(trace["distance"])
    at = [amount(float(c.values(trace)[d])) for c in shown]
    first = verdict(float(shown[0].values(trace)[d]))
    end = words(f"flow.{first}", name=shown[0].name)
    if looked < d and len(shown) == 1:
        there = amount(float(shown[0].values(trace)[looked]))
        return words("caption.flow_looked", k=looked, a=there, d=d, b=at[0], verdict=end)
    values = ", ".join(f"{c.name} {value}" for c, value in zip(shown, at, strict=True))
    return words("caption.flow", d=d, values=values, verdict=end)


VIEWS = (View("flow", flow, describe=describe),)
