"""Mistakes that people make in one step of a cell, carried out: what they would get.

A slip starts from what stands on the screen, the true state before the step, and goes wrong in
that step alone. Values held by hand stay held, unless the slip is about that very value.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from rnntutor.nn.cells.equations import sigmoid
from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.cells.spec import Block
from rnntutor.nn.trace import Array, PathError, Trace, split_path
from rnntutor.sims.cell.settings import CellSettings

Values = dict[str, Array]


def slip(name: str, settings: CellSettings, trace: Trace, path: str) -> float:
    """The value at `path` (c[2][0], f[4][0], h[3][1]) with the mistake `name` made in its step.
    Raises PathError for a path without step and unit, or where the mistake cannot be made."""
    quantity, place = split_path(path)
    if len(place) != 2 or place[0] < 1:
        raise PathError(f"{path}: a slip needs a step and a unit, as c[2][0]")
    trace[path]  # raises PathError for a place that is not there
    values = _step(trace, place[0], name)
    if quantity not in values:
        raise PathError(f"{path}: {name} says nothing of {quantity!r}")
    return float(values[quantity][place[1]])


def _step(trace: Trace, t: int, slip: str) -> Values:
    """Everything computed in step t, with the mistake in it."""
    v: Values = {"h_prev": trace.at("h", t - 1)}
    spec = CELLS[trace.kind]
    if trace.kind not in _STATES:
        raise PathError(f"{slip}: mistakes are not worked out for {trace.kind}")
    if "c" in spec.states:
        v["c_prev"] = trace.at("c", 0 if slip == "from_start" else t - 1)
    for block in spec.blocks:
        _block(trace, t, slip, block, v)
    _STATES[trace.kind](v, slip)
    return v


def _block(trace: Trace, t: int, slip: str, block: Block, v: Values) -> None:
    """The sum and the value of one block: a gate, the candidate, a plain RNN's state."""
    tail = block.tail
    w, u, bias = (np.asarray(trace[f"{letter}{tail}"]) for letter in "WUb")
    x, h = trace.at("x", t), v["h_prev"]
    if slip == "swap_W_U":
        if x.size != h.size:
            raise PathError("swap_W_U: W and U differ in shape, so they cannot be confused")
        x, h = h, x
    wx, uh = w @ x, u @ h
    bias = bias * 0 if slip == "no_bias" else bias
    if block.reset:
        inner = np.asarray(trace["b_nU"]) * (slip != "no_bias")
        uh = (uh + inner) if slip == "no_reset" else v[block.reset] * (uh + inner)
    a = wx + uh + bias
    name = block.value
    squash = sigmoid if block.is_gate else np.tanh
    value = a.copy() if slip == "no_tanh" and not block.is_gate else squash(a)
    for unit in range(value.size):
        if (name, t, unit) in trace.clamped:
            value[unit] = trace.at(name, t)[unit]
    v |= {f"wx{tail}": wx, f"uh{tail}": uh, f"a{tail}": a, name: value}


def _lstm(v: Values, slip: str) -> None:
    """c and h from the gates."""
    if slip == "forget_inverted":
        v["f"] = 1 - v["f"]
    if slip == "tied_gates":
        v["i"] = 1 - v["f"]
    if slip == "input_ignored":
        v["i"] = np.ones_like(v["i"])
    if slip == "show_all":
        v["o"] = np.ones_like(v["o"])
    kept = v["c_prev"] - v["f"] if slip == "forget_subtracted" else v["f"] * v["c_prev"]
    written = v["i"] * v["g"]
    v["c"] = kept + written * (v["f"] if slip == "forget_all" else 1.0)
    v["h"] = v["o"] * (v["c"] if slip == "no_output_tanh" else np.tanh(v["c"]))
    v |= {"fc": kept, "ig": written}


def _gru(v: Values, slip: str) -> None:
    """h from the gates and the candidate."""
    z = 1 - v["z"] if slip == "z_swapped" else v["z"]
    old = v["r"] * v["h_prev"] if slip == "reset_erases" else v["h_prev"]
    v |= {"z": z, "zh": z * old, "zn": (1 - z) * v["n"]}
    v["h"] = v["zh"] + v["zn"]


def _rnn(v: Values, slip: str) -> None:
    """Nothing: h is the value of the only block."""


_STATES: dict[str, Callable[[Values, str], None]] = {"rnn": _rnn, "lstm": _lstm, "gru": _gru}
_NAMES = (
    *("no_bias", "no_tanh", "swap_W_U"),
    *("forget_inverted", "forget_subtracted", "from_start", "forget_all", "tied_gates"),
    *("input_ignored", "show_all", "no_output_tanh"),
    *("z_swapped", "reset_erases", "no_reset"),
)
SLIPS: dict[str, Callable[[CellSettings, Trace, str], float]] = {
    name: partial(slip, name) for name in _NAMES
}
