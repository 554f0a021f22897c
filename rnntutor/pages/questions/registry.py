"""Every renderer by the name of its kind of question."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from rnntutor.pages.questions.base import ANY, ONE, QuestionRenderer
from rnntutor.pages.questions.choice import ChoiceDrawing
from rnntutor.pages.questions.cloze import ClozeDrawing
from rnntutor.pages.questions.faded import FadedDrawing
from rnntutor.pages.questions.match import MatchDrawing
from rnntutor.pages.questions.number import NumberDrawing
from rnntutor.pages.questions.order import OrderDrawing

DRAWINGS: Mapping[str, QuestionRenderer] = MappingProxyType(
    {
        "single": ChoiceDrawing(ONE),
        "multi": ChoiceDrawing(ANY),
        "numeric": NumberDrawing(),
        "cloze": ClozeDrawing(),
        "order": OrderDrawing(),
        "match": MatchDrawing(),
        "trace": NumberDrawing(),
        "faded": FadedDrawing(),
    }
)
"""Renderers by the name of the question kind."""
