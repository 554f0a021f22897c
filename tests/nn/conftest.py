"""A run of each of PyTorch's cells, in this engine's names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

DATA = Path(__file__).parents[1] / "data" / "pytorch-cells.npz"
ORDER = {"rnn": ("",), "lstm": ("_i", "_f", "_g", "_o"), "gru": ("_r", "_z", "_n")}

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Torch:
    """A run of one of PyTorch's layers.

    Attributes:
        kind: the cell.
        params: unpacked parameters.
        grads: their gradients.
        x: inputs, (T,B,D).
        h: states, (T,B,H).
        dh: gradient of h.
        dx: gradient of x.
        start: (h0,) or (h0, c0), each (B,H).
        dstart: their gradients.
        c_last: last memory, (B,H); None without one.
        size: number of parameters of PyTorch's layer.
    """

    kind: str
    params: dict[str, Array]
    grads: dict[str, Array]
    x: Array
    h: Array
    dh: Array
    dx: Array
    start: tuple[Array, ...]
    dstart: tuple[Array, ...]
    c_last: Array | None
    size: int


def _apart(kind: str, of: dict[str, Array], grad: bool) -> dict[str, Array]:
    """Split PyTorch's stacked blocks into W_k, U_k, b_k; two biases become one, except b_nU."""
    found = {}
    for j, k in enumerate(ORDER[kind]):
        H = of["weight_hh_l0"].shape[1]
        rows = slice(j * H, (j + 1) * H)
        found["W" + k] = of["weight_ih_l0"][rows]
        found["U" + k] = of["weight_hh_l0"][rows]
        found["b" + k] = of["bias_ih_l0"][rows]
        if k == "_n":
            found["b_nU"] = of["bias_hh_l0"][rows]
        elif not grad:
            found["b" + k] = found["b" + k] + of["bias_hh_l0"][rows]
    return found


@pytest.fixture(params=["rnn", "lstm", "gru"])
def torch_run(request: pytest.FixtureRequest) -> Torch:
    kind: str = request.param
    with np.load(DATA) as file:
        of = {n.removeprefix(kind + "."): file[n] for n in file if n.startswith(kind + ".")}
    grad = {n.removeprefix("grad."): a for n, a in of.items() if n.startswith("grad.")}
    states = [n for n in ("h0", "c0") if n in of]
    return Torch(
        kind=kind,
        params=_apart(kind, of, grad=False),
        grads=_apart(kind, grad, grad=True),
        x=of["x"],
        h=of["h"],
        dh=of["dh"],
        dx=grad["x"],
        start=tuple(of[n] for n in states),
        dstart=tuple(grad[n] for n in states),
        c_last=of.get("c_T"),
        size=sum(a.size for n, a in of.items() if n.startswith(("weight_", "bias_"))),
    )
