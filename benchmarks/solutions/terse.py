"""As few lines as possible, intermediate results inside the expressions."""

import numpy as np


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def lstm_step(x, h_prev, c_prev, W, U, b):
    f, i, o = (sigmoid(W[k] @ x + U[k] @ h_prev + b[k]) for k in "fio")
    c = f * c_prev + i * np.tanh(W["g"] @ x + U["g"] @ h_prev + b["g"])
    return o * np.tanh(c), c


def lstm_backward(dh, dc_next, step, W, U):
    f, i, o, g, c = (step[k] for k in "fiogc")
    dc = dc_next + dh * o * (1 - np.tanh(c) ** 2)
    da = {"f": dc * step["c_prev"] * f * (1 - f), "i": dc * g * i * (1 - i)}
    da["o"] = dh * np.tanh(c) * o * (1 - o)
    da["g"] = dc * i * (1 - g**2)
    dx = sum(W[k].T @ da[k] for k in da)
    dh_prev = sum(U[k].T @ da[k] for k in da)
    dW = {k: np.outer(da[k], step["x"]) for k in da}
    dU = {k: np.outer(da[k], step["h_prev"]) for k in da}
    return dx, dh_prev, dc * f, dW, dU, da


def gru_step(x, h_prev, W, U, b, b_nU):
    r, z = (sigmoid(W[k] @ x + U[k] @ h_prev + b[k]) for k in "rz")
    n = np.tanh(W["n"] @ x + b["n"] + r * (U["n"] @ h_prev + b_nU))
    return z * h_prev + (1 - z) * n


def rnn_backward(dh_loss, x, h0, h, W, U):
    dW, dU, db, dh = 0 * W, 0 * U, 0 * h0, 0 * h0
    for t in reversed(range(len(x))):
        da = (dh_loss[t] + dh) * (1 - h[t] ** 2)
        dW, db = dW + np.outer(da, x[t]), db + da
        dU = dU + np.outer(da, h[t - 1] if t else h0)
        dh = U.T @ da
    return dW, dU, db, dh


def rnn_forward(x, h0, W, U, b):
    h = [h0]
    for x_t in x:
        h.append(np.tanh(W @ x_t + U @ h[-1] + b))
    return np.array(h[1:])


def attend(q, h):
    e = np.exp(h @ q - (h @ q).max())
    return e / e.sum(), e / e.sum() @ h


def rnn_step(x, h_prev, W, U, b):
    return np.tanh(W @ x + U @ h_prev + b)


def softmax_loss(y, target):
    e = np.exp(y - y.max())
    return np.log(e.sum()) - y[target] + y.max(), e / e.sum() - np.eye(len(y))[target]
