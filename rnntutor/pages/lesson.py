"""Parts of lesson pages: tasks, headline, progress dots and navigation in a list."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from rnntutor.course.exercise import Exercise
from rnntutor.course.lesson import Lesson, Step
from rnntutor.pages.cover import one_line
from rnntutor.render.primitives.wrap import wrap
from rnntutor.render.prose import Context, lay_out_inline
from rnntutor.session import contents, outcome
from rnntutor.session.pages import COVER, END, STEP, Page
from rnntutor.session.stage import Stage
from rnntutor.spans import Row, Rows, Span, behind, fit, width
from rnntutor.study.progress import Progress
from rnntutor.words import Words

PENCIL = "✎"


def task_rows(step: Step, stage: Stage | None, cells: int, context: Context) -> Rows:
    """Return the tasks of a step, marked with a pencil, or with a tick once done."""
    rows: list[Row] = []
    for n, task in enumerate(step.tasks):
        good = outcome.task_done(stage, n, len(step.tasks))
        mark = Span("✓ ", "right", strong=True) if good else Span(f"{PENCIL} ", "h", strong=True)
        rows += behind(mark, lay_out_inline(task, cells - 2, context))
    return tuple(rows)


def walk_list(
    entries: Sequence[int], index: int, top: int, height: int, count: int
) -> tuple[int, int]:
    """Return the highlighted entry of a list and the first visible row after an up or down key.

    By one row: the highlight moves to the next entry if the present one is visible; otherwise the
    text scrolls by a row. By several rows: the text scrolls, and a visible entry is highlighted.

    Args:
        entries: first row of each entry.
        index: index of the highlighted entry.
        top: first visible row, of `height`.
        height: number of visible rows.
        count: number of rows to move, negative for up.
    """
    if abs(count) > 1 or not entries or not top <= entries[index] < top + height:
        top = max(0, top + count)
        seen = [n for n, row in enumerate(entries) if top <= row < top + height]
        if abs(count) > 1 and seen and index not in seen:
            index = seen[0] if count > 0 else seen[-1]
        return index, top
    after = index + count
    if not 0 <= after < len(entries):
        return index, max(0, top + count)
    row = entries[after]
    if not top - 2 <= row <= top + height + 1:
        return index, max(0, top + count)
    return after, min(max(top, row - height + 2), max(0, row - 1))


def why_here(page: Page, source: str, words: Words) -> str:
    """Return why a question from elsewhere is in the lesson; "" for the lesson's own.

    Args:
        source: title of the lesson that it comes from.
    """
    return words(f"extra.{page.extra}", title=source) if page.extra else ""


def invitation(exercises: Sequence[Exercise], words: Words, cells: int) -> Rows:
    """Return the invitation to the step's code exercises, with their names and the key."""
    if not exercises:
        return ()
    names = ", ".join(exercise.name for exercise in exercises)
    return wrap((Span(words("build.invite", names=names), "accent"),), cells)


def headline(
    lesson: Lesson, page: Page, number: str, words: Words, room: int, context: Context
) -> Row:
    """Return the titles of lesson and page. If too wide, the lesson's title is left out first."""
    lead = Span(f"{number} " if number else "", "grey")
    name = one_line(lesson.title, context)
    if page.kind == COVER:
        return (lead, *(s._replace(strong=True, link="") for s in name))
    if page.kind == END:
        here: Row = (Span(words("lesson.end" if number else "lesson.file_end"), strong=True),)
        beyond = False
    else:
        about = page.question or page.step
        assert about is not None
        here = tuple(s._replace(strong=True, link="") for s in one_line(about.title, context))
        beyond = about.beyond
        if lesson.headless:
            name, here = (), here or name
    mark = (Span(f"  {words('lesson.beyond')}", "grey"),) if beyond else ()
    home = (*(Span(s.text, "grey") for s in name), Span("   ")) if name else ()
    for row in ((lead, *home, *here, *mark), (lead, Span(" "), *here, *mark), (lead, *here)):
        if width(row) <= room:
            return row
    return fit((lead, *here), room)


def dots(pages: tuple[Page, ...], index: int, progress: Progress) -> Row:
    """Return the position among the steps and the state of each.

    A step is done (●), opened (◐), passed (◇) or not opened (○). More than 20 steps are shown as
    numbers.
    """
    steps = [n for n, page in enumerate(pages) if page.kind == STEP]
    here = bisect_right(steps, index)  # 0 before the first
    if len(steps) > 20:
        return (Span(f"{here}/{len(steps)}", "accent"),)
    out: list[Span] = []
    for number, page in enumerate((pages[n] for n in steps), 1):
        if number == here:
            out.append(Span("◉", "accent", strong=True, link=f"page:{page.id}"))
        else:
            sign, role = contents.state((page.lesson, page.id), page.questions, progress)
            out.append(Span(sign, role, link=f"page:{page.id}"))
    return tuple(out)
