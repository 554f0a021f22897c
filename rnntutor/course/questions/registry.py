"""Every kind of question by its name; see the package for the functions that use them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from rnntutor.course.questions.base import QuestionKind
from rnntutor.course.questions.cloze import ClozeKind
from rnntutor.course.questions.faded import FadedKind
from rnntutor.course.questions.match import MatchKind
from rnntutor.course.questions.multi import MultiKind
from rnntutor.course.questions.numeric import NumericKind
from rnntutor.course.questions.order import OrderKind
from rnntutor.course.questions.single import SingleKind
from rnntutor.course.questions.trace import TraceKind

KINDS: Mapping[str, QuestionKind[Any]] = MappingProxyType(
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
