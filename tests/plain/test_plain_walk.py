"""The installed lessons from the first line to the last in plain mode, in both languages."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from plain_talk import SALT, Talk, joined, right, wrong
from sampling import sampled

from rnntutor.course.lesson import Lesson
from rnntutor.course.load import Course, open_course
from rnntutor.course.questions.cloze import Cloze
from rnntutor.package_data import lessons_dir
from rnntutor.plain.commands import ANSWERING, STAGE, find, help_lines
from rnntutor.render.views.registry import heading
from rnntutor.session.pages import Page, pages
from rnntutor.session.recall import with_back
from rnntutor.session.stage import open_stage
from rnntutor.study.progress import EMPTY
from rnntutor.words import LANGUAGES, load


def course(lang: str) -> Course:
    return open_course(lessons_dir(), load(lang))


def path(lesson: Lesson) -> tuple[Page, ...]:
    """Return the pages as this learner gets them, with two questions from two lessons back."""
    found = pages(lesson)
    first = next(n for n, page in enumerate(found) if page.question is not None)
    return with_back(found, first, course(lesson.lang), lesson.lang, EMPTY, SALT)


def script(found: tuple[Page, ...], *, good: bool) -> list[str]:
    """Return the input from a lesson's cover to its end, with answers and without predictions.

    Wrong answers have low confidence, because confident ones would be asked again.
    """
    lines = [""]  # the cover
    for page in found[1:-1]:
        if page.question is not None:
            lines += [right(page.question) if good else wrong(page.question), "3" if good else "2"]
        else:
            lines += [""] * (predicts(page) + asks_for_something(page))  # each is requested once
        lines.append("")
    return lines


def predicts(page: Page) -> bool:
    sim = page.step.sim if page.step is not None else None
    return sim is not None and sim.predict is not None


def asks_for_something(page: Page) -> bool:
    """Return whether the page has a task, which is not done here."""
    sim = page.step.sim if page.step is not None and page.question is None else None
    return sim is not None and bool(sim.do or sim.goal)


LESSONS = [entry.id for entry in course("ko").entries]


CASES = list(product(LANGUAGES, (True, False)))
# Each language with right answers and with wrong ones, each in a lesson of its own.
WALKED = set(zip(("rnn", "bptt", "lstm", "beyond"), CASES, strict=True))


@pytest.mark.parametrize(
    ("lesson_id", "case"), sampled(product(LESSONS, CASES), lambda walk: walk in WALKED)
)
def test_a_whole_lesson_can_be_walked(
    tmp_path: Path, lesson_id: str, case: tuple[str, bool]
) -> None:
    """Every page is reached, every answer counts, and the output is plain text."""
    lang, good = case
    shown = course(lang)
    lesson = shown.lesson(lesson_id, lang)
    talk = Talk(lessons_dir(), tmp_path, lang).salted()
    number = shown.numbers[LESSONS.index(lesson_id)]
    found = path(lesson)
    said = talk(number, *script(found, good=good))
    visited = [data["page"] for _, data in talk.events("page")]
    assert visited == [page.id for page in found if not page.extra]
    assert sum(bool(page.extra) for page in found) == (0 if lesson_id in LESSONS[:2] else 2)
    assert joined(said).count(joined(talk.text("extra.back", title="X")).split("X")[1]) == sum(
        bool(page.extra) for page in found
    )
    asked = [page.question for page in found if page.question is not None]
    answers = talk.answers()
    assert [data["question"] for data in answers] == [question.id for question in asked]
    assert all((data["score"] == 1) == good for data in answers)
    verdicts = [talk.text(f"verdict.{data['state']}") for data in answers]
    assert all(text in said for text in verdicts)
    assert said.count(talk.text("question.why") + "\n") >= len(asked)
    done = {data["page"] for _, data in talk.events("done")}
    passed = {data["page"] for _, data in talk.events("passed")}
    asking = {page.id for page in found if asks_for_something(page)}
    assert done == {page.id for page in found[1:-1]} - asking
    assert passed == asking
    known = sum(page.question is not None and not page.extra for page in found) if good else 0
    assert f"{known}" in said.rpartition("[")[2]


@pytest.mark.parametrize(
    ("lesson_id", "lang"),
    sampled(product(LESSONS, LANGUAGES), lambda case: case == ("types", "ko")),
)
def test_every_stage_can_be_run_and_drawn_in_all_its_views(
    tmp_path: Path, lesson_id: str, lang: str
) -> None:
    lesson = course(lang).lesson(lesson_id, lang)
    talk = Talk(lessons_dir(), tmp_path, lang).salted()
    for page in pages(lesson):
        sim = page.step.sim if page.step is not None and page.question is None else None
        if sim is None:
            continue
        skip = [""] if predicts(page) else []
        views = [f"v {n}" for n in range(1, len(sim.views) + 1)]
        moves = ["start", ".", ",", "..", ",,", "run", *views, "v table", "w", "w", "unit", "reset"]
        said = talk(f"go {lesson_id}.{page.id}", *skip, *moves, "?")
        stage = open_stage(sim)
        possible = stage.simulation.views(stage.settings)
        shown = {*sim.views, *({"table"} & set(possible))}
        assert all(heading(view, load(lang), stage.trace) in said for view in shown)
        assert talk.text("plain.unknown", text="").split("`")[-1] not in said
        assert all(line in said for line in help_lines(STAGE, load(lang)))


def test_no_gap_of_the_lessons_is_answered_by_a_command() -> None:
    """An answer that equals a command would leave the page instead."""
    for lang in LANGUAGES:
        for lesson_id in LESSONS:
            for question in course(lang).lesson(lesson_id, lang).questions:
                if isinstance(question.body, Cloze) and len(question.body.gaps) == 1:
                    for answer in question.body.gaps[0].answers:
                        assert find(answer, ANSWERING, load(lang))[0] == "", question.id
