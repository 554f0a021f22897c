"""The kinds of question. A new one is a module here and its line in KINDS, and a module and a line
in pages/questions; docs/adding-a-question-kind.md tells it step by step."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from types import MappingProxyType
from typing import Any

from rnntutor.course.blocks import Question
from rnntutor.course.questions.base import Kind
from rnntutor.course.questions.cloze import ClozeKind
from rnntutor.course.questions.faded import FadedKind
from rnntutor.course.questions.match import MatchKind
from rnntutor.course.questions.multi import MultiKind
from rnntutor.course.questions.numeric import NumericKind
from rnntutor.course.questions.order import OrderKind
from rnntutor.course.questions.single import SingleKind
from rnntutor.course.questions.trace import TraceKind
from rnntutor.course.variant import seed_of

KINDS: Mapping[str, Kind[Any]] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            SingleKind(),
            MultiKind(),
            NumericKind(),
            ClozeKind(),
            OrderKind(),
            MatchKind(),
            TraceKind(),
            FadedKind(),
        )
    }
)
"""Every kind by the name that an author writes: `type=single`."""


def kind_of(question: Question) -> Kind[Any]:
    """The kind of a question."""
    return KINDS[question.type]


def order_of(question: Question, salt: str, number: int) -> tuple[int, ...]:
    """In which order what can be chosen is shown: places in the author's order, from 0."""
    rng = Random(seed_of(question.id, salt, number))
    return kind_of(question).order(question.body, rng)


def gap_orders(question: Question, salt: str, number: int) -> tuple[tuple[int, ...], ...]:
    """The same of each gap's choices."""
    rng = Random(seed_of(question.id, salt, number))
    return kind_of(question).gap_orders(question.body, rng)
