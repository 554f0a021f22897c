"""What a run is of: what is known of it where it was made, for those that
draw it and could else only guess it from which arrays there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Subject:
    """A run of which nothing more needs to be said."""


UNSAID = Subject()

# ---- a trained net on an input of the learner's ---------------------------


@dataclass(frozen=True, slots=True)
class Wiring:
    """How five cells are joined to their inputs and outputs.

    Attributes:
        name: of this type of RNN, as lessons write it.
        inputs, outputs: what each cell reads and puts out: "x₁"; START; ""
            for nothing.
        reads: what the net reads from outside: words x, or one vector v.
        both_ways: there is a second direction.
    """

    name: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    reads: str = "x"
    both_ways: bool = False


START = "▸"  # what a decoder reads before its first sign
Merge = Literal["concat", "sum"]
"""How the states of two directions become one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Toy(Subject):
    """A trained net reads an input. wiring: where it stands for a type."""

    wiring: Wiring | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement(Toy):
    """A sentence is judged: one answer after the last word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description(Toy):
    """A picture is described: a vector is read, then words are said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagging(Toy):
    """Each word gets a tag. merge: how both directions are put together;
    None for a net that reads forwards only."""

    merge: Merge | None = None

    @property
    def both_ways(self) -> bool:
        """Whether it reads in both directions."""
        return self.merge is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation(Toy):
    """A source is read, then another sequence is said. attention: each sign
    that is said looks back at all of the source."""

    attention: bool = False


# ---- other runs that have drawings of their own ---------------------------


@dataclass(frozen=True, slots=True)
class SlotGame(Subject):
    """A tape with questions is read into slots by hand."""


@dataclass(frozen=True, slots=True)
class LanguageModel(Subject):
    """A net that says which symbol comes next, in its training."""


# ---- nets in their training ------------------------------------------------


@dataclass(frozen=True, slots=True)
class Race(Subject):
    """Several cells are trained on one task."""


@dataclass(frozen=True, slots=True)
class Recall(Subject):
    """A net is trained to name what it read first."""


@dataclass(frozen=True, slots=True)
class Forecast(Subject):
    """A net is trained to say the next value of a series."""


@dataclass(frozen=True, slots=True)
class Dictation(Subject):
    """A decoder is trained to write digits one after the other."""
