"""No key has two meanings, and every action can be reached without a letter."""

from __future__ import annotations

import pytest
from sampling import in_turn, sampled

from rnntutor.session.question import CONFIDENCE
from rnntutor.tui import commands
from rnntutor.tui.keys import EVERYWHERE, KeyCommand
from rnntutor.tui.page_state import KNOBS, PROSE, STAGE
from rnntutor.tui.screen import TutorScreen
from rnntutor.words import LANGUAGES, load


def _check(screen: TutorScreen, where: str) -> None:
    commands = screen.commands()
    keys = [key for command in commands for key in command.keys]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    assert twice == [], f"{where}: {twice} mean more than one thing"
    for command in commands:
        assert _handler(screen, command) is not None, f"{where}: nothing carries out {command.name}"
        for lang in LANGUAGES:
            assert command.label in load(lang), f"{where}: {command.label} has no word"
    helped = any("?" in command.keys for command in commands)
    in_field = any(command.name == "leave_field" for command in commands)
    assert helped or in_field, f"{where}: no key for help, from which every action can be chosen"


def _handler(screen: TutorScreen, command: KeyCommand) -> object:
    name = f"do_{command.name}"
    return getattr(screen, name, None) or getattr(screen.app, name, None)


def test_the_keys_for_notes_are_nobodys_elses() -> None:
    """Notes are offered on every page, so their keys must differ from the global ones."""
    taken = {key for command in EVERYWHERE for key in command.keys}
    assert not taken & {key for command in commands.NOTES for key in command.keys}


EACH_KIND, EVERY = "a page of each kind", "every page"


@pytest.mark.parametrize("pages", sampled([EACH_KIND, EVERY], lambda pages: pages == EACH_KIND))
async def test_the_pages_of_two_lessons(tutor, pages: str) -> None:
    kinds = set()
    async with tutor() as t:
        for lesson in ("rnn", "cell"):
            await t.open(lesson)
            screen = t.lesson
            for index, page in enumerate(screen.pages):
                sim = page.step.sim if page.step is not None and page.question is None else None
                asked = page.question.type if page.question is not None else None
                shown = sim and (sim.use, sim.predict is None, sim.goal is None)
                kind = (page.kind, asked, shown)
                if pages == EACH_KIND and kind in kinds:
                    continue
                kinds.add(kind)
                screen.go(index)
                await t.pilot.pause()
                _check(screen, page.id)
                if screen.page_state.asked is not None:
                    await _check_question(t, page.id)
                if screen.page_state.stage is not None:
                    await _check_stage(t, page.id)


async def _check_question(t, where: str) -> None:
    """Check a question while it is answered, inside and outside a field, and at the confidence."""
    from dataclasses import replace

    screen = t.lesson
    screen.set_focus(None)
    _check(screen, f"{where}, no field")
    for row in range(screen.asked.rows):
        screen.set_asked(replace(screen.asked, cursor=row))
        _check(screen, f"{where}, row {row}")
    before = screen.asked
    screen.set_asked(replace(before, state=CONFIDENCE))
    _check(screen, f"{where}, confidence")
    screen.set_asked(before)
    await screen.do_give_up("")
    await screen.do_give_up("")
    await t.settle()
    _check(screen, f"{where}, verdict")


async def _check_stage(t, where: str) -> None:
    """Check a simulation during and after a prediction, with each focus, and in full screen."""
    from rnntutor.session import predicting

    screen = t.lesson
    screen.set_stage(predicting.skip(screen.stage))
    screen.set_focus(None)
    for focus in (PROSE, STAGE, *(KNOBS + n for n in range(len(screen.stage.controls)))):
        screen.page_state.focus = focus
        _check(screen, f"{where}, focus {focus}")
    screen.do_zoom("")
    _check(screen, f"{where}, full screen")
    screen.do_zoom("")


async def test_what_is_typed_or_drawn_leaves_the_arrows_to_the_run(tutor) -> None:
    """← and → turn a knob with a range; on any other knob they step, as the footer shows."""
    async with tutor("en") as t:
        await t.open("types", "vec-seq")
        controls = t.lesson.stage.controls
        for knob, turned in (("picture", False), ("noise", True)):
            t.lesson.page_state.focus = KNOBS + controls.index(knob)
            t.lesson.paint()
            await t.settle()
            assert (load("en")("key.turn") in t.text.split("\n")[-1]) is turned
            before = t.lesson.stage
            await t.press("right")
            after = t.lesson.stage
            assert (after.given != before.given) is turned
            assert (after.transport.position != before.transport.position) is not turned


@pytest.mark.parametrize(("columns", "lang"), in_turn([60, 80], LANGUAGES))
async def test_the_last_sentence_of_the_help_is_whole(tutor, lang: str, columns: int) -> None:
    async with tutor(lang) as t:
        await t.resize(columns, 40)
        await t.press("?")
        said = load(lang)("help.hangul")
        assert said.replace(" ", "") in t.text.replace(" ", "").replace("\n", "")


async def test_the_other_screens(tutor) -> None:
    async with tutor() as t:
        _check(t.app.screen, "home")
        for key, where in (("?", "help"), ("g", "glossary")):
            await t.press(key)
            _check(t.app.screen, where)
            await t.press("escape")
        await t.open("cell", "whole-cell")
        await t.press("s")
        _check(t.app.screen, "source")
        await t.open("types", "vec-seq")
        t.lesson.page_state.focus = KNOBS + t.lesson.stage.controls.index("picture")
        await t.press("enter")
        _check(t.app.screen, "drawing")


async def test_the_first_screen(tutor) -> None:
    async with tutor(lang_known=False) as t:
        _check(t.app.screen, "language")
