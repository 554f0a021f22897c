"""A learner's functions on the stage and in the race: which stage, with which knobs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from rnntutor.build.own_race import OwnRace
from rnntutor.build.stages import OwnStage
from rnntutor.course.sim_spec import SimSpec
from rnntutor.session import opening
from rnntutor.session.start import OwnRun
from rnntutor.sims.base import Simulation
from rnntutor.words import FALLBACK


class Own(Protocol):
    """What a learner's functions run. use: the simulation in whose place; given: settings that are
    fixed; sources: the text of each function. It has processes, to be ended."""

    use: str
    given: Mapping[str, object]
    sources: Mapping[str, str]

    @property
    def simulation(self) -> Simulation: ...
    def end(self) -> None: ...


def opened(wanted: OwnRun) -> Own:
    """What is to be run; its processes start when it is used."""
    if wanted.race:
        return OwnRace(wanted.sources)
    return OwnStage(wanted.exercise, wanted.sources[wanted.exercise])


def spec_of(own: Own, settings: Sequence[tuple[str, str]] = (), lang: str = FALLBACK) -> SimSpec:
    """The stage of a learner's functions, with the knobs that they can serve. Raises
    SettingError."""
    given = tuple((name, str(value)) for name, value in own.given.items())
    named = dict(settings)
    opened = opening.spec(own.use, (*settings, *(p for p in given if p[0] not in named)), lang)
    own.simulation.make(dict(opened.settings))
    controls = tuple(name for name in opened.controls if name not in own.given)
    return replace(opened, controls=controls)
