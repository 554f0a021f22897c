"""Base of the question renderers: rows for a screen and lines of text for plain mode."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import ClassVar

from rnntutor.course.blocks import Inline
from rnntutor.pages.listed import hang
from rnntutor.render.primitives.wrap import wrap
from rnntutor.render.prose import Context, lay_out_inline
from rnntutor.session.question import QuestionState
from rnntutor.spans import Row, Rows, Span, plain, width
from rnntutor.words import Words

MARKS = {"right": ("✓", "right"), "partly": ("◐", "h"), "wrong": ("✗", "wrong")}
# Boxes of an option, not chosen and chosen: for exactly one option, and for any number.
ONE, ANY = ("( )", "(•)"), ("[ ]", "[•]")


class QuestionRenderer(ABC):
    """Renders the part of a question's page that depends on its kind.

    Attributes:
        missing: key of the complaint about an empty answer.
        follows_cursor: whether the page scrolls to the row at the cursor.
    """

    missing: ClassVar[str] = "question.empty"
    follows_cursor: ClassVar[bool] = True

    @abstractmethod
    def rows(self, asked: QuestionState, words: Words, cells: int, context: Context) -> Rows:
        """Return the rows below the prompt: choices, answer, later the right answer."""

    def gap(self, asked: QuestionState, index: int) -> Span:
        """Return the text of a gap in the prompt."""
        return Span(f"[{index + 1} ____]")

    @abstractmethod
    def text(self, asked: QuestionState, cells: int, context: Context) -> Iterator[str]:
        """Yield the choices below the prompt as lines of text."""

    @abstractmethod
    def key(
        self, asked: QuestionState, words: Words, cells: int, context: Context
    ) -> Iterator[str]:
        """Yield the right answer as lines of text: as it would be typed, and in words."""


def hanging(
    lead: list[Span],
    inline: Inline,
    cells: int,
    context: Context,
    link: str,
    *,
    lit: bool = False,
    strong: bool = False,
    behind: str = "",
) -> Rows:
    """Return an option's text behind its lead; further rows are indented to its width.

    Args:
        behind: text at the end of the last row, or below it if there is no room.
    """
    indent = width(lead)
    rows: list[Row] = []
    laid: list[Row] = list(lay_out_inline(inline, cells - indent, context))
    if behind:
        said = Span(behind, "grey")
        beside = laid and width(laid[-1]) + 3 + said.width <= cells - indent
        if beside:
            laid[-1] = (*laid[-1], Span("   "), said)
        else:
            laid += wrap((said,), cells - indent)
    for n, row in enumerate(laid):
        spans = [*(lead if n == 0 else [Span(" " * indent)]), *row]
        if lit:
            rest = cells - width(spans)
            spans = [*spans, Span(" " * max(0, rest))]
        rows.append(
            tuple(
                s._replace(
                    link=s.link or link,
                    back="lit" if lit else s.back,
                    strong=s.strong or strong,
                )
                for s in spans
            )
        )
    return tuple(rows)


def number_lines(inlines: Iterable[Inline], cells: int, context: Context) -> Iterator[str]:
    """Yield lines of text, each entry with its number."""
    for n, inline in enumerate(inlines, 1):
        yield from beside(f"  {n}  ", inline, cells, context)


def beside(lead: str, inline: Inline, cells: int, context: Context) -> Iterator[str]:
    """Yield inline text as lines behind a lead of five cells."""
    yield from hang(lead, lay_out_inline(inline, cells - 5, context))


def on_one_line(inline: Inline, cells: int, context: Context) -> str:
    """Return inline text as one line."""
    return " ".join(plain(row) for row in lay_out_inline(inline, cells, context))


def key_line(words: Words, answer: str) -> str:
    """Return the sentence on how the right answer would be typed."""
    return words("plain.question.key", answer=answer)
