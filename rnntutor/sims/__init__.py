"""Simulations by name. A new one is a new folder here with a SIMULATION in it."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from rnntutor.failure import Failure
from rnntutor.languages import FALLBACK
from rnntutor.sims.base import Simulation, knobs

RawSettings = tuple[tuple[str, object], ...]


class NoSimulation(Failure):
    """There is no simulation of that name."""


@cache
def find(name: str) -> Simulation:
    """The simulation called `name` ("cell", "be-the-cell"). Raises NoSimulation, which says which
    there are."""
    if name not in names():
        raise NoSimulation("cli.no_sim", what=name, choices=", ".join(names()))
    simulation: Simulation = import_module(f"{__name__}.{name.replace('-', '_')}").SIMULATION
    return simulation


def in_language(name: str, given: RawSettings, lang: str) -> RawSettings:
    """The settings of a simulation with its examples in `lang`, or in the fallback of the course if
    it has none in that; a language that the settings name stays. Raises NoSimulation."""
    named = {setting for setting, _ in given}
    free = [
        (setting, lang if lang in knob.choices else FALLBACK)
        for setting, knob in knobs(find(name).settings).items()
        if knob.spoken and setting not in named
    ]
    return (*given, *free)


@cache
def names() -> tuple[str, ...]:
    """Every simulation's name: the folders of this package, without what they share."""
    found = (module.name for module in pkgutil.iter_modules(__path__) if module.ispkg)
    return tuple(name.replace("_", "-") for name in found if name != "common")
