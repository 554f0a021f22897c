"""What a simulation is: frozen settings in, a trace out, and what can be said of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from rnntutor.assets import languages
from rnntutor.failure import Failure
from rnntutor.languages import FALLBACK
from rnntutor.nn.trace import Trace
from rnntutor.nn.training import Update

ON, OFF = "#", "."  # the points of a picture


@dataclass(frozen=True, slots=True)
class Knob:
    """How a setting is turned.

    kind: "int", "float", "choice", "text", "picture", "numbers" or "clamp". A picture is a text:
        rows of ON and OFF with a blank between them, "" for none.
    low, high, step: of a number; choices: of a choice, in their order.
    stops: the numbers at which turning stops, in their order; none, and it stops at every step.
    symbol: how it is written ("b_f", "ρ(U)"); "" shows the word at `words["knob.<name>"]`.
    language: the value may differ between the languages of a course (a text).
    spoken: its choices are languages. Where a setting names none, what is opened is in the
        learner's, or in the fallback of the course.
    view_only: it changes how a trained net is looked at, not how it is trained.
    decimals: how many are shown.
    side: rows of a picture, and points in each.
    """

    kind: str
    low: float = 0.0
    high: float = 1.0
    step: float = 1.0
    choices: tuple[object, ...] = ()
    stops: tuple[float, ...] = ()
    symbol: str = ""
    language: bool = False
    spoken: bool = False
    view_only: bool = False
    decimals: int = 1
    side: int = 0


def knob(default: Any, kind: str, **how: Any) -> Any:
    """A dataclass field that carries its knob: `seed: int = knob(7, "int", low=0, high=99)`."""
    return dataclasses.field(default=default, metadata={"knob": Knob(kind, **how)})


def spoken(*of: str) -> Any:
    """A dataclass field for the language of the examples that a simulation brings along, one of
    those in which there are assets/data/NAME.LANG.* of each of these names."""
    return knob(FALLBACK, "choice", choices=languages(*of), language=True, spoken=True)


def knobs(settings: type[Any] | Any) -> dict[str, Knob]:
    """The knobs of a Settings class (or instance), by field name, in order."""
    return dict(_knobs(settings if isinstance(settings, type) else type(settings)))


@cache
def _knobs(settings: type[Any]) -> Mapping[str, Knob]:
    return {
        f.name: f.metadata["knob"] for f in dataclasses.fields(settings) if "knob" in f.metadata
    }


class SettingError(Failure, ValueError):
    """A setting that does not exist or cannot have that value.

    key: of the sentence for it in words/ ("setting.unknown", "setting.range", "setting.choice",
    "setting.kind"); values: what that sentence names (name, value, low, high, choices, …).
    """


def field(settings: type[Any] | Any, name: str) -> Knob:
    """The knob of a field. Raises SettingError for a name that is none."""
    known = knobs(settings)
    if name not in known:
        raise SettingError("setting.unknown", name=name, choices=", ".join(known))
    return known[name]


@dataclass(frozen=True)
class Simulation:
    """One simulation: `SIMULATION` in the `__init__.py` of its folder in `sims/`.

    name: as lessons write it. settings: its frozen dataclass, every field a knob.
    make: (name, value) pairs as a lesson or the command line writes them -> settings; raises
        SettingError with a sentence that says what is possible.
    trace: settings -> Trace, pure: the same settings and seed give the same numbers.
    knob: (settings, name) -> its Knob, also for settings that are no field: an entry of a matrix
        ("W_f[0][1]"), a clamp ("clamp_f", "clamp_f@4", "clamp_f@t"). Raises SettingError.
    value: (settings, name) -> what it stands on (name as for knob, but with a number for `t`);
        None for a clamp that is free.
    idle: settings -> the knobs that change nothing with these settings; they are not shown.
    alone: the fields on whose value no other field's default or range depends: one that is turned
        is replaced, and nothing else is read anew.
    picture: (settings, name) -> what is seen while that picture knob holds none, as a text too.
    source: (settings, phase) -> the very functions that compute that phase, the innermost first.
    within: phase -> what its lines of the innermost function compute ("return": its value), where
        several phases share that function; it is a phase's as a whole otherwise.
    command: what the command line opens it with, if that is not `sim NAME`.
    extra_knobs: knobs that are no field of the settings but that one wants at hand ("action@t").
    updates: settings -> generator of Update for a simulation that trains; else None. One
        report is worth at most 0.2 s of computing (the stage asks for four a second); it ends
        when the training is done, and closing it stops it. `trace` then gives a probe of the
        untrained net.
    watched: the same training for one who watches it: its first report comes in parts, so that a
        training that one report is enough for is seen, too. None where `updates` does.
    most_reports: how many a training makes at the most; 0 where that depends.
    reports: the names of the metrics of its reports that a lesson may speak of; one that a report
        does not have has not come yet (`solved_gru`).
    views: settings -> every view that can be drawn of it, as lessons write them ("gate:f").
    phases: settings -> the names of the phases of one time step, in order (keys into words:
        "phase.<name>"): what one small move of the transport computes.
    measures: name -> function of (settings, trace): what goals and captions speak of.
    misconceptions: name -> function of (settings, trace, path) -> float: the value at the path
        with that mistake in it.
    """

    name: str
    settings: type[Any]
    make: Callable[[Mapping[str, object]], Any]
    trace: Callable[[Any], Trace]
    views: Callable[[Any], tuple[str, ...]]
    phases: Callable[[Any], tuple[str, ...]]
    knob: Callable[[Any, str], Knob] = lambda settings, name: field(settings, name)
    value: Callable[[Any, str], object] = lambda settings, name: getattr(settings, name)
    idle: Callable[[Any], frozenset[str]] = lambda settings: frozenset()
    alone: frozenset[str] = frozenset()
    picture: Callable[[Any, str], str] = lambda settings, name: ""
    measures: Mapping[str, Callable[[Any, Trace], float]] = dataclasses.field(default_factory=dict)
    misconceptions: Mapping[str, Callable[[Any, Trace, str], float]] = dataclasses.field(
        default_factory=dict
    )
    source: Callable[[Any, str], tuple[Callable[..., Any], ...]] = lambda settings, phase: ()
    within: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    updates: Callable[[Any], Iterator[Update]] | None = None
    watched: Callable[[Any], Iterator[Update]] | None = None
    most_reports: int = 0
    reports: tuple[str, ...] = ()
    extra_knobs: tuple[str, ...] = ()
    command: str = ""
