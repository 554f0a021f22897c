"""Render the home screen as rows."""

from __future__ import annotations

from collections.abc import Sequence

from rnntutor.course.entries import LessonEntry
from rnntutor.pages import listed
from rnntutor.render.primitives.wrap import GLUE
from rnntutor.session.course_view import CourseView
from rnntutor.spans import Row, Rows, Span, fit, pad, width
from rnntutor.study.progress import PageKey
from rnntutor.words import Words

REVIEW, CONTINUE = -1, 0
"""Cursor positions before the lessons, which count from 1."""

LIST = 90  # maximum width of the list in cells
BOTH = 150  # maximum width of list and pane together
WIDE = 106  # minimum width for a pane
GAP = 4

BAR = 20
NARROW = 60  # width below which the bars are left out


def columns(cells: int) -> tuple[int, int]:
    """Return the widths of the list and of the pane beside it; 0 for no pane."""
    if cells < WIDE:
        return min(cells, LIST), 0
    listed = min(LIST, min(cells, BOTH) * 3 // 5)
    return listed, min(cells, BOTH) - listed - GAP


def home_rows(
    view: CourseView,
    cells: int,
    cursor: int,
    last_page: PageKey | None,
    due: Sequence[str] = (),
    *,
    alone: bool = True,
) -> tuple[Rows, int]:
    """Return the rows of the home screen, and the index of the highlighted one.

    Args:
        due: ids of the questions due for review.
        alone: whether the question of the lesson at the cursor is shown in the list, as there is no
            pane beside it.
    """
    course, words = view.course, view.words
    rows: list[Row] = [()]
    lit = 1
    if due:
        rows += _review(words, cells, due, cursor == REVIEW)
    if last_page is not None:
        lit = 1 if cursor == REVIEW else len(rows)
        rows += _continue(view, cells, last_page, cursor == CONTINUE)
    if due or last_page is not None:
        rows += [(), _line(cells), ()]
    names = course.numbers
    for n, entry in enumerate(course.entries, 1):
        if n == cursor:
            lit = len(rows)
        rows += [_lesson(view, entry, n, names[n - 1], cells, n == cursor)]
        if n == cursor and entry.question and alone:
            rows += listed.entry(
                (Span("      "),), (Span(view.text(entry.question), "grey"),), cells
            )
    if not view.progress.visited:
        rows += [(), _offer("f", "home.first-minute", words)]
        rows += [_offer("0", "home.start", words)] if course.start else []
    topics = _topics(view, cells)
    if topics:
        rows += [(), _line(cells), *topics]
    return tuple(rows), lit


def _line(cells: int) -> Row:
    return (Span("─" * cells, "line"),)


def _offer(key: str, said: str, words: Words) -> Row:
    """Return a key for newcomers, offered until a lesson has been opened."""
    link = f"key:{key}"
    return (
        Span("   "),
        Span(key, "accent", link=link),
        Span(f"  {words(said)}", "grey", link=link),
    )


def _review(words: Words, cells: int, due: Sequence[str], lit: bool) -> Rows:
    """Return the entry for due reviews: the number in one review, and the total."""
    from rnntutor.session.waiting import in_review  # newcomers need not load the scheduler

    asked = len(in_review(due))
    text = words("home.due", n=asked)
    if asked < len(due):
        text = words("home.due_of", n=asked, of=len(due))
    lead = (
        Span("▸ " if lit else "  ", "accent"),
        Span(words("home.review") + "  ", "accent", strong=True),
    )
    said = (Span(text, strong=True),)
    return listed.entry(lead, said, cells, link=f"lesson:{REVIEW}", lit=lit)


def _continue(view: CourseView, cells: int, page: PageKey, lit: bool) -> Rows:
    """Return the entry for the page where the learner was last."""
    words = view.words
    lead = (
        Span("▸ " if lit else "  ", "accent"),
        Span(words("home.continue") + "  ", "h", strong=True),
    )
    said = (
        Span(view.title(page[0]), strong=True),
        Span(f" {GLUE}{view.page_title(*page)}", "grey"),
    )
    return listed.entry(lead, said, cells, link="lesson:0", lit=lit)


def _lesson(
    view: CourseView, entry: LessonEntry, nth: int, number: str, cells: int, lit: bool
) -> Row:
    """Return a lesson with its progress. Only opened lessons are read to count their pages."""
    words = view.words
    begun = any(lesson == entry.id for lesson, _ in view.progress.visited)
    have, total = view.page_counts(entry) if begun else (0, 0)
    finished = bool(total) and have >= total
    mark = Span("✓ ", "right") if finished and not lit else Span("▸ " if lit else "  ", "accent")
    title = view.text(entry.title)
    tail: list[Span] = []
    if begun and cells >= NARROW:
        filled = round(BAR * have / max(1, total))
        tail = [
            Span("━" * filled, "right" if finished else "accent"),
            Span("━" * (BAR - filled), "line"),
            Span(f"  {have}/{total}".rjust(9), "grey"),
        ]
    elif begun:
        tail = [Span(f"{have}/{total}", "grey")]
    else:
        further = f"{words('lesson.beyond')} · " if entry.beyond else ""
        tail = [Span(further + words("home.minutes", n=entry.minutes), "grey")]
    left = (mark, Span(f"{number:>2}  ", "grey"), Span(pad(title, 1), strong=lit))
    gap = max(2, cells - width(left) - width(tail))
    return _whole([*left, Span(" " * gap), *tail], cells, f"lesson:{nth}", lit)


def _topics(view: CourseView, cells: int) -> Rows:
    """Return the number of known questions of those asked, by topic."""
    words = view.words
    out: list[Span] = []
    for title, n, of in view.known_topics():
        name = title.replace(" ", GLUE)
        count = words("home.known_of", n=n, of=of).replace(" ", GLUE)
        out += [Span(f"{name}{GLUE}", "grey"), Span(f"{count}{GLUE * 3}", "accent"), Span(" ")]
    return listed.entry((Span(words("home.known") + "   ", "grey"),), out, cells) if out else ()


def _whole(spans: list[Span], cells: int, link: str, lit: bool) -> Row:
    """Return a row that is clickable over its full width, highlighted if at the cursor."""
    back = "lit" if lit else ""
    row = fit(tuple(spans), cells)
    return tuple(s._replace(link=link, back=back) for s in row)
