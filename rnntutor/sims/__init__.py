"""Simulations by name. A new one is a new file here with a SIMULATION in it."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from rnntutor.sims.base import Simulation


@cache
def find(name: str) -> Simulation:
    """The simulation called `name` ("cell", "be-the-cell"). Raises KeyError if there is none."""
    if name not in names():
        raise KeyError(name)
    simulation: Simulation = import_module(f"{__name__}.{name.replace('-', '_')}").SIMULATION
    return simulation


@cache
def names() -> tuple[str, ...]:
    """Every simulation's name: the files of this package that are one. Helpers start with _; the
    scalar models, what all build on, and the command that trains are none."""
    found = (m.name for m in pkgutil.iter_modules(__path__))
    others = ("_", "base", "scalar", "snapshots")
    return tuple(n.replace("_", "-") for n in found if not n.startswith(others))
