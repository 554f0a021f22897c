"""The row above a picture describes its run: steps, updates of the net, or nothing without a run.

The sample of a text net keeps its most probable line.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from rnntutor.nn.training import Update
from rnntutor.pages.stage import context, title_row, transport_row
from rnntutor.render.views.registry import heading, view
from rnntutor.session import opening
from rnntutor.session.stage import Stage, open_stage
from rnntutor.sims import names
from rnntutor.spans import plain, width
from rnntutor.tui.page_state import ScreenPageState
from rnntutor.tui.stage_commands import step
from rnntutor.words import LANGUAGES, load

RUNNING = {"run", "one_update", "phase_on"}


def opened(name: str, **settings: str) -> Stage:
    return open_stage(opening.spec(name, tuple(settings.items()), settings.get("corpus", "en")))


@pytest.mark.parametrize(("shown", "runs"), [("readout", False), ("curve", True)])
def test_only_a_picture_that_a_run_changes_offers_one(shown: str, runs: bool) -> None:
    """The memory of an untrained net, for instance, does not change with training."""
    stage = replace(opened("memory"), views=(shown,), view=0)
    assert bool(transport_row(stage, load("en"))) is runs
    offered = {command.name for command in step(ScreenPageState(stage=stage))}
    assert bool(offered & RUNNING) is runs


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_updates_are_those_that_the_net_is_met_with(lang: str) -> None:
    stage = opened("text", corpus=lang, prepared="200")
    assert "200" in plain(transport_row(stage, load(lang)))
    assert " 0" not in plain(transport_row(opened("text", corpus=lang, prepared="50"), load(lang)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_written_after_each_number_of_updates_keeps_its_likeliest_line(lang: str) -> None:
    words = load(lang)
    stage = opened("text", corpus=lang, prepared="200")
    rows = [plain(row) for row in view("samples", stage.trace, context(stage, words, 76, 9))]
    assert sum(words("samples.best") in row for row in rows) == 3 and len(rows) == 9
    assert all(row.split(words("samples.best"))[-1].strip() for row in rows[1:])


@pytest.mark.parametrize(("metrics", "said"), [({}, True), ({"loss_rnn": 0.168}, False)])
def test_the_mean_of_the_losses_of_several_cells_is_not_told(
    metrics: dict[str, float], said: bool
) -> None:
    """The picture of a race shows the loss of each cell; their mean 0.063 belongs to none."""
    stage = opened("race")
    assert stage.training is not None
    history = stage.training.history.with_update(Update(10, 0.063, metrics))
    stage = replace(stage, training=replace(stage.training, history=history))
    assert ("0.063" in plain(transport_row(stage, load("en")))) is said


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", names())
def test_the_picture_is_named_in_the_smallest_window(name: str, lang: str) -> None:
    """If there are several pictures, the title names the visible one."""
    words = load(lang)
    stage = open_stage(opening.spec(name, (), lang))
    for n, picture in enumerate(stage.views):
        if len(stage.views) > 1:
            title = title_row(replace(stage, view=n), words, 56, focused=True)
            assert heading(picture, words, stage.trace) in plain(title)
            assert width(title) <= 56


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_gradient_goes_back_by_distance(lang: str) -> None:
    """Its position is a distance from the loss at the last step, not a step."""
    words = load(lang)
    there = plain(transport_row(opened("gradient", T="50"), words))
    assert words("position.gradient", t=0, of=50) in there
    assert words("stage.step", t=0, of=50) not in there
