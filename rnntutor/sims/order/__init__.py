"""The same words in two orders: a bag of words cannot tell them apart, a recurrent network can."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rnntutor.nn.cells import equations as eq
from rnntutor.nn.trace import Trace
from rnntutor.sims.base import Simulation, knob, language_field
from rnntutor.sims.common import demos
from rnntutor.sims.common.read import whole
from rnntutor.sims.common.settings_from import check_names, language
from rnntutor.sims.order import sentiment

LONGEST = sentiment.LONGEST


@dataclass(frozen=True)
class OrderSettings:
    """The settings of a comparison.

    Attributes:
        text: a sentence.
        i: number of a word, from 1.
        j: number of the word that it is exchanged with; equal numbers change nothing, and one
            beyond the end means the last word.
        language: language of the sentence if none is given.
    """

    text: str = knob("", "text", language=True)
    i: int = knob(1, "int", low=1, high=LONGEST, symbol="i", language=True, decimals=0)
    j: int = knob(2, "int", low=1, high=LONGEST, symbol="j", language=True, decimals=0)
    language: str = language_field("sentiment")

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the text."""
        return demos.words_of(self.text)

    @property
    def swapped(self) -> tuple[str, ...]:
        """The words in the other order."""
        words = list(self.words)
        words[self.i - 1], words[self.j - 1] = words[self.j - 1], words[self.i - 1]
        return tuple(words)


def make(given: Mapping[str, object]) -> OrderSettings:
    """Return settings from (name, value) pairs.

    Raises:
        SettingError: a setting does not exist or cannot have that value.
    """
    check_names(OrderSettings, given)
    wanted = {name: value for name, value in given.items() if value is not None}
    lang = language(OrderSettings, wanted)
    if "text" in wanted:
        text = demos.read_text("text", wanted["text"], LONGEST, demos.words_of)
        lang = language(OrderSettings, wanted, text)
    else:
        text = str(demos.data(f"sentiment.{lang}")["shown"][0])
    swap = demos.data(f"sentiment.{lang}")["swap"]
    last = len(demos.words_of(text))
    swapped: dict[str, Any] = {
        name: min(last, whole(name, wanted.get(name, number), 1, LONGEST))
        for name, number in zip("ij", swap, strict=True)
    }
    return OrderSettings(text=text, language=lang, **swapped)


def trace(settings: OrderSettings) -> Trace:
    """Return the network's run over the words in both orders.

    p and p_other (T,2): its answer after each word. adds, adds_other (T,): each word's contribution
    to the bag-of-words score. Fixed: bag, bag_other, the scores; swapped: i and j.
    """
    known = sentiment.reader(settings.language)
    first = sentiment.read(settings.language, settings.words)
    second = sentiment.read(settings.language, settings.swapped)
    arrays = {
        **first.arrays,
        "p_other": second.arrays["p"],
        "adds": np.array([known.adds(word) for word in settings.words]),
        "adds_other": np.array([known.adds(word) for word in settings.swapped]),
        "known_other": second.arrays["known"],
    }
    fixed = {
        **first.fixed,
        "bag": np.array(known.score(settings.words)),
        "bag_other": np.array(known.score(settings.swapped)),
        "swapped": np.array([settings.i, settings.j], float),
    }
    return replace(first, arrays=arrays, fixed=fixed, names={"other": settings.swapped})


def bag_change(settings: OrderSettings, trace: Trace) -> float:
    """Return the change of the bag-of-words score with the order: always 0."""
    return abs(float(np.asarray(trace["bag"])) - float(np.asarray(trace["bag_other"])))


def reader_change(settings: OrderSettings, trace: Trace) -> float:
    """Return the change of the network's P(good) with the order; NaN if both orders are the
    same."""
    if settings.swapped == settings.words:
        return float("nan")
    ends = (np.asarray(trace[name])[-1, sentiment.GOOD] for name in ("p", "p_other"))
    return abs(float(next(ends)) - float(next(ends)))


SIMULATION = Simulation(
    name="order",
    settings=OrderSettings,
    make=make,
    trace=trace,
    views=lambda settings: ("compare", "bag", "strip"),
    phases=lambda settings: ("whole",),
    measures={"bag_change": bag_change, "reader_change": reader_change},
    source=lambda settings, phase: (
        eq.rnn_state,
        eq.rnn_sum,
        eq.head,
        sentiment.SentimentModels.score,
    ),
)
