"""A lesson's reference card: its equations, and its symbols with their shapes."""

from __future__ import annotations

from rnntutor.course.blocks import MathBlock, Maths, Text
from rnntutor.course.lesson import Lesson
from rnntutor.course.symbols import Symbol
from rnntutor.pages.cover import one_line
from rnntutor.pages.listed import entry
from rnntutor.render.prose import Context, lay_out, lay_out_inline
from rnntutor.spans import Row, Rows, Span, width
from rnntutor.words import Words

INDENT = 2


def card_rows(
    lesson: Lesson, symbols: tuple[Symbol, ...], words: Words, cells: int, context: Context
) -> Rows:
    """Return the lesson's equations, then its symbols."""
    rows: list[Row] = []
    formulas = equations(lesson)
    if formulas:
        rows += [(), (Span(words("card.equations"), "grey"),)]
    for formula in formulas:
        drawn = lay_out((formula,), cells - INDENT, context)
        rows += [(Span(" " * INDENT), *row) for row in drawn]
        rows += [()] if len(drawn) > 1 else []
    own = [symbol for symbol in symbols if lesson.id in symbol.lessons]
    if own:
        rows += [*([()] if rows and rows[-1] else []), (Span(words("card.symbols"), "grey"),)]
        rows += _symbols(own, lesson.lang, cells, context)
    return tuple(rows) or ((), (Span(words("card.empty"), "grey"),))


def equations(lesson: Lesson) -> tuple[MathBlock, ...]:
    """Return the displayed formulas of the lesson's steps, without duplicates.

    Formulas of challenges are left out, because they apply to one setting only.
    """
    steps = (step for step in lesson.steps if step.sim is None or not step.sim.goal)
    found = (block for step in steps for block in step.blocks if isinstance(block, MathBlock))
    return tuple(dict.fromkeys(found))


def _symbols(symbols: list[Symbol], lang: str, cells: int, context: Context) -> Rows:
    """Return rows of symbol, meaning and shape, with the meanings aligned."""
    names = [one_line((Maths(symbol.tex),), context) for symbol in symbols]
    room = max(map(width, names)) + 2
    rows: list[Row] = []
    for symbol, name in zip(symbols, names, strict=True):
        meaning = dict(symbol.meaning).get(lang) or symbol.meaning[0][1]
        told = list(meaning)
        if symbol.shape:
            told += [Text("  ("), Maths(symbol.shape), Text(")")]
        lead = (Span(" " * INDENT), *name, Span(" " * (room - width(name))))
        said = lay_out_inline(tuple(told), cells - INDENT - room, context)
        for n, row in enumerate(said):
            rows += entry(lead if n == 0 else (Span(" " * width(lead)),), row, cells)
    return tuple(rows)
