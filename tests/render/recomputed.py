"""The numbers in the rows of each view, recomputed without the code that draws them.

They are computed from the run's parameters and inputs by the lessons' equations, or from its
recorded arrays. Each entry has the beginning of a row and its numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np

from rnntutor.nn.trace import Trace
from rnntutor.subjects.training import Net, Recall

FIRST = [1.0, -1.0]  # the other first input
SQUASH = {"W": 1.0, "x": 1.0, "U": -0.5, "h": 0.5, "b": 1.2, "c": 0.8}
Lines = list[tuple[str, Sequence[float]]]  # beginning of a row, and its numbers


def sub(t: int) -> str:
    return str(t).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))


def sigmoid(a: Any) -> Any:
    return 1 / (1 + np.exp(-np.asarray(a)))


def softmax(y: Any) -> Any:
    e = np.exp(y - np.max(y))
    return e / e.sum()


# ---- the cells, by the equations of lessons 2, 6 and 7 ---------------------------------------


def run(trace: Trace, x: Any = None) -> list[SimpleNamespace]:
    """Recompute every step of a run from its parameters; the first entry is the start."""
    p = {name: np.asarray(value) for name, value in trace.fixed.items()}
    h = np.asarray(trace["h"])[0]
    steps = [SimpleNamespace(h=h, c=np.asarray(trace["c"])[0] if "c" in trace else None)]
    for row in np.asarray(trace["x"]) if x is None else x:
        old, s = steps[-1], SimpleNamespace(x=row, wx={}, uh={}, a={})
        for name in p:
            if name.startswith("W"):
                k = name[1:]
                s.wx[k], s.uh[k] = p[name] @ row, p["U" + k] @ old.h
                s.a[k] = s.wx[k] + s.uh[k] + p["b" + k]
        if trace.cell == "lstm":
            s.f, s.i, s.o = (sigmoid(s.a["_" + k]) for k in "fio")
            s.g = np.tanh(s.a["_g"])
            s.c = s.f * old.c + s.i * s.g
            s.h = s.o * np.tanh(s.c)
        elif trace.cell == "gru":
            s.z, s.r = sigmoid(s.a["_z"]), sigmoid(s.a["_r"])
            s.inner = s.uh["_n"] + p["b_nU"]
            s.a["_n"] = s.wx["_n"] + p["b_n"] + s.r * s.inner
            s.n = np.tanh(s.a["_n"])
            s.h, s.c = s.z * old.h + (1 - s.z) * s.n, None
        else:
            s.h, s.c = np.tanh(s.a[""]), None
        steps.append(s)
    return steps


def gate(trace: Trace, t: int, k: str) -> Lines:
    """Return a block of unit 0: the terms of its sum, its value, and its product."""
    steps, end = run(trace), sub(t)
    s, old = steps[t], steps[t - 1]
    tail, value = ("", "h") if k == "h" else (f"_{k}", k)
    b = float(np.asarray(trace[f"b{tail}"])[0])
    wx, uh, a = (part[tail][0] for part in (s.wx, s.uh, s.a))
    lines: Lines = [(f"W{tail}·x{end}", [wx]), (f"U{tail}·h{sub(t - 1)}", [uh]), (f"b{tail}", [b])]
    if k == "n":
        reset = [("U_n·h+b_nU", [s.inner[0]]), (f"r{end}×(…)", [s.r[0] * s.inner[0]])]
        lines = [*reset, lines[0], lines[2]]
    v = vars(s)[value]
    lines += [("sum", [a]), (f"{value}{end}", [v[0]])]
    factor = {
        "f": lambda: (f"c{sub(t - 1)}", old.c[0]),
        "g": lambda: (f"i{end}", s.i[0]),
        "z": lambda: (f"h{sub(t - 1)}", old.h[0]),
        "n": lambda: (f"(1−z{end})", 1 - s.z[0]),
    }
    if k in factor:
        name, other = factor[k]()
        lines.append((f"{value}{end} × {name}", [v[0], other, v[0] * other]))
    return lines + [(f"{value}{end} u{u}", [v[u]]) for u in range(trace.units)]


def memory(trace: Trace, t: int) -> Lines:
    steps = run(trace)
    s, c = steps[t], steps[t - 1].c
    rows = zip(s.f, c, s.f * c, s.i, s.g, s.i * s.g, s.c, strict=True)
    return [(f"u{u}", row) for u, row in enumerate(rows)]


def state(trace: Trace, t: int) -> Lines:
    steps = run(trace)
    s, h = steps[t], steps[t - 1].h
    rows = zip(s.z, h, s.z * h, 1 - s.z, s.n, (1 - s.z) * s.n, s.h, strict=True)
    return [(f"u{u}", row) for u, row in enumerate(rows)]


def output(trace: Trace, t: int) -> Lines:
    s = run(trace)[t]
    rows = zip(s.c, np.tanh(s.c), s.o, s.h, strict=True)
    return [(f"u{u}", row) for u, row in enumerate(rows)]


def table(trace: Trace, t: int) -> Lines:
    first, *steps = run(trace)
    rows: Lines = [("0", [first.c[0], first.h[0]])]
    for n, s in enumerate(steps[:t], 1):
        name = f"[{n}]" if n == t else str(n)
        rows.append((name, [part[0] for part in (s.f, s.i, s.o, s.g, s.c, s.h)]))
    return rows


def states(name: str) -> Callable[[Trace, int], Lines]:
    def lines(trace: Trace, t: int) -> Lines:
        values = [vars(s)[name] for s in run(trace)[: t + 1]]
        return [(f"{name}  u{u}", [v[u] for v in values]) for u in range(trace.units)]

    return lines


def classes(trace: Trace, t: int) -> Lines:
    y = np.asarray(trace["V"]) @ run(trace)[t].h
    return [(f"k{k}", row) for k, row in enumerate(zip(y, softmax(y), strict=True))]


def vector(trace: Trace, t: int) -> Lines:
    return [(f"[{n}]", [value]) for n, value in enumerate(np.asarray(trace["x"])[t - 1])]


def difference(trace: Trace, t: int) -> Lines:
    """Return the distance of the states to those of a run with another first input."""
    other = np.array(trace["x"])
    other[0] = FIRST
    pairs = zip(run(trace)[: t + 1], run(trace, other), strict=False)
    return [("‖…‖", [np.linalg.norm(one.h - two.h) for one, two in pairs])]


# ---- backpropagation, by the equations of lesson 4 -------------------------------------------


def back(trace: Trace) -> dict[int, SimpleNamespace]:
    """Return the gradients received and passed on by each step, from ∂L/∂y of the run."""
    U, V = np.asarray(trace["U"]), np.asarray(trace["V"])
    steps, later = run(trace), np.zeros(trace.units)
    found = {}
    grown = np.zeros_like(U)
    for t in range(trace.steps, 0, -1):
        own, slope = V.T @ trace.at("dy", t), 1 - steps[t].h ** 2
        dh, before = own + later, grown.copy()
        da = slope * dh
        term = np.outer(da, steps[t - 1].h)
        grown += term
        passed = U.T @ da
        found[t] = SimpleNamespace(own=own, later=later, dh=dh, slope=slope, da=da, term=term)
        vars(found[t]).update(before=before, sum=grown.copy(), passed=passed)
        later = passed
    return found


def arrows(trace: Trace, t: int) -> Lines:
    every = back(trace)
    s = every[t]
    return [
        ("‖dh‖", [np.linalg.norm(every[n].dh) for n in range(t, trace.steps + 1)]),
        ("↓ from its own loss", s.own),
        ("← from the next step", s.later),
        ("both together", s.dh),
        ("slope of tanh", s.slope),
        ("through tanh", s.da),
        ("term added to dU", [np.linalg.norm(s.before), np.linalg.norm(s.sum)]),
        ("← to the step before", s.passed),
    ]


def terms(trace: Trace, t: int) -> Lines:
    """Return dU[0, 0] as it is summed from the last step on."""
    known = [s for n, s in sorted(back(trace).items()) if n >= t]
    starts = [s.h[0] for s in run(trace)[:-1]]
    rows: Lines = [
        ("da[0]", [s.da[0] for s in known]),
        ("hₜ₋₁[0]", starts),
        ("term", [s.term[0, 0] for s in known]),
        ("sum", [s.sum[0, 0] for s in known]),
        ("‖dU‖", [np.linalg.norm(s.sum) for s in known]),
    ]
    return rows + [(f"dU u{u}", known[0].sum[u]) for u in range(trace.units)]


def gradients(trace: Trace, t: int) -> Lines:
    known = [s.dh for n, s in sorted(back(trace).items()) if n >= t]
    rows: Lines = [("x", np.asarray(trace["x"])[:, 0])]
    return rows + [(name, [dh[u] for dh in known]) for u, name in enumerate(("dh u0", "u1"))]


# ---- other pictures, from the recorded arrays ------------------------------------------------


def factors(trace: Trace, t: int) -> Lines:
    """Return by distance the RNN's two factors, f, the product of all f so far, and the
    gradients."""
    kept = np.cumprod(np.asarray(trace["f_lstm"]))
    columns = [np.asarray(trace[name]) for name in ("slope_rnn", "turn_rnn", "f_lstm")]
    left = [np.asarray(trace[name])[1:] for name in ("grad_rnn", "grad_lstm")]
    order = (*columns[:2], left[0], columns[2], kept, left[1])
    return [(str(d), [column[d - 1] for column in order]) for d in range(t - 13, t + 1)]


def whole(trace: Trace, t: int) -> Lines:
    """Return the norms of dU before and after clipping to 1, and the cosine between them."""
    dU, cut = np.asarray(trace["dU"]), np.asarray(trace["dU_clipped"])
    norms = np.linalg.norm(dU), np.linalg.norm(cut)
    cosine = float((dU * cut).sum() / norms[0] / norms[1])
    assert np.allclose(cut, dU * min(1.0, 1.0 / norms[0]))
    rows: Lines = [("‖dU‖ before", norms[:1]), ("‖dU‖ after", norms[1:]), ("limit", [1.0])]
    return [*rows, ("direction (cosine)", [cosine])]


def powers(trace: Trace, t: int) -> Lines:
    """Return log₁₀ of the gradients at some distances, the farthest first."""
    at = [50, 40, 30, 20, 10, 5, 2, 1, 0]
    kept = np.concatenate([[1.0], np.cumprod(np.asarray(trace["f_lstm"]))])
    rows = {"RNN": trace["grad_rnn"], "LSTM": trace["grad_lstm"], "∏f": kept}
    return [(name, np.log10(np.asarray(row))[at]) for name, row in rows.items()]


def gates(trace: Trace, t: int) -> Lines:
    steps = run(trace)[1 : t + 1]
    return [(f"{k}  u0", [vars(s)[k][0] for s in steps]) for k in "fio"]


def layers(trace: Trace, t: int) -> Lines:
    """Recompute the two layers by the equation of lesson 9, with U = 2 and 1.5 upwards."""
    low, high = [np.zeros(2)], [np.zeros(2)]
    for n in range(1, t + 1):
        low.append(np.tanh((n == 1) + 2 * trace.at("across", n) * low[-1]))
        high.append(np.tanh(1.5 * trace.at("up", n) * low[-1]))
    rows = [("upper", high, 0), ("u1", high, 1), ("lower", low, 0), ("u1", low, 1)]
    return [(name, [v[u] for v in values]) for name, values, u in rows]


def squash(trace: Trace, t: int) -> Lines:
    s = SimpleNamespace(**SQUASH)
    a = s.W * s.x + s.U * s.h + s.b
    f = sigmoid(a)
    return [
        ("W·x", [s.W * s.x, s.W, s.x]),
        ("U·h", [s.U * s.h, s.U, s.h]),
        ("b", [s.b]),
        ("sum", [a]),
        ("f", [f]),
        ("f×c", [f, s.c, f * s.c]),
    ]


def probabilities(trace: Trace, t: int) -> Lines:
    good = np.asarray(trace["p"])[:t, 1]
    assert np.allclose(np.asarray(trace["p"]).sum(axis=1), 1)
    return [("P(good)", good)]


def tagged(trace: Trace, t: int) -> Lines:
    """Return each net's largest P for words that either net tags with a meaning."""
    nets = [np.asarray(trace[name])[:t] for name in ("p", "p_forward")]
    asked = (nets[0].argmax(1) > 0) | (nets[1].argmax(1) > 0)
    return [("P", p.max(1)[asked]) for p in nets]


def orders(trace: Trace, t: int) -> Lines:
    sums = [np.asarray(trace[name]).sum() for name in ("adds", "adds_other")]
    good = [np.asarray(trace[name])[:, 1] for name in ("p", "p_other")]
    return [("bag of words", sums), *(("P(good)", p) for p in good)]


def bag(trace: Trace, t: int) -> Lines:
    adds = [np.asarray(trace[name]) for name in ("adds", "adds_other")]
    return [*(("adds", one) for one in adds), ("bag of words", [one.sum() for one in adds])]


def lengths(trace: Trace, t: int) -> Lines:
    _, off, on = np.asarray(trace["by_length"])
    return [("off", off), ("on", on)]


def next_symbols(trace: Trace, t: int) -> Lines:
    """Return logit, softmax(y) and softmax(y / temperature) of the most probable symbols."""
    y = trace.at("y", t)
    p, warm = softmax(y), softmax(y / float(trace["temperature"]))
    signs = [chr(int(point)) for point in np.asarray(trace["alphabet"])]
    rows: Lines = [("y", [float(trace["temperature"])])]  # in the heading
    best = np.argsort(-p)[:10]
    return rows + [(signs[k].replace(" ", "space"), [y[k], p[k], warm[k]]) for k in best]


def forecasts(trace: Trace, t: int) -> Lines:
    """Return each error, and its ratio to the better simple forecast."""
    errors = [float(trace[name]) for name in ("error", "repeat", "mean")]
    names = ("RNN, H=8", "repeat the last", "always the mean")
    rows = zip(names, errors, strict=True)
    return [(name, [error, error / min(errors[1:])]) for name, error in rows]


def medians(trace: Trace, t: int) -> Lines:
    index = trace.of(Recall).nets.index(Net("lstm", "default"))
    found = np.median(np.asarray(trace["recall"])[index], axis=1)
    return [("LSTM default", found), ("5 bars", [1 / 8])]  # chance: one of eight symbols


def batch_states(trace: Trace, t: int) -> Lines:
    """Return h of a unit in each row, its last h, and that of the row without padding."""
    h, unit = np.asarray(trace["h"])[1:], int(trace["unit"])
    last, alone = (np.asarray(trace[name])[:, unit] for name in ("hn", "alone"))
    return [("h", [*h[:, b], last[b], alone[b]]) for b in range(h.shape[1])]


def batch_losses(trace: Trace, t: int) -> Lines:
    """Return the losses of the rows, and the means over the real steps and over all, PAD
    included."""
    loss, real = np.asarray(trace["surprise"]), np.asarray(trace["real"]) > 0
    rows: Lines = [("−ln p", [*row, row.mean()]) for row in loss.T]
    return [*rows, ("over the 17 real steps", [loss[real].mean(), loss.mean()])]


def windows(trace: Trace, t: int) -> Lines:
    names = {"h": "h", "−ln p": "loss", "∂L₁/∂h": "1", "∂L₂/∂h": "2"}
    row = int(trace["row"]) - 1  # rows are counted from 1
    return [(label, np.asarray(trace[f"window_{of}"])[:, row]) for label, of in names.items()]


def later(trace: Trace, t: int) -> Lines:
    return [("h→", trace["diff"][:t]), ("h←", trace["diff_back"][:t])]
