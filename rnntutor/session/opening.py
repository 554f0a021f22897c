"""Open a simulation on its own, from the command line or from a link."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from rnntutor import sims
from rnntutor.course.blocks import Link
from rnntutor.course.sim_spec import SimSpec
from rnntutor.failure import Failure
from rnntutor.languages import FALLBACK
from rnntutor.session import advance, knobs, viewing
from rnntutor.session import stage as stages
from rnntutor.session.links import spec_of, view_of
from rnntutor.session.stage import Stage, knob_of
from rnntutor.session.start import StartPoint
from rnntutor.sims.base import SettingError, Simulation
from rnntutor.sims.base import knobs as settings_knobs


def spec(name: str, settings: Sequence[tuple[str, str]], lang: str = FALLBACK) -> SimSpec:
    """Return a simulation with the given settings and all of its knobs.

    Args:
        name: the simulation, such as `cell`.
        settings: names and typed values, such as (("seed", "7"), …).
        lang: language of the built-in examples, unless a setting names another.

    Raises:
        NoSimulation: the simulation does not exist.
        SettingError: a setting is invalid.
    """
    simulation = sims.find(name)
    given = tuple((key, _value(text)) for key, text in settings)
    given = sims.in_language(name, given, lang)
    made = simulation.make(dict(given))
    extra = tuple(key for key, _ in given if key not in settings_knobs(made))
    names = (*simulation.extra_knobs, *settings_knobs(made), *extra)
    controls = knobs.turnable(SimSpec(name, given), tuple(dict.fromkeys(names)))
    return SimSpec(name, given, controls=controls)


def alone(spec: SimSpec, simulation: Simulation | None = None) -> Stage:
    """Return the stage of a simulation outside a lesson, with its changeable controls.

    Args:
        spec: the stage to open.
        simulation: used instead of the spec's simulation.

    Raises:
        SettingError: a setting is invalid.
    """
    spec = replace(spec, controls=knobs.turnable(spec, spec.controls))
    return stages.open_stage(spec, simulation=simulation)


def of_link(link: Link, lang: str) -> Stage:
    """Return the stage that a link opens.

    Args:
        link: a link to a simulation.
        lang: the learner's language.

    Raises:
        Failure: the simulation cannot be made.
    """
    return seen_from(link, alone(spec_of(link, lang)))


def seen_from(link: Link, stage: Stage) -> Stage:
    """Return the stage, showing the view that the text before the link refers to."""
    return viewing.show(stage, stage.views.index(view_of(link, stage.views)))


def at(stage: Stage, point: StartPoint) -> Stage:
    """Return the stage at a point; a training run is only started towards the point's updates.

    Raises:
        SettingError: the view, phase or unit does not exist.
    """
    transport = stage.transport
    phase = point.phase or transport.phases
    if phase > transport.phases:
        raise SettingError("setting.range", name="phase", value=phase, low=1, high=transport.phases)
    if point.view and point.view not in stage.views:
        choices = ", ".join(stage.views)
        raise SettingError("setting.choice", name="view", value=point.view, choices=choices)
    if point.unit >= stage.trace.units:
        high = stage.trace.units - 1
        raise SettingError("setting.range", name="u", value=point.unit, low=0, high=high)
    begun = max(0, ((point.t or 0) - 1) * transport.phases + phase) if point.t else 0
    training = stage.training
    return replace(
        stage,
        transport=transport.to(begun),
        view=stage.views.index(point.view) if point.view else stage.view,
        unit=point.unit,
        training=training.to(point.updates) if training and point.updates else training,
    )


def to_print(stage: Stage, point: StartPoint) -> Stage:
    """Return the stage at a point, fully trained, for output that is printed or drawn once.

    If the point names no step, the run is shown at its end.

    Raises:
        SettingError: the view, phase or unit does not exist.
    """
    stage = at(stage, point)
    if point.t is None:
        stage = replace(stage, transport=stage.transport.end())
    return run_training(stage)


def run_training(stage: Stage) -> Stage:
    """Return the stage after running the requested training updates synchronously."""
    if stage.training is None or stage.simulation.updates is None:
        return stage
    updates = stage.simulation.updates(stage.settings)
    while stage.training is not None and stage.training.wanted:
        update = next(updates, None)
        stage = advance.add_report(stage, update and update.probe_with(stage.settings))
    return stage


def _value(text: str) -> object:
    """Parse a typed value as JSON (number, list, true), else return it as text.

    Nesting or numbers beyond Python's limits are returned as text too.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def apply_assignment(stage: Stage, text: str) -> Stage:
    """Apply `name = value` to a stage and make the knob available.

    Nothing is raised: an invalid assignment only sets the stage's `complaint`.
    """
    name, equals, value = (part.strip() for part in text.partition("="))
    if not equals:
        name, _, value = (part.strip() for part in text.partition(" "))
    try:
        knob = knob_of(stage, name)
        after = knobs.set_knob(stage, name, _value(value) if value else None)
        if after.complaint is not None or name in after.spec.controls:
            return after
        if knob.kind not in knobs.KINDS:
            return after
        return replace(after, spec=replace(after.spec, controls=(*after.spec.controls, name)))
    except Failure as error:
        return replace(stage, complaint=error)
