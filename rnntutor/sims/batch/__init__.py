"""A batch of sequences of different lengths: padding and its mask, array shapes, and truncated BPTT
over two windows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.cells.packing import FAST_CELLS
from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.losses import cross_entropy
from rnntutor.nn.trace import Trace
from rnntutor.sims.base import SettingError, Simulation, knob
from rnntutor.sims.batch import rows, windows
from rnntutor.sims.common.measures import recorded_measures
from rnntutor.sims.common.settings_from import build_settings
from rnntutor.subjects.runs import Border, PaddedBatch

ON, OFF = "on", "off"
LAYOUTS = ("BTD", "TBD")


@dataclass(frozen=True)
class BatchSettings:
    """The settings of a batch and its network.

    Attributes:
        cell: kind of the cell.
        units: H.
        T: steps of the batch, the digits of its longest row.
        shortest: digits of its shortest row.
        side: side of the padding.
        mask: whether padding is excluded from states and loss.
        layout: order of the axes of the input.
        border: what passes between the two windows.
        trained: number of updates of the network.
        unit: the unit whose state is shown.
        row: the row whose gradients are shown.
        seed: seed of the network and the data.
    """

    cell: str = knob("rnn", "choice", choices=tuple(FAST_CELLS))
    units: int = knob(8, "int", low=2, high=16, symbol="H", decimals=0)
    T: int = knob(8, "int", low=4, high=10, step=2, symbol="T", decimals=0)
    shortest: int = knob(3, "int", low=2, high=10, decimals=0)
    side: str = knob(rows.RIGHT, "choice", choices=(rows.RIGHT, rows.LEFT))
    mask: str = knob(OFF, "choice", choices=(OFF, ON))
    layout: str = knob(LAYOUTS[0], "choice", choices=LAYOUTS)
    border: Border = knob(windows.DETACH, "choice", choices=windows.BORDERS)
    trained: int = knob(200, "int", low=0, high=800, stops=(0, 50, 100, 200, 400, 800), decimals=0)
    unit: int = knob(0, "int", low=0, high=15, decimals=0)
    row: int = knob(1, "int", low=1, high=rows.ROWS, decimals=0)
    seed: int = knob(4, "int", low=0, high=9999, decimals=0)


def make(given: Mapping[str, object]) -> BatchSettings:
    """Return settings from (name, value) pairs.

    Raises:
        SettingError: a setting does not exist or cannot have that value.
    """
    settings = build_settings(BatchSettings, given)
    for name, high in (("shortest", settings.T), ("unit", settings.units - 1)):
        if getattr(settings, name) > high:
            value = getattr(settings, name)
            raise SettingError("setting.range", name=name, value=value, low=0, high=high)
    return settings


def trace(settings: BatchSettings) -> Trace:
    """Return the batch read step by step, and the two windows.

    read, target, real (T,B): the symbols, the next symbols, and where a row is not padded. h
    (T+1,B): the state of `unit`; states (T+1,B,H): all states. surprise (T,B): -ln p of the target.
    stream, window_h, window_loss, window_1, window_2 (T,B): the windows, the last two holding
    ‖∂L/∂h_t‖ of each window's loss.

    Fixed: hn and alone (B,H), the last state in the batch and that of the row read alone; loss_real
    and loss_all, means over the real steps and over all; loss, the one that training minimises.
    """
    s = settings
    net = rows.net(s.cell, s.units, s.T, s.side, s.mask == ON, s.trained, s.seed)
    ids, target, real = rows.displayed_batch(s.T, s.shortest, s.side, s.seed)
    h, y = rows.read(net, ids, real if s.mask == ON else None)
    stream = windows.streams(s.T, s.seed)
    two = windows.run(net, s.cell, stream, s.border)
    arrays: dict[str, Array] = {
        "read": ids.astype(np.float64),
        "target": target.astype(np.float64),
        "real": real.astype(np.float64),
        "h": h[:, s.unit],
        "states": h.swapaxes(1, 2),
        "surprise": rows.surprise(y, target),
        "stream": stream[:-1].astype(np.float64),
        "window_h": two.h[..., s.unit],
        "window_loss": two.loss,
        "window_1": two.gradient[0],
        "window_2": two.gradient[1],
    }
    losses = {
        "loss_real": cross_entropy(y, target, real.astype(np.float64))[0],
        "loss_all": cross_entropy(y, target)[0],
    }
    losses["loss"] = losses["loss_real" if s.mask == ON else "loss_all"]
    fixed: dict[str, Array] = {
        "hn": h[-1].T,
        "alone": rows.alone(net, ids, real),
        "start": two.start,
        "lengths": rows.lengths(s.T, s.shortest).astype(np.float64),
        "unit": np.array(float(s.unit)),
        "row": np.array(float(s.row)),
        "units_in_all": np.array(float(s.units)),
        **{name: np.array(value) for name, value in losses.items()},
    }
    names = {"signs": rows.SIGNS}
    subject = PaddedBatch(masked=s.mask == ON, batch_first=s.layout == LAYOUTS[0], border=s.border)
    labels = tuple(str(t) for t in range(1, s.T + 1))
    from_start = frozenset({"h", "states"})
    return Trace(
        s.cell, s.T, arrays, fixed, labels, names=names, subject=subject, from_start=from_start
    )


def off(settings: BatchSettings, trace: Trace) -> float:
    """Return the largest difference between a last state in the batch and that of the row read
    alone."""
    return float(np.abs(np.asarray(trace["hn"]) - np.asarray(trace["alone"])).max())


def unchanged(settings: BatchSettings, trace: Trace) -> float:
    """Return the number of rows whose last state in the batch equals that of the row read alone."""
    return float((np.abs(trace["hn"] - trace["alone"]).max(axis=1) < rows.SAME).sum())


def back(settings: BatchSettings, trace: Trace) -> float:
    """Return the norm of window 2's gradient in the last states of window 1, over all rows."""
    return float(np.linalg.norm(trace.at("window_2", settings.T // 2)))


def second(settings: BatchSettings, trace: Trace) -> float:
    """Return the mean loss at the first step of window 2."""
    return float(trace.at("window_loss", settings.T // 2 + 1).mean())


def source(settings: BatchSettings, phase: str) -> tuple[Callable[..., Any], ...]:
    """Return the functions for reading a batch with its mask, padding, windows and loss."""
    return (rows.read, rows.pad_batch, windows._row, cross_entropy)


SIMULATION = Simulation(
    name="batch",
    settings=BatchSettings,
    make=make,
    trace=trace,
    views=lambda settings: ("rows:h", "rows:loss", "layout", "windows"),
    phases=lambda settings: tuple(CELLS[settings.cell].phases)[-1:],
    alone=frozenset({"cell", "side", "mask", "layout", "border", "trained", "row", "seed"}),
    measures={
        "off": off,
        "unchanged": unchanged,
        "back": back,
        "second": second,
        **recorded_measures("loss", "loss_real", "loss_all"),
    },
    source=source,
)
