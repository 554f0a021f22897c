"""The settings of `cell`, and how they are read from what people write."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from rnntutor.nn.arrays import Array, read_only
from rnntutor.nn.cells.reference import Clamp
from rnntutor.nn.cells.registry import CELLS
from rnntutor.sims.base import SettingError, knob
from rnntutor.sims.common import clamps as _clamps
from rnntutor.sims.common import inputs as _inputs
from rnntutor.sims.common import parameters as _parameters
from rnntutor.sims.common import snapshot
from rnntutor.sims.common.clamps import STEPS, UNITS
from rnntutor.sims.common.read import choice, format_shape, number, numbers, reshape, whole
from rnntutor.sims.common.settings_from import setting

CELL_KINDS = tuple(CELLS)
EMBEDDINGS = ("random", "one-hot")
INPUTS, CLASSES = 64, 16
PARAMETER = 100.0  # the largest size of an entry
UNSET = (None, "")

Numbers = tuple[float, ...]
Matrix = tuple[Numbers, ...]


@dataclass(frozen=True)
class CellSettings:
    """The settings of one run; always built by `make`, which fills in the defaults.

    Attributes:
        cell: a kind of the registry.
        units: H.
        T: number of steps.
        x: inputs as rows, cut or repeated to T; () for words and random inputs.
        text: the words, if it reads words.
        inputs: D of word vectors and random inputs.
        embedding: how words become vectors.
        seed: seed of everything random.
        scale: factor of the random W and U.
        biases: number of biases counted a block: one, or two as in PyTorch.
        forget_bias: initial bias of the keeping gate: b_f of an LSTM, b_z of a GRU.
        h0: initial hidden state (H,).
        c0: initial cell state (H,).
        outputs: K of the head, 0 for none.
        target: target class of each step, -1 for none; () without targets.
        first: another first input for a second run: a word, a row of numbers, or "".
        wanted: wanted value of unit 0 of h (of an LSTM c) at each step, None for any.
        weights: name of a trained snapshot, "" for random weights.
        whole: parameters replaced as a whole.
        entries: single entries of parameters replaced after that.
        clamps: clamped gates; later ones prevail.
    """

    cell: str = knob("rnn", "choice", choices=CELL_KINDS)
    units: int = knob(4, "int", low=1, high=UNITS, symbol="H", decimals=0)
    T: int = knob(6, "int", low=1, high=STEPS, symbol="T", decimals=0)
    x: Matrix = knob((), "numbers", low=-100, high=100, symbol="x")
    text: str = knob("", "text", language=True)
    inputs: int = knob(3, "int", low=1, high=INPUTS, symbol="D", decimals=0)
    embedding: str = knob("random", "choice", choices=EMBEDDINGS)
    seed: int = knob(7, "int", low=0, high=9999, decimals=0)
    scale: float = knob(1.0, "float", low=0, high=3, step=0.1)
    biases: int = knob(1, "int", low=1, high=2, decimals=0)
    forget_bias: float = knob(0.0, "float", low=-10, high=10, step=0.5, symbol="b_f")
    h0: Numbers = knob((), "numbers", low=-10, high=10, step=0.1, symbol="h_0")
    c0: Numbers = knob((), "numbers", low=-100, high=100, step=0.1, symbol="c_0")
    outputs: int = knob(0, "int", low=0, high=CLASSES, symbol="K", decimals=0)
    target: tuple[int, ...] = knob((), "numbers", low=0, high=CLASSES - 1, decimals=0)
    first: str | Numbers = knob("", "text", symbol="x_1", language=True)
    wanted: tuple[float | None, ...] = knob((), "numbers", low=-100, high=100)
    weights: str = knob("", "text")
    whole: tuple[tuple[str, Numbers | Matrix], ...] = ()
    entries: tuple[tuple[str, tuple[int, ...], float], ...] = ()
    clamps: tuple[Clamp, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The word of each step; () if it reads numbers."""
        words = self.text.split()
        return tuple(words[t % len(words)] for t in range(self.T)) if words else ()

    @property
    def width(self) -> int:
        """D, the length of each x_t."""
        if self.x:
            return len(self.x[0])
        if self.text and self.embedding == "one-hot" and not self.weights:
            return len(self.vocabulary)
        return self.inputs

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """The distinct words, in order of first appearance."""
        other = (self.first,) if isinstance(self.first, str) and self.first else ()
        return tuple(dict.fromkeys((*self.text.split(), *other)))


NAMES = tuple(f.name for f in dataclasses.fields(CellSettings) if "knob" in f.metadata)


def make(given: Mapping[str, object]) -> CellSettings:
    """Return settings from (name, value) pairs as a lesson writes them.

    None and "" mean "not set"; for a clamp, free at that point whatever a more general clamp says.

    Raises:
        SettingError: a setting does not exist or cannot have that value.
    """
    read: dict[str, Any] = {}
    wanted = {n: v for n, v in given.items() if v not in UNSET or _clamps.is_clamp(n)}
    read["cell"] = cell = choice("cell", wanted.get("cell", "rnn"), CELL_KINDS)
    plain = ("units", "inputs", "seed", "outputs", "biases", "scale", "forget_bias", "embedding")
    read |= {n: setting(CellSettings, n, wanted[n]) for n in plain if n in wanted}
    if "weights" in wanted:
        read |= snapshot.sizes(str(wanted["weights"]), cell) | {"weights": str(wanted["weights"])}
    draft = CellSettings(**read)
    read |= _sequence(wanted, draft)
    draft = CellSettings(**read)
    for name, limit in (("h0", 10.0), ("c0", 100.0)):
        start = numbers(name, wanted.get(name, 0.0), -limit, limit)
        read[name] = _tuple(reshape(name, start, (draft.units,)))
    read["target"] = _target(wanted, draft)
    read["wanted"] = _read_wanted(wanted, draft)
    rest = {name: value for name, value in wanted.items() if name not in NAMES}
    return CellSettings(**read, **_by_hand(rest, draft))


def _sequence(given: Mapping[str, object], draft: CellSettings) -> dict[str, Any]:
    """Read x, text, first and T: the inputs step by step."""
    found: dict[str, Any] = {}
    length = CellSettings.T
    if "text" in given:
        words = _words("text", given["text"])
        found["text"], length = " ".join(words), len(words)
    elif "x" in given:
        x = numbers("x", given["x"], -100, 100)
        x = x.reshape(-1, 1) if x.ndim < 2 else x
        found["x"], length = x, len(x)
    if not 1 <= length <= STEPS:
        raise SettingError("setting.length", name="text", value=length, high=STEPS)
    found["T"] = steps = whole("T", given["T"], 1, STEPS) if "T" in given else length
    if "x" in found:
        found["x"] = _tuple(_inputs.repeat_rows(found["x"], steps))
    if "first" in given:
        if "text" in found:
            found["first"] = _words("first", given["first"])[0]
        else:
            width = len(found["x"][0]) if "x" in found else draft.inputs
            row = numbers("first", given["first"], -100, 100)
            found["first"] = _tuple(reshape("first", row, (width,)))
    return found


def _words(name: str, value: object) -> list[str]:
    """Return the words of a text, composed (NFC) and printable."""
    if not isinstance(value, str):
        raise SettingError("setting.text", name=name, value=value)
    words = [
        "".join(c for c in word if c.isprintable())
        for word in unicodedata.normalize("NFC", value).split()
    ]
    words = [word for word in words if word]
    if not words:
        raise SettingError("setting.text", name=name, value=value)
    return words


def _target(given: Mapping[str, object], draft: CellSettings) -> tuple[int, ...]:
    """Return the target class of each step; a single class is that of the last step."""
    if "target" not in given:
        return ()
    if not draft.outputs:
        raise SettingError("setting.needs", name="target", needed="outputs")
    value = given["target"]
    several = value if isinstance(value, Sequence) and not isinstance(value, str) else None
    classes = several if several is not None else [""] * (draft.T - 1) + [value]
    if len(classes) != draft.T:
        there, needed = format_shape((len(classes),)), format_shape((draft.T,))
        raise SettingError("setting.shape", name="target", there=there, needed=needed)
    high = draft.outputs - 1
    return tuple(-1 if c in UNSET else whole("target", c, 0, high) for c in classes)


def _read_wanted(given: Mapping[str, object], draft: CellSettings) -> tuple[float | None, ...]:
    """Return the wanted value of unit 0 at each step; "" for any."""
    value = given.get("wanted", ())
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise SettingError("setting.rows", name="wanted", value=value)
    if value and len(value) != draft.T:
        there, needed = format_shape((len(value),)), format_shape((draft.T,))
        raise SettingError("setting.shape", name="wanted", there=there, needed=needed)
    return tuple(None if v in UNSET else number("wanted", v, -100, 100) for v in value)


def _by_hand(given: Mapping[str, object], draft: CellSettings) -> dict[str, Any]:
    """Read parameters and gates set by hand."""
    shapes = _parameters.shapes(draft.cell, draft.units, draft.width, draft.outputs)
    whole_ones: dict[str, Numbers | Matrix] = {}
    entries: list[tuple[str, tuple[int, ...], float]] = []
    clamps: dict[str, object] = {}
    for name, value in given.items():
        entry = _parameters.entry(name)
        if name in shapes:
            values = numbers(name, value, -PARAMETER, PARAMETER)
            whole_ones[name] = _tuple(reshape(name, values, shapes[name]))
        elif entry and entry[0] in shapes:
            check_entry(name, entry[1], shapes[entry[0]])
            entries.append((*entry, number(name, value, -PARAMETER, PARAMETER)))
        elif _clamps.is_clamp(name):
            clamps[name] = value
        else:
            raise unknown(name, draft.cell, tuple(shapes))
    held = _clamps.read(clamps, draft.cell, draft.T, draft.units)
    return {"whole": tuple(whole_ones.items()), "entries": tuple(entries), "clamps": held}


def check_entry(name: str, index: tuple[int, ...], shape: tuple[int, ...]) -> None:
    """Check that a parameter of that shape has that entry.

    Raises:
        SettingError: it has not.
    """
    if len(index) != len(shape) or any(i >= n for i, n in zip(index, shape, strict=True)):
        raise SettingError("setting.entry", name=name, needed=format_shape(shape))


def unknown(name: str, cell: str, parameters: Sequence[str]) -> SettingError:
    """Return the error for a name that is no setting of this cell."""
    clamps = (f"clamp_{gate}" for gate in _clamps.gates(cell))
    choices = ", ".join((*NAMES, *parameters, *clamps))
    return SettingError("setting.unknown", name=name, choices=choices)


@lru_cache(maxsize=8)
def parameters(settings: CellSettings) -> Mapping[str, Array]:
    """Return the parameters of the run: random or trained, then changed by hand."""
    drawn = _parameters.draw(
        settings.cell,
        units=settings.units,
        inputs=settings.width,
        outputs=settings.outputs,
        seed=settings.seed,
        scale=settings.scale,
        forget_bias=settings.forget_bias,
    )
    if settings.weights:
        drawn |= snapshot.parameters(settings.weights, settings.cell)
    whole_ones = ((name, np.array(values)) for name, values in settings.whole)
    used = _parameters.replace_parameters(drawn, whole_ones, settings.entries)
    return {name: read_only(values) for name, values in used.items()}


def _tuple(values: Array) -> Any:
    return tuple(map(_tuple, values)) if values.ndim > 1 else tuple(float(v) for v in values)
