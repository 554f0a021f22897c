"""The exercises as computations: for a name and sizes, the arguments and every quantity in order.

The formulas of the cells are read from the source of `nn/cells/equations.py`. The other exercises
are written here, one formula a line; a test compares their values with independent computations.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import Generator

from rnntutor.build.cases import Case, Quantity, Result, evaluate_all, single
from rnntutor.build.formulas import Formula, formula, of_function
from rnntutor.nn.arrays import Array
from rnntutor.nn.cells.registry import CELLS

LSTM = ("f", "i", "o", "g")
GRU = ("r", "z", "n")


@dataclass(frozen=True)
class Sizes:
    """Dimensions of a case.

    Attributes:
        D: size of the input x.
        H: size of the state.
        T: number of time steps.
        K: number of classes.
    """

    D: int = 3
    H: int = 4
    T: int = 3
    K: int = 5


SIZES = (Sizes(), Sizes(4, 3, 5, 4), Sizes(2, 5, 1, 3), Sizes(5, 2, 4, 6))


@dataclass(frozen=True)
class Computation:
    """How the cases of an exercise are made.

    Attributes:
        arguments: names of the function's arguments, in order.
        make: returns a case for a random generator and sizes.
        overflow: a value that overflows counts as a mistake.
    """

    arguments: tuple[str, ...]
    make: Callable[[Generator, Sizes], Case]
    overflow: bool = False


def cases(name: str) -> tuple[Case, ...]:
    """Return the runs that check an exercise, each with other sizes and numbers."""
    computation = COMPUTATIONS[name]
    return tuple(
        computation.make(np.random.default_rng([0, n]), sizes) for n, sizes in enumerate(SIZES)
    )


def _random(rng: Generator, *shape: int, spread: float = 0.8) -> Array:
    return rng.normal(0, spread, shape)


# ---- forward: one step of a cell, and the RNN over a sequence --------------------------------

_PARTS = {
    "wx": "a", "uh": "a", "a": "h", "fc": "c", "ig": "c", "tanh_c": "h",
    "r_uh": "a_n", "zh": "h", "zn": "h",
    **{f"{part}_{k}": f"a_{k}" for k in (*LSTM, *GRU) for part in ("wx", "uh")},
    **{f"a_{k}": k for k in (*LSTM, *GRU)},
}  # fmt: skip


def forward_formulas(kind: str) -> tuple[Formula, ...]:
    """Return the equations of one forward step of a cell."""
    return tuple(f for phase in CELLS[kind].phases.values() for f in of_function(phase))


def backward_formulas(kind: str) -> tuple[Formula, ...]:
    """Return the equations of one backward step of a cell, without the sums over time."""
    cell = CELLS[kind]
    return tuple(f for part in (*cell.slopes, cell.back) for f in of_function(part))


def _weights(rng: Generator, blocks: Sequence[str], sizes: Sizes) -> dict[str, dict[str, Array]]:
    """Return W, U and b, each as a dictionary by block letter."""
    return {
        "W": {k: _random(rng, sizes.H, sizes.D) for k in blocks},
        "U": {k: _random(rng, sizes.H, sizes.H) for k in blocks},
        "b": {k: _random(rng, sizes.H) for k in blocks},
    }


def _flat(given: Mapping[str, Any]) -> dict[str, Array]:
    """Return the arguments as arrays by key: an entry of a dictionary as `W_f`, of a list as
    `g[1]`."""
    found: dict[str, Array] = {}
    for name, value in given.items():
        if isinstance(value, Mapping):
            joint = "" if name == "step" else f"{name}_"
            found |= {f"{joint}{k}": np.asarray(v) for k, v in value.items()}
        elif isinstance(value, list):
            found |= {f"{name}[{n}]": np.asarray(v) for n, v in enumerate(value, 1)}
        elif not isinstance(value, str):
            found[name] = np.asarray(value, np.float64)
    return found


def _rnn_weights(rng: Generator, sizes: Sizes) -> dict[str, Array]:
    D, H = sizes.D, sizes.H
    return {"W": _random(rng, H, D), "U": _random(rng, H, H), "b": _random(rng, H)}


def _rnn_step(rng: Generator, sizes: Sizes) -> Case:
    given = {"x": _random(rng, sizes.D), "h_prev": _random(rng, sizes.H)}
    return _step_case("rnn", given | _rnn_weights(rng, sizes), ("h",))


def _lstm_step(rng: Generator, sizes: Sizes) -> Case:
    given: dict[str, Any] = {
        "x": _random(rng, sizes.D),
        "h_prev": _random(rng, sizes.H),
        "c_prev": _random(rng, sizes.H, spread=1.2),
    }
    return _step_case("lstm", given | _weights(rng, LSTM, sizes), ("h", "c"))


def _gru_step(rng: Generator, sizes: Sizes) -> Case:
    given: dict[str, Any] = {"x": _random(rng, sizes.D), "h_prev": _random(rng, sizes.H)}
    given |= _weights(rng, GRU, sizes)
    return _step_case("gru", given | {"b_nU": _random(rng, sizes.H)}, ("h",))


def _step_case(kind: str, given: dict[str, Any], wanted: tuple[str, ...]) -> Case:
    inputs = _flat(given)
    quantities = evaluate_all(forward_formulas(kind), inputs, parts=_PARTS)
    return Case(given, tuple(single(key) for key in wanted), inputs, quantities)


def _rnn_forward(rng: Generator, sizes: Sizes) -> Case:
    given = {"x": _random(rng, sizes.T, sizes.D), "h0": _random(rng, sizes.H)}
    given |= _rnn_weights(rng, sizes)
    inputs = _flat(given) | _rows("x", given["x"])
    quantities: dict[str, Quantity] = {}
    for t in range(1, sizes.T + 1):
        before = f"h[{t - 1}]" if t > 1 else "h0"
        rename = {"x": f"x[{t}]", "h_prev": before}
        quantities = evaluate_all(
            forward_formulas("rnn"), inputs, quantities, rename=rename, suffix=f"[{t}]",
            parts=_PARTS,
        )  # fmt: skip
    quantities |= {"h": _stack("h", quantities, sizes.T)}
    return Case(given, (single("h"),), inputs, quantities)


def _rows(name: str, rows: Array) -> dict[str, Array]:
    return {f"{name}[{t}]": row for t, row in enumerate(rows, 1)}


def _stack(name: str, quantities: Mapping[str, Quantity], T: int) -> Quantity:
    """Return the quantity that holds all steps in one array."""
    keys = [f"{name}[{t}]" for t in range(1, T + 1)]
    value = np.stack([quantities[key].value for key in keys])
    rows = formula(f"{name} = 0")
    return Quantity(name, value, rows, {key: key for key in keys})


# ---- backward -------------------------------------------------------------------------------


def _rnn_backward(rng: Generator, sizes: Sizes) -> Case:
    """Return a BPTT case: x, h0, h and the gradient of each step's own loss in h are given."""
    T = sizes.T
    forward = _rnn_forward(rng, sizes)
    x, h0, W, U = (forward.given[name] for name in ("x", "h0", "W", "U"))
    h = forward.quantities["h"].value
    dh_loss = _random(rng, T, sizes.H)
    given = {"dh_loss": dh_loss, "x": x, "h0": h0, "h": h, "W": W, "U": U}
    inputs = _flat(given) | _rows("x", x) | _rows("h", h) | _rows("dh_loss", dh_loss)
    inputs["nothing"] = np.zeros(sizes.H)
    quantities: dict[str, Quantity] = {}
    for t in range(T, 0, -1):
        rename = {
            "x": f"x[{t}]",
            "h": f"h[{t}]",
            "h_prev": f"h[{t - 1}]" if t > 1 else "h0",
            "dh_loss": f"dh_loss[{t}]",
            "dh_next": f"dh_prev[{t + 1}]" if t < T else "nothing",
        }
        later = {f"{name}_later": f"{name}[{t + 1}]" for name in ("dW", "dU", "db")}
        sums = _FIRST_SUMS if t == T else _SUMS
        quantities = evaluate_all(
            (*backward_formulas("rnn"), *_TERMS, *sums), inputs, quantities,
            rename=rename | later, suffix=f"[{t}]",
            parts={"dW_term": "dW", "dU_term": "dU"},
        )  # fmt: skip
    wanted = (single("dW[1]", "dW"), single("dU[1]", "dU"), single("db[1]", "db"))
    return Case(given, (*wanted, single("dh_prev[1]", "dh0")), inputs, quantities)


_TERMS = (formula("dW_term = outer(da, x)"), formula("dU_term = outer(da, h_prev)"))
_FIRST_SUMS = (formula("dW = dW_term"), formula("dU = dU_term"), formula("db = da"))
_SUMS = (
    formula("dW = dW_later + dW_term"),
    formula("dU = dU_later + dU_term"),
    formula("db = db_later + da"),
)


def _lstm_backward(rng: Generator, sizes: Sizes) -> Case:
    """Return a case of one backward step: all values of the forward step, dh and dc_next are
    given."""
    forward = _lstm_step(rng, sizes)
    step = {name: forward.inputs[name] for name in ("x", "h_prev", "c_prev")}
    step |= {name: forward.quantities[name].value for name in ("f", "i", "o", "g", "c")}
    given: dict[str, Any] = {
        "dh": _random(rng, sizes.H),
        "dc_next": _random(rng, sizes.H),
        "step": step,
        "W": forward.given["W"],
        "U": forward.given["U"],
    }
    inputs = _flat(given)
    slopes = [f for f in backward_formulas("lstm") if f.target != "dh"]
    shared = [
        formula(text)
        for k in LSTM
        for text in (f"dW_{k} = outer(da_{k}, x)", f"dU_{k} = outer(da_{k}, h_prev)")
    ]
    quantities = evaluate_all([formula("tanh_c = tanh(c)"), *slopes, *shared], inputs)
    tables = tuple(
        Result(name, tuple((k, f"{key}_{k}") for k in LSTM))
        for name, key in (("dW", "dW"), ("dU", "dU"), ("db", "da"))
    )
    wanted = (single("dx"), single("dh_prev"), single("dc_prev"), *tables)
    return Case(given, wanted, inputs, quantities)


# ---- the rest --------------------------------------------------------------------------------


def _case_of(
    given: dict[str, Any],
    lines: Sequence[str],
    wanted: tuple[Result, ...],
    parts: Mapping[str, str] | None = None,
) -> Case:
    inputs = _flat(given)
    return Case(
        given, wanted, inputs, evaluate_all([formula(t) for t in lines], inputs, parts=parts)
    )


def _softmax(of: str, to: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the formulas of a softmax, shifted against overflow, and the quantity that each is a
    part of."""
    lines = (
        f"shifted = {of} - max({of})",
        "e = exp(shifted)",
        "total = sum(e)",
        f"{to} = e / total",
    )
    return lines, dict.fromkeys(("shifted", "e", "total"), to)


def _sigmoid(rng: Generator, sizes: Sizes) -> Case:
    a = np.concatenate([_random(rng, sizes.H, spread=2.0), [0.0, 800.0, -800.0, 40.0, -40.0]])
    return _case_of({"a": a}, ["s = sigmoid(a)"], (single("s"),))


def _softmax_loss(rng: Generator, sizes: Sizes) -> Case:
    y = _random(rng, sizes.K, spread=2.0)
    if sizes.D == 4:
        y = y + 900.0  # overflows without the shift
    given: dict[str, Any] = {"y": y, "target": int(rng.integers(sizes.K))}
    softmax, parts = _softmax("y", "p")
    lines = (
        *softmax,
        "loss = log(total) - shifted[target]",
        "right = onehot(target, y)",
        "dy = p - right",
    )
    wanted = (single("loss"), single("dy"))
    return _case_of(given, lines, wanted, parts | {"right": "dy"})


def _clip_by_norm(rng: Generator, sizes: Sizes) -> Case:
    shapes = ((sizes.H, sizes.D), (sizes.H, sizes.H), (sizes.H,))
    gradients = [_random(rng, *shape) for shape in shapes]
    length = float(np.sqrt(sum(float((g**2).sum()) for g in gradients)))
    limit = length * (0.4 if sizes.T != 5 else 1.7)
    given = {"gradients": gradients, "limit": limit}
    inputs = {f"gradients_{n}": g for n, g in enumerate(gradients, 1)} | {
        "limit": np.asarray(limit)
    }
    texts = [f"square_{n} = sum(gradients_{n} ** 2)" for n in (1, 2, 3)]
    texts += ["total = square_1 + square_2 + square_3", "norm = sqrt(total)"]
    texts += ["scale = minimum(1, limit / norm)"]
    texts += [f"clipped_{n} = gradients_{n} * scale" for n in (1, 2, 3)]
    parts = {"square_1": "norm", "square_2": "norm", "square_3": "norm", "total": "norm"}
    quantities = evaluate_all([formula(t) for t in texts], inputs, parts=parts)
    entries = tuple((str(n - 1), f"clipped_{n}") for n in (1, 2, 3))
    return Case(given, (Result("clipped", entries, as_list=True),), inputs, quantities)


def _merge(rng: Generator, sizes: Sizes) -> Case:
    how = "sum" if sizes.T == 5 else "concat"
    T = max(sizes.T, 2)
    given = {"forward": _random(rng, T, sizes.H), "backward": _random(rng, T, sizes.H), "how": how}
    join = "forward + aligned" if how == "sum" else "beside(forward, aligned)"
    lines = ("aligned = reverse(backward)", f"m = {join}")
    return _case_of(given, lines, (single("m"),), {"aligned": "m"})


def _sample(rng: Generator, sizes: Sizes) -> Case:
    given = {
        "y": _random(rng, sizes.K, spread=1.5) + (900.0 if sizes.D == 4 else 0.0),
        "temperature": float(rng.uniform(0.4, 2.0)),
        "u": float(rng.uniform(0.3, 0.95)),
    }
    softmax, parts = _softmax("scaled", "p")
    lines = (
        "scaled = y / temperature",
        *softmax,
        "up_to = cumsum(p)",
        "k = count_at_most(up_to, u)",
    )
    return _case_of(given, lines, (single("k"),), parts | {"scaled": "p", "up_to": "k"})


def _attend(rng: Generator, sizes: Sizes) -> Case:
    T = max(sizes.T, 2)
    given = {"q": _random(rng, sizes.H), "h": _random(rng, T, sizes.H, spread=1.2)}
    if sizes.D == 4:
        given["q"] = given["q"] * 600.0  # overflows without the shift
    softmax, parts = _softmax("a", "alpha")
    lines = ("a = h @ q", *softmax, "m = h.T @ alpha")
    return _case_of(given, lines, (single("alpha"), single("m")), parts)


COMPUTATIONS: Mapping[str, Computation] = {
    "sigmoid": Computation(("a",), _sigmoid, overflow=True),
    "rnn_step": Computation(("x", "h_prev", "W", "U", "b"), _rnn_step),
    "rnn_forward": Computation(("x", "h0", "W", "U", "b"), _rnn_forward),
    "softmax_loss": Computation(("y", "target"), _softmax_loss, overflow=True),
    "rnn_backward": Computation(("dh_loss", "x", "h0", "h", "W", "U"), _rnn_backward),
    "clip_by_norm": Computation(("gradients", "limit"), _clip_by_norm),
    "lstm_step": Computation(("x", "h_prev", "c_prev", "W", "U", "b"), _lstm_step),
    "lstm_backward": Computation(("dh", "dc_next", "step", "W", "U"), _lstm_backward),
    "gru_step": Computation(("x", "h_prev", "W", "U", "b", "b_nU"), _gru_step),
    "merge": Computation(("forward", "backward", "how"), _merge),
    "sample": Computation(("y", "temperature", "u"), _sample, overflow=True),
    "attend": Computation(("q", "h"), _attend, overflow=True),
}
