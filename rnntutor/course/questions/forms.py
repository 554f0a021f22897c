"""The form of a question for programs that do not know our kinds: one of five common forms.

Each kind returns one of them (`QuestionKind.form`), and every export supports all five.
"""

from __future__ import annotations

from dataclasses import dataclass

from rnntutor.course.blocks import Blocks, Inline
from rnntutor.course.question import Option


@dataclass(frozen=True, slots=True)
class OptionForm:
    """A choice of options.

    Attributes:
        options: The options in the order in which they are shown.
        several: Whether more than one may be picked.
    """

    options: tuple[Option, ...]
    several: bool


@dataclass(frozen=True, slots=True)
class OrderForm:
    """Items to be put in order.

    Attributes:
        items: The items in the right order.
        extra: Items that do not belong to the order.
        order: Indices into `items` followed by `extra`, in the order in which they are shown.
    """

    items: tuple[Option, ...]
    extra: tuple[Option, ...]
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PairForm:
    """Left cells, each to be matched with a right cell.

    Attributes:
        pairs: The right pairs.
        extra: Right cells that belong to no left cell.
        reasons: Explanations of wrong pairs.
        order: Indices of the right cells (of the pairs, then `extra`), in the order in which they
            are shown.
    """

    pairs: tuple[tuple[Inline, Inline], ...]
    extra: tuple[Inline, ...]
    reasons: tuple[Inline, ...]
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """A known wrong number, recognised within `spread`, and the feedback for it."""

    value: float
    spread: float
    say: Inline


@dataclass(frozen=True, slots=True)
class NumberForm:
    """A number to be typed.

    Attributes:
        key: The right number as text.
        value: The right number.
        spread: Tolerance.
        mistakes: Known wrong numbers.
    """

    key: str
    value: float
    spread: float
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class TypedGap:
    """A gap for typed text.

    Attributes:
        answers: All accepted answers, the key first.
        reason: Explanation of a wrong answer.
    """

    answers: tuple[str, ...]
    reason: Inline


@dataclass(frozen=True, slots=True)
class PickedGap:
    """A gap with choices.

    Attributes:
        choices: The choices in the order in which they are shown.
        answer: The right choice.
        reason: Explanation of a wrong answer.
    """

    choices: tuple[str, ...]
    answer: str
    reason: Inline


@dataclass(frozen=True, slots=True)
class NumberGap:
    """A gap for a number.

    Attributes:
        value: The right number.
        spread: Tolerance.
        worked: The calculation and its number.
        reason: Explanation of a wrong answer.
    """

    value: float
    spread: float
    worked: Inline
    reason: Inline


FormGap = TypedGap | PickedGap | NumberGap
"""A gap in a text."""


@dataclass(frozen=True, slots=True)
class GapForm:
    """The whole question as a text with a GapMark for each gap."""

    text: Blocks
    gaps: tuple[FormGap, ...]


Form = OptionForm | OrderForm | PairForm | NumberForm | GapForm
