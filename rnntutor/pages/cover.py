"""A lesson's cover page: its question and its steps."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from rnntutor.course.blocks import Inline
from rnntutor.course.lesson import Lesson
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

ENDLESS = 100_000  # a width in cells at which nothing wraps


@dataclass(frozen=True)
class Cover:
    """A cover page, laid out once.

    Attributes:
        rows: the rows without a highlighted step.
        steps: page indices of the listed steps.
        first: first row of each step.
        lit_entry: returns the highlighted rows of a step, by its number from 0.
    """

    rows: Rows
    steps: tuple[int, ...]
    first: tuple[int, ...]
    lit_entry: Callable[[int], Rows]

    def highlight(self, cursor: int) -> tuple[Rows, int]:
        """Return the rows with one page highlighted, and its first row.

        A page that is not listed is not highlighted; its row is 0.
        """
        number = bisect_left(self.steps, cursor)
        if self.steps[number : number + 1] != (cursor,):
            return self.rows, 0
        entry, row = self.lit_entry(number), self.first[number]
        return (*self.rows[:row], *entry, *self.rows[row + len(entry) :]), row


def cover(
    lesson: Lesson,
    pages: tuple[Page, ...],
    progress: Progress,
    words: Words,
    cells: int,
    context: Context,
    *,
    listed: bool = True,
    entries: int = 0,
    above: Rows = (),
) -> Cover:
    """Lay out a lesson's question and its steps; the steps of a file form two levels.

    Args:
        listed: whether the pages are logged; if not, many steps are numbered.
        entries: total number of steps, if `pages` holds only the first of them.
        above: rows to show first.
    """
    steps = tuple(n for n, page in enumerate(pages) if is_listed(page))
    count = entries or len(steps)
    digits = len(str(count)) if count > ALONE and not listed else 0

    def drawn(number: int, *, lit: bool) -> Rows:
        page = pages[steps[number]]
        assert page.step is not None
        sign, role = contents.state((page.lesson, page.id), page.questions, progress)
        title = one_line(page.step.title, context)
        beyond = (Span(f" {GLUE}{words('lesson.beyond')}", "grey"),) if page.step.beyond else ()
        marks = signs((page.lesson, page.id), progress) if listed else ()
        tail = (Span("  "), *marks) if marks else ()
        indent = (Span("  " * page.step.depth),) if page.step.depth else ()
        lead_number = (Span(f"{number + 1:>{digits}} ", "grey"),) if digits else ()
        mark = Span("▸ " if lit else "  ", "accent")
        lead = (*lead_number, *indent, mark, *((Span(f"{sign} ", role),) if listed else ()))
        said = (*title, *beyond, *tail)
        return entry(lead, said, cells, link=f"page:{page.id}", lit=lit)

    opening = lay_out(lesson.opening, cells, context)
    rows: list[Row] = [(), *above, ()] if above else [()]
    rows += [*opening, ()] if opening else []
    first = []
    for number, index in enumerate(steps):
        step = pages[index].step
        if step is not None and step.part:
            part = tuple(s._replace(strong=True) for s in one_line(step.part, context))
            air = Span(" " * (digits + 3 if digits else 2))
            rows += entry((air,), part, cells, link=f"page:{pages[index].id}")
        first.append(len(rows))
        rows += drawn(number, lit=False)
    return Cover(tuple(rows), steps, tuple(first), partial(drawn, lit=True))


def one_line(inline: Inline, context: Context) -> Row:
    """Return a title as one row."""
    rows = lay_out_inline(inline, ENDLESS, context)
    return rows[0] if rows else ()
