"""Vectors as rows, weights transposed: x W^T instead of W x."""

import numpy as np


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def lstm_step(x, h_prev, c_prev, W, U, b):
    X = x[None, :]
    H = h_prev[None, :]
    C = c_prev[None, :]
    f = sigmoid(X @ W["f"].T + H @ U["f"].T + b["f"])
    i = sigmoid(X @ W["i"].T + H @ U["i"].T + b["i"])
    o = sigmoid(X @ W["o"].T + H @ U["o"].T + b["o"])
    g = np.tanh(X @ W["g"].T + H @ U["g"].T + b["g"])
    c = f * C + i * g
    t = np.tanh(c)
    h = o * t
    return h[0], c[0]


def lstm_backward(dh, dc_next, step, W, U):
    s = {name: value[None, :] for name, value in step.items()}
    dH = dh[None, :]
    tanh_c = np.tanh(s["c"])
    dC = dc_next[None, :] + dH * s["o"] * (1 - tanh_c**2)
    do = dH * tanh_c * s["o"] * (1 - s["o"])
    df = dC * s["c_prev"] * s["f"] * (1 - s["f"])
    di = dC * s["g"] * s["i"] * (1 - s["i"])
    dg = dC * s["i"] * (1 - s["g"] ** 2)
    dx = df @ W["f"] + di @ W["i"] + do @ W["o"] + dg @ W["g"]
    dh_prev = df @ U["f"] + di @ U["i"] + do @ U["o"] + dg @ U["g"]
    dc_prev = dC * s["f"]
    dW = {"f": (s["x"].T @ df).T, "i": (s["x"].T @ di).T}
    dW["o"] = (s["x"].T @ do).T
    dW["g"] = (s["x"].T @ dg).T
    dU = {"f": (s["h_prev"].T @ df).T, "i": (s["h_prev"].T @ di).T}
    dU["o"] = (s["h_prev"].T @ do).T
    dU["g"] = (s["h_prev"].T @ dg).T
    db = {"f": df[0], "i": di[0], "o": do[0], "g": dg[0]}
    return dx[0], dh_prev[0], dc_prev[0], dW, dU, db


def gru_step(x, h_prev, W, U, b, b_nU):
    X = x[None, :]
    H = h_prev[None, :]
    r = sigmoid(X @ W["r"].T + H @ U["r"].T + b["r"])
    z = sigmoid(X @ W["z"].T + H @ U["z"].T + b["z"])
    past = H @ U["n"].T + b_nU
    n = np.tanh(X @ W["n"].T + b["n"] + r * past)
    h = z * H + (1 - z) * n
    return h[0]


def rnn_backward(dh_loss, x, h0, h, W, U):
    before = np.vstack([h0[None, :], h[:-1]])
    slopes = 1 - h**2
    dA = np.zeros_like(h)
    dnext = np.zeros((1, len(h0)))
    for t in range(len(x) - 1, -1, -1):
        dH = dh_loss[t : t + 1] + dnext
        dA[t] = (dH * slopes[t])[0]
        dnext = dA[t : t + 1] @ U
    dW = dA.T @ x
    dU = dA.T @ before
    db = dA.sum(axis=0)
    return dW, dU, db, dnext[0]
