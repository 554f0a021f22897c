"""The tasks are as described, and nothing in the input reveals the answer."""

from __future__ import annotations

import numpy as np
import pytest

from rnntutor.sims.common.series import SERIES, noisy, off, windows
from rnntutor.sims.common.tasks import SYMBOLS, TASKS, adding, recall


@pytest.mark.parametrize("steps", [2, 5, 50])
def test_adding_marks_one_value_in_each_half_and_asks_for_their_sum(steps: int) -> None:
    x, target = adding(np.random.default_rng(0), steps, 200)
    assert x.shape == (steps, 2, 200)
    assert target.shape == (1, 200)
    half = steps // 2
    assert (x[:half, 1].sum(axis=0) == 1).all()
    assert (x[half:, 1].sum(axis=0) == 1).all()
    np.testing.assert_allclose((x[:, 0] * x[:, 1]).sum(axis=0), target[0])


def test_every_step_can_be_marked() -> None:
    x, _ = adding(np.random.default_rng(0), 7, 2000)
    assert (x[:, 1].sum(axis=1) > 0).all()


def test_recall_asks_for_the_only_flagged_symbol() -> None:
    x, target = recall(np.random.default_rng(0), 20, 300)
    assert x.shape == (20, SYMBOLS + 1, 300)
    assert (x[:, :SYMBOLS].sum(axis=1) == 1).all()
    assert (x[0, SYMBOLS] == 1).all()
    assert not x[1:, SYMBOLS].any()
    assert (x[0, :SYMBOLS].argmax(axis=0) == target).all()


def test_what_lies_between_is_of_the_same_alphabet() -> None:
    """Otherwise the net could recognise what to keep by its kind."""
    x, _ = recall(np.random.default_rng(0), 5, 4000)
    np.testing.assert_allclose(x[:, :SYMBOLS].mean(axis=2), 1 / SYMBOLS, atol=0.03)


@pytest.mark.parametrize("name", list(TASKS))
def test_the_baseline_is_what_an_answer_without_reading_gets(name: str) -> None:
    task = TASKS[name]
    _, target = task.make(np.random.default_rng(1), 10, 20000)
    y = np.ones((1, 20000)) if name == "adding" else np.zeros((SYMBOLS, 20000))
    assert task.loss(y, target)[0] == pytest.approx(task.baseline, rel=0.03)


@pytest.mark.parametrize("name", list(SERIES))
def test_a_series_is_drawn_anew_around_zero(name: str) -> None:
    numbers = np.random.default_rng(0)
    one, other = (noisy(name, numbers, 200, 500, 0.0) for _ in range(2))
    assert one.shape == (200, 500)
    assert not np.array_equal(one, other)
    assert abs(float(one.mean())) < 0.25


def test_noise_scatters_by_as_much_as_it_says() -> None:
    clean = noisy("sine", np.random.default_rng(0), 200, 200, 0.0)
    rough = noisy("sine", np.random.default_rng(0), 200, 200, 0.2)
    assert (rough - clean).std() == pytest.approx(0.2, rel=0.02)


def test_the_forecasts_that_need_no_net() -> None:
    """For a walk nothing is better than the last value; for a coin the mean is better, but no
    forecast."""
    numbers = np.random.default_rng(0)
    walk, coin = noisy("walk", numbers, 50, 4000, 0.0), noisy("coin", numbers, 50, 4000, 0.0)
    assert off(walk[-2], walk[-1]) == pytest.approx(0.3, rel=0.05)
    assert off(0.0, walk[-1]) > 2 * off(walk[-2], walk[-1])
    assert off(coin[-2], coin[-1]) == pytest.approx(2**0.5, rel=0.05)
    assert off(0.0, coin[-1]) == 1


def test_windows_end_before_the_value_they_ask_for() -> None:
    past, after = windows(np.arange(10.0), 3)
    assert past.shape == (3, 7)
    assert past[:, 0].tolist() == [0, 1, 2]
    assert after.tolist() == [3, 4, 5, 6, 7, 8, 9]
