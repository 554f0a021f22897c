"""A character model that learns a small text, the language's or the learner's own; Hangul by its
letters."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from rnntutor.nn.cells.packing import FAST_CELLS
from rnntutor.nn.models import SequenceToSequence
from rnntutor.nn.trace import Trace
from rnntutor.nn.training import Update
from rnntutor.sims.base import SettingError, Simulation, knob, language_field
from rnntutor.sims.common.measures import recorded_measures
from rnntutor.sims.common.read import whole
from rnntutor.sims.common.settings_from import build_settings
from rnntutor.sims.text import corpus as _text
from rnntutor.sims.text import model
from rnntutor.sims.text import prepared as _text_prepared
from rnntutor.sims.text.corpus import Corpus
from rnntutor.sims.text.look import Stand, best, look, stand

CELL_KINDS = tuple(FAST_CELLS)
STOPPING = ("off", "on")
KEPT = (0, *_text_prepared.PREPARED)  # the updates whose lines stay, to be compared
EACH = 25  # updates of one report
LAST = 3000


@dataclass(frozen=True)
class TextSettings:
    """The settings of a character model.

    Attributes:
        corpus: language of the built-in text.
        file: path of one's own text, "" for none.
        cell: kind of the cell.
        units: H.
        prepared: updates already made when it is opened, 0 for the untrained network.
        early_stopping: use the weights with the lowest held-out loss so far instead of the present
            ones; training is the same.
        temperature: temperature of the sampled lines.
        unit: the unit that colours the text.
        threshold: value above which the unit counts as on.
        seed: seed of weights and excerpts.
        own: content of the file.
    """

    corpus: str = language_field("text")
    file: str = knob("", "text", language=True)
    cell: str = knob(_text_prepared.CELL, "choice", choices=CELL_KINDS)
    units: int = knob(_text_prepared.UNITS, "int", low=4, high=64, step=4, symbol="H", decimals=0)
    prepared: int = knob(0, "choice", choices=KEPT)
    early_stopping: str = knob("off", "choice", choices=STOPPING, view_only=True)
    temperature: float = knob(0.7, "float", low=0.1, high=2.0, step=0.1, view_only=True)
    unit: int = knob(0, "int", low=0, high=63, decimals=0, view_only=True)
    threshold: float = knob(0.5, "float", low=-0.9, high=0.9, step=0.1, view_only=True)
    seed: int = knob(_text_prepared.SEED, "int", low=0, high=9999, decimals=0)
    own: str = ""

    @property
    def read(self) -> Corpus:
        """The text as symbols."""
        return _text.corpus(self.own or _text.builtin_text(self.corpus))


def make(given: Mapping[str, object]) -> TextSettings:
    """Return settings from (name, value) pairs.

    Raises:
        SettingError: a setting is impossible, such as a file that is no text.
    """
    file = given.get("file") or ""
    if not isinstance(file, str):
        raise SettingError("setting.file", name="file", value=file)
    plain = {name: value for name, value in given.items() if name not in ("file", "prepared")}
    prepared = _prepared_updates(given.get("prepared"))
    own = _text.own(file) if file else ""
    settings = build_settings(TextSettings, plain, file=file, prepared=prepared, own=own)
    if settings.unit >= settings.units:
        high = settings.units - 1
        raise SettingError("setting.range", name="unit", value=settings.unit, low=0, high=high)
    needed = {
        "cell": _text_prepared.CELL,
        "units": _text_prepared.UNITS,
        "seed": _text_prepared.SEED,
    }
    if prepared and (own or any(getattr(settings, name) != v for name, v in needed.items())):
        wanted = ", ".join(f"{name} = {value}" for name, value in needed.items())
        raise SettingError("setting.prepared", name="prepared", needed=wanted)
    return settings


def _prepared_updates(value: object) -> int:
    if value in (None, ""):
        return 0
    updates = whole("prepared", value, 0, LAST)
    if updates not in KEPT:
        choices = ", ".join(map(str, KEPT))
        raise SettingError("setting.choice", name="prepared", value=value, choices=choices)
    return updates


def trace(settings: TextSettings) -> Trace:
    """Return the network before training: what it writes and how it reads the beginning of its
    text; of a prepared one also what it wrote earlier."""
    return _look(_before(settings), settings)


def updates(settings: TextSettings) -> Iterator[Update]:
    """Train the network and report what it writes at KEPT updates, at its best and now."""
    corpus, net = settings.read, _net(settings)
    step, seen = settings.prepared, _before(settings)
    yield _report(seen)
    reader = model.TextTrainer(net, corpus, settings.seed, after=step)
    while step < LAST:
        loss = sum(reader.update() for _ in range(EACH)) / EACH
        step += EACH
        if not math.isfinite(loss):
            yield Update(step, loss)
            return
        seen = (*seen, stand(net, corpus, settings.cell, step))
        stay = {*KEPT, settings.prepared, best(seen).updates, step}
        seen = tuple(one for one in seen if one.updates in stay)
        yield _report(seen)


def _report(stands: tuple[Stand, ...]) -> Update:
    """Report the present state of the network.

    The loss of a report is that of the whole training text, not that of the last excerpts, whose
    first symbols are predicted without context.
    """
    now = stands[-1]
    metrics = dict(zip(("bits", "held_out"), now.costs, strict=True))
    return Update(now.updates, now.costs[0], metrics, look=partial(_look, stands))


def _look(stands: tuple[Stand, ...], settings: TextSettings) -> Trace:
    return look(
        stands,
        best(stands) if settings.early_stopping == "on" else stands[-1],
        temperature=settings.temperature,
        unit=settings.unit,
        threshold=settings.threshold,
    )


def _net(settings: TextSettings) -> SequenceToSequence:
    """Return the network at the start of the run."""
    if settings.prepared:
        return _text_prepared.net(settings.corpus, settings.prepared)
    return model.network(settings.read, settings.cell, settings.units, settings.seed)


def _before(settings: TextSettings) -> tuple[Stand, ...]:
    """Return the untrained network and each prepared one up to the chosen."""
    if not settings.prepared:
        return (stand(_net(settings), settings.read, settings.cell, 0),)
    return tuple(_prepared_stand(settings.corpus, n) for n in KEPT if n <= settings.prepared)


@cache
def _prepared_stand(name: str, updates: int) -> Stand:
    corpus = _text.corpus(_text.builtin_text(name))
    return stand(_text_prepared.net(name, updates), corpus, _text_prepared.CELL, updates)


def bits(settings: TextSettings, trace: Trace) -> float:
    """Return the bits a symbol of the training text."""
    return float(trace.fixed["sample_bits"][-1])


def held_out(settings: TextSettings, trace: Trace) -> float:
    """Return the bits a symbol of the held-out text."""
    return float(trace.fixed["sample_held_out"][-1])


def on(settings: TextSettings, trace: Trace) -> float:
    """Return the share of the passage's symbols at which the unit is above the threshold."""
    h = trace.arrays["h"][1:, settings.unit]
    return float((h > settings.threshold).mean())


def source(settings: TextSettings, phase: str) -> tuple[Callable[..., Any], ...]:
    """Return the functions of an update, the lines, the bits, and the cell's loop over time."""
    loop = FAST_CELLS[settings.cell]._forward_loop
    return (model.TextTrainer.update, model.lines, model.bits, loop)


SIMULATION = Simulation(
    name="text",
    settings=TextSettings,
    make=make,
    trace=trace,
    views=lambda settings: ("samples", "curve", "colour", "probs"),
    phases=lambda settings: ("guess",),
    measures={
        "bits": bits,
        "held_out": held_out,
        # Of the weights in use: after how many updates, what a held-out symbol costs them, and the
        # share of the words they draw that stand in the text.
        **recorded_measures("words", used_updates="used", used_held_out="held_out"),
        "on": on,
    },
    source=source,
    updates=updates,
    reports=("bits", "held_out"),
)
