"""Cached results that are shared are read-only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass

import numpy as np
import pytest

from rnntutor.nn.models import Model
from rnntutor.sims import memory, text
from rnntutor.sims.batch import rows
from rnntutor.sims.cell import settings as cell
from rnntutor.sims.common import demos, inputs, snapshot, translate
from rnntutor.sims.gradient import run as gradient
from rnntutor.sims.order import sentiment
from rnntutor.sims.text import corpus
from rnntutor.sims.types import pictures, tags

KEPT: dict[str, Callable[[], object]] = {
    "inputs": lambda: inputs.noise(5, 2, 7),
    "parameters": lambda: cell.parameters(cell.CellSettings()),
    "snapshot": lambda: snapshot._load("be_the_cell"),
    "flow of the RNN": lambda: gradient.rnn(7, 5, 1.0, 0.9, "any", "tanh"),
    "flow of the LSTM": lambda: gradient.lstm(7, 5, 1.0, 1.0),
    "flow of the GRU": lambda: gradient.gru(7, 5, 1.0, 1.0),
    "read-out": lambda: memory.readout(4, 0.9, 1.0, 0),
    "recall": memory.load_prepared,
    "batch": lambda: rows.net("lstm", 4, 4, rows.RIGHT, False, 1, 7),
    "captions": lambda: pictures.describer("en"),
    "tags": lambda: tags.tagger("en", None),
    "translation": lambda: translate.translator(translate.DIGITS, True),
    "mood": lambda: sentiment.reader("en"),
    "saved net": lambda: demos.snapshot("sentiment", "en"),
    "corpus": lambda: corpus.corpus(corpus.builtin_text("en")),
    "text": lambda: text._prepared_stand("en", 50),
}


def arrays(kept: object) -> Iterator[np.ndarray]:
    """Yield every array in a value."""
    if isinstance(kept, np.ndarray):
        yield kept
    elif isinstance(kept, Mapping):
        yield from (array for value in kept.values() for array in arrays(value))
    elif isinstance(kept, tuple):
        yield from (array for value in kept for array in arrays(value))
    elif isinstance(kept, Model):
        yield from kept.params.values()
    elif is_dataclass(kept):
        yield from (a for field in fields(kept) for a in arrays(getattr(kept, field.name)))


@pytest.mark.parametrize("name", KEPT)
def test_what_is_kept_is_read_only(name: str) -> None:
    found = list(arrays(KEPT[name]()))
    assert found and not any(array.flags.writeable for array in found)
