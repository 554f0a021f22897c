"""Displayed names of a stage's knobs, their values, quantities of a run and conditions."""

from __future__ import annotations

import re
from collections.abc import Hashable
from functools import cache, lru_cache

from rnntutor.course.sim_spec import Condition
from rnntutor.nn.trace import Trace
from rnntutor.numbers import minus
from rnntutor.render.primitives.glyphs import subscript
from rnntutor.session.outcome import path_label
from rnntutor.session.stage import Stage, knob_of
from rnntutor.words import Words

_INDEX = re.compile(r"_(\d+)$")


def knob_label(stage: Stage, words: Words, name: str) -> str:
    """Return the displayed name of a knob of the stage."""
    return label(words, stage.spec.use, name, knob_of(stage, name).symbol)


@cache
def label(words: Words, use: str, name: str, symbol: str) -> str:
    """Return the displayed name of a setting.

    The first of these that exists: the word for it in the simulation `use`, its symbol, the word
    shared by all simulations, its name.
    """
    base = name.partition("@")[0]
    own, shared = f"knob.{use}.{base}", f"knob.{base}"
    if own in words:
        return words(own)
    if symbol:
        return _INDEX.sub(lambda index: subscript(int(index[1])), symbol)
    return words(shared) if shared in words else name


@lru_cache(maxsize=1024, typed=True)
def choice_word(words: Words, name: str, value: Hashable) -> str:
    """Return a setting's value as displayed; None is a released clamp."""
    if value is None:
        return words("stage.free")
    key = f"choice.{name.partition('@')[0]}.{value}"
    if key in words:
        return words(key)
    shown = f"{value:g}" if isinstance(value, float) else str(value)
    return shown if isinstance(value, str) else minus(shown)


def title_word(trace: Trace, words: Words) -> str:
    """Return what headings call a run: its cell, or what its title says."""
    return _title_word(trace.title or (trace.cell,), words)


@cache
def _title_word(title: tuple[str, ...], words: Words) -> str:
    def one(kind: str) -> str:
        key = f"kind.{kind}"
        return words(key) if key in words else kind.upper()

    return " + ".join(map(one, title))


@cache
def position_key(use: str, words: Words) -> str:
    """Return the key of the text for a run's position, at t of `of`.

    A simulation may count something other than steps.
    """
    own = f"position.{use}"
    return own if own in words else "stage.step"


def picture_word(words: Words, name: str, text: str) -> str:
    """Return the value shown for a picture's knob: whether a picture has been drawn."""
    return choice_word(words, name, "drawn" if text else "none")


def path_word(words: Words, path: str) -> str:
    """Return the name, within a sentence, of a measure, a training metric or an entry of a trace.

    "c[2][0]" gives c₂, "dU" stays dU; units other than the first are named.
    """
    for key in (f"measure.{path}", f"metric.{path}"):
        if key in words:
            return words(key)
    name, _, rest = path.partition("[")
    indices = rest.rstrip("]").split("][") if rest else []
    if not all(index.isdecimal() for index in indices):
        return path
    key = f"path.{name}"
    if key in words:
        return words(key, t=indices[0] if indices else "")
    return path_label(path, " (u{})")


def condition_word(stage: Stage, words: Words, condition: Condition) -> str:
    """Return the name of a condition's quantity or setting."""
    if condition.of in stage.spec.controls or condition.of in stage.given:
        return knob_label(stage, words, condition.of)
    return path_word(words, condition.of)


def wanted_word(words: Words, condition: Condition) -> str:
    """Return a condition's requirement as text, such as "at least 0.5"."""
    value = condition.value
    if condition.test == "between" and isinstance(value, tuple):
        low, high = (_amount(v) for v in value)
        return words("stage.between", low=low, high=high)
    return words(f"stage.{condition.test}", v=_amount(value))


def _amount(value: object) -> str:
    """Return a number as its author wrote it, with a true minus; a text unchanged."""
    return value if isinstance(value, str) else minus(str(value))
