"""Measure how fast the engine trains, against PyTorch and a plain NumPy loop.

    python benchmarks/engine.py [--quick] [--cell lstm] [--dtype float32] [--seconds 0.2]

PyTorch is compared only where it is installed (`pip install -e '.[bench]'`); the plain loop runs
over steps and sequences. A training step is forward, backward (with a gradient for every state,
none for the inputs) and Adam, on one thread. For each size the two sides alternate, each once to
warm up and once measured; the ratio is the median over these pairs, so that other load on the
machine affects both.
"""

# ruff: noqa: E402 (the number of threads is set before NumPy is imported)
from __future__ import annotations

import os

for _name in ("OPENBLAS", "OMP", "MKL"):
    os.environ[f"{_name}_NUM_THREADS"] = "1"

import argparse
import itertools
import math
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from rnntutor.nn import initialise
from rnntutor.nn.cells import packing
from rnntutor.nn.optimisers import Adam

try:
    import torch
except ImportError:
    torch = None

INPUTS = 16
FULL = {"H": (8, 16, 32, 64, 128), "T": (10, 25, 50, 100), "B": (1, 8, 32)}
QUICK = {"H": (16, 64), "T": (10, 50), "B": (1, 32)}
LOOP = {"H": (16, 32, 64), "T": (50,), "B": (1, 8)}
PROMISED = {
    "float32": {"rnn": 0.15, "gru": 0.18, "lstm": 0.75},
    "float64": {"rnn": 0.2, "gru": 0.2, "lstm": 0.2},
}
NOWHERE_ABOVE = 1.1  # for H <= 64 and T <= 50
LOOP_AIM = {1: 3.5, 8: 20.0}  # batch -> times faster than the plain loop; no promise

Step = Callable[[], object]


def given(H: int, T: int, B: int, dtype: str) -> tuple[np.ndarray, np.ndarray]:
    """Return x (T,D,B) and the gradients of all states, (T,H,B)."""
    rng = np.random.default_rng(0)
    x, dh = rng.normal(size=(T, INPUTS, B)), rng.normal(size=(T, H, B))
    return x.astype(dtype), dh.astype(dtype)


def engine_step(kind: str, H: int, T: int, B: int, dtype: str) -> Step:
    x, dh = given(H, T, B, dtype)
    W = initialise.packed_cell(np.random.default_rng(0), kind, INPUTS, H, dtype=dtype)
    cell, adam = packing.make(kind, W), Adam({"W": W})

    def step() -> None:
        cell.forward(x)
        adam.step({"W": cell.backward(dh)[0]})

    return step


def torch_step(kind: str, H: int, T: int, B: int, dtype: str) -> Step:
    x, dh = (torch.from_numpy(a.transpose(0, 2, 1).copy()) for a in given(H, T, B, dtype))
    layer = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[kind]
    cell = layer(INPUTS, H).to(x.dtype)
    adam = torch.optim.Adam(cell.parameters(), fused=True)

    def step() -> None:
        adam.zero_grad()
        cell(x)[0].backward(dh)
        adam.step()

    return step


def loop_step(kind: str, H: int, T: int, B: int, dtype: str) -> Step:
    """Return a training step as often first written: one sequence at a time, dW summed step by
    step."""
    x, dh = given(H, T, B, dtype)
    W = initialise.packed_cell(np.random.default_rng(0), kind, INPUTS, H, dtype=dtype)
    walk, adam = {"rnn": rnn_loop, "lstm": lstm_loop, "gru": gru_loop}[kind], Adam({"W": W})

    def step() -> None:
        dW = np.zeros_like(W)
        for b in range(B):
            walk(W, dW, x[:, :, b], dh[:, :, b])
        adam.step({"W": dW})

    return step


def sigmoid(a: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-a)))


def rnn_loop(W: np.ndarray, dW: np.ndarray, x: np.ndarray, dh: np.ndarray) -> None:
    H = dh.shape[1]
    h, kept = np.zeros(H, W.dtype), []
    for x_t in x:
        v = np.concatenate([x_t, h, [1]])
        h = np.tanh(W @ v)
        kept.append((v, h))
    later = np.zeros(H, W.dtype)
    for d, (v, h) in zip(dh[::-1], reversed(kept), strict=True):
        da = (d + later) * (1 - h * h)
        dW += np.outer(da, v)
        later = W[:, INPUTS:-1].T @ da


def lstm_loop(W: np.ndarray, dW: np.ndarray, x: np.ndarray, dh: np.ndarray) -> None:
    H = dh.shape[1]
    h, c, kept = np.zeros(H, W.dtype), np.zeros(H, W.dtype), []
    for x_t in x:
        v = np.concatenate([x_t, h, [1]])
        a = W @ v
        o, i, f = sigmoid(a[:H]), sigmoid(a[H : 2 * H]), sigmoid(a[2 * H : 3 * H])
        g, before = np.tanh(a[3 * H :]), c
        c = f * c + i * g
        h = o * np.tanh(c)
        kept.append((v, o, i, f, g, before, np.tanh(c)))
    later, dc = np.zeros(H, W.dtype), np.zeros(H, W.dtype)
    for d, (v, o, i, f, g, before, tanh_c) in zip(dh[::-1], reversed(kept), strict=True):
        d = d + later
        dc = dc + d * o * (1 - tanh_c**2)
        da = np.concatenate(
            [
                d * tanh_c * o * (1 - o),
                dc * g * i * (1 - i),
                dc * before * f * (1 - f),
                dc * i * (1 - g**2),
            ]
        )
        dW += np.outer(da, v)
        later, dc = W[:, INPUTS:-1].T @ da, dc * f


def gru_loop(W: np.ndarray, dW: np.ndarray, x: np.ndarray, dh: np.ndarray) -> None:
    H = dh.shape[1]
    h, kept = np.zeros(H, W.dtype), []
    for x_t in x:
        v = np.concatenate([x_t, h, [1]])
        a = W @ v
        r, z, u = sigmoid(a[:H]), sigmoid(a[H : 2 * H]), a[2 * H : 3 * H]
        n, before = np.tanh(a[3 * H :] + r * u), h
        h = z * h + (1 - z) * n
        kept.append((v, r, z, u, n, before))
    later = np.zeros(H, W.dtype)
    for d, (v, r, z, u, n, before) in zip(dh[::-1], reversed(kept), strict=True):
        d = d + later
        dn = d * (1 - z) * (1 - n**2)
        da = np.concatenate([dn * u * r * (1 - r), d * (before - n) * z * (1 - z), dn * r, dn])
        dW += np.outer(da, v)
        later = W[: 3 * H, INPUTS:-1].T @ da[: 3 * H] + d * z


def in_turn(ours: Step, theirs: Step, seconds: float) -> tuple[float, float, float]:
    """Measure two steps alternately.

    Returns:
        (ratio, our seconds, their seconds), medians over the pairs.
    """
    pairs: list[tuple[float, float]] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(pairs) < 3:
        pairs.append((measured(ours), measured(theirs)))
    ratios = [a / b for a, b in pairs]
    return (
        float(np.median(ratios)),
        float(np.median([a for a, _ in pairs])),
        float(np.median([b for _, b in pairs])),
    )


def measured(step: Step) -> float:
    step()
    start = time.perf_counter()
    step()
    return time.perf_counter() - start


def geometric_mean(values: Iterable[float]) -> float:
    return math.exp(float(np.mean(np.log(list(values)))))


def sizes(grid: dict[str, tuple[int, ...]]) -> list[tuple[int, int, int]]:
    return [(H, T, B) for B, H, T in itertools.product(grid["B"], grid["H"], grid["T"])]


def kept(says: str, holds: bool) -> bool:
    print(f"  {'kept  ' if holds else 'BROKEN'}  {says}")
    return holds


def against_torch(kind: str, dtype: str, grid: dict[str, Any], seconds: float) -> bool:
    print(f"\n{kind} {dtype}: this engine / PyTorch, ms a training step, D = {INPUTS}")
    print("   B    H " + "".join(f"{'T = ' + str(T):>21}" for T in grid["T"]))
    ratios: dict[tuple[int, int, int], float] = {}
    for B, H in itertools.product(grid["B"], grid["H"]):
        print(f"{B:>4} {H:>4} ", end="", flush=True)
        for T in grid["T"]:
            ours = engine_step(kind, H, T, B, dtype)
            ratio, a, b = in_turn(ours, torch_step(kind, H, T, B, dtype), seconds)
            ratios[H, T, B] = ratio
            print(f"{1e3 * a:>8.2f}/{1e3 * b:<6.2f}{ratio:>6.2f}", end="", flush=True)
        print()
    mean, most = geometric_mean(ratios.values()), PROMISED[dtype][kind]
    small = {size: r for size, r in ratios.items() if size[0] <= 64 and size[1] <= 50}
    H, T, B = max(small, key=small.__getitem__)
    worst = f"{small[H, T, B]:.2f} (H {H}, T {T}, B {B})"
    limit = f"at most {NOWHERE_ABOVE} for H <= 64, T <= 50"
    return all(
        [
            kept(f"geometric mean {mean:.3f}, promised at most {most}", mean <= most),
            kept(f"worst {worst}, promised {limit}", small[H, T, B] <= NOWHERE_ABOVE),
        ]
    )


def against_loop(kind: str, dtype: str, grid: dict[str, Any], seconds: float) -> None:
    print(f"\n{kind} {dtype}: how many times faster than a loop over steps and sequences")
    found: dict[int, list[float]] = {}
    for H, T, B in sizes(grid):
        ours = engine_step(kind, H, T, B, dtype)
        ratio, a, b = in_turn(ours, loop_step(kind, H, T, B, dtype), seconds)
        found.setdefault(B, []).append(1 / ratio)
        print(f"{B:>4} {H:>4} T = {T:<4} {1e3 * a:>8.2f}/{1e3 * b:<8.2f}{1 / ratio:>6.1f}")
    for B, times in found.items():
        print(f"  B {B}: geometric mean {geometric_mean(times):.1f}, aim {LOOP_AIM[B]}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--quick", action="store_true", help="a small grid")
    parser.add_argument("--cell", choices=("rnn", "lstm", "gru"), help="only this one")
    parser.add_argument("--dtype", choices=tuple(PROMISED), help="only this one")
    parser.add_argument("--seconds", type=float, default=0.2, help="for each size")
    asked = parser.parse_args()
    kinds = [asked.cell] if asked.cell else ["rnn", "gru", "lstm"]
    dtypes = [asked.dtype] if asked.dtype else list(PROMISED)
    for kind in kinds:
        against_loop(kind, "float32", LOOP, asked.seconds)
    fine = []
    if torch is None:
        print("\nPyTorch is not installed: nothing to compare with (pip install -e '.[bench]')")
    else:
        torch.set_num_threads(1)
        grid = QUICK if asked.quick else FULL
        print(f"\nNumPy {np.__version__}, PyTorch {torch.__version__}")
        for kind, dtype in itertools.product(kinds, dtypes):
            fine.append(against_torch(kind, dtype, grid, asked.seconds))
    return 0 if all(fine) else 1


if __name__ == "__main__":
    raise SystemExit(main())
