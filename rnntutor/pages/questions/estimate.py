"""A number of which only the order of magnitude counts."""

from __future__ import annotations

from rnntutor.pages.questions.number import NumberDrawing
from rnntutor.render.primitives.wrap import wrap
from rnntutor.render.prose import Context
from rnntutor.session.question import ANSWERING, Asked
from rnntutor.spans import Rows, Span
from rnntutor.words import Words


class EstimateDrawing(NumberDrawing):
    def rows(self, asked: Asked, words: Words, cells: int, context: Context) -> Rows:
        if asked.state != ANSWERING:
            return super().rows(asked, words, cells, context)
        return wrap((Span(words("question.estimate"), "grey"),), cells)
