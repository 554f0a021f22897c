"""Turn and type the knobs of a stage; functions that change it return the next stage."""

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
    """Return those of `names` that are knobs of the simulation and can be changed.

    Raises:
        SettingError: a setting or a name is invalid.
        NoSimulation: the simulation does not exist.
    """
    simulation = sims.find(spec.use)
    settings = simulation.make(dict(spec.settings))
    return tuple(n for n in names if simulation.knob(settings, n).kind in KINDS)


def turn(stage: Stage, name: str, count: int) -> Stage:
    """Turn the knob `name` by `count` of its steps.

    At the end of its range nothing changes: no run is computed and no training run restarts.
    """
    new = _step_value(stage, name, count)
    return stage if _same(stage, name, new) else set_knob(stage, name, new)


def can_turn(stage: Stage, name: str, count: int) -> bool:
    """Return whether turning the knob by `count` steps changes anything."""
    return not _same(stage, name, _step_value(stage, name, count))


def _same(stage: Stage, name: str, value: object) -> bool:
    """Return whether setting `name` to `value` gives the present run.

    It does if the knob has that value already, or if other settings limit it to the present one (a
    position beyond the end of a text, for example).
    """
    if value == knob_value(stage, name):
        return True
    try:
        return bool(_change(stage, name, value) == stage.settings)
    except SettingError:
        return False


def _step_value(stage: Stage, name: str, count: int) -> object:
    """Return the knob's value after `count` steps; a knob without steps keeps its value."""
    knob = knob_of(stage, name)
    old = knob_value(stage, name)
    if knob.kind in ("choice", "clamp"):
        choices = ((None,) if knob.kind == "clamp" else ()) + tuple(knob.choices)
        index = choices.index(old) if old in choices else 0
        return choices[max(0, min(index + count, len(choices) - 1))]
    if knob.kind in ("int", "float") and isinstance(old, int | float):
        if knob.stops:
            return _stop(knob.stops, old, count)
        value = max(knob.low, min(round(old + count * knob.step, 6), knob.high))
        return int(value) if knob.kind == "int" else value
    return old


def _stop(stops: tuple[float, ...], old: float, count: int) -> float:
    """Return the stop `count` stops away from `old`, limited to the last one.

    `old` may lie between two stops.
    """
    way = [stop for stop in stops if stop > old] if count > 0 else [s for s in stops if s < old]
    if not way or not count:
        return old
    return way[min(count, len(way)) - 1] if count > 0 else way[max(count, -len(way))]


def typed(stage: Stage, name: str) -> bool:
    """Return whether the knob is set by typing: a text, a picture or numbers."""
    return knob_of(stage, name).kind in TYPED


def drawn(stage: Stage, name: str) -> bool:
    """Return whether the knob is a picture, which can also be drawn."""
    return knob_of(stage, name).kind == "picture"


def as_text(stage: Stage, name: str) -> str:
    """Return the value of a typed knob in the form in which it is typed."""
    return format_value(knob_value(stage, name))


def format_value(value: object) -> str:
    """Return a value in the form in which it is typed: text, or numbers separated by spaces."""
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
    """Set a typed knob from `text`; an invalid text only sets the stage's `complaint`.

    Numbers are separated by spaces or commas. If commas separate groups of several numbers, each
    group is the input of one step.
    """
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
    """Set the setting `name` to `value` (None releases a clamp) and recompute the run.

    An invalid value only sets the stage's `complaint`.
    """
    if not stage.ready:
        return stage
    try:
        settings = _change(stage, name, value)
        new = rerun(stage, _raw_settings(stage, name, value), settings)
        return with_ticks(replace(new, acted=True))
    except Failure as error:
        return replace(stage, complaint=error)


def _change(stage: Stage, name: str, value: object) -> Any:
    """Return the settings with `name` set to `value`.

    A valid value of an independent setting replaces one field; otherwise all settings are parsed
    anew.

    Raises:
        SettingError: the value is invalid.
    """
    if name in stage.simulation.alone and _can_stand(knob_of(stage, name), value):
        return replace(stage.settings, **{name: value})
    return stage.simulation.make(_raw_settings(stage, name, value))


def _can_stand(knob: Knob, value: object) -> bool:
    """Return whether a value has exactly the setting's type and lies in the knob's range."""
    if knob.kind == "choice":
        return any(type(value) is type(choice) and value == choice for choice in knob.choices)
    if knob.kind == "int":
        return type(value) is int and knob.low <= value <= knob.high
    return knob.kind == "float" and type(value) is float and knob.low <= value <= knob.high


def _raw_settings(stage: Stage, name: str, value: object) -> dict[str, object]:
    """Return all settings in raw form, with `name` set to `value`."""
    key = setting_at_cursor(stage, name)
    given = {k: v for k, v in stage.given.items() if k != key}
    # A setting that is not given is None (no clamp). At one step of a gate that is clamped for the
    # whole run, None is kept explicitly, to override that clamp.
    if value is not None or key.partition("@")[0] in given:
        given[key] = value
    return given


def command_line(stage: Stage) -> str:
    """Return the shell command that reopens the present view of the stage."""
    parts = [f"rnntutor {stage.simulation.command or f'sim {stage.spec.use}'}"]
    for name, value in stage.given.items():
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        text = value if isinstance(value, str) else text
        parts.append(f"--{name} {shlex.quote(text)}")
    parts.append(f"--t {stage.cursor.t}")
    if 0 < stage.cursor.phase < stage.transport.phases:
        parts.append(f"--phase {stage.cursor.phase}")
    if stage.view:
        parts.append(f"--view {stage.views[stage.view]}")
    if stage.unit:
        parts.append(f"--u {stage.unit}")
    if stage.training is not None and stage.training.updates:
        parts.append(f"--updates {stage.training.updates}")
    return " ".join(parts)
