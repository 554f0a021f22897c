"""The contents page: the state of each step, and a cost per key that does not grow with the
headings."""

from __future__ import annotations

import pytest

from rnntutor.course.opened.document import Document
from rnntutor.course.opened.lesson import open_document
from rnntutor.pages import cover as page
from rnntutor.render.prose import Context
from rnntutor.session import contents
from rnntutor.session.pages import pages
from rnntutor.spans import plain
from rnntutor.study.progress import Progress
from rnntutor.tui.scroll import TOP, scroll_to
from rnntutor.words import load

SOURCE = "# T\n\nA beginning.\n\n" + "".join(
    f"# Part {n}\n\n## `Heading` {n} of a chapter\n\nText.\n\n## Another {n}\n\nText.\n\n"
    for n in range(200)
)


def laid_out(cells: int) -> page.Cover:
    words = load("en")
    lesson = open_document(Document("notes.md", SOURCE), "en", words)
    return page.cover(lesson, pages(lesson), Progress(), words, cells, Context(words), listed=False)


@pytest.mark.parametrize("cells", [20, 76])
def test_only_the_entry_that_is_lit_is_drawn_again(
    cells: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = laid_out(cells)
    drawn: list[object] = []
    one_line = page.one_line
    monkeypatch.setattr(page, "one_line", lambda *a: (drawn.append(a), one_line(*a))[1])
    for number in (0, 1, 257, len(found.steps) - 1):
        rows, row = found.highlight(found.steps[number])
        assert row == found.first[number] and plain(rows[row]).split()[:2] == [str(number + 1), "▸"]
        assert len(rows) == len(found.rows)
        end = [*found.first, len(rows)][number + 1]
        changed = [n for n, (a, b) in enumerate(zip(rows, found.rows, strict=True)) if a != b]
        assert changed and row <= changed[0] and changed[-1] < end
    assert len(drawn) == 4
    assert found.highlight(10**6) == (found.rows, 0)


def test_an_offset_that_is_counted_on_from_another_is_the_one_that_is_counted_from_the_top() -> (
    None
):
    rows = laid_out(40).rows
    scroll = TOP
    for top in (7, 300, 299, 12, 0, 401):
        scroll = scroll_to(rows, 40, top, scroll)
        assert scroll == scroll_to(rows, 40, top)
    assert scroll_to(rows, 44, 9, scroll) == scroll_to(rows, 44, 9)


def test_a_step_is_done_when_its_questions_are_answered_too() -> None:
    """The dots agree with the number of pages on home: all are full when all pages are done."""
    step, questions = ("rnn", "loop"), ("rnn.a", "rnn.b")
    tasks, first = frozenset({step}), frozenset({step, ("rnn", "rnn.a")})
    every = first | {("rnn", "rnn.b")}
    for done, sign in ((frozenset(), "○"), (tasks, "◐"), (first, "◐"), (every, "●")):
        progress = Progress(visited=done, done=done)
        assert contents.state(step, questions, progress)[0] == sign
    past = Progress(visited=tasks, passed=tasks)
    assert contents.state(step, questions, past)[0] == "◇"
    later = Progress(visited=tasks, passed=tasks, done=tasks)
    assert contents.state(step, questions, later)[0] == "◐", "its tasks were done in the end"
    assert contents.state(step, (), later)[0] == "●"
