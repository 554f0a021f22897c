"""A padded batch and two windows, against runs of the same net without padding."""

from __future__ import annotations

import numpy as np
import pytest

from rnntutor.nn.layers import one_hot
from rnntutor.nn.losses import cross_entropy
from rnntutor.sims.batch import BatchSettings, make, rows, trace, windows
from rnntutor.sims.common.fit import weights

CELLS = ("rnn", "lstm", "gru")
QUICK = {"trained": 50}


def _net(settings: BatchSettings) -> rows.SequenceToSequence:
    s = settings
    return rows.net(s.cell, s.units, s.T, s.side, s.mask == "on", s.trained, s.seed)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("side", ["right", "left"])
def test_with_a_mask_a_row_ends_as_if_read_alone(cell: str, side: str) -> None:
    run = trace(make({"cell": cell, "side": side, "mask": "on", **QUICK}))
    np.testing.assert_allclose(run["hn"], run["alone"], atol=1e-6)


def test_without_a_mask_only_the_full_row_does() -> None:
    run = trace(make(QUICK))
    off = np.abs(run["hn"] - run["alone"]).max(axis=1)
    assert off[0] < 1e-6
    assert (off[1:] > 0.1).all()


@pytest.mark.parametrize("side", ["right", "left"])
def test_a_row_without_mask_is_what_the_engine_makes_of_all_its_symbols(side: str) -> None:
    """The states are the same when read step by step or at once."""
    settings = make({"side": side, **QUICK})
    run, net = trace(settings), _net(settings)
    ids, target, real = rows.displayed_batch(settings.T, settings.shortest, side, settings.seed)
    y = net.forward(one_hot(ids, rows.SYMBOLS, np.float32))
    np.testing.assert_allclose(run["h"][1:], net.cell.cell.now.h[1:, 0], atol=1e-6)
    assert float(run["loss_all"]) == pytest.approx(cross_entropy(y, target)[0], abs=1e-5)
    means = [float(np.asarray(run["surprise"])[real].mean()), float(run["surprise"].mean())]
    assert means == pytest.approx([float(run["loss_real"]), float(run["loss_all"])])


def test_the_rows_are_padded_and_the_targets_are_the_next_symbols() -> None:
    for side in (rows.RIGHT, rows.LEFT):
        ids, target, real = rows.displayed_batch(8, 3, side, 4)
        assert real.sum(axis=0).tolist() == [8, 6, 3]
        assert (ids[~real] == rows.PAD).all()
        assert (target[~real] == rows.PAD).all()
        for b in range(rows.ROWS):
            read, following = ids[real[:, b], b], target[real[:, b], b]
            assert (read[1:] == following[:-1]).all()
            steps = set(((following - read) % rows.DIGITS).tolist())
            assert steps in ({1}, {9})


@pytest.mark.parametrize("cell", CELLS)
def test_the_gradient_that_crosses_the_border_is_that_of_the_state_carried_over(cell: str) -> None:
    """It equals central differences of window 2's loss with respect to its initial h."""
    settings = make({"cell": cell, "border": "through", **QUICK})
    run, net = trace(settings), _net(settings)
    stream, cut = windows.streams(settings.T, settings.seed), settings.T // 2
    p = weights(net)
    x, target = np.eye(rows.SYMBOLS)[stream[:-1, 0]], stream[1:, 0].tolist()
    nothing = [np.zeros(settings.units)] * net.cell.cell.num_states
    first = windows.reference.trace(cell, p, x[:cut], *nothing)
    h, *more = (np.asarray(first[name])[-1] for name in windows.CELLS[cell].states)

    def loss(start: np.ndarray) -> float:
        two = windows.reference.trace(cell, p, x[cut:], start, *more, target=target[cut:])
        return float(two["loss_total"])

    eps = 1e-5
    each = [(loss(h + eps * e) - loss(h - eps * e)) / (2 * eps) for e in np.eye(settings.units)]
    assert float(run.at("window_2", cut)[0]) == pytest.approx(np.linalg.norm(each), rel=1e-4)


def test_what_each_border_lets_through() -> None:
    through, detach, reset = (trace(make({"border": b, **QUICK})) for b in windows.BORDERS)
    cut = through.steps // 2
    for name in ("window_h", "window_loss", "window_1"):  # the state is passed on all the same
        np.testing.assert_allclose(through[name], detach[name], atol=1e-9)
    np.testing.assert_allclose(through["window_2"][cut:], detach["window_2"][cut:], atol=1e-9)
    assert (through["window_2"][:cut] > 0).all()
    assert not detach["window_2"][:cut].any()
    assert not reset["window_2"][:cut].any()
    assert detach["start"].any()
    assert not reset["start"].any()
    assert reset["window_loss"][cut].mean() > 1.2 * detach["window_loss"][cut].mean()


@pytest.mark.parametrize("seed", range(6))
def test_the_windows_show_rows_that_count_up_and_rows_that_count_down(seed: int) -> None:
    steps = np.diff(windows.streams(8, seed), axis=0) % rows.DIGITS
    assert (steps == steps[0]).all(), "each row goes its way to the end"
    assert set(steps[0]) == {1, rows.DIGITS - 1}
