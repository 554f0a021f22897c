"""Simulations by name. To add one, add a folder here with a SIMULATION in it."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from rnntutor.failure import Failure
from rnntutor.languages import FALLBACK
from rnntutor.sims.base import Simulation, knobs

RawSettings = tuple[tuple[str, object], ...]


class NoSimulation(Failure):
    """Raised when there is no simulation of that name."""


@cache
def find(name: str) -> Simulation:
    """Return the simulation called `name` ("cell", "be-the-cell").

    Raises:
        NoSimulation: there is none; the message lists all names.
    """
    if name not in names():
        raise NoSimulation("cli.no_sim", what=name, choices=", ".join(names()))
    simulation: Simulation = import_module(f"{__name__}.{name.replace('-', '_')}").SIMULATION
    return simulation


def in_language(name: str, given: RawSettings, lang: str) -> RawSettings:
    """Add the language of the examples to settings that name none: `lang` if available, else the
    fallback of the course.

    Raises:
        NoSimulation: there is no simulation of that name.
    """
    named = {setting for setting, _ in given}
    free = [
        (setting, lang if lang in knob.choices else FALLBACK)
        for setting, knob in knobs(find(name).settings).items()
        if knob.spoken and setting not in named
    ]
    return (*given, *free)


@cache
def names() -> tuple[str, ...]:
    """Return the names of all simulations: the folders of this package except `common`."""
    found = (module.name for module in pkgutil.iter_modules(__path__) if module.ispkg)
    return tuple(name.replace("_", "-") for name in found if name != "common")
