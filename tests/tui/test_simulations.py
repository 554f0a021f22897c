"""Every simulation opened, run, changed and left, at three sizes, in both languages."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from rich.cells import cell_len
from sampling import sampled
from waiting import until

from rnntutor import sims
from rnntutor.nn.training import Update
from rnntutor.pages import stage as stage_rows
from rnntutor.pages.stage import title_row
from rnntutor.render.views.registry import view
from rnntutor.session import knobs, viewing
from rnntutor.session import stage as stages
from rnntutor.session.naming import position_key
from rnntutor.session.opening import spec
from rnntutor.session.transport import SPEEDS
from rnntutor.spans import plain, width
from rnntutor.tui.screens.experiment import ExperimentScreen
from rnntutor.words import LANGUAGES, load

IN_TURN, BOTH = "in turn", "both ways"
SIZES = [(60, 20), (80, 24), (120, 36)]


async def walked(t, name: str, columns: int, *, stepping: bool = True) -> None:
    """Run it to its end, step back and on in every view, turn its first knob, and leave.

    Without `stepping` it is run and stepped in its first view only.
    """
    below, words = t.app.screen, t.app.words
    t.app.push_screen(ExperimentScreen(spec(name, (), lang=words.lang), title="lab.title"))
    await t.pilot.pause()
    screen = t.app.screen
    for _ in screen.stage.views:
        if stages.probing(screen.stage) and (stepping or not screen.stage.view):
            screen.do_to_end("")
            screen.do_phase_back("")
            screen.do_phase_back("")
            screen.do_phase_on("")
        await t.pilot.pause()
        lines = t.text.split("\n")
        assert max(map(cell_len, lines)) <= columns, t.text
        for said in stage_rows.told_rows(screen.stage, words, columns - 4):
            assert plain(said).strip() in t.text, f"what is told of a view of {name} is seen"
        screen.do_next_view("")
    await t.press("tab", "right", "escape")
    assert t.app.screen is below, name


async def test_a_simulation_of_each_kind_on_the_smallest_screen(tutor) -> None:
    """Of a cell, of training, of a game, of texts and of pictures.

    That all the others are told whole in so little room, tests/tui/test_cuts.py says.
    """
    async with tutor("ko", (60, 20)) as t:
        for name in ("cell", "race", "be-the-cell", "text", "types", "attention"):
            await walked(t, name, 60, stepping=False)


@pytest.mark.long
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", sims.names())
async def test_a_simulation_at_every_size(tutor, name: str, lang: str) -> None:
    async with tutor(lang, (80, 24)) as t:
        for columns, rows in SIZES:
            await t.resize(columns, rows)
            await walked(t, name, columns)


# Settings with which turning a knob takes a short training.
SMALL = {"batch": (("T", "6"), ("units", "3"), ("trained", "50"))}


# In every suite each knob is turned one way, the first one up, the next down.
@pytest.mark.parametrize(
    ("name", "ways"),
    sampled(product(sims.names(), (IN_TURN, BOTH)), lambda case: case[1] == IN_TURN),
)
def test_every_knob_can_be_turned_up_and_down(name: str, ways: str) -> None:
    given = () if ways == BOTH else SMALL.get(name, ())
    stage = stages.open_stage(spec(name, given))
    for n, knob in enumerate(k for k in stage.controls if not knobs.typed(stage, k)):
        for count in (1, -1) if ways == BOTH else ((1, -1)[n % 2],):
            turned = knobs.turn(stage, knob, count)
            assert 0 <= turned.transport.position <= turned.transport.last
            context = stage_rows.context(turned, load("en"), 76, 8)
            assert view(turned.views[0], turned.trace, context)


TRAINED = [name for name in sims.names() if sims.find(name).updates is not None]


@pytest.mark.parametrize("name", sampled(TRAINED, lambda name: name in ("race", "text")))
async def test_a_training_reports_and_ends_with_its_page(tutor, name: str) -> None:
    async with tutor("en") as t:
        t.app.push_screen(ExperimentScreen(spec(name, (), lang="en"), title="lab.title"))
        await t.settle()
        screen = t.app.screen
        screen.do_one_update("")
        await until(lambda: screen.stage.training.history.last is not None)
        thread = screen._trainer._thread
        await t.press("escape")
        thread.join(5)
        assert not thread.is_alive()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", sims.names())
def test_no_title_is_cut(name: str, lang: str) -> None:
    """The title drops whole parts instead of being cut, on the narrowest screen at its longest."""
    cells = 56
    stage = stages.open_stage(spec(name, (), lang))
    stage = replace(stage, transport=replace(stage.transport.end(), speed=len(SPEEDS) - 1))
    if stage.training is not None:
        report = Update(12_340, 0.123)
        training = replace(stage.training, speed=len(SPEEDS) - 1)
        stage = replace(stage, training=training.add_report(report))
    for index in range(len(stage.views)):
        shown = viewing.show(stage, index)
        title = title_row(shown, load(lang), cells, focused=False)
        assert width(title) <= cells, plain(title)
        if stages.probing(shown):
            words, at = load(lang), shown.trace.computed_step(shown.cursor.t)
            key = position_key(shown.spec.use, words)
            assert words(key, t=at, of=shown.transport.steps) in plain(title)
