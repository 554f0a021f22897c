"""Turning and typing the knobs of a stage; every function returns the next stage."""

from __future__ import annotations

import json
import shlex
from dataclasses import replace
from typing import Any

from rnntutor import sims
from rnntutor.course.expression import parse_number
from rnntutor.course.sim_spec import SimSpec
from rnntutor.failure import Failure
from rnntutor.session.outcome import with_ticks
from rnntutor.session.stage import Stage, knob_of, knob_value, rerun, setting_at_cursor
from rnntutor.sims.base import Knob, SettingError

TYPED = ("text", "picture", "numbers")
KINDS = ("int", "float", "choice", "clamp", *TYPED)


def turnable(spec: SimSpec, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of `names` that are knobs of the simulation and can be turned. Raises SettingError
    and NoSimulation."""
    simulation = sims.find(spec.use)
    settings = simulation.make(dict(spec.settings))
    return tuple(n for n in names if simulation.knob(settings, n).kind in KINDS)


def turn(stage: Stage, name: str, count: int) -> Stage:
    """The knob `name` turned by `count` of its steps. At the end of its range nothing happens: no
    run is computed anew and no training run begins again."""
    new = _turned(stage, name, count)
    return stage if _same(stage, name, new) else set_knob(stage, name, new)


def can_turn(stage: Stage, name: str, count: int) -> bool:
    """Whether turning the knob that way changes anything."""
    return not _same(stage, name, _turned(stage, name, count))


def _same(stage: Stage, name: str, value: object) -> bool:
    """Whether the setting `name` set to `value` gives the run that is there: it stands on that
    value, or the simulation's other settings allow no more (a place beyond the end of a text)."""
    if value == knob_value(stage, name):
        return True
    try:
        return bool(_changed(stage, name, value) == stage.settings)
    except SettingError:
        return False


def _turned(stage: Stage, name: str, count: int) -> object:
    """What the knob stands on after `count` of its steps; what it stands on, if it has none."""
    knob = knob_of(stage, name)
    old = knob_value(stage, name)
    if knob.kind in ("choice", "clamp"):
        choices = ((None,) if knob.kind == "clamp" else ()) + tuple(knob.choices)
        place = choices.index(old) if old in choices else 0
        return choices[max(0, min(place + count, len(choices) - 1))]
    if knob.kind in ("int", "float") and isinstance(old, int | float):
        if knob.stops:
            return _stop(knob.stops, old, count)
        value = max(knob.low, min(round(old + count * knob.step, 6), knob.high))
        return int(value) if knob.kind == "int" else value
    return old


def _stop(stops: tuple[float, ...], old: float, count: int) -> float:
    """`count` stops on from `old`, which may lie between two of them; at most the last one."""
    way = [stop for stop in stops if stop > old] if count > 0 else [s for s in stops if s < old]
    if not way or not count:
        return old
    return way[min(count, len(way)) - 1] if count > 0 else way[max(count, -len(way))]


def typed(stage: Stage, name: str) -> bool:
    """Whether the knob can be set by typing: a text, a picture, or numbers."""
    return knob_of(stage, name).kind in TYPED


def drawn(stage: Stage, name: str) -> bool:
    """Whether the knob is a picture, which can be drawn too."""
    return knob_of(stage, name).kind == "picture"


def as_text(stage: Stage, name: str) -> str:
    """What a typed knob holds, as it is typed."""
    return written(knob_value(stage, name))


def written(value: object) -> str:
    """The value of a typed knob as it is typed: words, or numbers with spaces between them."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    rows = value if isinstance(value, tuple | list) else (value,)
    return ", ".join(
        " ".join(f"{n:g}" for n in row) if isinstance(row, tuple | list) else f"{row:g}"
        for row in rows
    )


def type_knob(stage: Stage, name: str, text: str) -> Stage:
    """A typed knob set to `text`. Numbers stand between spaces or commas; where commas part
    groups of several numbers, each group is one step's input. What cannot be leaves the stage
    as it is, with the reason in `complaint`."""
    if knob_of(stage, name).kind in ("text", "picture"):
        return set_knob(stage, name, text.strip())
    groups = [[parse_number(word) for word in group.split()] for group in text.split(",")]
    if any(n is None for group in groups for n in group) or not any(groups):
        return replace(stage, complaint=SettingError("setting.number", name=name, value=text))
    rows = [[n for n in group if n is not None] for group in groups if group]
    flat = [n for row in rows for n in row]
    many = len(rows) > 1 and len(rows[0]) > 1
    return set_knob(stage, name, rows if many else flat)


def set_knob(stage: Stage, name: str, value: object) -> Stage:
    """The setting `name` set to `value` (None releases a clamp), and the run computed anew.

    A value that cannot be leaves the stage as it is, with the reason in `complaint`.
    """
    if not stage.ready:
        return stage
    try:
        settings = _changed(stage, name, value)
        new = rerun(stage, _given(stage, name, value), settings)
        return with_ticks(replace(new, acted=True))
    except Failure as error:
        return replace(stage, complaint=error)


def _changed(stage: Stage, name: str, value: object) -> Any:
    """The settings with `name` set to `value`: one field replaced where no other depends on it and
    the knob can stand there, else read anew. Raises SettingError."""
    if name in stage.simulation.alone and _can_stand(knob_of(stage, name), value):
        return replace(stage.settings, **{name: value})
    return stage.simulation.make(_given(stage, name, value))


def _can_stand(knob: Knob, value: object) -> bool:
    """Whether a value, of the very type that the setting has, lies within the knob's reach."""
    if knob.kind == "choice":
        return any(type(value) is type(place) and value == place for place in knob.choices)
    if knob.kind == "int":
        return type(value) is int and knob.low <= value <= knob.high
    return knob.kind == "float" and type(value) is float and knob.low <= value <= knob.high


def _given(stage: Stage, name: str, value: object) -> dict[str, object]:
    """Every setting as it would have been given, with `name` set to `value`."""
    place = setting_at_cursor(stage, name)
    given = {k: v for k, v in stage.given.items() if k != place}
    # None, for no clamp, is what a setting has that is not given; at one step of a gate that is
    # clamped for the whole run it is given, to override that clamp.
    if value is not None or place.partition("@")[0] in given:
        given[place] = value
    return given


def command_line(stage: Stage) -> str:
    """The line that brings one back to what is seen."""
    parts = [f"rnntutor {stage.simulation.command or f'sim {stage.spec.use}'}"]
    for name, value in stage.given.items():
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        text = value if isinstance(value, str) else text
        parts.append(f"--{name} {shlex.quote(text)}")
    parts.append(f"--t {stage.at.t}")
    if 0 < stage.at.phase < stage.transport.phases:
        parts.append(f"--phase {stage.at.phase}")
    if stage.view:
        parts.append(f"--view {stage.views[stage.view]}")
    if stage.unit:
        parts.append(f"--u {stage.unit}")
    if stage.training is not None and stage.training.updates:
        parts.append(f"--updates {stage.training.updates}")
    return " ".join(parts)
