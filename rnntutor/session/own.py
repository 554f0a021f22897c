"""A learner's functions as a stage or a race: the simulation and its knobs."""

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


class OwnSimulation(Protocol):
    """A run of the learner's functions; it starts processes, which `end` stops.

    Attributes:
        use: name of the simulation that it replaces.
        given: settings that are fixed.
        sources: source of each function, by exercise name.
    """

    use: str
    given: Mapping[str, object]
    sources: Mapping[str, str]

    @property
    def simulation(self) -> Simulation: ...
    def end(self) -> None: ...


def open_own(wanted: OwnRun) -> OwnSimulation:
    """Return the requested run; its processes start on first use."""
    if wanted.race:
        return OwnRace(wanted.sources)
    return OwnStage(wanted.exercise, wanted.sources[wanted.exercise])


def spec_of(
    own: OwnSimulation, settings: Sequence[tuple[str, str]] = (), lang: str = FALLBACK
) -> SimSpec:
    """Return the stage spec of a learner's functions, with the knobs that they support.

    Args:
        own: the run of the functions.
        settings: names and typed values from the command line.
        lang: language of the built-in examples.

    Raises:
        SettingError: a setting is invalid.
    """
    given = tuple((name, str(value)) for name, value in own.given.items())
    named = dict(settings)
    opened = opening.spec(own.use, (*settings, *(p for p in given if p[0] not in named)), lang)
    own.simulation.make(dict(opened.settings))
    controls = tuple(name for name in opened.controls if name not in own.given)
    return replace(opened, controls=controls)
