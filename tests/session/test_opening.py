"""Opening a simulation from the command line, and the command line that reproduces a view."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from rnntutor import sims
from rnntutor.cli import arguments
from rnntutor.cli.help import help_text
from rnntutor.course.sim_spec import SimSpec
from rnntutor.session import advance, knobs, opening, viewing
from rnntutor.session import stage as stages
from rnntutor.session.stage import Stage
from rnntutor.session.start import StartPoint
from rnntutor.sims.base import SettingError
from rnntutor.words import load


def opened(line: str) -> Stage:
    """Return the stage for a command line, with its training finished."""
    asked = arguments.parse(shlex.split(line)[1:])
    stage = stages.open_stage(opening.spec(asked.word, asked.settings, "en"))
    return opening.run_training(opening.at(stage, asked.start_point))


@pytest.mark.parametrize("name", sims.names())
def test_the_line_leads_back_to_what_is_seen(name: str) -> None:
    """The line restores a turned knob, a phase within a step, the view and the unit."""
    stage = opened(f"rnntutor sim {name}")
    knob = next(k for k in stage.controls if not knobs.typed(stage, k))
    stage = knobs.turn(stage, knob, 1)
    stage = viewing.next_unit(viewing.next_view(stage))
    stage = advance.move(stage, stage.transport.to(stage.transport.phases + 1))
    again = opened(knobs.command_line(stage))
    assert again.settings == stage.settings
    assert (again.transport, again.view, again.unit) == (stage.transport, stage.view, stage.unit)
    for field, values in stage.trace.arrays.items():
        np.testing.assert_array_equal(again.trace[field], values)


def test_a_training_is_opened_after_as_many_updates() -> None:
    line = "rnntutor sim text --corpus en --units 8 --updates 40"
    stage = opened(line)
    assert stage.training is not None
    assert stage.training.updates == 50  # a report is 25
    assert not stage.training.wanted and len(stage.training.history.updates) == 3
    again = opened(knobs.command_line(stage))
    np.testing.assert_array_equal(again.trace["y"], stage.trace["y"])


def test_a_training_that_ends_before_is_opened_at_its_end() -> None:
    stage = opened("rnntutor sim race --T 5 --units 4 --lr 0.05 --updates 999999")
    assert stage.training is not None and stage.training.done


def test_a_watched_training_runs_at_its_own_speed() -> None:
    stage = stages.open_stage(opening.spec("text", ()))
    there = opening.at(stage, StartPoint(updates=100)).training
    assert there is not None and stage.training is not None
    assert there.running and there.interval == 0
    assert there.pause().toggle().interval == stage.training.interval


@pytest.mark.parametrize(
    ("point", "key"),
    [
        (StartPoint(view="nothing"), "setting.choice"),
        (StartPoint(t=1, phase=9), "setting.range"),
        (StartPoint(unit=64), "setting.range"),
    ],
)
def test_a_start_point_that_is_not_there_is_refused(point: StartPoint, key: str) -> None:
    stage = stages.open_stage(opening.spec("cell", ()))
    with pytest.raises(SettingError) as caught:
        opening.at(stage, point)
    assert caught.value.key == key


def test_a_step_behind_the_end_is_the_end() -> None:
    stage = stages.open_stage(opening.spec("cell", ()))
    assert replace(opening.at(stage, StartPoint(t=999))).finished


@pytest.mark.parametrize(
    "ask",
    [
        sims.find,
        lambda name: opening.spec(name, ()),
        lambda name: stages.open_stage(SimSpec(name, ())),
        lambda name: knobs.turnable(SimSpec(name, ()), ()),
        lambda name: help_text("sim", name, load("en")),
    ],
)
def test_an_unknown_name_is_one_error_wherever_it_is_asked_for(
    ask: Callable[[str], object],
) -> None:
    with pytest.raises(sims.NoSimulation) as told:
        ask("nothing")
    assert told.value.key == "cli.no_sim"
    assert told.value.values == {"what": "nothing", "choices": ", ".join(sims.names())}
