"""What a trained toy does with its input, step by step; one drawing for each type of RNN."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rnntutor.nn.trace import Trace
from rnntutor.render.views import toy_picture, toy_reading, toy_tags, toy_writing
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Rows

Toy = tuple[Callable[[Trace, ViewContext], Rows], Callable[[Trace, ViewContext], str]]
TOYS: Mapping[str, Toy] = {
    "seq-vec": (toy_reading.draw, toy_reading.describe),
    "vec-seq": (toy_picture.draw, toy_picture.describe),
    "seq-seq": (toy_tags.draw, toy_tags.describe),
    "encoder-decoder": (toy_writing.draw, toy_writing.describe),
    "bidirectional": (toy_tags.draw, toy_tags.describe),
    "attention": (toy_writing.draw, toy_writing.describe),
}


def toy(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """The drawing of the trace's own type."""
    return TOYS[trace.subject][0](trace, context)


def describe(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """What has just happened, in words."""
    return TOYS[trace.subject][1](trace, context)
