"""What a trained toy does with its input, step by step; one drawing for each type of RNN."""

from __future__ import annotations

from rnntutor.draw import toy_picture, toy_reading, toy_tags, toy_writing
from rnntutor.draw.frame import Frame
from rnntutor.nn.trace import Trace
from rnntutor.spans import Rows

TOYS = {
    "seq-vec": toy_reading,
    "vec-seq": toy_picture,
    "seq-seq": toy_tags,
    "encoder-decoder": toy_writing,
    "bidirectional": toy_tags,
}


def toy(trace: Trace, frame: Frame, argument: str = "") -> Rows:
    """The drawing of the trace's own type."""
    return TOYS[trace.names["type"][0]].draw(trace, frame)


def said(trace: Trace, frame: Frame, argument: str = "") -> str:
    """What has just happened, in words."""
    return TOYS[trace.names["type"][0]].said(trace, frame)
