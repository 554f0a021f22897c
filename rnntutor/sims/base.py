"""The interface of a simulation: frozen settings in, a trace out."""

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
    """How a setting is turned and displayed.

    Attributes:
        kind: "int", "float", "choice", "text", "picture", "numbers" or "clamp". A picture is a
            text: rows of ON and OFF separated by blanks, "" for none.
        low: smallest value of a number.
        high: largest value of a number.
        step: smallest change of a number.
        choices: values of a choice, in order.
        stops: the only values that turning selects, in order; if empty, every step.
        symbol: its mathematical symbol ("b_f", "ρ(U)"); "" for the word at `words["knob.<name>"]`.
        language: its value may differ between the languages of a course, as a text does.
        spoken: its choices are languages. If a setting names none, the learner's language is used,
            or the fallback of the course.
        view_only: it changes how a trained network is viewed, not how it is trained.
        decimals: number of decimals shown.
        side: rows of a picture, and points in each row.
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
    """Return a dataclass field with a knob: `seed: int = knob(7, "int", low=0, high=99)`."""
    return dataclasses.field(default=default, metadata={"knob": Knob(kind, **how)})


def language_field(*of: str) -> Any:
    """Return a dataclass field for the language of a simulation's examples.

    Args:
        of: names of data files; the choices are the languages in which assets/data/NAME.LANG.*
            exists for each of them.
    """
    return knob(FALLBACK, "choice", choices=languages(*of), language=True, spoken=True)


def knobs(settings: type[Any] | Any) -> dict[str, Knob]:
    """Return the knobs of a settings class or instance, by field name, in order."""
    return dict(_knobs(settings if isinstance(settings, type) else type(settings)))


@cache
def _knobs(settings: type[Any]) -> Mapping[str, Knob]:
    return {
        f.name: f.metadata["knob"] for f in dataclasses.fields(settings) if "knob" in f.metadata
    }


class SettingError(Failure, ValueError):
    """Raised for a setting that does not exist or cannot have a value.

    Args:
        key: key of its message in the words ("setting.unknown", "setting.range", "setting.choice",
            "setting.kind").
        values: placeholders of that message (name, value, low, high, choices, …).
    """


def field(settings: type[Any] | Any, name: str) -> Knob:
    """Return the knob of a field.

    Raises:
        SettingError: there is no such field.
    """
    known = knobs(settings)
    if name not in known:
        raise SettingError("setting.unknown", name=name, choices=", ".join(known))
    return known[name]


@dataclass(frozen=True)
class Simulation:
    """One simulation: `SIMULATION` in the `__init__.py` of its folder in `sims/`.

    Attributes:
        name: the name that lessons use.
        settings: its frozen dataclass; every field is a knob.
        make: converts (name, value) pairs, as written in a lesson or on the command line, into
            settings; raises SettingError with the possible values.
        trace: computes the trace of settings; pure, so equal settings and seed give equal numbers.
        knob: returns the Knob of a setting by name, also for settings that are no field: an entry
            of a matrix ("W_f[0][1]"), a clamp ("clamp_f", "clamp_f@4", "clamp_f@t"). Raises
            SettingError.
        value: returns the value of a setting by name (as for knob, with a number for `t`); None for
            a free clamp.
        idle: returns the knobs that have no effect with these settings and are hidden.
        alone: fields that no other field's default or range depends on; turning one replaces it
            without reading the other settings again.
        picture: returns the picture that is shown while a picture knob is empty, as text.
        source: returns the functions that compute a phase, innermost first.
        source_lines: phase -> names computed by its lines of the innermost function ("return" for
            its value), where several phases share that function.
        command: the command that opens it, if that is not `sim NAME`.
        extra_knobs: knobs that are no field of the settings but are listed ("action@t").
        updates: returns a generator of Updates for a simulation that trains, else None. A report
            takes at most 0.2 s to compute (four a second are displayed). The generator ends with
            the training run; closing it stops the run. `trace` then returns a probe of the
            untrained network.
        watched: the same, with the first report divided, so that a short run can be watched; None
            to use `updates`.
        most_reports: the maximum number of reports of a run; 0 if it varies.
        reports: names of the metrics that a lesson may refer to; a metric may be missing until it
            is known (`solved_gru`).
        views: returns all views of a run, as lessons write them ("gate:f").
        phases: returns the phases of one time step, in order (keys of the words: "phase.<name>"); a
            phase is the smallest move of the transport.
        measures: name -> function of (settings, trace), for goals and captions.
        misconceptions: name -> function of (settings, trace, path) that returns the value at the
            path as computed with that mistake.
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
    source_lines: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    updates: Callable[[Any], Iterator[Update]] | None = None
    watched: Callable[[Any], Iterator[Update]] | None = None
    most_reports: int = 0
    reports: tuple[str, ...] = ()
    extra_knobs: tuple[str, ...] = ()
    command: str = ""
