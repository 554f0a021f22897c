"""Trained nets that read an input of the learner's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rnntutor.nn.subject import Subject


@dataclass(frozen=True, slots=True)
class Wiring:
    """How five cells are connected to their inputs and outputs.

    Attributes:
        name: of this type of RNN, as in the lessons.
        inputs: what each cell reads: "x₁"; START; "" for nothing.
        outputs: what each cell outputs: "y₁"; "" for nothing.
        reads: the input of the net: words x, or one vector v.
        both_ways: whether there is a second direction.
    """

    name: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    reads: str = "x"
    both_ways: bool = False


START = "▸"  # the first input of a decoder
Merge = Literal["concat", "sum"]
"""How the states of two directions are merged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Toy(Subject):
    """A trained net reads an input.

    Attributes:
        wiring: the type of RNN that the net is an example of, if any.
    """

    wiring: Wiring | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement(Toy):
    """A sentence is classified: one answer after the last word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description(Toy):
    """A picture is described: a vector is read, then words are output."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagging(Toy):
    """Each word gets a tag.

    Attributes:
        merge: how the two directions are combined; None for a net that only
            reads forward.
    """

    merge: Merge | None = None

    @property
    def both_ways(self) -> bool:
        """Whether it reads in both directions."""
        return self.merge is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation(Toy):
    """A source is read, then another sequence is output.

    Attributes:
        attention: whether each output symbol looks back at all of the source.
    """

    attention: bool = False
