"""How each type of RNN is connected to its inputs and outputs, over five cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from rnntutor.subjects.toys import START, Wiring

Type = Literal["seq-vec", "vec-seq", "seq-seq", "encoder-decoder", "bidirectional"]
TYPES: tuple[Type, ...] = get_args(Type)

_WORDS = ("x₁", "x₂", "x₃", "x₄", "x₅")
_ANSWERS = ("y₁", "y₂", "y₃", "y₄", "y₅")

WIRINGS: Mapping[Type, Wiring] = {
    "seq-vec": Wiring("seq-vec", _WORDS, ("", "", "", "", "y")),
    "vec-seq": Wiring(
        "vec-seq", ("v", START, "y₁", "y₂", "y₃"), ("", "y₁", "y₂", "y₃", "y₄"), reads="v"
    ),
    "seq-seq": Wiring("seq-seq", _WORDS, _ANSWERS),
    "encoder-decoder": Wiring(
        "encoder-decoder", ("x₁", "x₂", "x₃", START, "y₁"), ("", "", "", "y₁", "y₂")
    ),
    "bidirectional": Wiring("bidirectional", _WORDS, _ANSWERS, both_ways=True),
}
