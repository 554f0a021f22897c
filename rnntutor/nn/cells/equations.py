"""The equations of the three cells, one line each, one function a phase.

Each function reads and writes the record `s` of one time step, with the
parameters `p`. The names are those of the equations and of the trace:

    x              (D,)    input of this step
    h_prev, h      (H,)    hidden state before and after it
    c_prev, c      (H,)    cell state (memory) before and after it
    wx_k, uh_k     (H,)    W_k x and U_k h_prev, of block k
    a_k            (H,)    the sum that goes into block k
    da_k           (H,)    dL/da_k: d… is always the gradient of the loss

W_k (H,D) is the input matrix of a block, U_k (H,H) the recurrent one, b_k
(H,) its bias. They are the same at every step. All products of two vectors
are elementwise.
"""

from __future__ import annotations

from types import SimpleNamespace as Record

import numpy as np
from numpy import tanh

from rnntutor.nn.arrays import Array


def sigmoid(a: Array) -> Array:
    """1 / (1 + exp(-a)), written so that no exponential overflows.

    Args:
        a: sums, of any shape.

    Returns:
        Values between 0 and 1, shaped like a.
    """
    return np.asarray(0.5 + 0.5 * tanh(0.5 * a))


# ---- RNN: Elman 1990 -----------------------------------------------------


def rnn_sum(p: Record, s: Record) -> None:
    """What goes into the new state: the input and the old state, weighted."""
    s.wx = p.W @ s.x
    s.uh = p.U @ s.h_prev
    s.a = s.wx + s.uh + p.b


def rnn_state(p: Record, s: Record) -> None:
    """The new state, squashed to between -1 and 1."""
    s.h = tanh(s.a)


def rnn_slopes(p: Record, s: Record) -> None:
    """Back through tanh: dL/da = dL/dh (1 - h^2)."""
    s.dh = s.dh_loss + s.dh_next
    s.da = s.dh * (1 - s.h**2)


def rnn_back(p: Record, s: Record) -> None:
    """Back to the input, and through U to the state of the step before."""
    s.dx = p.W.T @ s.da
    s.dh_prev = p.U.T @ s.da


# ---- LSTM: Hochreiter & Schmidhuber 1997; forget gate: Gers et al. 2000 --


def lstm_gates(p: Record, s: Record) -> None:
    """Three gates between 0 and 1: keep (f), write (i), show (o)."""
    s.wx_f = p.W_f @ s.x
    s.uh_f = p.U_f @ s.h_prev
    s.a_f = s.wx_f + s.uh_f + p.b_f
    s.f = sigmoid(s.a_f)

    s.wx_i = p.W_i @ s.x
    s.uh_i = p.U_i @ s.h_prev
    s.a_i = s.wx_i + s.uh_i + p.b_i
    s.i = sigmoid(s.a_i)

    s.wx_o = p.W_o @ s.x
    s.uh_o = p.U_o @ s.h_prev
    s.a_o = s.wx_o + s.uh_o + p.b_o
    s.o = sigmoid(s.a_o)


def lstm_candidate(p: Record, s: Record) -> None:
    """What could be written, between -1 and 1."""
    s.wx_g = p.W_g @ s.x
    s.uh_g = p.U_g @ s.h_prev
    s.a_g = s.wx_g + s.uh_g + p.b_g
    s.g = tanh(s.a_g)


def lstm_memory(p: Record, s: Record) -> None:
    """The memory: c = f c_prev + i g, a part kept and a part written."""
    s.fc = s.f * s.c_prev
    s.ig = s.i * s.g
    s.c = s.fc + s.ig


def lstm_output(p: Record, s: Record) -> None:
    """What the memory shows: h = o tanh(c)."""
    s.tanh_c = tanh(s.c)
    s.h = s.o * s.tanh_c


def lstm_slopes(p: Record, s: Record) -> None:
    """Back through one step: from h and c to the sums of the four blocks."""
    s.dh = s.dh_loss + s.dh_next
    s.dc = s.dc_next + s.dh * s.o * (1 - s.tanh_c**2)
    s.da_o = s.dh * s.tanh_c * s.o * (1 - s.o)
    s.da_f = s.dc * s.c_prev * s.f * (1 - s.f)
    s.da_i = s.dc * s.g * s.i * (1 - s.i)
    s.da_g = s.dc * s.i * (1 - s.g**2)


def lstm_back(p: Record, s: Record) -> None:
    """Back to the input, and to h and c of the step before."""
    s.dx = p.W_f.T @ s.da_f + p.W_i.T @ s.da_i
    s.dx += p.W_o.T @ s.da_o + p.W_g.T @ s.da_g
    s.dh_prev = p.U_f.T @ s.da_f + p.U_i.T @ s.da_i
    s.dh_prev += p.U_o.T @ s.da_o + p.U_g.T @ s.da_g
    s.dc_prev = s.dc * s.f


# ---- GRU: Cho et al. 2014; reset after the product, as cuDNN and PyTorch -


def gru_gates(p: Record, s: Record) -> None:
    """Two gates between 0 and 1: look at the old state (r), keep it (z)."""
    s.wx_r = p.W_r @ s.x
    s.uh_r = p.U_r @ s.h_prev
    s.a_r = s.wx_r + s.uh_r + p.b_r
    s.r = sigmoid(s.a_r)

    s.wx_z = p.W_z @ s.x
    s.uh_z = p.U_z @ s.h_prev
    s.a_z = s.wx_z + s.uh_z + p.b_z
    s.z = sigmoid(s.a_z)


def gru_candidate(p: Record, s: Record) -> None:
    """The new proposal: n = tanh(W x + b_n + r (U h_prev + b_nU))."""
    s.wx_n = p.W_n @ s.x
    s.uh_n = p.U_n @ s.h_prev
    s.r_uh = s.r * (s.uh_n + p.b_nU)
    s.a_n = s.wx_n + p.b_n + s.r_uh
    s.n = tanh(s.a_n)


def gru_state(p: Record, s: Record) -> None:
    """The state: h = z h_prev + (1 - z) n, so z = 1 keeps it."""
    s.zh = s.z * s.h_prev
    s.zn = (1 - s.z) * s.n
    s.h = s.zh + s.zn


def gru_slopes(p: Record, s: Record) -> None:
    """Back through one step: from h to the sums of the three blocks."""
    s.dh = s.dh_loss + s.dh_next
    s.da_z = s.dh * (s.h_prev - s.n) * s.z * (1 - s.z)
    s.da_n = s.dh * (1 - s.z) * (1 - s.n**2)


def gru_reset_slopes(p: Record, s: Record) -> None:
    """Back through the reset product r (U h_prev + b_nU)."""
    s.da_r = s.da_n * (s.uh_n + p.b_nU) * s.r * (1 - s.r)
    s.da_nU = s.da_n * s.r


def gru_back(p: Record, s: Record) -> None:
    """Back to the input, and to the state of the step before."""
    s.dx = p.W_r.T @ s.da_r + p.W_z.T @ s.da_z + p.W_n.T @ s.da_n
    s.dh_prev = s.dh * s.z + p.U_n.T @ s.da_nU
    s.dh_prev += p.U_r.T @ s.da_r + p.U_z.T @ s.da_z


# ---- the sums over time, and the head -----------------------------------


def add_to_sums(
    s: Record, later: Record, k: str, reads: str = "h_prev"
) -> None:
    """Add step t's term to the gradients of block k's weights (Werbos 1990).

    The weights are the same at every step: so their gradient is the sum over
    all of them.

    Args:
        s: the record of step t, with da_k (H,). It is given dW_k (H,D),
            dU_k (H,H) and db_k (H,), the sums of the terms of steps T … t.
        later: the record of step t+1, with its sums.
        k: what follows W, U and b in the names of the block: "_f"; "" for the
            only block of the RNN.
        reads: the quantity that U_k multiplies, h_prev in most blocks.
    """
    da = vars(s)["da" + k]
    da_u = vars(s).get("da" + k + "U", da)  # the GRU's reset product
    vars(s)["dW" + k] = vars(later)["dW" + k] + np.outer(da, s.x)
    vars(s)["dU" + k] = vars(later)["dU" + k] + np.outer(da_u, vars(s)[reads])
    vars(s)["db" + k] = vars(later)["db" + k] + da


def head(p: Record, s: Record) -> None:
    """One number per class from the state, y = V h + b_y; p = softmax(y).

    Softmax: Bridle 1990.

    Args:
        p: the parameters, V (K,H) and b_y (K,) among them.
        s: the record of the step, with h (H,). It is given y (K,), the logits;
            p (K,), the probabilities, which sum to 1; and log_p (K,), their
            natural logarithms.
    """
    s.y = p.V @ s.h + p.b_y
    top = s.y.max()  # taken out so that no exponential overflows
    s.log_p = s.y - top - np.log(np.exp(s.y - top).sum())
    s.p = np.exp(s.log_p)


def head_back(p: Record, s: Record) -> None:
    """Cross-entropy -log p[target]: its gradient in y is p - onehot(target).

    A step without a target contributes no gradient.

    Args:
        p: the parameters, V (K,H) among them.
        s: the record of the step after `head`, with its target: the number of
            a class, counted from 0, or -1 for none. It is given loss, in nats;
            dy (K,), its gradient in y; and dh_loss (H,), its gradient in h.
    """
    asked = s.target >= 0
    right = np.arange(s.y.size) == s.target
    s.loss = -s.log_p[s.target] if asked else 0.0
    s.dy = asked * (s.p - right)
    s.dh_loss = p.V.T @ s.dy
