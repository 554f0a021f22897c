"""How much of the loss reaches back: the curves of log₁₀ ‖∂L/∂h‖ over time, from the right."""

from __future__ import annotations

from rnntutor.draw.amounts import amount
from rnntutor.draw.curves import Axis, Mark, Series, plot, sample
from rnntutor.draw.flows import Curve, bounds, curves, power, reached, untrained, verdict
from rnntutor.draw.frame import Frame
from rnntutor.nn.trace import Trace
from rnntutor.spans import Row, Rows, Span, width

HIGHEST = 14  # rows of a picture: a higher one says no more


def flow(trace: Trace, frame: Frame, argument: str = "") -> Rows:
    """One curve for each cell, as far as it has been computed; the distance that is looked at is
    marked. Distance 0 is the last step, on the right."""
    drawn = [_series(trace, frame, curve, n > 0) for n, curve in enumerate(curves(trace))]
    rows = min(HIGHEST, frame.height - 1)
    if rows < 2:
        return (_title(trace, frame, drawn),)
    low, high = bounds(trace)
    powers = (0, *([high] if high else []), low, *([low // 2] if low < -2 else []))
    steps = trace.steps
    every = 10 if steps <= 60 else 20
    near = [(-d, str(d)) for d in range(0, steps - every // 2, every)]
    x = Axis(-steps, 0, (*near, (-steps, frame.words("flow.distance", d=steps))))
    y = Axis(low, high, tuple((p, f"{p:+d}".replace("-", "−") if p else "0") for p in powers))
    looked = int(trace["distance"])
    marks = [
        Mark(-looked, power(float(curve.values(trace)[looked])))
        for curve in curves(trace)
        if looked <= reached(trace, frame) and curve.values(trace)[looked] > 0
    ]
    picture = plot(
        drawn,
        x,
        y,
        cells=min(frame.width, 110),
        rows=rows,
        level=0,
        marks=marks,
        letters=frame.ascii,
    )
    return (_title(trace, frame, drawn), *picture)


def _series(trace: Trace, frame: Frame, curve: Curve, second: bool) -> Series:
    values = curve.values(trace)[: reached(trace, frame) + 1]
    points = tuple((-float(d), power(float(v))) for d, v in enumerate(values))
    return Series(points, curve.role, curve.letter, dotted=second)


def _title(trace: Trace, frame: Frame, drawn: list[Series]) -> Row:
    """Which curve is which, and that nothing has been trained."""
    spans: list[Span] = [Span("log₁₀  ".replace("₁₀", "10") if frame.ascii else "log₁₀  ", "grey")]
    for curve, series in zip(curves(trace), drawn, strict=True):
        spans += (
            sample(series, letters=frame.ascii),
            Span(f" {curve.name}", curve.role, True),
            Span(f" ‖∂L/∂{curve.of}‖  ", "grey"),
        )
    if untrained(trace):
        for key in ("flow.untrained", "flow.untrained_short"):
            said = frame.words(key)
            if width(spans) + width((Span(said),)) <= frame.width:
                return (*spans, Span(said, "grey"))
    return tuple(spans)


def said(trace: Trace, frame: Frame, argument: str = "") -> str:
    """What has come through to the distance that has been reached."""
    words, d = frame.words, reached(trace, frame)
    if not d:
        return words("caption.flow_start", t=trace.steps)
    drawn = curves(trace)
    values = ", ".join(f"{c.name} {amount(float(c.values(trace)[d]))}" for c in drawn)
    first = verdict(float(drawn[0].values(trace)[d]))
    end = words(f"flow.{first}", name=drawn[0].name)
    return words("caption.flow", d=d, values=values, verdict=end)
