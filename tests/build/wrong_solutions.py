"""Typical wrong solutions of learners: the mistake in each, and its code."""

from __future__ import annotations

from textwrap import dedent

HEAD = "import numpy as np\n\n\ndef sigmoid(a):\n    return 0.5 + 0.5 * np.tanh(0.5 * a)\n\n\n"
SOFTMAX = "e = np.exp(y - y.max())\n    p = e / e.sum()"

LSTM = """\
def lstm_step(x, h_prev, c_prev, W, U, b):
    f = sigmoid(W["f"] @ x + U["f"] @ h_prev + b["f"])
    i = sigmoid(W["i"] @ x + U["i"] @ h_prev + b["i"])
    o = sigmoid(W["o"] @ x + U["o"] @ h_prev + b["o"])
    g = np.tanh(W["g"] @ x + U["g"] @ h_prev + b["g"])
    c = f * c_prev + i * g
    h = o * np.tanh(c)
    return h, c
"""
BPTT = """\
def rnn_backward(dh_loss, x, h0, h, W, U):
    dW, dU, db = np.zeros_like(W), np.zeros_like(U), np.zeros(len(h0))
    dh_next = np.zeros(len(h0))
    for t in reversed(range(len(x))):
        before = h[t - 1] if t > 0 else h0
        dh = dh_loss[t] + dh_next
        da = dh * (1 - h[t] ** 2)
        dW += np.outer(da, x[t])
        dU += np.outer(da, before)
        db += da
        dh_next = U.T @ da
    return dW, dU, db, dh_next
"""
BACK = """\
def lstm_backward(dh, dc_next, step, W, U):
    x, h_prev, c_prev = step["x"], step["h_prev"], step["c_prev"]
    f, i, o, g, c = step["f"], step["i"], step["o"], step["g"], step["c"]
    tanh_c = np.tanh(c)
    dc = dc_next + dh * o * (1 - tanh_c ** 2)
    da = {}
    da["o"] = dh * tanh_c * o * (1 - o)
    da["f"] = dc * c_prev * f * (1 - f)
    da["i"] = dc * g * i * (1 - i)
    da["g"] = dc * i * (1 - g ** 2)
    dW = {k: np.outer(da[k], x) for k in da}
    dU = {k: np.outer(da[k], h_prev) for k in da}
    dx = sum(W[k].T @ da[k] for k in da)
    dh_prev = sum(U[k].T @ da[k] for k in da)
    return dx, dh_prev, dc * f, dW, dU, da
"""
GRU = """\
def gru_step(x, h_prev, W, U, b, b_nU):
    r = sigmoid(W["r"] @ x + U["r"] @ h_prev + b["r"])
    z = sigmoid(W["z"] @ x + U["z"] @ h_prev + b["z"])
    n = np.tanh(W["n"] @ x + b["n"] + r * (U["n"] @ h_prev + b_nU))
    h = z * h_prev + (1 - z) * n
    return h
"""


def _changed(source: str, right: str, wrong: str) -> str:
    assert right in source
    return HEAD + source.replace(right, wrong)


def _own(source: str) -> str:
    return HEAD + dedent(source).lstrip("\n")


WRONG: dict[str, tuple[str, str]] = {
    "sigmoid of +a": (
        "sigmoid",
        "import numpy as np\n\n\ndef sigmoid(a):\n    return 1 / (1 + np.exp(np.minimum(a, 50)))\n",
    ),
    "sigmoid overflows": (
        "sigmoid",
        "import numpy as np\n\n\ndef sigmoid(a):\n    return 1 / (1 + np.exp(-a))\n",
    ),
    "no bias": (
        "rnn_step",
        _own("def rnn_step(x, h_prev, W, U, b):\n    return np.tanh(W @ x + U @ h_prev)\n"),
    ),
    "no tanh": (
        "rnn_step",
        _own("def rnn_step(x, h_prev, W, U, b):\n    a = W @ x + U @ h_prev + b\n    return a\n"),
    ),
    "W and U exchanged": (
        "rnn_step",
        _own("def rnn_step(x, h_prev, W, U, b):\n    return np.tanh(U @ x + W @ h_prev + b)\n"),
    ),
    "always from h0": (
        "rnn_forward",
        _own("""
        def rnn_forward(x, h0, W, U, b):
            out = []
            for row in x:
                h = np.tanh(W @ row + U @ h0 + b)
                out.append(h)
            return np.stack(out)
        """),
    ),
    "only the last state": (
        "rnn_forward",
        _own("""
        def rnn_forward(x, h0, W, U, b):
            h = h0
            for row in x:
                h = np.tanh(W @ row + U @ h + b)
            return h
        """),
    ),
    "nothing taken from p": (
        "softmax_loss",
        _own(f"""
        def softmax_loss(y, target):
            {SOFTMAX.replace(chr(10), chr(10) + " " * 8)}
            loss = -np.log(p[target])
            return loss, p
        """),
    ),
    "no logarithm": (
        "softmax_loss",
        _own(f"""
        def softmax_loss(y, target):
            {SOFTMAX.replace(chr(10), chr(10) + " " * 8)}
            loss = -p[target]
            dy = p.copy()
            dy[target] -= 1
            return loss, dy
        """),
    ),
    "1 - h in place of 1 - h²": ("rnn_backward", _changed(BPTT, "h[t] ** 2", "h[t]")),
    "nothing from the next step": ("rnn_backward", _changed(BPTT, " + dh_next", "")),
    "dU with the new state": ("rnn_backward", _changed(BPTT, "(da, before)", "(da, h[t])")),
    "back through U, not turned": ("rnn_backward", _changed(BPTT, "U.T @ da", "U @ da")),
    "sums start anew": ("rnn_backward", _changed(BPTT, "dW += ", "dW = ")),
    "each array by itself": (
        "clip_by_norm",
        _own("""
        def clip_by_norm(gradients, limit):
            out = []
            for g in gradients:
                norm = np.sqrt((g ** 2).sum())
                out.append(g * min(1, limit / norm))
            return out
        """),
    ),
    "no root": (
        "clip_by_norm",
        _own("""
        def clip_by_norm(gradients, limit):
            norm = sum((g ** 2).sum() for g in gradients)
            scale = min(1, limit / norm)
            return [g * scale for g in gradients]
        """),
    ),
    "input gate forgotten": ("lstm_step", _changed(LSTM, "+ i * g", "+ g")),
    "candidate through sigmoid": ("lstm_step", _changed(LSTM, "g = np.tanh", "g = sigmoid")),
    "h without tanh": ("lstm_step", _changed(LSTM, "np.tanh(c)", "c")),
    "h from the old memory": ("lstm_step", _changed(LSTM, "np.tanh(c)", "np.tanh(c_prev)")),
    "weights of another gate": ("lstm_step", _changed(LSTM, 'U["i"] @ h', 'U["f"] @ h')),
    "results exchanged": ("lstm_step", _changed(LSTM, "return h, c", "return c, h")),
    "slope of tanh forgotten": ("lstm_backward", _changed(BACK, " * (1 - tanh_c ** 2)", "")),
    "dc_next forgotten": ("lstm_backward", _changed(BACK, "dc_next + ", "")),
    "slope of the gate forgotten": ("lstm_backward", _changed(BACK, " * f * (1 - f)", "")),
    "z and 1 - z exchanged": (
        "gru_step",
        _changed(GRU, "z * h_prev + (1 - z) * n", "(1 - z) * h_prev + z * n"),
    ),
    "reset before the product": (
        "gru_step",
        _changed(GRU, 'r * (U["n"] @ h_prev + b_nU)', 'U["n"] @ (r * h_prev) + b_nU'),
    ),
    "not turned round": (
        "merge",
        _own("""
        def merge(forward, backward, how):
            if how == "sum":
                return forward + backward
            return np.concatenate([forward, backward], axis=1)
        """),
    ),
    "times the temperature": (
        "sample",
        _own("""
        def sample(y, temperature, u):
            y = y * temperature
            e = np.exp(y - y.max())
            p = e / e.sum()
            return int((np.cumsum(p) <= u).sum())
        """),
    ),
    "scores divided by the root": (
        "attend",
        _own("""
        def attend(q, h):
            a = h @ q / np.sqrt(len(q))
            e = np.exp(a - a.max())
            alpha = e / e.sum()
            return alpha, alpha @ h
        """),
    ),
    "not summed": (
        "attend",
        _own("""
        def attend(q, h):
            a = h @ q
            e = np.exp(a - a.max())
            alpha = e / e.sum()
            return alpha, alpha[:, None] * h
        """),
    ),
}
