"""What a stage's knobs and their choices are called."""

from __future__ import annotations

from rnntutor.session.stage import Stage, knob_of
from rnntutor.words import Words


def knob_label(stage: Stage, words: Words, name: str) -> str:
    """The word that this simulation has for the setting, else its symbol, else the word that all
    have, else its name."""
    base = name.partition("@")[0]
    own, shared = f"knob.{stage.spec.use}.{base}", f"knob.{base}"
    if own in words:
        return words(own)
    return knob_of(stage, name).symbol or (words(shared) if shared in words else name)


def choice_word(words: Words, name: str, value: object) -> str:
    """A choice as it is shown; None is a clamp that is free."""
    if value is None:
        return words("stage.free")
    key = f"choice.{name.partition('@')[0]}.{value}"
    if key in words:
        return words(key)
    return f"{value:g}" if isinstance(value, float) else str(value)


def picture_word(words: Words, name: str, text: str) -> str:
    """What a picture's knob shows in place of its points: whether one has been drawn."""
    return choice_word(words, name, "drawn" if text else "none")
