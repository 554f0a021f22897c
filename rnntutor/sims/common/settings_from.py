"""Settings that are numbers or choices, read by their knobs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from rnntutor.languages import FALLBACK, language_of
from rnntutor.sims.base import field
from rnntutor.sims.common.read import choice, number, whole

SettingsType = TypeVar("SettingsType")


def build_settings(
    kind: type[SettingsType], given: Mapping[str, object], **others: object
) -> SettingsType:
    """Return settings from (name, value) pairs; None and "" mean "not set".

    Args:
        kind: class of the settings.
        given: the pairs.
        others: defaults that replace those of the class.

    Raises:
        SettingError: a setting does not exist or cannot have that value.
    """
    wanted = {name: value for name, value in given.items() if value not in (None, "")}
    check_names(kind, wanted)
    return kind(**(others | {name: setting(kind, name, v) for name, v in wanted.items()}))


def check_names(kind: type[object], names: Iterable[str]) -> None:
    """Check that settings of these names exist.

    Raises:
        SettingError: one does not.
    """
    for name in names:
        field(kind, name)


def language(kind: type[object], given: Mapping[str, object], text: str = "") -> str:
    """Return the language of a text, among the choices of the setting `language`; that setting if
    the text does not determine it.

    Raises:
        SettingError: the setting cannot have that value.
    """
    knob = field(kind, "language")
    wanted = setting(kind, "language", given.get("language", FALLBACK))
    return language_of(text, [str(lang) for lang in knob.choices], wanted)


def setting(kind: type[object], name: str, value: object) -> Any:
    """Return one setting, checked by its knob.

    Raises:
        SettingError: it does not exist or cannot have that value.
    """
    knob = field(kind, name)
    if knob.kind == "choice":
        return choice(name, value, [str(c) for c in knob.choices])
    if knob.kind == "int":
        return whole(name, value, int(knob.low), int(knob.high))
    return number(name, value, knob.low, knob.high)
