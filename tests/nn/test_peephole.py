"""The LSTM with peepholes, against the paper's formulas written unit by unit."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rnntutor.nn import initialise
from rnntutor.nn.arrays import Array
from rnntutor.nn.cells import reference

D, H, T = 2, 3, 4


def sigma(a: float) -> float:
    return 1 / (1 + math.exp(-a))


def by_hand(p: dict[str, Array], x: Array, h: list[float], c: list[float]) -> list[list[float]]:
    """Return the states by Gers & Schmidhuber 2000, eqs. 1-4: i and f see the old c, o the
    new one."""
    states = []
    for x_t in x:
        old_h, old_c = list(h), list(c)

        def total(k: str, u: int, seen: float = 0.0) -> float:
            inputs = sum(p[f"W_{k}"][u][j] * x_t[j] for j in range(D))  # noqa: B023
            state = sum(p[f"U_{k}"][u][j] * old_h[j] for j in range(H))  # noqa: B023
            return float(inputs + state + seen + p[f"b_{k}"][u])

        for u in range(H):
            f = sigma(total("f", u, p["p_f"][u] * old_c[u]))
            i = sigma(total("i", u, p["p_i"][u] * old_c[u]))
            c[u] = f * old_c[u] + i * math.tanh(total("g", u))
            h[u] = sigma(total("o", u, p["p_o"][u] * c[u])) * math.tanh(c[u])
        states.append([*h, *c])
    return states


def drawn() -> tuple[dict[str, Array], Array, Array, Array]:
    rng = np.random.default_rng(5)
    params = initialise.cell(rng, "peephole", D, H, biases=True)
    return params, rng.normal(size=(T, D)), rng.normal(size=H), rng.normal(size=H)


def test_the_states_are_those_of_the_paper() -> None:
    params, x, h0, c0 = drawn()
    run = reference.trace("peephole", params, x, h0, c0)
    found = np.hstack([np.asarray(run["h"])[1:], np.asarray(run["c"])[1:]])
    np.testing.assert_allclose(found, by_hand(params, x, list(h0), list(c0)), atol=1e-12)


def test_without_peepholes_it_is_the_lstm() -> None:
    params, x, h0, c0 = drawn()
    params |= {name: np.zeros(H) for name in ("p_f", "p_i", "p_o")}
    run = reference.trace("peephole", params, x, h0, c0)
    lstm = {name: value for name, value in params.items() if not name.startswith("p_")}
    plain = reference.trace("lstm", lstm, x, h0, c0)
    np.testing.assert_allclose(np.asarray(run["h"]), np.asarray(plain["h"]), atol=1e-12)


def test_a_peephole_is_drawn_like_a_matrix_and_counted() -> None:
    from rnntutor.sims import find

    cell = find("cell")
    settings = cell.make({"cell": "peephole", "seed": 3})
    trace = cell.trace(settings)
    assert np.asarray(trace["p_f"]).all()
    assert not np.asarray(trace["b_i"]).any()
    lstm = cell.make({"cell": "lstm", "seed": 3})
    more = cell.measures["parameters"](settings, trace) - cell.measures["parameters"](
        lstm, cell.trace(lstm)
    )
    assert more == pytest.approx(3 * settings.units)
