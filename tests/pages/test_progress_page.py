"""The progress page is true: counts of the history, no percentages of few answers, complete
rows."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rnntutor.course.load import Course, open_course
from rnntutor.package_data import lessons_dir
from rnntutor.pages.progress import certificate, progress_rows
from rnntutor.session.course_view import CourseView
from rnntutor.session.pages import pages
from rnntutor.spans import plain, width
from rnntutor.study.events import Event
from rnntutor.study.progress import Progress, fold
from rnntutor.study.statistics import Statistics, statistics
from rnntutor.words import LANGUAGES, load

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
Happened = tuple[int, str, dict[str, object]]


@pytest.fixture(scope="module")
def course() -> Course:
    return open_course(lessons_dir(), load("en"))


def history(*events: Happened) -> tuple[Progress, Statistics]:
    """Return progress and statistics after events on days of March 2026."""
    made = [
        Event("s", n, f"2026-03-{day:02}T12:00:00.000000Z", "+00:00", kind, data)
        for n, (day, kind, data) in enumerate(events, 1)
    ]
    return fold(made), statistics(made)


def answer(day: int, question: str, score: float, sure: int = 3) -> Happened:
    return day, "answer", {"question": question, "score": score, "confidence": sure}


def shown(course: Course, lang: str, *events: Happened, cells: int = 76) -> list[str]:
    progress, found = history(*events)
    rows = progress_rows(CourseView(course, progress, load(lang)), found, cells, NOW)
    assert all(width(row) <= min(cells, 76) for row in rows)
    return [plain(row) for row in rows]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_share_is_said_from_ten_answers_on(course: Course, lang: str) -> None:
    nine = [answer(9, "rnn.units", 1) for _ in range(9)]
    assert "%" not in "\n".join(shown(course, lang, *nine))
    ten = shown(course, lang, *nine, answer(10, "rnn.order", 0))
    topic = next(dict(topic.name)[lang] for topic in course.topics if topic.id == "rnn")
    [row] = [line for line in ten if line.startswith(topic)]
    assert row.split()[len(topic.split()) :][:3] == ["10", "9", "90%"]


def test_tasks_and_predictions_of_steps_count_for_their_lessons_topic(course: Course) -> None:
    events = [answer(9, "gates.roles", 1), answer(9, "task:cell.forget", 0)]
    told = shown(course, "en", *events, answer(9, "predict:cell.forget", 1))
    topic = next(dict(topic.name)["en"] for topic in course.topics if topic.id == "gates")
    [row] = [line for line in told if line.startswith(topic)]
    assert row.split()[len(topic.split()) :][:2] == ["3", "2"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("cells", [56, 76, 116])
def test_every_row_fits_and_no_title_is_cut(course: Course, lang: str, cells: int) -> None:
    events: list[Happened] = [
        (1, "page", {"lesson": entry.id, "page": "cover"}) for entry in course.entries
    ]
    events += [
        answer(9, f"{topic.id}.x", 1, sure=n % 3 + 1) for n, topic in enumerate(course.topics)
    ]
    text = "\n".join(shown(course, lang, *events, cells=cells))
    assert "…" not in text
    for topic in course.topics:
        assert all(word in text for word in dict(topic.name)[lang].split())


def test_a_lesson_says_how_many_of_its_questions_were_asked(course: Course) -> None:
    names = [question.id for question in course.lesson("gru", "en").questions]
    opened: Happened = (1, "page", {"lesson": "gru", "page": "cover"})
    rows = shown(course, "en", opened, answer(9, names[0], 1), answer(9, names[1], 0))
    said = load("en")("progress.known_of", known=1, asked=2, of=len(names))
    assert any(said in row for row in rows)


def test_days_behind_and_ahead_carry_their_numbers(course: Course) -> None:
    rows = shown(
        course, "en", *[answer(9, f"rnn.q{n}", 1) for n in range(7)], answer(10, "rnn.y", 0)
    )
    at = next(n for n, row in enumerate(rows) if load("en")("progress.behind", n=8, days=14) in row)
    bars, numbers, days = rows[at + 1 : at + 4]
    assert numbers.split() == ["7", "1"]
    assert days.split()[-2:] == ["9", "10"]
    assert bars.split()[-2][0] == "█" and bars.split()[-1][0] not in "█·"


def test_who_answered_nothing_is_told_so(course: Course) -> None:
    assert shown(course, "en") == ["", load("en")("progress.nothing")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_certificate_comes_with_the_last_page(course: Course, lang: str) -> None:
    done: list[Happened] = [
        (1, "done", {"lesson": entry.id, "page": page.id})
        for entry in course.entries
        for page in pages(course.lesson(entry.id, lang))
        if page.counts
    ]
    answers = [answer(9, "rnn.units", 1), answer(10, "gru.port", 0)]
    progress, found = history(*done[1:], *answers)
    assert certificate(CourseView(course, progress, load(lang)), found, NOW) is None
    progress, found = history(*done, *answers)
    rows = certificate(CourseView(course, progress, load(lang)), found, NOW)
    assert rows is not None
    text = "\n".join(plain(row) for row in rows)
    assert load(lang)("certificate.pages", n=len(done)) in text
    assert load(lang)("certificate.answers", n=2, days=2) in text
    assert "2026-03-10" in text
    questions = sum(len(course.lesson(e.id, lang).questions) for e in course.entries)
    assert load(lang)("certificate.questions", known=1, asked=2, of=questions) in text
