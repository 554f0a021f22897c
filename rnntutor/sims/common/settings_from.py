"""Settings of a simulation whose every setting is a number or a choice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from rnntutor.sims.base import Knob, SettingError, knobs
from rnntutor.sims.common.read import choice, number, whole

Settings = TypeVar("Settings")


def made(kind: type[Settings], given: Mapping[str, object], **others: object) -> Settings:
    """Settings from (name, value) pairs; None and "" stand for "not set". others: defaults in
    place of the class's own.

    Raises SettingError for a setting that is not there or cannot have that value.
    """
    known = knobs(kind)
    wanted = {name: value for name, value in given.items() if value not in (None, "")}
    for name in wanted:
        if name not in known:
            raise SettingError("setting.unknown", name=name, choices=", ".join(known))
    return kind(**(others | {name: _read(name, known[name], v) for name, v in wanted.items()}))


def _read(name: str, knob: Knob, value: object) -> object:
    if knob.kind == "choice":
        return choice(name, value, [str(c) for c in knob.choices])
    if knob.kind == "int":
        return whole(name, value, int(knob.low), int(knob.high))
    return number(name, value, knob.low, knob.high)
