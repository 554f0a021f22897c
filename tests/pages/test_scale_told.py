"""No picture changes its scale silently.

If a turned knob changes the value of a full bar, a message below the picture says so; during
training the scale is kept.
"""

from __future__ import annotations

from itertools import islice

import pytest

from rnntutor import sims
from rnntutor.numbers import short
from rnntutor.pages.stage import context, picture, stage_rows, told_rows
from rnntutor.render.views.caption import comparable
from rnntutor.render.views.registry import full_of
from rnntutor.session import advance, knobs, opening, viewing
from rnntutor.session import stage as stages
from rnntutor.session.stage import Stage
from rnntutor.spans import plain
from rnntutor.words import LANGUAGES, load
from tests.sims.batch_nets import train_little

CELLS, ROWS = 76, 24
# Initial settings, so that the views of every cell are tested; a net is trained at every turn.
GIVEN = {
    "cell": [("cell", "rnn"), ("cell", "lstm"), ("cell", "gru")],
    "bptt": [("cell", "rnn"), ("cell", "lstm")],
    "batch": [("trained", "50")],
}


def opened() -> list[Stage]:
    """Return every simulation, with each of its cells, at the end of its run."""
    found = []
    for name in sims.names():
        for given in GIVEN.get(name, [()]):
            stage = stages.open_stage(opening.spec(name, [given] if given else [], "en"))
            found.append(advance.move(stage, stage.transport.end()))
    return found


def shown(stage: Stage, lang: str = "en") -> str:
    return "\n".join(plain(row) for row in stage_rows(stage, load(lang), CELLS, ROWS))


def scaled(stage: Stage) -> bool:
    return any(full_of(spec, stage.trace) for spec in stage.views)


STAGES = [
    pytest.param(stage, id=f"{stage.spec.use}-{stage.trace.cell}")
    for stage in opened()
    if scaled(stage)
]


@pytest.fixture(autouse=True)
def few_updates(monkeypatch: pytest.MonkeyPatch) -> None:
    train_little(monkeypatch)


@pytest.mark.parametrize("stage", STAGES)
def test_a_full_bar_that_stands_for_something_else_is_said(stage: Stage) -> None:
    """This holds for every knob of every simulation, turned to its end, in every view."""
    words = load("en")
    for name in stage.controls:
        turned = knobs.turn(stage, name, 9 if knobs.can_turn(stage, name, 1) else -9)
        if not comparable(stage.trace, turned.trace):
            continue
        for index, spec in enumerate(turned.views):
            view = viewing.show(turned, index)
            old, new = full_of(spec, stage.trace), full_of(spec, turned.trace)
            told = "".join(plain(row) for row in told_rows(view, words, CELLS))
            said = words("stage.scale", old=short(old), new=short(new)) in told
            assert said == (old != new), (name, spec, old, new)


@pytest.mark.parametrize("stage", STAGES)
def test_what_a_full_bar_is_stands_in_every_such_picture(stage: Stage) -> None:
    for index, spec in enumerate(stage.views):
        if full := full_of(spec, stage.trace):
            drawn = picture(
                spec, stage.trace, context(viewing.show(stage, index), load("en"), CELLS, 16)
            )
            assert f"█={short(full)}" in "".join(plain(row) for row in drawn), spec


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_stand_under_the_picture_and_go_with_the_change(lang: str) -> None:
    typed = [("cell", "rnn"), ("units", "1"), ("x", "1, 1, 1"), ("W", "0.5"), ("U", "0.8")]
    stage = stages.open_stage(opening.spec("cell", typed, lang))
    stage = viewing.show(stage, stage.views.index("gate:h"))
    stage = advance.move(stage, stage.transport.end())
    said = load(lang)("stage.scale", old="1.5", new="3")
    assert "█=1.5" in shown(stage, lang) and said not in shown(stage, lang)
    large = knobs.set_knob(stage, "W", "2.2")
    assert "█=3" in shown(large, lang) and said in shown(large, lang)
    assert said not in shown(knobs.set_knob(large, "W", "0.5"), lang)


@pytest.mark.parametrize("series", ["sine", "walk", "sawtooth"])
def test_the_bars_of_a_forecast_keep_their_scale_while_it_learns(series: str) -> None:
    simulation = sims.find("forecast")
    assert simulation.updates is not None
    settings = simulation.make({"series": series})
    first = simulation.trace(settings)
    for update in islice(simulation.updates(settings), 4):
        trace = update.probe_with(settings).trace
        assert trace is not None
        for spec in ("forecast", "table"):
            assert full_of(spec, trace) == full_of(spec, first) > 0
