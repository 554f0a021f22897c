"""An encoder–decoder with and without attention, and which source sign each output sign was read
from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rnntutor.nn.attention import Attention
from rnntutor.nn.decoder import Decoder
from rnntutor.nn.models import EncoderDecoder
from rnntutor.nn.trace import Trace
from rnntutor.sims.base import Simulation, knob, language_field
from rnntutor.sims.common import demos, translate
from rnntutor.sims.common.read import choice
from rnntutor.sims.common.settings_from import check_names, language

ON, OFF = "on", "off"


@dataclass(frozen=True)
class AttentionSettings:
    """The settings of an encoder–decoder.

    Attributes:
        text: a date, or digits to reverse.
        attention: "on" or "off".
        language: language of the date if no text is given.
    """

    text: str = knob("", "text", language=True)
    attention: str = knob(ON, "choice", choices=(ON, OFF))
    language: str = language_field(translate.DATES)

    @property
    def task(self) -> str:
        """The name of the task that the text belongs to."""
        return translate.task_of(self.text)

    @property
    def look(self) -> bool:
        """Whether the decoder uses attention."""
        return self.attention == ON


def make(given: Mapping[str, object]) -> AttentionSettings:
    """Return settings from (name, value) pairs; attention may also be true or false.

    Raises:
        SettingError: a setting does not exist or cannot have that value.
    """
    check_names(AttentionSettings, given)
    wanted = {name: value for name, value in given.items() if value is not None}
    value = wanted.get("attention", ON)
    value = {True: ON, False: OFF}[value] if isinstance(value, bool) else value
    lang = language(AttentionSettings, wanted)
    text = translate.example(lang)
    if "text" in wanted:
        given_text = wanted["text"]
        given_text = str(given_text) if isinstance(given_text, int) else given_text
        text = demos.read_text("text", given_text, translate.LONGEST, list)
    return AttentionSettings(text, choice("attention", value, (ON, OFF)), lang)


def trace(settings: AttentionSettings) -> Trace:
    """Return the run of the trained network (translate.run).

    Fixed: by_length (3,L): digits, and the accuracy without and with attention; trained: digits of
    the longest number in training.
    """
    run = translate.run(settings.task, settings.text, settings.look)
    without, with_ = (translate.by_length(look) for look in (False, True))
    fixed = {
        **run.fixed,
        "by_length": np.array([without[0], without[1], with_[1]]),
        "trained": np.array(float(translate.LENGTHS)),
    }
    return replace(run, fixed=fixed)


def right(settings: AttentionSettings, trace: Trace) -> float:
    """Return the share of held-out dates, or numbers, rewritten without error."""
    return translate.right(settings.task, settings.look)


def row_sum(settings: AttentionSettings, trace: Trace) -> float:
    """Return the sum of an output step's attention weights; NaN without attention."""
    if not settings.look:
        return float("nan")
    return float(np.nanmean(np.nansum(np.asarray(trace["look"])[len(trace.names["source"]) :], 1)))


def _source(settings: AttentionSettings, phase: str) -> tuple[Callable[..., Any], ...]:
    inside: tuple[Callable[..., Any], ...]
    inside = (Attention.forward, Attention._scores) if settings.look else ()
    return (*inside, Decoder.forward, EncoderDecoder.forward)


SIMULATION = Simulation(
    name="attention",
    settings=AttentionSettings,
    make=make,
    trace=trace,
    views=lambda settings: ("weights", "toy", "accuracy", "path"),
    phases=lambda settings: ("whole",),
    measures={"right": right, "row_sum": row_sum},
    source=_source,
)
