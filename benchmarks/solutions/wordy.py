"""A separate variable for every quantity."""

import numpy as np


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def lstm_step(x, h_prev, c_prev, W, U, b):
    sum_f = W["f"] @ x + U["f"] @ h_prev + b["f"]
    forget = sigmoid(sum_f)
    sum_i = W["i"] @ x + U["i"] @ h_prev + b["i"]
    write = sigmoid(sum_i)
    sum_o = W["o"] @ x + U["o"] @ h_prev + b["o"]
    show = sigmoid(sum_o)
    sum_g = W["g"] @ x + U["g"] @ h_prev + b["g"]
    candidate = np.tanh(sum_g)
    kept = forget * c_prev
    written = write * candidate
    memory = kept + written
    squashed = np.tanh(memory)
    state = show * squashed
    return state, memory


def lstm_backward(dh, dc_next, step, W, U):
    x = step["x"]
    h_prev = step["h_prev"]
    c_prev = step["c_prev"]
    f = step["f"]
    i = step["i"]
    o = step["o"]
    g = step["g"]
    c = step["c"]
    tanh_c = np.tanh(c)
    slope = 1 - tanh_c**2
    through_h = dh * o * slope
    dc = dc_next + through_h
    d_o = dh * tanh_c
    d_sum_o = d_o * o * (1 - o)
    d_f = dc * c_prev
    d_sum_f = d_f * f * (1 - f)
    d_i = dc * g
    d_sum_i = d_i * i * (1 - i)
    d_g = dc * i
    d_sum_g = d_g * (1 - g**2)
    dx = W["f"].T @ d_sum_f + W["i"].T @ d_sum_i
    dx = dx + W["o"].T @ d_sum_o + W["g"].T @ d_sum_g
    dh_prev = U["f"].T @ d_sum_f + U["i"].T @ d_sum_i
    dh_prev = dh_prev + U["o"].T @ d_sum_o + U["g"].T @ d_sum_g
    dc_prev = dc * f
    dW = {}
    dW["f"] = np.outer(d_sum_f, x)
    dW["i"] = np.outer(d_sum_i, x)
    dW["o"] = np.outer(d_sum_o, x)
    dW["g"] = np.outer(d_sum_g, x)
    dU = {}
    dU["f"] = np.outer(d_sum_f, h_prev)
    dU["i"] = np.outer(d_sum_i, h_prev)
    dU["o"] = np.outer(d_sum_o, h_prev)
    dU["g"] = np.outer(d_sum_g, h_prev)
    db = {"f": d_sum_f, "i": d_sum_i, "o": d_sum_o, "g": d_sum_g}
    return dx, dh_prev, dc_prev, dW, dU, db


def gru_step(x, h_prev, W, U, b, b_nU):
    sum_r = W["r"] @ x + U["r"] @ h_prev + b["r"]
    reset = sigmoid(sum_r)
    sum_z = W["z"] @ x + U["z"] @ h_prev + b["z"]
    update = sigmoid(sum_z)
    old = U["n"] @ h_prev + b_nU
    seen = reset * old
    sum_n = W["n"] @ x + b["n"] + seen
    candidate = np.tanh(sum_n)
    kept = update * h_prev
    new = (1 - update) * candidate
    state = kept + new
    return state


def rnn_backward(dh_loss, x, h0, h, W, U):
    T = len(x)
    dW = np.zeros_like(W)
    dU = np.zeros_like(U)
    db = np.zeros(len(h0))
    dh_next = np.zeros(len(h0))
    for t in range(T - 1, -1, -1):
        if t > 0:
            before = h[t - 1]
        else:
            before = h0
        dh = dh_loss[t] + dh_next
        slope = 1 - h[t] ** 2
        da = dh * slope
        term_W = np.outer(da, x[t])
        dW = dW + term_W
        term_U = np.outer(da, before)
        dU = dU + term_U
        db = db + da
        dh_next = U.T @ da
    return dW, dU, db, dh_next
