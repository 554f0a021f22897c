"""A learner's function drives a simulation: its values are shown, and no failure ends the page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from in_process import stay_here
from test_right import HEAD, RIGHT

from rnntutor.build import runner
from rnntutor.build.follow import PARTS
from rnntutor.build.stages import OwnStage, OwnTrace
from rnntutor.sims.base import SettingError

LSTM = """
import numpy as np
def sigmoid(a): return 1 / (1 + np.exp(-a))
def lstm_step(x, h_prev, c_prev, W, U, b):
    {first}
    f, i, o = (sigmoid(W[k] @ x + U[k] @ h_prev + b[k]) for k in "fio")
    g = np.tanh(W["g"] @ x + U["g"] @ h_prev + b["g"])
    c = f * c_prev + i * g
    h = o * np.tanh(c)
    return h, c
"""


@contextmanager
def stage(source: str, exercise: str = "lstm_step") -> Iterator[OwnStage]:
    own = OwnStage(exercise, source)
    try:
        yield own
    finally:
        own.end()


def run(own: OwnStage, **settings: object) -> OwnTrace:
    simulation = own.simulation
    found = simulation.trace(simulation.make(settings))
    assert isinstance(found, OwnTrace)
    return found


@pytest.mark.parametrize("exercise", PARTS)
def test_a_right_function_gives_the_run_of_the_engine(
    exercise: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every quantity that is attributed to the function equals the engine's."""
    stay_here(monkeypatch)
    *_, source = RIGHT[exercise].values()
    with stage(HEAD + source, exercise) as own:
        found = run(own)
        engine = own.engine.trace(own.simulation.make({}))
    assert found.trouble is None and found.departs is None and found.own
    for name in (*engine.arrays, *engine.fixed):
        np.testing.assert_allclose(found[name], engine[name], rtol=1e-3, atol=1e-4, err_msg=name)


def test_the_values_are_those_of_the_function() -> None:
    """float32 values of the function are shown as such: gates inside, and returned states."""
    rounded = LSTM.replace("np.exp(-a))", "np.exp(-a)).astype(np.float32)")
    source = rounded.format(first="pass").replace("return h, c", "return np.float32(h), c")
    with stage(source) as own:
        found = run(own, T=4)
    for name in ("f", "h"):
        assert name in found.own
        values = np.asarray(found[name])
        np.testing.assert_array_equal(values, values.astype(np.float32))
    assert 0 < found.difference < 1e-6


def test_it_reads_the_states_that_it_returned() -> None:
    """After a difference the run continues with the function's states; the first difference is
    named."""
    wrong = LSTM.replace("c = f * c_prev + i * g", "c = f * (c_prev + (c_prev[0] == 2)) + i * g")
    with stage(wrong.format(first="pass")) as own:
        found = run(own, c0=2.0, T=3)
        engine = own.engine.trace(own.simulation.make({"c0": 2.0, "T": 3}))
    assert found.departs == ("c", 1)
    c, f, i, g = (np.asarray(found[n]) for n in "cfig")
    np.testing.assert_allclose(c[1], f[0] * 3 + i[0] * g[0])
    assert np.abs(c[3] - np.asarray(engine["c[3]"])).max() > 0.01


ODD = """if len(h_prev) == 3: raise ValueError("three")
    if len(h_prev) == 5: return None
    if len(h_prev) == 6: return h_prev / 0, c_prev
    if len(h_prev) == 7:
        import os
        os._exit(0)"""


def test_what_happens_in_the_midst_is_one_trouble_and_the_next_run_is_there() -> None:
    with stage(LSTM.format(first=ODD)) as own:
        for units, kind in ((3, "raised"), (5, "other_result"), (6, "not_finite"), (7, "ended")):
            found = run(own, units=units)
            assert found.trouble is not None and found.trouble.kind == kind
            assert found.own == frozenset() and np.isfinite(np.asarray(found["h"])).all()
            assert run(own, units=4, seed=units).trouble is None


def test_a_loop_without_end_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    with stage(LSTM.format(first="while len(h_prev) == 3: pass")) as own:
        with monkeypatch.context() as bounds:
            bounds.setitem(runner.BOUNDS, "seconds", 0)  # the rest of the present second
            found = run(own, units=3)
        assert found.trouble is not None and found.trouble.kind == "slow"
        assert run(own, units=4).trouble is None


def test_what_a_function_cannot_be_told_is_refused() -> None:
    with stage(LSTM.format(first="pass")) as own:
        for settings in ({"clamp_f": 1}, {"cell": "gru"}):
            with pytest.raises(SettingError):
                own.simulation.make(settings)
