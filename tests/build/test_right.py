"""Right solutions are accepted in any style; accidentally right ones are not."""

from __future__ import annotations

import pytest
from in_process import check_here

from rnntutor.build.check import Passed

HEAD = "import math\nimport numpy as np\ndef sig(a): return 1 / (1 + np.exp(-a))\n"
RIGHT = {
    "sigmoid": {
        "by tanh": "def sigmoid(a): return 0.5 * (1 + np.tanh(a / 2))",
        "by the sign": """def sigmoid(a):
    e = np.exp(-np.abs(a))
    return np.where(a >= 0, 1 / (1 + e), e / (1 + e))""",
        "masks": """def sigmoid(a):
    s = np.empty_like(a)
    up = a >= 0
    s[up] = 1 / (1 + np.exp(-a[up]))
    e = np.exp(a[~up])
    s[~up] = e / (1 + e)
    return s""",
        "one by one with math": """def sigmoid(a):
    def one(v):
        return 1 / (1 + math.exp(-v)) if v >= 0 else math.exp(v) / (1 + math.exp(v))
    return np.array([one(v) for v in a])""",
    },
    "rnn_step": {
        "plain": "def rnn_step(x, h_prev, W, U, b): return np.tanh(W @ x + U @ h_prev + b)",
        "loops": """def rnn_step(x, h_prev, W, U, b):
    h = []
    for j in range(len(b)):
        a = b[j]
        for d in range(len(x)): a += W[j, d] * x[d]
        for k in range(len(h_prev)): a += U[j, k] * h_prev[k]
        h.append(math.tanh(a))
    return np.array(h)""",
        "einsum": """def rnn_step(x, h_prev, W, U, b):
    return np.tanh(np.einsum('hd,d->h', W, x) + np.einsum('hk,k->h', U, h_prev) + b)""",
        "float32": """def rnn_step(x, h_prev, W, U, b):
    x, h_prev, W, U, b = (v.astype(np.float32) for v in (x, h_prev, W, U, b))
    return np.tanh(W @ x + U @ h_prev + b)""",
        "one matrix": """def rnn_step(x, h_prev, W, U, b):
    return np.tanh(np.hstack([W, U, b[:, None]]) @ np.concatenate([x, h_prev, [1.0]]))""",
        "by exponentials": """def rnn_step(x, h_prev, W, U, b):
    e = np.exp(2 * (x @ W.T + h_prev @ U.T + b))
    return (e - 1) / (e + 1)""",
    },
    "rnn_forward": {
        "list": """def rnn_forward(x, h0, W, U, b):
    h, out = h0, []
    for row in x:
        h = np.tanh(W @ row + U @ h + b)
        out.append(h)
    return np.stack(out)""",
        "in place": """def rnn_forward(x, h0, W, U, b):
    h = np.zeros((len(x), len(h0)))
    for t in range(len(x)):
        h[t] = np.tanh(W @ x[t] + U @ (h[t - 1] if t else h0) + b)
    return h""",
        "all inputs first": """def rnn_forward(x, h0, W, U, b):
    a = x @ W.T + b
    h = h0
    for t in range(len(a)):
        a[t] += U @ h
        h = a[t] = np.tanh(a[t])
    return a""",
        "recursion": """def rnn_forward(x, h0, W, U, b):
    if len(x) == 0: return np.empty((0, len(h0)))
    h = np.tanh(W @ x[0] + U @ h0 + b)
    return np.vstack([h, rnn_forward(x[1:], h, W, U, b)])""",
        "class": """class Cell:
    def __init__(self, W, U, b, h): self.W, self.U, self.b, self.h = W, U, b, h
    def step(self, x):
        self.h = np.tanh(self.W @ x + self.U @ self.h + self.b)
        return self.h
def rnn_forward(x, h0, W, U, b):
    cell = Cell(W, U, b, h0)
    return np.array([cell.step(row) for row in x])""",
    },
    "softmax_loss": {
        "log-sum-exp": """def softmax_loss(y, target):
    y = y - y.max()
    e = np.exp(y)
    dy = e / e.sum()
    loss = -y[target] + np.log(e.sum())
    dy[target] -= 1
    return loss, dy""",
        "one-hot": """def softmax_loss(y, target):
    z = y - np.max(y)
    logp = z - np.log(np.sum(np.exp(z)))
    return -logp[target], np.exp(logp) - np.eye(len(y))[target]""",
        "loops": """def softmax_loss(y, target):
    m = max(y)
    e = [math.exp(v - m) for v in y]
    p = [v / sum(e) for v in e]
    dy = np.array([v - (k == target) for k, v in enumerate(p)])
    return -math.log(p[target]), dy""",
    },
    "clip_by_norm": {
        "generator": """def clip_by_norm(gradients, limit):
    norm = math.sqrt(sum(float((g * g).sum()) for g in gradients))
    return [g * min(1.0, limit / norm) for g in gradients]""",
        "if": """def clip_by_norm(gradients, limit):
    norm = np.linalg.norm(np.concatenate([g.ravel() for g in gradients]))
    if norm <= limit: return gradients
    return [g / norm * limit for g in gradients]""",
        "in place": """def clip_by_norm(gradients, limit):
    total = 0
    for g in gradients: total += np.vdot(g, g)
    if total > limit ** 2:
        for g in gradients: g *= limit / np.sqrt(total)
    return gradients""",
    },
    "lstm_step": {
        "float32, one row": """def lstm_step(x, h_prev, c_prev, W, U, b):
    row = np.r_[x, h_prev, 1].astype('f4')[None]
    M = {k: np.c_[W[k], U[k], b[k]].T.astype('f4') for k in W}
    f, i, o, g = ((row @ M[k])[0] for k in 'fiog')
    c = c_prev * sig(f) + np.tanh(g) * sig(i)
    return np.tanh(c) * sig(o), c""",
        "loops and early sums": """def lstm_step(x, h_prev, c_prev, W, U, b):
    gates = {}
    for k in ('f', 'i', 'o', 'g'):
        total = list(b[k])
        for j in range(len(total)):
            for d, v in enumerate(x): total[j] += W[k][j, d] * v
            for m, v in enumerate(h_prev): total[j] += U[k][j, m] * v
        gates[k] = np.tanh(total) if k == 'g' else sig(np.array(total))
    c = [gates['f'][j] * c_prev[j] + gates['i'][j] * gates['g'][j] for j in range(len(c_prev))]
    return np.array([gates['o'][j] * math.tanh(v) for j, v in enumerate(c)]), np.array(c)""",
        "einsum": """def lstm_step(x, h_prev, c_prev, W, U, b):
    a = {k: np.einsum('hd,d->h', W[k], x) + np.einsum('hk,k->h', U[k], h_prev) + b[k] for k in W}
    c = sig(a['f']) * c_prev + sig(a['i']) * np.tanh(a['g'])
    return sig(a['o']) * np.tanh(c), c""",
        "units one by one": """def lstm_step(x, h_prev, c_prev, W, U, b):
    h, c = np.zeros(len(h_prev)), np.zeros(len(h_prev))
    for j in range(len(h)):
        a = {k: float(W[k][j] @ x + U[k][j] @ h_prev + b[k][j]) for k in 'fiog'}
        c[j] = sig(a['f']) * c_prev[j] + sig(a['i']) * math.tanh(a['g'])
        h[j] = sig(a['o']) * math.tanh(c[j])
    return h, c""",
        "stacked, another order": """def lstm_step(x, h_prev, c_prev, W, U, b):
    A = np.vstack([np.hstack([W[k], U[k]]) for k in 'gofi'])
    a = A @ np.append(x, h_prev) + np.hstack([b[k] for k in 'gofi'])
    g, o, f, i = np.split(a, 4)
    c = sig(f) * c_prev + sig(i) * np.tanh(g)
    return sig(o) * np.tanh(c), c""",
        "namespace": """from types import SimpleNamespace
def lstm_step(x, h_prev, c_prev, W, U, b):
    s = SimpleNamespace()
    for k in 'fio': setattr(s, k, sig(W[k] @ x + U[k] @ h_prev + b[k]))
    s.g = np.tanh(W['g'] @ x + U['g'] @ h_prev + b['g'])
    s.c = s.f * c_prev + s.i * s.g
    return s.o * np.tanh(s.c), s.c""",
        "tensor": """def lstm_step(x, h_prev, c_prev, W, U, b):
    a = np.array([W[k] for k in 'fiog']) @ x + np.array([U[k] for k in 'fiog']) @ h_prev
    a += np.array([b[k] for k in 'fiog'])
    f, i, o = sig(a[:3])
    c = c_prev * f
    c += i * np.tanh(a[3])
    return o * np.tanh(c), c""",
    },
    "lstm_backward": {
        "helper that returns two": """def two(W, U, a): return a @ W, a @ U
def lstm_backward(dh, dc_next, step, W, U):
    s = step
    t = np.tanh(s['c'])
    dc = dc_next.copy()
    dc += dh * s['o'] * (1 + t) * (1 - t)
    local = {'f': s['c_prev'] * dc, 'i': s['g'] * dc, 'o': t * dh, 'g': s['i'] * dc}
    da, dx, dhp = {}, 0, 0
    for k, d in local.items():
        da[k] = d * ((1 - s[k] ** 2) if k == 'g' else s[k] - s[k] ** 2)
        one, other = two(W[k], U[k], da[k])
        dx, dhp = dx + one, dhp + other
    outer = lambda v: {k: np.multiply.outer(da[k], v) for k in da}
    return dx, dhp, s['f'] * dc, outer(s['x']), outer(s['h_prev']), da""",
        "all gates in one matrix": """def lstm_backward(dh, dc_next, step, W, U):
    H, names = len(dh), 'oigf'
    t = np.tanh(step['c'])
    dc = dc_next + dh * step['o'] * (1 - t ** 2)
    up = np.stack([dh * t, dc * step['g'], dc * step['i'], dc * step['c_prev']])
    s = np.stack([step[k] for k in names])
    slope = s * (1 - s)
    slope[2] = 1 - s[2] ** 2
    da = (up * slope).reshape(-1)
    both = np.block([[W[k], U[k]] for k in names])
    dz = both.T @ da
    D = len(step['x'])
    dA = da[:, None] @ np.concatenate([step['x'], step['h_prev']])[None, :]
    cut = {k: dA[n * H:(n + 1) * H] for n, k in enumerate(names)}
    dW, dU = {k: v[:, :D] for k, v in cut.items()}, {k: v[:, D:] for k, v in cut.items()}
    return dz[:D], dz[D:], dc * step['f'], dW, dU, dict(zip(names, da.reshape(4, H)))""",
        "float32": """def lstm_backward(dh, dc_next, step, W, U):
    s = {k: v.astype(np.float32) for k, v in step.items()}
    t = np.tanh(s['c'])
    dc = dc_next + dh * s['o'] * (1 - t * t)
    gate = lambda d, k: d * s[k] * (1 - s[k])
    da = {'f': gate(dc * s['c_prev'], 'f'), 'i': gate(dc * s['g'], 'i'), 'o': gate(dh * t, 'o')}
    da['g'] = dc * s['i'] * (1 - s['g'] ** 2)
    dx = sum(da[k] @ W[k] for k in da)
    dhp = sum(da[k] @ U[k] for k in da)
    dW = {k: da[k][:, None] * s['x'] for k in da}
    dU = {k: da[k][:, None] * s['h_prev'] for k in da}
    return dx, dhp, dc * s['f'], dW, dU, da""",
    },
    "gru_step": {
        "class and unpacking": """class Gates:
    def __init__(self, W, U, b): self.p = {k: (W[k], U[k], b[k]) for k in W}
    def __call__(self, k, x, h):
        W, U, b = self.p[k]
        return sig(W @ x + U @ h + b)
def gru_step(x, h_prev, W, U, b, b_nU):
    gate = Gates(W, U, b)
    r, z = gate('r', x, h_prev), gate('z', x, h_prev)
    (Wn, Un, bn) = gate.p['n']
    inner = Un @ h_prev
    inner += b_nU
    inner *= r
    n = np.tanh(Wn @ x + bn + inner)
    h = np.empty_like(h_prev)
    np.multiply(1 - z, n, out=h)
    h += z * h_prev
    return h""",
        "towards the proposal": """def gru_step(x, h_prev, W, U, b, b_nU):
    wx = {k: W[k] @ x + b[k] for k in W}
    uh = {k: U[k] @ h_prev for k in U}
    r, z = sig(wx['r'] + uh['r']), sig(wx['z'] + uh['z'])
    n = np.tanh(wx['n'] + r * (uh['n'] + b_nU))
    return h_prev + (1 - z) * (n - h_prev)""",
        "1 - z": """def gru_step(x, h_prev, W, U, b, b_nU):
    r = sig(W['r'].dot(x) + U['r'].dot(h_prev) + b['r'])
    new = sig(-(W['z'].dot(x) + U['z'].dot(h_prev) + b['z']))
    n = np.tanh(W['n'].dot(x) + b['n'] + r * U['n'].dot(h_prev) + r * b_nU)
    return (1 - new) * h_prev + new * n""",
    },
    "rnn_backward": {
        "recursion": """def back(t, dh, g):
    dh_loss, x, before, h, W, U = g
    if t < 0: return 0, 0, 0, dh
    da = (dh_loss[t] + dh) * (1 - h[t] ** 2)
    dW, dU, db, dh0 = back(t - 1, da @ U, g)
    return dW + np.outer(da, x[t]), dU + np.outer(da, before[t]), db + da, dh0
def rnn_backward(dh_loss, x, h0, h, W, U):
    before = [h0, *h[:-1]]
    return back(len(x) - 1, np.zeros_like(h0), (dh_loss, x, before, h, W, U))""",
        "lists summed in the end": """def rnn_backward(dh_loss, x, h0, h, W, U):
    d, das = np.zeros(len(h0), np.float32), []
    for dl, now in zip(dh_loss[::-1], h[::-1]):
        da = (dl + d) * (1 - now * now)
        das.insert(0, da)
        d = np.dot(da, U)
    before = np.concatenate([h0[None], h])[:-1]
    return (sum(np.outer(a, v) for a, v in zip(das, x)),
            sum(np.outer(a, v) for a, v in zip(das, before)), np.sum(das, axis=0), d)""",
        "slopes first": """def rnn_backward(dh_loss, x, h0, h, W, U):
    da = np.zeros_like(h)
    d = np.zeros_like(h0)
    for t in range(len(x))[::-1]:
        da[t] = (dh_loss[t] + d) * (1 + h[t]) * (1 - h[t])
        d = da[t] @ U
    before = np.vstack([h0, h])[:-1]
    return da.T @ x, np.einsum('th,tk->hk', da, before), da.sum(0), d""",
        "in place": """def rnn_backward(dh_loss, x, h0, h, W, U):
    dW, dU, db = np.zeros(W.shape), np.zeros(U.shape), np.zeros(len(h0))
    d = np.zeros(len(h0))
    for t in range(len(x) - 1, -1, -1):
        d += dh_loss[t]
        d *= 1 - h[t] ** 2
        dW += np.outer(d, x[t])
        dU += np.outer(d, h[t - 1] if t > 0 else h0)
        db += d
        d = U.T @ d
    return dW, dU, db, d""",
    },
    "merge": {
        "early return": """def merge(forward, backward, how):
    out = np.zeros((len(forward), 2 * forward.shape[1]))
    if how == 'sum':
        return np.add(forward, np.flipud(backward))
    out[:, :forward.shape[1]], out[:, forward.shape[1]:] = forward, backward[::-1]
    return out""",
        "axis": """def merge(forward, backward, how):
    back = backward[::-1]
    return forward + back if how == 'sum' else np.concatenate([forward, back], axis=1)""",
        "row by row": """def merge(forward, backward, how):
    rows = []
    for f, b in zip(forward, reversed(backward)):
        rows.append(f + b if how == 'sum' else [*f, *b])
    return np.array(rows)""",
        "flip": """def merge(forward, backward, how):
    join = np.hstack if how == 'concat' else sum
    return join([forward, np.flip(backward, 0)])""",
    },
    "sample": {
        "comprehension": """def sample(y, temperature, u):
    top = max(y)
    e = [math.exp((v - top) / temperature) for v in y]
    steps = [sum(e[:k + 1]) / sum(e) for k in range(len(e))]
    return next((k for k, s in enumerate(steps) if s > u), len(y) - 1)""",
        "searchsorted": """def sample(y, temperature, u):
    y = y / temperature
    e = np.exp(y - y.max())
    return int(np.searchsorted(np.cumsum(e / e.sum()), u, side='right'))""",
        "loop": """def sample(y, temperature, u):
    z = (y - max(y)) / temperature
    p = np.exp(z) / sum(np.exp(z))
    total = 0.0
    for k in range(len(p)):
        total += p[k]
        if u < total: return k
    return len(p) - 1""",
        "argmax": """def sample(y, temperature, u):
    e = np.exp((y - y.max()) / temperature)
    return np.argmax(np.cumsum(e) > u * e.sum())""",
    },
    "attend": {
        "where and masks": """def attend(q, h):
    def softmax(v):
        v = v - v.max(keepdims=True)
        np.exp(v, out=v)
        return v / v.sum(keepdims=True)
    a = softmax((h * q).sum(axis=1))
    return a, (a[:, None] * h).sum(0)""",
        "plain": """def attend(q, h):
    s = h @ q
    w = np.exp(s - s.max())
    w /= w.sum()
    return w, w @ h""",
        "loops": """def attend(q, h):
    s = [float(np.dot(q, row)) for row in h]
    e = np.array([math.exp(v - max(s)) for v in s])
    a = e / e.sum()
    m = np.zeros(len(q))
    for w, row in zip(a, h): m += w * row
    return a, m""",
        "einsum": """def attend(q, h):
    s = np.einsum('th,h->t', h, q)
    a = np.exp(s - np.logaddexp.reduce(s))
    return a, np.einsum('t,th->h', a, h)""",
    },
}  # fmt: skip
ACCIDENTS = {
    "one size alone": (
        "rnn_step",
        "def rnn_step(x, h_prev, W, U, b): return np.tanh(W[:, :3] @ x[:3] + U @ h_prev + b)",
    ),
    "the last step's state everywhere": (
        "rnn_forward",
        "def rnn_forward(x, h0, W, U, b): return np.tanh(x @ W.T + U @ h0 + b)",
    ),
    "never clipped": ("clip_by_norm", "def clip_by_norm(gradients, limit): return gradients"),
    "always scaled": (
        "clip_by_norm",
        """def clip_by_norm(gradients, limit):
    n = np.sqrt(sum((g ** 2).sum() for g in gradients))
    return [g * limit / n for g in gradients]""",
    ),
    "each by itself": (
        "clip_by_norm",
        """def clip_by_norm(gradients, limit):
    return [g * min(1, limit / np.linalg.norm(g)) for g in gradients]""",
    ),
    "sum alone": ("merge", "def merge(f, b, how): return f + b[::-1]"),
    "not turned round": (
        "merge",
        "def merge(f, b, how): return f + b if how == 'sum' else np.hstack([f, b])",
    ),
    "no temperature": (
        "sample",
        """def sample(y, temperature, u):
    e = np.exp(y - y.max())
    return int(np.sum(np.cumsum(e / e.sum()) <= u))""",
    ),
    "overflows": ("sigmoid", "def sigmoid(a): return 1 / (1 + np.exp(-a))"),
    "reset before the product": (
        "gru_step",
        """def gru_step(x, h_prev, W, U, b, b_nU):
    r, z = (sig(W[k] @ x + U[k] @ h_prev + b[k]) for k in 'rz')
    n = np.tanh(W['n'] @ x + b['n'] + U['n'] @ (r * h_prev) + b_nU)
    return z * h_prev + (1 - z) * n""",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("exercise", "way"), [(name, way) for name, ways in RIGHT.items() for way in ways]
)
def test_a_right_solution_is_accepted(exercise: str, way: str) -> None:
    finding = check_here(exercise, HEAD + RIGHT[exercise][way])
    assert isinstance(finding, Passed), finding


@pytest.mark.parametrize("name", ACCIDENTS)
def test_what_is_right_in_some_runs_alone_is_refused(name: str) -> None:
    exercise, source = ACCIDENTS[name]
    assert not isinstance(check_here(exercise, HEAD + source), Passed)
