"""What a question is to a program that does not know our kinds: one of the five forms that others
have as well. Each kind says which (`QuestionKind.form`), and every export knows all five."""

from __future__ import annotations

from dataclasses import dataclass

from rnntutor.course.blocks import Blocks, Inline
from rnntutor.course.question import Option


@dataclass(frozen=True, slots=True)
class OptionForm:
    """Options to pick from, in the order in which they are shown. several: whether more than one
    may be picked."""

    options: tuple[Option, ...]
    several: bool


@dataclass(frozen=True, slots=True)
class OrderForm:
    """Something to be put in order. items: in the right one. extra: what does not belong there.
    order: the places of all of them, in `items` and then `extra`, as they are shown."""

    items: tuple[Option, ...]
    extra: tuple[Option, ...]
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PairForm:
    """To each left cell its right one. extra: right cells that fit nowhere. reasons: why what is
    wrong is wrong. order: the places of all right cells, those of the pairs and then `extra`, as
    they are shown."""

    pairs: tuple[tuple[Inline, Inline], ...]
    extra: tuple[Inline, ...]
    reasons: tuple[Inline, ...]
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong number that is known, within `spread`, and what is said of it."""

    value: float
    spread: float
    say: Inline


@dataclass(frozen=True, slots=True)
class NumberForm:
    """A number to be typed. key: as it is written. value: right within `spread`."""

    key: str
    value: float
    spread: float
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class TypedGap:
    """A gap for words. answers: all that are right, the first is the key."""

    answers: tuple[str, ...]
    reason: Inline


@dataclass(frozen=True, slots=True)
class PickedGap:
    """A gap with choices, in the order in which they are shown. answer: the right one."""

    choices: tuple[str, ...]
    answer: str
    reason: Inline


@dataclass(frozen=True, slots=True)
class NumberGap:
    """A gap for a number, right within `spread`. worked: how one comes to it, and the number."""

    value: float
    spread: float
    worked: Inline
    reason: Inline


FormGap = TypedGap | PickedGap | NumberGap
"""A gap in a text. reason: why what is wrong there is wrong."""


@dataclass(frozen=True, slots=True)
class GapForm:
    """A text to be filled in: the whole question, with a GapMark for each gap."""

    text: Blocks
    gaps: tuple[FormGap, ...]


Form = OptionForm | OrderForm | PairForm | NumberForm | GapForm
