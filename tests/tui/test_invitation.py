"""A finished step links to its code exercise, and the end of a lesson to all of them."""

from __future__ import annotations

from rnntutor.course.load import open_course
from rnntutor.package_data import lessons_dir
from rnntutor.tui.screens.build import BuildScreen
from rnntutor.words import load


def test_every_exercise_is_reached_from_its_lesson() -> None:
    course = open_course(lessons_dir(), load("en"))
    found = [e.name for entry in course.entries for e in course.exercises(entry.id, "en")]
    assert sorted(found) == sorted(course.builds) and found


async def test_what_was_told_leads_to_the_exercise(tutor) -> None:
    async with tutor("en") as t:
        await t.open("rnn", "equation")
        said = load("en")("build.invite", names="rnn_step")
        await t.press("b")
        assert t.app.screen is t.lesson and said not in t.text
        if not t.lesson.stage.ready:
            await t.press("tab")
        for n, condition in enumerate(t.lesson.stage.spec.do):
            if condition.of in t.lesson.stage.controls:
                t.lesson.page_state.focus = 2 + t.lesson.stage.controls.index(condition.of)
                for _ in range(40):
                    if n not in t.lesson.stage.ticks:
                        await t.press("left")
            await t.press("end")
        assert said in t.text
        await t.press("b")
        assert isinstance(t.app.screen, BuildScreen)
        assert t.app.screen.exercise.name == "rnn_step"


async def test_the_end_of_a_lesson_names_all_of_its_exercises(tutor) -> None:
    async with tutor("ko") as t:
        await t.open("gru", "end")
        await t.press("pagedown")
        assert "gru_step" in t.text
        await t.press("b")
        assert isinstance(t.app.screen, BuildScreen)
