"""Every page of every lesson, in both languages: no markup is visible, and simulations fit."""

from __future__ import annotations

import re
from functools import cache

import pytest
from rich.cells import cell_len
from sampling import sampled

from rnntutor.course.load import Course, open_course
from rnntutor.package_data import lessons_dir
from rnntutor.pages import question as question_rows
from rnntutor.render.prose import Context, lay_out
from rnntutor.session import question as questions
from rnntutor.session.acts import DO, PREDICT, TOLD
from rnntutor.spans import plain, width
from rnntutor.words import LANGUAGES, load

LESSONS = [entry.id for entry in open_course(lessons_dir(), load("en")).entries]

# Unconverted LaTeX, and asterisks that CommonMark did not read as emphasis.
UNFINISHED = re.compile(r"\\[a-zA-Z]+|\*\*|\{\{|\$")


@cache
def opened(lang: str) -> Course:
    return open_course(lessons_dir(), load(lang))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("lesson", LESSONS)
def test_no_page_shows_its_source(lesson: str, lang: str) -> None:
    """No markup is visible in a step's text, or in a question before and after its answer."""
    course, words = opened(lang), load(lang)
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
            judged = questions.set_verdict(given_up, questions.verdict(given_up))
            for state in (asked, judged):
                shown.append(question_rows.question_rows(state, words, 76, context))
        for rows in shown:
            assert max(map(width, rows), default=0) <= 76
            text = "\n".join(map(plain, rows))
            assert not UNFINISHED.search(text), (step.id, UNFINISHED.search(text))


async def acts_are_seen(
    tutor, lesson: str, lang: str, size: tuple[int, int], *, each_kind: bool = False
) -> None:
    """Check that each act of each step shows its whole request with the simulation below it.

    With `each_kind`, of the first step with the same acts and kind of prediction.
    """
    kinds = set()
    async with tutor(lang, size) as t:
        await t.open(lesson)
        screen = t.lesson
        for index, page in enumerate(screen.pages):
            if page.step is None or page.question is not None or page.step.sim is None:
                continue
            sim = page.step.sim
            kind = type(sim.predict), not sim.do, not sim.goal
            if each_kind and kind in kinds:
                continue
            kinds.add(kind)
            screen.go(index)
            await t.pilot.pause()
            if screen.reading:
                assert not screen.rows("stage").display, page.id
                screen.do_to_stage("")
            if screen.act == PREDICT:
                await all_is_asked(t, page.id)
                screen.do_skip("")
            assert screen.act in (DO, TOLD), page.id
            await all_is_asked(t, page.id)


async def all_is_asked(t, where: str) -> None:
    await t.pilot.pause()
    await t.pilot.pause()
    ask, panel = t.lesson.rows("ask"), t.lesson.rows("stage")
    assert ask.size.height == len(ask.rows), (where, t.text)
    filled = [row for row in panel.rows if any(s.text.strip() for s in row)]
    assert len(filled) >= 4, (where, t.text)
    assert panel.size.height >= len(panel.rows), (where, t.text)
    assert max(cell_len(line) for line in t.text.split("\n")) <= t.app.size.width


async def test_every_act_of_a_lesson_is_seen_on_the_smallest_screen(tutor) -> None:
    await acts_are_seen(tutor, "cell", "ko", (60, 20), each_kind=True)


@pytest.mark.long
@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("lesson", LESSONS)
async def test_every_act_is_seen(tutor, lesson: str, lang: str, size: tuple[int, int]) -> None:
    await acts_are_seen(tutor, lesson, lang, size)


@pytest.mark.parametrize("lang", sampled(LANGUAGES, lambda lang: lang == "ko"))
async def test_a_knob_that_is_turned_before_the_run_tells_of_what_was_predicted(
    tutor, lang: str
) -> None:
    """With other settings no task is completed; with the predicted ones the prediction is
    judged."""
    words = load(lang)
    async with tutor(lang) as t:
        await t.open("bptt", "vanishing")
        await t.press("1", "tab", "left", "end")
        assert t.lesson.page_state.stage is not None and not t.lesson.page_state.stage.ticks
        said = words("predict.elsewhere", settings="ρ(U) 0.9")
        assert said in t.text
        await t.press("right")
        assert said not in t.text and t.lesson.page_state.stage.ticks == {0}
        assert words("because.ask") in t.text


@pytest.mark.parametrize("lang", sampled(LANGUAGES, lambda lang: lang == "en"))
async def test_the_footer_names_the_act_to_which_enter_leads(tutor, lang: str) -> None:
    """Enter leads from text to prediction, and from the reason to the tasks or, without any, the
    result."""
    words = load(lang)

    async def leads_to(act: str) -> None:
        assert f"Enter {words(f'key.to-{act}')}" in t.text.splitlines()[-1]
        await t.press("enter")
        assert t.lesson.act == act

    async with tutor(lang) as t:
        for lesson, step, then in (("rnn", "loop", TOLD), ("bptt", "vanishing", DO)):
            await t.open(lesson, step, reading=True)
            while t.lesson.rows("prose").more_below:
                await t.press("enter")
            await leads_to(PREDICT)
            await t.press("1", "end", "1")
            await leads_to(then)
