"""A single unit and its gradient: h = tanh(w h) beside c = f c."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.cells import reference
from rnntutor.nn.cells.registry import CELLS


def unit(steps: int, w: float, h0: float) -> dict[str, Array]:
    """Run h_t = tanh(w h_{t−1}) from h0, without inputs.

    Returns:
        h (T+1,1); grad_unit (T+1,): row d is |∂h_T/∂h_{T−d}|; and its two factors at each step,
        slope_unit = 1 − h² and turn_unit = |w|, each (T,).
    """
    params = {"W": np.zeros((1, 1)), "U": np.full((1, 1), w), "b": np.zeros(1)}
    asked = np.zeros((steps, 1))
    asked[-1] = 1.0
    run = reference.trace("rnn", params, np.zeros((steps, 1)), [h0], dh=asked)
    dh = [*np.asarray(run["dh"])[::-1, 0], float(np.asarray(run["dh0"])[0])]
    h = np.asarray(run["h"])
    return {
        "h": h,
        "grad_unit": np.abs(np.array(dh)),
        "slope_unit": 1 - h[:0:-1, 0] ** 2,
        "turn_unit": np.full(steps, abs(w)),
    }


def latch(steps: int, bias: float, c0: float) -> dict[str, Array]:
    """Run one LSTM unit whose gates depend on their biases alone, with the input gate closed: c_t =
    f c_{t−1}, f = σ(b_f).

    Returns:
        c (T+1,1); grad_latch (T+1,): row d is ∂c_T/∂c_{T−d}; path_latch, equal to it since there is
        no other path; f_latch (T,).
    """
    spec = CELLS["lstm"]
    params = {name: np.zeros(shape) for name, shape in spec.shapes(1, 1).items()}
    params[spec.forget_bias] += bias
    asked = np.zeros((steps, 1))
    asked[-1] = 1.0
    shut = {("i", t, 0): 0.0 for t in range(1, steps + 1)}
    run = reference.trace(
        "lstm",
        params,
        np.zeros((steps, 1)),
        [0.0],
        [c0],
        clamps=shut,
        dh=asked,
    )
    dc = np.array([*np.asarray(run["dc"])[::-1, 0], float(np.asarray(run["dc0"])[0])])
    share = dc / dc[0]
    return {
        "c": np.asarray(run["c"]),
        "grad_latch": share,
        "path_latch": share,
        "f_latch": np.asarray(run["f"])[::-1, 0],
    }
