"""The output layer: logits, probabilities and loss."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.subject import Reading
from rnntutor.nn.trace import Trace
from rnntutor.numbers import FEW, fixed, number
from rnntutor.render.primitives import bars
from rnntutor.render.primitives.glyphs import subscript
from rnntutor.render.views import visibility
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span, pad

LEAD = 5


def softmax(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw y_t = V h_t and p_t = softmax(y_t) for every class at the cursor.

    The target class is marked; its cross-entropy is −ln p.
    """
    t = visibility.step(context)
    known = context.known(t)
    y, p = trace.at("y", t), trace.at("p", t)
    target = int(trace.at("target", t)) if trace.of(Reading).objective == "classes" else -1
    lit = known and context.at.t == t
    head: Row = (
        *(
            Span(f"y{subscript(t)}", "y", True),
            Span(" = V·", "grey"),
            Span(f"h{subscript(t)}", "h"),
        ),
        *(Span("    ", "grey"), Span(f"p{subscript(t)}", "y", True)),
        Span(f" = softmax(y{subscript(t)})", "grey"),
    )
    mark = f"  ◂ {context.words('softmax.wanted')}"
    room = min(48, context.width - LEAD - 8 - 8 - Span(mark).width)
    classes = range(min(len(y), max(1, context.height - 2 - (target >= 0))))
    rows = [
        (
            Span(pad(f"k{k}", LEAD), "grey"),
            Span(pad(number(float(y[k]) if known else None, decimals=FEW), 8)),
            Span(pad(number(float(p[k]) if known else None, signed=False), 8), "", k == target),
            *bars.bar(float(p[k]) if known else None, 1.0, room, role="y", track=1.0, grey=not lit),
            Span(mark if k == target else "", "right"),
        )
        for k in classes
    ]
    names: Row = (Span(" " * LEAD), Span(pad(" y", 8), "grey"), Span(pad("p", 8), "grey"))
    return (head, names, *rows, *_loss(trace, context, t, target, known))


def _loss(trace: Trace, context: ViewContext, t: int, target: int, known: bool) -> Rows:
    """Return the loss of this step; no rows without a target."""
    if target < 0:
        return ()
    loss = float(np.asarray(trace.at("loss", t)))
    value = number(loss if known else None, signed=False)
    said = f"{context.words('softmax.loss')}  −ln p{subscript(t)}[{target}] = "
    return ((Span(said, "grey"), Span(value, "", True)),)


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Return the likeliest class, once it is known."""
    t = visibility.step(context)
    if not context.at.t or not context.known(t):
        return ""
    p = trace.at("p", t)
    best = int(np.argmax(p))
    return context.words("caption.softmax", k=best, p=fixed(float(p[best])))


VIEWS = (View("softmax", softmax, describe=describe),)
