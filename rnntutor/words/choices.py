"""What the values of settings are called."""

from __future__ import annotations

from rnntutor.minus import minus
from rnntutor.words import Words


def choice_word(words: Words, name: str, value: object) -> str:
    """A setting's value as it is shown; None is a clamp that is free."""
    if value is None:
        return words("stage.free")
    key = f"choice.{name.partition('@')[0]}.{value}"
    if key in words:
        return words(key)
    shown = f"{value:g}" if isinstance(value, float) else str(value)
    return shown if isinstance(value, str) else minus(shown)
