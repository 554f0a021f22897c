"""The source code page: the present phase's lines are highlighted, and the footer shows the
keys."""

from __future__ import annotations

import pytest

from rnntutor import sims
from rnntutor.session import stage as stages
from rnntutor.session.opening import spec
from rnntutor.spans import plain
from rnntutor.tui.screens.experiment import ExperimentScreen
from rnntutor.tui.screens.source import SourceScreen
from rnntutor.words import load


@pytest.mark.parametrize("name", sims.names())
def test_the_lines_of_the_phase_are_marked(name: str) -> None:
    """Every simulation has marked lines, and one of them is seen on the smallest screen."""
    rows, _ = SourceScreen(stages.open_stage(spec(name, ()))).listing(56)
    assert any(plain(row).startswith("▌") for row in rows[:18])


async def test_the_key_that_opens_the_source_closes_it(tutor) -> None:
    async with tutor("en") as t:
        for name in ("cell", "race"):
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
