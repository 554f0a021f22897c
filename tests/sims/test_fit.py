"""The shared training of the simulations: reproducible, fair, and as configured."""

from __future__ import annotations

import numpy as np
import pytest

from rnntutor.nn.cells.registry import CELLS
from rnntutor.sims.common import fit as _fit
from rnntutor.sims.common import tasks
from rnntutor.sims.common.tasks import TASKS, adding, squared_error


def small(seed: int = 0, kind: str = "gru", *, rate: float = 1e-2, most: float = 1.0) -> _fit.Fit:
    model = _fit.network(kind, 2, 8, 1, seed=seed)
    return _fit.Fit(
        model,
        lambda numbers: adding(numbers, 10, 16),
        squared_error,
        seed=seed,
        rate=rate,
        most=most,
    )


def test_the_same_seed_gives_the_same_training() -> None:
    first, second = small(), small()
    assert [first.update() for _ in range(20)] == [second.update() for _ in range(20)]
    assert first.update() != small(seed=1).update()


def test_cells_with_one_seed_read_the_same_data() -> None:
    """Otherwise a race would not be fair."""
    seen: dict[str, list[np.ndarray]] = {}
    for kind in _fit.CELL_KINDS:
        batches: list[np.ndarray] = []

        def batch(numbers: np.random.Generator, kept: list[np.ndarray] = batches) -> tasks.Batch:
            made = adding(numbers, 10, 4)
            kept.append(made[0])
            return made

        model = _fit.network(kind, 2, 4, 1, seed=3)
        fit = _fit.Fit(model, batch, squared_error, seed=3, rate=1e-2)
        for _ in range(3):
            fit.update()
        seen[kind] = batches
    for other in ("lstm", "gru"):
        np.testing.assert_array_equal(seen["rnn"], seen[other])


def test_it_learns_and_says_so() -> None:
    fit = small()
    while fit.updates < 600 and not fit.below(0.01):
        fit.update()
    assert fit.below(0.01)
    x, target = adding(np.random.default_rng(99), 10, 500)
    assert fit.judge(x, target) < 0.02


def test_judging_changes_nothing() -> None:
    fit = small()
    before = {name: value.copy() for name, value in fit.model.params.items()}
    fit.judge(*adding(np.random.default_rng(0), 10, 8))
    for name, value in fit.model.params.items():
        np.testing.assert_array_equal(value, before[name])


def test_a_loss_that_is_no_number_is_seen() -> None:
    fit = small(kind="rnn", rate=1e30, most=0.0)
    for _ in range(30):
        fit.update()
    assert not fit.finite
    assert not fit.below(1e9)


def test_clipping_bounds_the_step_and_not_the_norm_that_is_told() -> None:
    fit = small(most=1e-6)
    fit.update()
    assert fit.gradient > 1e-6


def test_a_net_starts_as_pytorch_starts_it_but_for_the_gate_that_keeps() -> None:
    """Weights and biases are within ±1/√H; b_f and b_z are as given."""
    for kind, gate in (("rnn", ""), ("lstm", "b_f"), ("gru", "b_z")):
        apart = _fit.network(kind, 3, 16, 2, seed=1, keep=1.5).cell.unpacked
        for name, values in apart.items():
            if name == gate:
                assert (values == 1.5).all()
            else:
                assert 0 < np.abs(values).max() <= 0.25


def test_gates_biased_to_keep_do_so_for_as_long_as_the_task_needs() -> None:
    lstm, gru = (_fit.network(kind, 9, 64, 8, seed=0) for kind in ("lstm", "gru"))
    _fit.biased_to_keep(lstm, "lstm", 100, 0)
    _fit.biased_to_keep(gru, "gru", 100, 0)
    f, i = lstm.cell.unpacked["b_f"], lstm.cell.unpacked["b_i"]
    assert 0 <= f.min() < np.log(50) < f.max() <= np.log(99)
    np.testing.assert_allclose(i, -f)
    assert (gru.cell.unpacked["b_z"] == 3).all()


@pytest.mark.parametrize(("kind", "blocks"), [("rnn", 1), ("lstm", 4), ("gru", 3)])
def test_parameters_are_counted_with_one_bias_a_block(kind: str, blocks: int) -> None:
    assert CELLS[kind].size(10, 20) == blocks * 20 * (10 + 20 + 1)


def test_a_report_is_a_round_number_of_updates_and_never_none() -> None:
    assert _fit.per_report(_fit.CELL_KINDS, 50, 16) % 10 == 0
    assert _fit.per_report(_fit.CELL_KINDS, 1000, 64) >= 1


def test_the_probe_answers_as_the_net_that_is_trained() -> None:
    """The reference form, which is displayed, and the fast form, which trains, agree."""
    for kind in _fit.CELL_KINDS:
        fit = small(kind=kind)
        for _ in range(5):
            fit.update()
        x, _ = TASKS["adding"].make(np.random.default_rng(5), 12, 1)
        trace = _fit.probe(_fit.weights(fit.model), kind, x[:, :, 0].astype(np.float64), ())
        model = fit.model
        y = model.head.forward(model.cell.forward(model.embed.forward(x)))
        np.testing.assert_allclose(np.asarray(trace["y"]), y[:, :, 0], rtol=1e-4, atol=1e-5)
