"""A lesson's first page: its question and its steps."""

from __future__ import annotations

from dataclasses import replace

from rnntutor.course.blocks import Inline, Lesson
from rnntutor.pages.listed import entry
from rnntutor.pages.notes import signs
from rnntutor.render.primitives.wrap import GLUE
from rnntutor.render.prose import Context, lay_out, lay_out_inline
from rnntutor.session import contents
from rnntutor.session.pages import Page, is_listed
from rnntutor.session.typed_number import ALONE
from rnntutor.spans import Row, Rows, Span
from rnntutor.study.progress import Progress
from rnntutor.words import Words

ENDLESS = 100_000  # cells in which nothing wraps


def cover_rows(
    lesson: Lesson,
    pages: tuple[Page, ...],
    progress: Progress,
    words: Words,
    cells: int,
    cursor: int,
    context: Context,
    *,
    listed: bool = True,
    entries: int = 0,
) -> tuple[Rows, int]:
    """The lesson's question and its steps, those of a file in two levels; cursor: which of `pages`
    is lit. Also its row. listed: whether its pages are kept in the log. Many steps of a file are
    numbered; entries: how many there are, where `pages` are only the first of them."""
    entries = entries or sum(map(is_listed, pages))
    digits = len(str(entries)) if entries > ALONE and not listed else 0
    number = 0
    opening = lay_out(lesson.opening, cells, context)
    rows: list[Row] = [(), *opening, ()] if opening else [()]
    lit = 0
    for n, page in enumerate(pages):
        if page.step is None or not is_listed(page):
            continue
        if page.step.part:
            part = tuple(replace(s, strong=True) for s in one_line(page.step.part, context))
            air = Span(" " * (digits + 3 if digits else 2))
            rows += entry((air,), part, cells, link=f"page:{page.id}")
        here = n == cursor
        lit = len(rows) if here else lit
        sign, role = contents.state((page.lesson, page.id), progress)
        mark = Span("▸ " if here else "  ", "accent")
        title = one_line(page.step.title, context)
        beyond = (Span(f" {GLUE}{words('lesson.beyond')}", "grey"),) if page.step.beyond else ()
        marks = signs((page.lesson, page.id), progress) if listed else ()
        tail = (Span("  "), *marks) if marks else ()
        indent = (Span("  " * page.step.depth),) if page.step.depth else ()
        number += 1
        count = (Span(f"{number:>{digits}} ", "faint"),) if digits else ()
        lead = (*count, *indent, mark, *((Span(f"{sign} ", role),) if listed else ()))
        rows += entry(lead, (*title, *beyond, *tail), cells, link=f"page:{page.id}", lit=here)
    return tuple(rows), lit


def one_line(inline: Inline, context: Context) -> Row:
    """A title on one line."""
    rows = lay_out_inline(inline, ENDLESS, context)
    return rows[0] if rows else ()
