"""The source code page: the present phase's lines are highlighted, and the footer shows the
keys."""

from __future__ import annotations

from rnntutor import sims
from rnntutor.session.opening import spec
from rnntutor.tui.screens.experiment import ExperimentScreen
from rnntutor.words import load


async def test_the_lines_of_the_phase_are_marked(tutor) -> None:
    async with tutor("en") as t:
        for name in sims.names():
            t.app.push_screen(ExperimentScreen(spec(name, ())))
            await t.settle()
            stage = t.app.screen
            await t.press("s")
            rows = t.text.split("\n")
            assert any("▌" in row for row in rows), name
            assert load("en")("key.open") not in rows[-1], name
            await t.press("s")
            assert t.app.screen is stage, name
            await t.press("escape")
