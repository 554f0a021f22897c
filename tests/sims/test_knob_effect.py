"""A knob on a stage changes what the stage shows or what it trains.

That a hidden one would change nothing is tested in tests/pages/test_knob_rows.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from rnntutor import sims
from rnntutor.render.views.registry import view
from rnntutor.render.views.view_context import ViewContext
from rnntutor.session import knobs, opening
from rnntutor.session import stage as stages
from rnntutor.session.stage import Stage
from rnntutor.sims.base import knobs as fields
from rnntutor.sims.common import fit
from rnntutor.words import load
from tests.sampling import sampled

WORDS = load("en")
# Knobs whose effect comes after hundreds of updates, once a gradient is larger than the limit, or
# with a limit: a page that asks to clip by the norm shows both knobs.
LATER = {("text", "early_stopping"), ("race", "clip"), ("gradient", "clip_by")}


def _starts() -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Yield each simulation with its defaults, and with each choice of its first setting."""
    for name in sims.names():
        first, knob = next(iter(fields(sims.find(name).settings).items()))
        yield name, ()
        yield from ((name, ((first, str(choice)),)) for choice in knob.choices)


@pytest.fixture(autouse=True)
def short_trainings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a report come after every ten updates."""
    monkeypatch.setattr(fit, "per_report", lambda cells, steps, units: 10)


def pictures(stage: Stage) -> tuple[object, ...]:
    """Return all views of a stage at the end of its run."""
    end = replace(stage, transport=stage.transport.to(stage.transport.last))
    context = ViewContext(WORDS, end.cursor, stage.phases, width=76, height=60)
    return (stage.views, *(view(name, stage.trace, context) for name in stage.views))


def report(stage: Stage) -> str:
    """Return the first report of a training, without its duration; "" if nothing is trained."""
    updates = stage.simulation.updates and stage.simulation.updates(stage.settings)
    first = next(updates, None) if updates else None
    if first is None:
        return ""
    return repr((first.step, first.loss, {k: v for k, v in first.metrics.items() if "s_" not in k}))


def turned(stage: Stage, name: str) -> Iterator[Stage]:
    """Yield the stage with a knob turned up, down, and further."""
    for count in (1, -1, 3, -3):
        new = knobs.turn(stage, name, count)
        if new is not stage and new.settings != stage.settings:
            yield new


@pytest.mark.parametrize(
    ("name", "given"),
    sampled(_starts(), lambda start: start[0] in ("cell", "gradient", "types") and not start[1]),
)
def test_each_knob_that_is_shown_has_an_effect(
    name: str, given: tuple[tuple[str, str], ...]
) -> None:
    stage = stages.open_stage(opening.spec(name, given, "en"))
    shown, trained = pictures(stage), report(stage)
    dead = [
        knob
        for knob in stage.controls
        if not knobs.typed(stage, knob)
        and (name, knob) not in LATER
        and not any(pictures(new) != shown or report(new) != trained for new in turned(stage, knob))
    ]
    assert dead == []
