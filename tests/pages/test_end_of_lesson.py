"""The end of a lesson lists knowledge first, then wrong answers with the key to repeat them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rnntutor.course.load import open_course
from rnntutor.package_data import lessons_dir
from rnntutor.pages.cover import one_line
from rnntutor.pages.lesson_end import end_rows
from rnntutor.render.prose import Context
from rnntutor.session.comeback import when
from rnntutor.session.pages import pages
from rnntutor.spans import plain
from rnntutor.study.events import Event
from rnntutor.study.progress import fold
from rnntutor.words import LANGUAGES, load

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_known_stands_before_what_went_wrong(lang: str) -> None:
    words = load(lang)
    lesson = open_course(lessons_dir(), words).lesson("rnn", lang)
    own = pages(lesson)
    asked = [page.question for page in own if page.question is not None]
    first, last = asked[0], asked[-1]
    answers = [(last, 1.0), (first, 0.0)]
    events = [
        Event("s", n, f"2026-03-10T11:00:0{n}.000000Z", "+00:00", "answer", data)
        for n, data in enumerate(
            ({"question": q.id, "rev": q.rev, "score": score} for q, score in answers), 1
        )
    ]
    progress = fold(events)
    rows = end_rows(own, progress, words, 76, Context(words), NOW)
    text = [plain(row) for row in rows]

    def row_of(said: str) -> int:
        return next(n for n, row in enumerate(text) if said in row)

    heads = [row_of(words(f"end.{name}")) for name in ("missed", "unasked")]
    known = row_of(f"✓ {words('end.known')}")
    offer = row_of(words("end.wrong", n=1))
    assert known < heads[0] < offer < heads[1]
    assert words("end.back") in text[known]
    assert heads[0] == known + 2
    assert text[known + 1].endswith(f" {when(progress, last.id, NOW, words)}")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_untouched_lesson_has_no_list_of_all_its_questions(lang: str) -> None:
    """The list is left out so that the actions are visible at 80×24; the bar shows that none is
    known."""
    words = load(lang)
    lesson = open_course(lessons_dir(), words).lesson("cell", lang)
    own = pages(lesson)
    rows = end_rows(own, fold([]), words, 76, Context(words), NOW, following="GRU")
    text = [plain(row) for row in rows]
    asked = [page.question for page in own if page.question is not None and not page.extra]
    assert any(f"0/{len(asked)}" in row for row in text)
    assert not any(
        row.strip() == plain(one_line(q.title, Context(words))) for q in asked for row in text
    )
    assert len(text) < 16
