"""All gates in one matrix, in another order, with state and input concatenated."""

import numpy as np


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def lstm_step(x, h_prev, c_prev, W, U, b):
    H = len(h_prev)
    z = np.concatenate([h_prev, x])
    A = np.vstack([np.hstack([U[k], W[k]]) for k in "ifog"])
    bias = np.concatenate([b["i"], b["f"], b["o"], b["g"]])
    a = A @ z + bias
    gates = sigmoid(a[: 3 * H])
    i = gates[:H]
    f = gates[H : 2 * H]
    o = gates[2 * H :]
    g = np.tanh(a[3 * H :])
    c = f * c_prev + i * g
    h = o * np.tanh(c)
    return h, c


def lstm_backward(dh, dc_next, step, W, U):
    H = len(dh)
    z = np.concatenate([step["h_prev"], step["x"]])
    A = np.vstack([np.hstack([U[k], W[k]]) for k in "ifog"])
    f, i, o, g = step["f"], step["i"], step["o"], step["g"]
    t = np.tanh(step["c"])
    dc = dc_next + dh * o * (1 - t**2)
    dgates = np.concatenate([dc * g, dc * step["c_prev"], dh * t, dc * i])
    s = np.concatenate([i, f, o])
    slopes = np.concatenate([s * (1 - s), 1 - g**2])
    da = dgates * slopes
    dz = A.T @ da
    dA = np.outer(da, z)
    blocks = np.split(dA, 4)
    dU = {k: block[:, :H] for k, block in zip("ifog", blocks)}
    dW = {k: block[:, H:] for k, block in zip("ifog", blocks)}
    db = dict(zip("ifog", np.split(da, 4)))
    dc_prev = dc * f
    return dz[H:], dz[:H], dc_prev, dW, dU, db


def gru_step(x, h_prev, W, U, b, b_nU):
    H = len(h_prev)
    Wx = np.vstack([W["z"], W["r"], W["n"]]) @ x + np.concatenate([b["z"], b["r"], b["n"]])
    Uh = np.vstack([U["z"], U["r"], U["n"]]) @ h_prev
    zr = sigmoid(Wx[: 2 * H] + Uh[: 2 * H])
    z = zr[:H]
    r = zr[H:]
    n = np.tanh(Wx[2 * H :] + r * (Uh[2 * H :] + b_nU))
    return n + z * (h_prev - n)


def rnn_backward(dh_loss, x, h0, h, W, U):
    H = len(h0)
    A = np.hstack([U, W])
    states = np.vstack([h0, h])
    dA = np.zeros_like(A)
    db = np.zeros(H)
    carry = np.zeros(H)
    for t in range(len(x), 0, -1):
        z = np.concatenate([states[t - 1], x[t - 1]])
        da = (dh_loss[t - 1] + carry) * (1 - states[t] ** 2)
        dA += np.outer(da, z)
        db += da
        dz = A.T @ da
        carry = dz[:H]
    return dA[:, H:], dA[:, :H], db, carry


def rnn_forward(x, h0, W, U, b):
    A = np.hstack([U, W])
    h = np.empty((len(x) + 1, len(h0)))
    h[0] = h0
    for t in range(len(x)):
        z = np.concatenate([h[t], x[t]])
        a = A @ z + b
        h[t + 1] = np.tanh(a)
    return h[1:]


def attend(q, h):
    score = h @ q
    e = np.exp(score - score.max())
    alpha = e / e.sum()
    m = h.T @ alpha
    return alpha, m
