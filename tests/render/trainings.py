"""Runs and reports of training with numbers that are the same on every machine."""

from __future__ import annotations

import math

import numpy as np

from rnntutor.nn.trace import Trace
from rnntutor.nn.training import History, Update
from rnntutor.sims import forcing as forcing_sim
from rnntutor.sims import forecast as forecast_sim
from rnntutor.sims import race as race_sim
from rnntutor.sims.common.fit import CELL_KINDS
from rnntutor.sims.common.tasks import TASKS
from rnntutor.sims.memory import recalling
from rnntutor.subjects.training import Dictation, Forecast, Net


def wave(rows: int, columns: int, size: float = 1.0) -> np.ndarray:
    """Return numbers of both signs that are the same on every machine."""
    t, u = np.arange(1, rows + 1)[:, None], np.arange(columns)[None, :]
    return size * np.round(np.sin(0.3 * t + u) * np.cos(0.1 * t * (u + 1)), 3)


def race() -> Trace:
    T, H = 50, 6
    x = np.zeros((T, 2))
    x[:, 0] = np.abs(wave(T, 1))[:, 0]
    x[[8, 37], 1] = 1
    arrays: dict[str, np.ndarray] = {"x": x, "h": np.vstack([np.zeros((1, H)), wave(T, H)])}
    for n, cell in enumerate(("rnn", "lstm", "gru")):
        arrays |= {f"state_{cell}": wave(T, H, 1.0 + n), f"y_{cell}": np.abs(wave(T, 1, 1.5))}
    arrays |= {"y": arrays["y_gru"], "marked": x[:, 1]}
    fixed = {
        "updates": 900,
        "baseline": 1 / 6,
        "solved": 0.01,
        "wanted_last": [1.2],
    }
    fixed |= {f"loss_{cell}": 0.5 for cell in ("rnn", "lstm", "gru")}
    fixed |= {"parameters_rnn": 304, "parameters_lstm": 1216, "parameters_gru": 912}
    labels = tuple(f"{v:.2f}" for v in x[:, 0])
    return Trace(
        "gru",
        T,
        arrays,
        {n: np.asarray(v, float) for n, v in fixed.items()},
        labels,
        subject=race_sim.of(
            TASKS["adding"], tuple(map(race_sim.racer, CELL_KINDS)), cells=CELL_KINDS
        ),
    )


def race_history() -> History:
    history = History()
    for n in range(1, 23):
        step = 40 * n
        metrics = {
            "loss_rnn": 0.17 + 0.02 / n,
            "loss_lstm": max(0.0098, 0.18 * math.exp(-max(0, step - 400) / 110)),
            "loss_gru": max(0.0099, 0.19 * math.exp(-step / 90)),
            **{f"seconds_{cell}": 0.02 * n for cell in ("rnn", "lstm", "gru")},
        }
        if step >= 280:
            metrics["solved_gru"] = 274.0
        if step >= 760:
            metrics["solved_lstm"] = 734.0
        history = history.with_update(Update(step, 0.1, metrics))
    return history


def forecast() -> Trace:
    N, H = 60, 8
    series = np.round(np.sin(np.arange(N + 1) / 2.5), 3)
    arrays = {
        "x": series[:-1, None],
        "value": series[1:],
        "y": (series[1:] + wave(N, 1, 0.05)[:, 0])[:, None],
        "h": np.zeros((N + 1, H)),
        "free": np.concatenate([series[1:31], series[31:] * 0.8 ** np.arange(1, 31)]),
    }
    fixed = {"error": 0.031, "repeat": 0.264, "mean": 0.492, "baseline": 0.264, "ratio": 0.117}
    fixed |= {"updates": 500, "context": 10, "free_from": 30}
    fixed |= {"free_spread": 0.02, "true_spread": 0.71}
    labels = tuple(f"{v:.2f}" for v in series[:-1])
    values = {n: np.asarray(v, float) for n, v in fixed.items()}
    return Trace("rnn", N, arrays, values, labels, subject=Forecast(chart=forecast_sim.CHART))


def forcing() -> Trace:
    target = np.array([[4, 9, 0, 5, 5], [6, 5, 9, 9, 8], [1, 2, 3, 4, 5]], float).T
    given, own = target.copy(), target.copy()
    given[2, 0], own[2:, 0], own[1, 1] = 5, [5, 0, 3], 9
    arrays = {"source": target[::-1], "target": target, "given_said": given, "own_said": own}
    arrays["h"] = np.zeros((6, 8))
    fixed = {"given": 0.1, "own": 0.1, "whole": 0.0, "chance": 0.1, "forced": 1.0}
    values = {n: np.asarray(v, float) for n, v in fixed.items()}
    return Trace(
        "gru", 5, arrays, values, tuple("12345"), subject=Dictation(chart=forcing_sim.CHART)
    )


def forcing_history() -> History:
    history = History()
    for n in range(1, 13):
        given = 1 - 0.9 * math.exp(-n / 4)
        metrics = {"given": given, "own": given**1.5, "whole": given**5}
        history = history.with_update(Update(25 * n, 1 - given, metrics))
    return history


def forecast_history() -> History:
    history = History()
    for n in range(1, 21):
        error = 0.264 * max(0.117, 2.0 * math.exp(-n / 4))
        metrics = {"error": error, "repeat": 0.264, "mean": 0.492, "baseline": 0.264}
        metrics |= {"ratio": error / 0.264, "free_spread": 0.02, "true_spread": 0.71}
        history = history.with_update(Update(25 * n, error**2, metrics))
    return history


def memory() -> Trace:
    T, H = 30, 5
    symbols = [(7 * t + t // 3) % 8 for t in range(T)]
    x = np.zeros((T, 9))
    x[np.arange(T), symbols] = 1
    x[0, 8] = 1
    recall = np.clip(np.linspace(1.1, 0.1, 150).reshape(6, 5, 5).transpose(1, 0, 2), 0, 1)
    arrays = {
        "x": x,
        "marked": x[:, 8],
        "h": np.vstack([np.zeros((1, H)), wave(T, H)]),
        "y": np.eye(8)[[(symbols[t] if t < 9 else symbols[0]) for t in range(T)]],
    }
    fixed = {
        "updates": 400,
        "accuracy": 0.42,
        "chance": 0.125,
        "wanted_last": [symbols[0]],
        "recall": recall,
        "recall_T": [5, 10, 20, 40, 80, 120],
        "readout": 1 / (1 + np.exp(np.arange(31) - 9.0)),
    }
    labels = tuple("ABCDEFGH"[s] for s in symbols)
    return Trace(
        "gru",
        T,
        arrays,
        {n: np.asarray(v, float) for n, v in fixed.items()},
        labels,
        subject=recalling(Net("gru", "keep")),
    )


def memory_history() -> History:
    history = History()
    for n in range(1, 9):
        metrics = {"accuracy": min(0.42, 0.1 + 0.05 * n), "chance": 0.125}
        history = history.with_update(Update(50 * n, 1.4, metrics))
    return history


RUNS = {
    "race": (race, race_history),
    "forecast": (forecast, forecast_history),
    "forcing": (forcing, forcing_history),
    "memory": (memory, memory_history),
}


def text_history() -> History:
    """Return a history with falling bits on the training text and finally rising bits on the
    rest."""
    history = History()
    for step in range(0, 1501, 50):
        bits, held = 5 * 0.998**step + 0.1, 3.4 + abs(step - 200) / 400
        history = history.with_update(Update(step, bits * 0.69, {"bits": bits, "held_out": held}))
    return history
