"""A simulation with the whole screen: as the command line names it, as a link leads to it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from rnntutor import sims
from rnntutor.course.blocks import Link
from rnntutor.course.sim_spec import SimSpec
from rnntutor.failure import Failure
from rnntutor.languages import FALLBACK
from rnntutor.session import advance, knobs
from rnntutor.session import stage as stages
from rnntutor.session.links import spec_of, view_of
from rnntutor.session.stage import Stage, knob_of
from rnntutor.session.start import Place
from rnntutor.sims.base import SettingError, Simulation
from rnntutor.sims.base import knobs as settings_knobs


def spec(name: str, settings: Sequence[tuple[str, str]], lang: str = FALLBACK) -> SimSpec:
    """`cell`, (("seed", "7"), …): the simulation with those settings, every knob in reach.
    lang: the language of the examples that a simulation brings along, unless one is named.
    Raises NoSimulation, and SettingError for a setting that cannot be."""
    simulation = sims.find(name)
    given = tuple((key, _value(text)) for key, text in settings)
    given = sims.in_language(name, given, lang)
    made = simulation.make(dict(given))
    extra = tuple(key for key, _ in given if key not in settings_knobs(made))
    names = (*simulation.extra_knobs, *settings_knobs(made), *extra)
    controls = knobs.turnable(SimSpec(name, given), tuple(dict.fromkeys(names)))
    return SimSpec(name, given, controls=controls)


def alone(spec: SimSpec, simulation: Simulation | None = None) -> Stage:
    """The stage of a simulation without a page: of its controls those that can be turned are there.
    simulation: in place of the one that the spec names. Raises SettingError."""
    spec = replace(spec, controls=knobs.turnable(spec, spec.controls))
    return stages.open_stage(spec, simulation=simulation)


def of_link(link: Link, lang: str) -> Stage:
    """What a link opens. lang: of the learner. Raises Failure."""
    return seen_from(link, alone(spec_of(link, lang)))


def seen_from(link: Link, stage: Stage) -> Stage:
    """The stage at the view that the text before the link speaks of."""
    return stages.show(stage, stage.views.index(view_of(link, stage.views)))


def at(stage: Stage, place: Place) -> Stage:
    """The stage at that place; its training is only asked for as many updates. Raises SettingError
    for a view, a phase or a unit that is not there."""
    transport = stage.transport
    phase = place.phase or transport.phases
    if phase > transport.phases:
        raise SettingError("setting.range", name="phase", value=phase, low=1, high=transport.phases)
    if place.view and place.view not in stage.views:
        choices = ", ".join(stage.views)
        raise SettingError("setting.choice", name="view", value=place.view, choices=choices)
    if place.unit >= stage.trace.units:
        high = stage.trace.units - 1
        raise SettingError("setting.range", name="u", value=place.unit, low=0, high=high)
    begun = max(0, ((place.t or 0) - 1) * transport.phases + phase) if place.t else 0
    training = stage.training
    return replace(
        stage,
        transport=transport.to(begun),
        view=stage.views.index(place.view) if place.view else stage.view,
        unit=place.unit,
        training=training.to(place.updates) if training and place.updates else training,
    )


def to_print(stage: Stage, place: Place) -> Stage:
    """The stage at that place; where no step is named at its end, for what is printed or drawn once
    is best seen when all of it has been computed. Raises SettingError."""
    stage = at(stage, place)
    if place.t is None:
        stage = replace(stage, transport=stage.transport.end())
    return trained(stage)


def trained(stage: Stage) -> Stage:
    """The stage when all the updates that were asked for have been made, here and now."""
    if stage.training is None or stage.simulation.updates is None:
        return stage
    updates = stage.simulation.updates(stage.settings)
    while stage.training is not None and stage.training.wanted:
        update = next(updates, None)
        stage = advance.reported(stage, update and update.probe_with(stage.settings))
    return stage


def _value(text: str) -> object:
    """A value as it is typed: a number, a list, true; anything else is a text. Brackets deeper
    than Python's own recursion goes and numbers longer than it converts are texts too."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def apply_assignment(stage: Stage, text: str) -> Stage:
    """`name = value` carried out on a stage; its knob is in reach from then on.

    Never raises: what cannot be leaves the stage as it is, with the reason in `complaint`.
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
