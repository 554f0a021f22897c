"""Every page of every lesson, in both languages: nothing of its source is left, and a stage has its
room on the smallest screen."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from rnntutor.course.load import open_course
from rnntutor.pages import question as question_rows
from rnntutor.places import lessons_dir
from rnntutor.render.prose import Context, lay_out
from rnntutor.session import question as questions
from rnntutor.spans import plain, width
from rnntutor.words import LANGUAGES, load

LESSONS = [entry.id for entry in open_course(lessons_dir(), load("en")).entries]

# LaTeX that was not converted, and emphasis that CommonMark left as asterisks.
UNFINISHED = re.compile(r"\\[a-zA-Z]+|\*\*|\{\{|\$")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("lesson", LESSONS)
def test_no_page_shows_its_source(lesson: str, lang: str) -> None:
    """The text of each step, and each question before and after its answer."""
    course, words = open_course(lessons_dir(), load(lang)), load(lang)
    context = Context(
        words=words,
        terms=course.names(lang),
        roles=course.roles,
        steps=lambda target: course.step_name(target, lesson, lang),
    )
    for step in course.lesson(lesson, lang).steps:
        shown = [lay_out(step.blocks, 76, context)]
        for question in step.questions:
            asked = questions.ask(question, salt="pages", number=0)
            given_up = questions.give_up(questions.give_up(asked))
            judged = questions.saved(given_up, questions.verdict(given_up))
            for state in (asked, judged):
                shown.append(question_rows.question_rows(state, words, 76, context))
        for rows in shown:
            assert max(map(width, rows), default=0) <= 76
            text = "\n".join(map(plain, rows))
            assert not UNFINISHED.search(text), (step.id, UNFINISHED.search(text))


async def stages_are_seen(tutor, lesson: str, lang: str) -> None:
    async with tutor(lang, (60, 20)) as t:
        await t.open(lesson)
        screen = t.lesson
        for index, page in enumerate(screen.pages):
            if page.step is None or page.question is not None or page.step.sim is None:
                continue
            screen.go(index)
            await t.pilot.pause()
            await t.pilot.pause()
            panel = screen.rows("stage")
            filled = [row for row in panel.rows if any(s.text.strip() for s in row)]
            assert len(filled) >= 4, (page.id, t.text)
            prose = screen.rows("prose")
            assert prose.size.height >= 3, page.id
            assert max(cell_len(line) for line in t.text.split("\n")) <= 60


async def test_every_stage_of_a_lesson_is_seen_on_the_smallest_screen(tutor) -> None:
    await stages_are_seen(tutor, "cell", "ko")


@pytest.mark.long
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("lesson", LESSONS)
async def test_every_stage_is_seen_on_the_smallest_screen(tutor, lesson: str, lang: str) -> None:
    await stages_are_seen(tutor, lesson, lang)
