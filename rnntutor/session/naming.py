"""What a stage's knobs and their values, the quantities of its run and what is asked of it are
called."""

from __future__ import annotations

import re
from collections.abc import Hashable
from functools import cache, lru_cache

from rnntutor.course.sim_spec import Condition
from rnntutor.numbers import minus
from rnntutor.render.primitives.glyphs import subscript
from rnntutor.session.outcome import path_label
from rnntutor.session.stage import Stage, knob_of
from rnntutor.words import Words

_INDEX = re.compile(r"_(\d+)$")


def knob_label(stage: Stage, words: Words, name: str) -> str:
    """What a knob of the stage is called."""
    return label(words, stage.spec.use, name, knob_of(stage, name).symbol)


@cache
def label(words: Words, use: str, name: str, symbol: str) -> str:
    """The word that the simulation `use` has for the setting, else its symbol, else the word that
    all have, else its name."""
    base = name.partition("@")[0]
    own, shared = f"knob.{use}.{base}", f"knob.{base}"
    if own in words:
        return words(own)
    if symbol:
        return _INDEX.sub(lambda index: subscript(int(index[1])), symbol)
    return words(shared) if shared in words else name


@lru_cache(maxsize=1024, typed=True)
def choice_word(words: Words, name: str, value: Hashable) -> str:
    """A setting's value as it is shown; None is a clamp that is free."""
    if value is None:
        return words("stage.free")
    key = f"choice.{name.partition('@')[0]}.{value}"
    if key in words:
        return words(key)
    shown = f"{value:g}" if isinstance(value, float) else str(value)
    return shown if isinstance(value, str) else minus(shown)


@cache
def kind_word(kinds: str, words: Words) -> str:
    """What a trace of these kinds is of: RNN, LSTM, GRU, or the words for something else."""

    def one(kind: str) -> str:
        key = f"kind.{kind}"
        return words(key) if key in words else kind.upper()

    return " + ".join(one(kind) for kind in kinds.split("+"))


@cache
def position_key(use: str, words: Words) -> str:
    """The key of the word for how far a run of the simulation `use` has come, at t of `of`: in
    steps, or in what it counts instead."""
    own = f"position.{use}"
    return own if own in words else "stage.step"


def picture_word(words: Words, name: str, text: str) -> str:
    """What a picture's knob shows in place of its points: whether one has been drawn."""
    return choice_word(words, name, "drawn" if text else "none")


def path_word(words: Words, path: str) -> str:
    """The name, within a sentence, of a measure, a report of a training run or a place in a trace:
    "c[2][0]" is c₂, "dU" stays dU; another unit than the first is named."""
    for key in (f"measure.{path}", f"metric.{path}"):
        if key in words:
            return words(key)
    name, _, rest = path.partition("[")
    places = rest.rstrip("]").split("][") if rest else []
    if not all(place.isdecimal() for place in places):
        return path
    key = f"path.{name}"
    if key in words:
        return words(key, t=places[0] if places else "")
    return path_label(path, " (u{})")


def condition_word(stage: Stage, words: Words, condition: Condition) -> str:
    """What a condition speaks of: a quantity, or a setting of the stage."""
    if condition.of in stage.spec.controls or condition.of in stage.given:
        return knob_label(stage, words, condition.of)
    return path_word(words, condition.of)


def wanted_word(words: Words, condition: Condition) -> str:
    """What a condition wants: "at least 0.5"."""
    value = condition.value
    if condition.test == "between" and isinstance(value, tuple):
        low, high = (_amount(v) for v in value)
        return words("stage.between", low=low, high=high)
    return words(f"stage.{condition.test}", v=_amount(value))


def _amount(value: object) -> str:
    """A number as its author wrote it, with a true minus; a text as it is."""
    return value if isinstance(value, str) else minus(str(value))
