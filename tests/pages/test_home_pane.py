"""Home has a readable width, with the selected lesson beside the list if there is room."""

from __future__ import annotations

import pytest

from rnntutor.course.load import in_language, open_course
from rnntutor.package_data import lessons_dir
from rnntutor.pages import home, home_pane
from rnntutor.session.course_view import CourseView
from rnntutor.spans import plain, width
from rnntutor.study.progress import EMPTY, Answer, Progress, Record
from rnntutor.words import LANGUAGES, load

DUE = ("rnn.one-weight",)


def answered(score: float) -> Record:
    return Record().plus(Answer("s", 1, "", 1, score, 0))


@pytest.mark.parametrize("cells", [56, 76, 105, 106, 116, 176, 300])
def test_list_and_pane_fit_and_are_no_wider_than_can_be_read(cells: int) -> None:
    listed, pane = home.columns(cells)
    assert listed <= 90 and (pane == 0) == (cells < 106)
    assert listed + (pane + home.GAP if pane else 0) <= cells
    assert pane == 0 or pane >= 36


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pane_tells_of_a_lesson_what_is_done_known_and_due(lang: str) -> None:
    words, course = load(lang), open_course(lessons_dir(), load(lang))
    entry = course.entry("rnn")
    steps = course.lesson("rnn", lang).steps
    progress = Progress(
        visited=frozenset({("rnn", steps[0].id), ("rnn", steps[1].id)}),
        done=frozenset({("rnn", steps[0].id), *(("rnn", q.id) for q in steps[0].questions)}),
        questions={"rnn.one-weight": answered(0), "rnn.batch-shape": answered(1)},
    )
    rows = home_pane.lesson_rows(CourseView(course, progress, words), entry, DUE, 40)
    told = " ".join(plain(row).strip() for row in rows)
    assert in_language(entry.question, lang) in told
    assert words("home.known_of", n=1, of=2) in told and words("home.due", n=1) in told
    assert "%" not in told
    assert [told.count(sign) for sign in "●◐"] == [1, 1]
    assert told.count("○") == len(steps) - 2
    assert max(map(width, rows)) <= 40


def test_a_lesson_that_was_not_opened_is_not_read() -> None:
    words, course = load("en"), open_course(lessons_dir(), load("en"))
    rows = home_pane.lesson_rows(CourseView(course, EMPTY, words), course.entry("gru"), (), 40)
    assert words("home.unopened", n=course.entry("gru").minutes) in " ".join(map(plain, rows))
    assert not course._read


def test_home_tells_counts_and_no_share_of_a_handful() -> None:
    words, course = load("en"), open_course(lessons_dir(), load("en"))
    progress = Progress(questions={"rnn.batch-shape": answered(1)})
    rows, _ = home.home_rows(CourseView(course, progress, words), 76, 1, None)
    told = "\n".join(map(plain, rows))
    assert words("home.known_of", n=1, of=1) in told and "%" not in told
