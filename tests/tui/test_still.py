"""Timed work of a simulation: no animation where it is switched off, other views drawn at rest."""

from __future__ import annotations

import pytest
from sampling import in_turn
from waiting import until

from rnntutor.pages import stage as pages
from rnntutor.pages.stage import stage_rows
from rnntutor.render.views.registry import view
from rnntutor.session.opening import spec
from rnntutor.session.stage import Stage
from rnntutor.spans import Rows
from rnntutor.tui import ahead
from rnntutor.tui.screens import simulation
from rnntutor.tui.screens.experiment import ExperimentScreen
from rnntutor.words import LANGUAGES


async def test_a_run_goes_to_its_end_with_one_key(tutor) -> None:
    async with tutor("en") as t:
        await t.open("rnn", "unrolled")
        await t.press("m", "space")
        stage = t.lesson.stage
        assert stage.finished and not stage.transport.running
        assert t.lesson._timer is None
        assert t.logged("setting")[-1] == {"name": "motion", "value": "off"}
        await t.press("space")  # some pages open with a finished run: back to its start
        stage = t.lesson.stage
        assert not stage.transport.position and not stage.transport.running
        await t.press("m", "space")
        assert t.lesson.stage.transport.running


async def test_the_other_views_of_a_stage_at_rest_are_drawn_before_a_key_asks_for_them(
    tutor, monkeypatch
) -> None:
    monkeypatch.setattr(ahead, "REST", 0.0)
    drawn: list[str] = []
    whole: set[int] = set()  # views with a rendered panel

    def drawing(name: str, *of: object) -> Rows:
        drawn.append(name)
        return view(name, *of)

    def laying_out(stage: Stage, *of, **more) -> Rows:
        whole.add(stage.view)
        return stage_rows(stage, *of, **more)

    async with tutor("en") as t:
        t.app.push_screen(screen := ExperimentScreen(spec("order", (), "en")))
        await t.settle()
        monkeypatch.setattr(pages, "view", drawing)
        monkeypatch.setattr(simulation.stage_rows, "stage_rows", laying_out)
        await t.press("right")
        views = screen.stage.views
        await until(lambda: len(whole) == len(views))
        drawn.clear()
        await t.press("v")
        assert screen.stage.view == 1 and views[1] not in drawn


@pytest.mark.parametrize(("size", "lang"), in_turn([(60, 20), (120, 36)], LANGUAGES))
async def test_a_training_that_is_not_seen_says_that_it_runs(
    tutor, lang: str, size: tuple[int, int]
) -> None:
    """If training does not update the shown view, a message says that it is running."""
    async with tutor(lang, size) as t:
        await t.press("m")
        t.app.push_screen(screen := ExperimentScreen(spec("text", (), lang)))
        await t.settle()
        said = "".join(t.app.words("status.unseen").split())
        assert said not in "".join(t.text.split())
        await t.press("space")
        assert screen.stage.training.running
        assert said in "".join(t.text.split())
        await t.press("space")
        assert not screen.stage.training.running
        assert said not in "".join(t.text.split())
        await t.press("m", "space")
        assert said not in "".join(t.text.split())
