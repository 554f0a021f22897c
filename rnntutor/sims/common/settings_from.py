"""Settings that are numbers or choices, read by their knobs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from rnntutor.languages import FALLBACK, language_of
from rnntutor.sims.base import field
from rnntutor.sims.common.read import choice, number, whole

SettingsType = TypeVar("SettingsType")


def made(kind: type[SettingsType], given: Mapping[str, object], **others: object) -> SettingsType:
    """Settings from (name, value) pairs; None and "" stand for "not set". others: defaults in
    place of the class's own.

    Raises SettingError for a setting that is not there or cannot have that value.
    """
    wanted = {name: value for name, value in given.items() if value not in (None, "")}
    known(kind, wanted)
    return kind(**(others | {name: setting(kind, name, v) for name, v in wanted.items()}))


def known(kind: type[object], names: Iterable[str]) -> None:
    """Raise SettingError unless there are settings of these names."""
    for name in names:
        field(kind, name)


def language(kind: type[object], given: Mapping[str, object], text: str = "") -> str:
    """The language of a text, of those that the setting `language` can have; what that is set to
    where the text does not tell it. Raises SettingError."""
    knob = field(kind, "language")
    wanted = setting(kind, "language", given.get("language", FALLBACK))
    return language_of(text, [str(lang) for lang in knob.choices], wanted)


def setting(kind: type[object], name: str, value: object) -> Any:
    """One setting, as its knob has it. Raises SettingError."""
    knob = field(kind, name)
    if knob.kind == "choice":
        return choice(name, value, [str(c) for c in knob.choices])
    if knob.kind == "int":
        return whole(name, value, int(knob.low), int(knob.high))
    return number(name, value, knob.low, knob.high)
