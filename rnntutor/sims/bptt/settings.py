"""The settings of `bptt`: a small cell, and the steps that have a loss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from rnntutor.sims.base import SettingError, knob
from rnntutor.sims.cell import settings
from rnntutor.sims.cell.settings import UNSET, CellSettings, Matrix, Numbers
from rnntutor.sims.common.clamps import is_clamp
from rnntutor.sims.common.read import choice, numbers, reshape, whole

CELL_KINDS = ("rnn", "lstm")
LOSS_AT = ("last", "every")
STEPS, UNITS, INPUTS, CLASSES = 12, 4, 4, 4

# What is handed on to the cell as it is written.
_OF_THE_CELL = ("x", "seed", "scale", "forget_bias", "h0", "c0")


@dataclass(frozen=True)
class BpttSettings:
    """The settings of one run; always built by `make`, which fills in the defaults.

    Attributes:
        cell: "rnn" or "lstm".
        units: H.
        T: number of steps.
        x: inputs, as in `cell`.
        inputs: D of random inputs.
        seed: as in `cell`.
        scale: as in `cell`.
        forget_bias: as in `cell`.
        h0: as in `cell`.
        c0: as in `cell`.
        loss: steps with a loss: "last", "every", or the steps themselves.
        outputs: K, the number of classes of y = V h.
        target: target class of each step (-1: no loss there); the loss is the cross-entropy of
            softmax(y).
        dy: ∂L/∂y (K,) given by hand instead of a target, the same at every step with a loss: L = Σ
            dy·y.
        run: the cell's settings, with parameters and inputs.
    """

    cell: str = knob("rnn", "choice", choices=CELL_KINDS)
    units: int = knob(2, "int", low=1, high=UNITS, symbol="H", decimals=0)
    T: int = knob(4, "int", low=1, high=STEPS, symbol="T", decimals=0)
    x: Matrix = knob((), "numbers", low=-100, high=100, symbol="x")
    inputs: int = knob(1, "int", low=1, high=INPUTS, symbol="D", decimals=0)
    seed: int = knob(7, "int", low=0, high=9999, decimals=0)
    scale: float = knob(1.0, "float", low=0, high=3, step=0.1)
    forget_bias: float = knob(0.0, "float", low=-10, high=10, step=0.5, symbol="b_f")
    h0: Numbers = knob((), "numbers", low=-10, high=10, step=0.1, symbol="h_0")
    c0: Numbers = knob((), "numbers", low=-100, high=100, step=0.1, symbol="c_0")
    loss: str | tuple[int, ...] = knob("every", "choice", choices=LOSS_AT)
    outputs: int = knob(2, "int", low=1, high=CLASSES, symbol="K", decimals=0)
    target: tuple[int, ...] = knob((), "numbers", low=0, high=CLASSES - 1, decimals=0)
    dy: Numbers = knob((), "numbers", low=-10, high=10, step=0.1, symbol="dy")
    run: CellSettings = field(default_factory=CellSettings)

    @property
    def asked(self) -> tuple[int, ...]:
        """The steps with a loss, in order."""
        if self.loss == "last":
            return (self.T,)
        if isinstance(self.loss, str):
            return tuple(range(1, self.T + 1))
        return self.loss


NAMES = tuple(name for name in BpttSettings.__dataclass_fields__ if name != "run")


def make(given: Mapping[str, object]) -> BpttSettings:
    """Return settings from (name, value) pairs as a lesson writes them; None and "" mean "not set".

    Besides the fields, parameters of the cell can be given, whole or by entry, as in `cell`: W, U,
    b, V, "U[0][1]".

    Raises:
        SettingError: a setting does not exist or cannot have that value.
    """
    wanted = {name: value for name, value in given.items() if value not in UNSET}
    read: dict[str, Any] = {"cell": choice("cell", wanted.get("cell", "rnn"), CELL_KINDS)}
    read["units"] = whole("units", wanted.get("units", BpttSettings.units), 1, UNITS)
    read["inputs"] = whole("inputs", wanted.get("inputs", BpttSettings.inputs), 1, INPUTS)
    if "dy" in wanted and "target" in wanted:
        raise SettingError("setting.apart", name="dy", other="target")
    read["dy"] = _by_hand(wanted)
    classes = len(read["dy"]) or BpttSettings.outputs
    read["outputs"] = whole("outputs", wanted.get("outputs", classes), 1, CLASSES)
    if read["dy"]:
        read["dy"] = tuple(reshape("dy", np.array(read["dy"]), (read["outputs"],)).tolist())
    run = _run(wanted, read)
    if run.T > STEPS:
        raise SettingError("setting.length", name="x", value=run.T, high=STEPS)
    read |= {"T": run.T, "run": run} | {name: getattr(run, name) for name in _OF_THE_CELL}
    read["loss"] = _loss_at(wanted.get("loss", BpttSettings.loss), run.T)
    read["target"] = _target(wanted.get("target", 0), read)
    return BpttSettings(**read)


def _run(wanted: Mapping[str, object], read: Mapping[str, Any]) -> CellSettings:
    """Return the cell's settings: those that do not belong to the backward pass."""
    handed = {name: wanted[name] for name in _OF_THE_CELL if name in wanted}
    rest = {name: value for name, value in wanted.items() if name not in NAMES}
    for name in rest:
        if is_clamp(name) or name in settings.NAMES:
            raise SettingError("setting.unknown", name=name, choices=", ".join(NAMES))
    sizes = {name: read[name] for name in ("cell", "units", "inputs", "outputs")}
    steps = BpttSettings.T if "x" not in wanted else None
    T = whole("T", wanted["T"], 1, STEPS) if "T" in wanted else steps
    return settings.make({**handed, **rest, **sizes, "T": T})


def _by_hand(wanted: Mapping[str, object]) -> tuple[float, ...]:
    """Return ∂L/∂y as a vector; () if the loss is a cross-entropy."""
    if wanted.get("dy", ()) in ((), []):
        return ()
    read = np.atleast_1d(numbers("dy", wanted["dy"], -10, 10))
    if read.ndim > 1 or read.size > CLASSES:
        raise SettingError("setting.rows", name="dy", value=wanted["dy"])
    return tuple(float(v) for v in read)


def _loss_at(value: object, steps: int) -> str | tuple[int, ...]:
    """Where a loss sits. Steps that a shorter run does not have fall away, so that T can be
    turned; of none that is left the last has one."""
    if isinstance(value, str) and value in LOSS_AT:
        return value
    if isinstance(value, str) and not any(c.isdigit() for c in value):
        raise SettingError(
            "setting.choice", name="loss", value=value, choices=", ".join((*LOSS_AT, "[2, 4]"))
        )
    read = np.atleast_1d(numbers("loss", value, 1, STEPS))
    if read.ndim > 1:
        raise SettingError("setting.rows", name="loss", value=value)
    chosen = sorted({whole("loss", float(t), 1, STEPS) for t in read})
    return tuple(t for t in chosen if t <= steps) or "last"


def _target(value: object, read: Mapping[str, Any]) -> tuple[int, ...]:
    """Return the target class of each step, -1 where there is no loss; () if dy is given. A single
    class applies to all steps."""
    if read["dy"]:
        return ()
    high = read["outputs"] - 1
    several = isinstance(value, Sequence) and not isinstance(value, str)
    classes = list(value) if isinstance(value, Sequence) and several else [value]
    if len(classes) not in (1, read["T"]):
        there, needed = f"({len(classes)},)", f"({read['T']},)"
        raise SettingError("setting.shape", name="target", there=there, needed=needed)
    wanted = [whole("target", c, -1, high) for c in classes] * (read["T"] // len(classes))
    asked = BpttSettings(T=read["T"], loss=read["loss"]).asked
    return tuple(c if t in asked else -1 for t, c in enumerate(wanted, 1))
