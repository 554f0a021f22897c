"""The questions of a quiz depend on the request and on the learner's history."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest

from rnntutor.course.errors import CourseError
from rnntutor.course.load import Course, open_course
from rnntutor.package_data import lessons_dir
from rnntutor.pages.quiz import end_rows, leech_rows
from rnntutor.session import contents
from rnntutor.session.comeback import when
from rnntutor.session.composing import build_quiz, collect, practice_items
from rnntutor.session.course_view import CourseView
from rnntutor.session.quiz import LEECH, Quiz, over, steps
from rnntutor.session.start import FINAL, GUESSED, WRONG, QuizRequest
from rnntutor.spans import plain
from rnntutor.study.events import Event
from rnntutor.study.progress import EMPTY, Progress, fold
from rnntutor.words import LANGUAGES, load

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def course() -> Course:
    return open_course(lessons_dir(), load("en"))


def history(*events: tuple[int, str, dict[str, object]]) -> Progress:
    """Return the progress after events on days of March 2026."""
    return fold(
        Event("s", n, f"2026-03-{day:02}T12:00:00.000000Z", "+00:00", kind, data)
        for n, (day, kind, data) in enumerate(events, 1)
    )


def answer(
    day: int, question: str, score: float, sure: int = 3
) -> tuple[int, str, dict[str, object]]:
    return day, "answer", {"question": question, "score": score, "confidence": sure}


def opened(*lessons: str) -> Progress:
    return history(*((1, "page", {"lesson": lesson, "page": "cover"}) for lesson in lessons))


def asked(course: Course, wanted: QuizRequest, progress: Progress) -> list[str]:
    return [item.question.id for item in build_quiz(course, "en", wanted, progress, seed=1).items]


def test_only_what_was_wrong_or_guessed(course: Course) -> None:
    progress = history(
        answer(1, "rnn.units", 0),
        answer(1, "rnn.order", 1),
        answer(1, "gru.roles", 1, sure=1),
        answer(1, "gru.port", 0),
        answer(2, "gru.port", 1),
    )
    assert asked(course, QuizRequest(only=WRONG), progress) == ["rnn.units"]
    assert asked(course, QuizRequest(only=GUESSED), progress) == ["gru.roles"]
    assert asked(course, QuizRequest(only=WRONG), EMPTY) == []


def test_a_mixed_quiz_asks_about_lessons_that_were_opened(course: Course) -> None:
    progress = opened("rnn")
    mixed = asked(course, QuizRequest(size=99), progress)
    assert {name.partition(".")[0] for name in mixed} == {"rnn"}
    everything = asked(course, QuizRequest(size=999, unopened=True), progress)
    topics = {topic for entry in course.entries for topic in entry.topics}
    assert {name.partition(".")[0] for name in everything} == topics
    assert asked(course, QuizRequest(size=999), EMPTY) == asked(
        course, QuizRequest(size=999, unopened=True), EMPTY
    )


def test_what_goes_beyond_the_lecture_is_asked_only_where_it_is_wanted(course: Course) -> None:
    """A lesson marked `beyond` is in a quiz of its topic or of opened lessons, not in the final
    test."""
    beyond = {entry.id for entry in course.entries if entry.beyond}
    assert beyond == {"practice"}
    topics = {item.topic for item in collect(course, "en", FINAL)}
    assert topics == {t for entry in course.entries if not entry.beyond for t in entry.topics}
    assert len(asked(course, QuizRequest(topic="practice", size=99), EMPTY)) > 15
    assert asked(course, QuizRequest(size=5), opened("practice"))


@pytest.mark.parametrize("seed", range(5))
def test_every_topic_gets_its_share_of_a_mixed_quiz(course: Course, seed: int) -> None:
    """The final test has from two to four of twenty questions per topic, never two in a row."""
    topics = [item.topic for item in build_quiz(course, "en", FINAL, EMPTY, seed).items]
    counts = {topic: topics.count(topic) for topic in topics}
    assert set(counts) == {item.topic for item in collect(course, "en", FINAL)}
    assert min(counts.values()) >= 2
    assert max(counts.values()) < FINAL.size / 4
    assert all(a != b for a, b in pairwise(topics))
    everything = [
        item.topic for item in build_quiz(course, "en", QuizRequest(size=999), EMPTY, seed).items
    ]
    assert all(a != b for a, b in pairwise(everything))


def test_the_lectures_last_lesson_leads_to_the_test(course: Course) -> None:
    ids = [entry.id for entry in course.entries]
    assert ids[-2:] == ["beyond", "practice"]
    assert [contents.following(course, name) for name in ids] == [*ids[1:-1], "", ""]


def test_what_is_asked_for_by_name_needs_no_opened_lesson(course: Course) -> None:
    progress = opened("rnn")
    assert asked(course, QuizRequest(topic="gru"), progress)
    assert asked(course, QuizRequest(lesson="gru"), progress)
    assert asked(course, QuizRequest(due=("gru.port",)), progress) == ["gru.port"]
    assert len(asked(course, FINAL, progress)) == FINAL.size


def test_the_sides_of_a_pair_are_asked_in_turn(course: Course) -> None:
    for pair in course.pairs:
        sides = [pair.side(name) for name in asked(course, QuizRequest(pair=pair.id), EMPTY)]
        assert len(sides) == 10
        assert None not in sides
        assert all(a != b for a, b in pairwise(sides)), pair.id


def test_every_question_of_a_pair_is_in_the_course(course: Course) -> None:
    questions = {item.question.id for item in collect(course, "en", QuizRequest())}
    known = questions | {topic.id for topic in course.topics}
    for pair in course.pairs:
        first, second = pair.sides
        assert first | second <= known and not first & second


@pytest.mark.parametrize("sides", ["", 'sides = ["a"]', 'sides = [["a"], [1]]', "sides = 3"])
def test_a_pair_that_is_none_is_named(tmp_path: object, sides: str) -> None:
    from pathlib import Path

    directory = Path(str(tmp_path))
    source = (lessons_dir() / "course.toml").read_text(encoding="utf-8")
    text = f'{source}\n[[pair]]\nid = "x"\nen = "X"\n{sides}\n'
    (directory / "course.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CourseError) as error:
        open_course(directory, load("en"))
    assert error.value.key == "course.error.pair"


def test_time_is_up_only_where_there_is_a_bound() -> None:
    assert not over(QuizRequest(), 1e9)
    assert not over(QuizRequest(minutes=12), 719)
    assert over(QuizRequest(minutes=12), 720)


def test_what_is_left_is_not_asked_any_more(course: Course) -> None:
    quiz = build_quiz(course, "en", QuizRequest(size=5), EMPTY, seed=1).record_score(1).end()
    assert (len(quiz.items), quiz.current) == (1, None)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_when_a_question_comes_back_in_words(lang: str) -> None:
    words = load(lang)
    progress = history(
        answer(9, "rnn.wrong", 0), answer(10, "rnn.right", 1), answer(1, "rnn.old", 0)
    )
    assert when(progress, "rnn.old", NOW, words) == words("comeback.today")
    assert when(progress, "rnn.right", NOW, words) == words("comeback.days", n=2)
    assert when(progress, "rnn.never", NOW, words) == ""
    assert when(history(answer(10, "q", 0)), "q", NOW, words) == words("comeback.tomorrow")
    far = history(*(answer(day, "q", 1) for day in (1, 3, 10)))
    assert when(far, "q", NOW, words).startswith(words("comeback.on", day="")[:2].strip() or "2026")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_end_names_each_question_once_and_what_keeps_being_missed(
    course: Course, lang: str
) -> None:
    words = load(lang)
    missed = [answer(day, "rnn.units", 0) for day in range(1, LEECH + 1)]
    progress = history(*missed, answer(10, "gru.port", 1))
    due = QuizRequest(due=("rnn.units", "gru.port"), size=2)
    quiz: Quiz = (
        build_quiz(course, lang, due, progress, seed=1)
        .record_score(0)
        .record_score(1)
        .record_score(0)
    )
    view = CourseView(course, progress, words)
    text = "\n".join(plain(row) for row in end_rows(quiz, view, 76, NOW, left=3))
    assert text.count("✗") == text.count("✓") == 1
    assert words("quiz.leech", n=LEECH) in " ".join(text.split())
    assert words("quiz.left", n=3) in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_keeps_being_missed_leads_to_its_step(course: Course, lang: str) -> None:
    """A question missed LEECH times names its step at the verdict and first at the end, even if
    right."""
    missed = [answer(day, "rnn.units", 0) for day in range(1, LEECH + 1)]
    progress = history(*missed, answer(10, "gru.port", 0))
    due = QuizRequest(due=("gru.port", "rnn.units"), size=2)
    quiz = build_quiz(course, lang, due, progress, seed=1).record_score(0).record_score(1)
    port, units = quiz.items[:2]
    assert units.step and steps(quiz, progress)[0] == (units.lesson, units.step)
    assert set(steps(quiz, progress)) == {(i.lesson, i.step) for i in (port, units) if i.step}
    told = leech_rows(units, progress, load(lang), 76, "s")
    assert plain(told[-1]).endswith("s") and str(LEECH) in plain(told[0])
    assert leech_rows(port, progress, load(lang), 76, "s") == ()
    fewer = history(*missed[1:])
    assert leech_rows(units, fewer, load(lang), 76, "s") == ()


def test_nothing_is_left_where_nothing_fits(course: Course) -> None:
    assert practice_items((), QuizRequest(), course, EMPTY) == ()
