"""The pages of a lesson that are no question: cover, prose of a step, end."""

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
    """What there is to do, a line each: it wears a pencil, once done a tick."""
    rows: list[Row] = []
    for n, task in enumerate(step.tasks):
        good = outcome.task_done(stage, n, len(step.tasks))
        mark = Span("✓ ", "right", strong=True) if good else Span(f"{PENCIL} ", "h", strong=True)
        rows += behind(mark, lay_out_inline(task, cells - 2, context))
    return tuple(rows)


def walked(
    entries: Sequence[int], place: int, top: int, height: int, count: int
) -> tuple[int, int]:
    """Which entry of a list is lit and which row is first after a key up or down.

    One row: to the next entry where the lit one is in view, else the text goes on by a row. Several
    rows: the text goes on, and an entry that is in view is lit.

    Args:
        entries: the first row of each entry.
        place: the entry that is lit.
        top: the first row that is seen, of `height`.
        count: how many rows to go, up if negative.
    """
    if abs(count) > 1 or not entries or not top <= entries[place] < top + height:
        top = max(0, top + count)
        seen = [n for n, row in enumerate(entries) if top <= row < top + height]
        if abs(count) > 1 and seen and place not in seen:
            place = seen[0] if count > 0 else seen[-1]
        return place, top
    after = place + count
    if not 0 <= after < len(entries):
        return place, max(0, top + count)
    row = entries[after]
    if not top - 2 <= row <= top + height + 1:
        return place, max(0, top + count)
    return after, min(max(top, row - height + 2), max(0, row - 1))


def why_here(page: Page, source: str, words: Words) -> str:
    """Why a question stands in the path that is not of this place; "" for one that is. source: the
    title of the lesson that it comes from."""
    return words(f"extra.{page.extra}", title=source) if page.extra else ""


def invitation(exercises: Sequence[Exercise], words: Words, cells: int) -> Rows:
    """To write what has been learnt: the exercises by name, and the key."""
    if not exercises:
        return ()
    names = ", ".join(exercise.name for exercise in exercises)
    return wrap((Span(words("build.invite", names=names), "accent"),), cells)


def headline(
    lesson: Lesson, page: Page, number: str, words: Words, room: int, context: Context
) -> Row:
    """Where one is: lesson and page. What does not fit is left out whole, the lesson first."""
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
    """Where one is among the steps, and which are done (●), opened (◐), gone past (◇) or not opened
    (○). Many steps are told by numbers."""
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
