"""How a question kind is drawn: what a screen shows of it, and what is said of it as text."""

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
# What one of several is chosen in, and what any number are, before and after.
ONE, ANY = ("( )", "(•)"), ("[ ]", "[•]")


class QuestionRenderer(ABC):
    """The part of a question's page that its kind has for itself.

    missing: the key of what is said while nothing is answered. follows_cursor: whether the page is
    scrolled to the row that the cursor is on.
    """

    missing: ClassVar[str] = "question.empty"
    follows_cursor: ClassVar[bool] = True

    @abstractmethod
    def rows(self, asked: QuestionState, words: Words, cells: int, context: Context) -> Rows:
        """What stands below the prompt: what can be chosen and what has been, and after the verdict
        what was right."""

    def gap(self, asked: QuestionState, index: int) -> Span:
        """What stands at a gap of the prompt."""
        return Span(f"[{index + 1} ____]")

    @abstractmethod
    def text(self, asked: QuestionState, cells: int, context: Context) -> Iterator[str]:
        """What stands below the prompt, as lines of text: what can be chosen."""

    @abstractmethod
    def key(
        self, asked: QuestionState, words: Words, cells: int, context: Context
    ) -> Iterator[str]:
        """The right answer as lines of text: as it would be typed, and in its words."""


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
    """An option's text behind its lead; further lines hang under the first. behind: what stands
    at the end of its last line, or under it where there is no room."""
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


def numbered(inlines: Iterable[Inline], cells: int, context: Context) -> Iterator[str]:
    """Lines of text with a number before each of them."""
    for n, inline in enumerate(inlines, 1):
        yield from beside(f"  {n}  ", inline, cells, context)


def beside(lead: str, inline: Inline, cells: int, context: Context) -> Iterator[str]:
    """A line of words as text behind a lead of five cells."""
    yield from hang(lead, lay_out_inline(inline, cells - 5, context))


def on_one_line(inline: Inline, cells: int, context: Context) -> str:
    """A line of words as text."""
    return " ".join(plain(row) for row in lay_out_inline(inline, cells, context))


def key_line(words: Words, answer: str) -> str:
    """The sentence that says how the right answer would be typed."""
    return words("plain.question.key", answer=answer)
