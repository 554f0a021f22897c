"""Animation: inputs of a phase are marked, a first training run is shown, and all can be disabled.

No real timer runs here: intervals are counted.
"""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from rnntutor import sims
from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.training import Update
from rnntutor.render.views.registry import view
from rnntutor.render.views.view_context import Cursor, ViewContext
from rnntutor.session.start import motion
from rnntutor.session.training import FIRST, FRAMES_PER_SECOND, Training
from rnntutor.sims.common import fit
from rnntutor.sims.common.fit import WATCHED, shares
from rnntutor.spans import Row
from rnntutor.words import load

EN = load("en")

# ---- inputs of a value ---------------------------------------------------------------------


def rows(simulation: str, spec: str, t: int, phase: int, **given: object) -> tuple[Row, ...]:
    found = sims.find(simulation)
    settings = found.make(given)
    context = ViewContext(EN, Cursor(t, phase), found.phases(settings), height=14)
    return view(spec, found.trace(settings), context)


def marked(drawn: tuple[Row, ...]) -> list[str]:
    return [span.text.strip() for row in drawn for span in row if span.em]


def test_a_table_marks_the_values_that_the_new_one_comes_from() -> None:
    given = {"cell": "lstm", "units": 1, "x": (1.0, 0.5)}
    phases = CELLS["lstm"].phases
    memory = list(phases).index("memory") + 1
    trace = sims.find("cell").trace(sims.find("cell").make(given))
    found = marked(rows("cell", "table", 2, memory, **given))
    want = [trace[f"{name}[2][0]"] for name in "fig"] + [trace["c[1][0]"]]
    assert sorted(float(text.replace("−", "-")) for text in found) == pytest.approx(
        sorted(float(value) for value in want), abs=5e-4
    )


def test_in_a_strip_the_state_before_is_marked_while_it_is_read_and_not_after() -> None:
    given = {"cell": "rnn", "units": 1, "x": (1.0, 0.0, 0.0), "W": 1.0, "U": 0.5}
    assert marked(rows("cell", "strip", 2, 1, **given)) == ["+0.76"]
    assert marked(rows("cell", "strip", 2, 2, **given)) == []
    assert marked(rows("cell", "strip", 0, 0, **given)) == []


# ---- the first run of a training -----------------------------------------------------------


def few_updates(patch: pytest.MonkeyPatch) -> None:
    """Let a report have few updates, but more than the parts in which the first one is watched."""
    patch.setattr(fit, "per_report", lambda cells, steps, units: WATCHED + 5)


def seconds(training: Training, reports: int) -> float:
    return training.interval * reports


@pytest.mark.parametrize("name", ["forecast", "memory", "race"])
def test_the_first_run_takes_five_seconds_however_fast_it_computes(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    few_updates(monkeypatch)
    simulation = sims.find(name)
    settings = simulation.make({})
    count = simulation.most_reports
    if not count:
        assert simulation.watched is not None
        # There may be only one full report, so it is split into parts.
        first = next(simulation.updates(settings)).step  # type: ignore[misc]
        steps = itertools.takewhile(
            lambda step: step < first, (one.step for one in simulation.watched(settings))
        )
        count = len(list(steps)) + 1
        assert count == min(first, WATCHED)
    assert seconds(Training(reports=simulation.most_reports), count) >= FIRST * 0.99 * min(
        1.0, count / WATCHED
    )


def test_what_was_seen_to_its_end_is_not_waited_for_again() -> None:
    training = Training(running=True)
    assert training.interval == 1 / FRAMES_PER_SECOND
    again = training.add_report(Update(10, 0.5)).end().toggle()
    assert again.running and again.interval == 0.0
    paused = training.add_report(Update(10, 0.5)).anew()
    assert paused.interval == 1 / FRAMES_PER_SECOND, "it was not seen to its end"


def test_it_can_be_hurried_and_ended() -> None:
    training = Training(running=True, reports=80)
    assert training.faster(1).interval == training.interval / 2
    assert training.hurry().interval == 0.0
    assert not replace(training, done=True).hurry().running


@pytest.mark.parametrize(("count", "parts"), [(530, 20), (20, 20), (7, 20), (1, 20), (40, 1)])
def test_parts_add_up_to_the_whole(count: int, parts: int) -> None:
    found = shares(count, parts)
    assert sum(found) == count
    assert len(found) == min(count, parts)
    assert min(found) > 0


def test_whoever_watches_sees_the_same_training(monkeypatch: pytest.MonkeyPatch) -> None:
    """Additional reports for watching do not change the regular ones."""
    few_updates(monkeypatch)
    simulation = sims.find("memory")
    settings = simulation.make({"T": 5, "units": 8})
    assert simulation.updates is not None and simulation.watched is not None
    plain_run = {one.step: one for one in itertools.islice(simulation.updates(settings), 2)}
    watched = itertools.islice(simulation.watched(settings), WATCHED + 1)
    seen = {one.step: one for one in watched}
    assert set(plain_run) <= set(seen)
    for step, one in plain_run.items():
        assert (one.loss, one.metrics) == (seen[step].loss, seen[step].metrics)


# ---- disabled by a setting -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("environ", "settings", "moving"),
    [
        ({}, {}, True),
        ({}, {"motion": "off"}, False),
        ({"RNNTUTOR_MOTION": "off"}, {}, False),
        ({"RNNTUTOR_MOTION": "on"}, {"motion": "off"}, True),
        ({"RNNTUTOR_MOTION": ""}, {"motion": "on"}, True),
    ],
)
def test_one_setting_says_whether_anything_moves(environ, settings, moving: bool) -> None:
    assert motion(environ, settings) is moving
