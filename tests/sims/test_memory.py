"""Recall and readout: the measured results, failures included."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from sampling import sampled

from rnntutor.course.sim_spec import SimSpec
from rnntutor.package_data import assets_dir
from rnntutor.render.views.registry import heading, view, view_names
from rnntutor.render.views.view_context import Cursor, ViewContext
from rnntutor.session.knobs import turn
from rnntutor.session.stage import open_stage
from rnntutor.sims import find, memory
from rnntutor.sims.base import SettingError, knobs
from rnntutor.sims.memory.readback import readable
from rnntutor.spans import plain
from rnntutor.subjects.training import Bias, Net
from rnntutor.words import load

MEMORY = find("memory")
LENGTHS = dict(zip(memory.LENGTHS, range(len(memory.LENGTHS)), strict=True))


def prepared(cell: str, bias: Bias, T: int) -> list[float]:
    """Return the accuracies of the prepared runs, by seed."""
    found = memory.load_prepared()["recall"][memory.RUNS.index(Net(cell, bias)), LENGTHS[T]]
    return [float(value) for value in found]


def test_a_gru_that_keeps_recalls_over_twenty_steps_within_seconds() -> None:
    settings = MEMORY.make({"cell": "gru", "keep_bias": "keep", "seed": 0})
    end = list(itertools.islice(MEMORY.updates(settings), 2))[-1]  # type: ignore[misc]
    assert end.metrics["accuracy"] > 0.95
    assert end.metrics["chance"] == 1 / 8


def test_default_gates_are_at_chance_from_forty_steps_on_and_keeping_ones_recall() -> None:
    """This holds in the prepared runs of the view."""
    for cell in ("lstm", "gru"):
        for T in (40, 80, 120):
            assert max(prepared(cell, "default", T)) < 0.2
        assert min(prepared(cell, "keep", 40)) > 0.85
        assert sum(value > 0.9 for value in prepared(cell, "keep", 80)) >= 4


def test_the_rnn_learns_what_is_near_and_at_eighty_steps_does_not() -> None:
    assert min(prepared("rnn", "default", 5)) > 0.98
    assert sum(value < 0.6 for value in prepared("rnn", "default", 80)) >= 4


def test_default_gates_are_no_better_than_the_rnn_at_forty_steps() -> None:
    """The lecture's claim holds only for gates that keep from the start."""
    rnn = np.mean(prepared("rnn", "default", 40))
    assert np.mean(prepared("lstm", "default", 40)) <= rnn + 0.05
    assert np.mean(prepared("gru", "default", 40)) <= rnn + 0.05


def test_the_prepared_runs_are_small_and_whole() -> None:
    file = assets_dir() / "weights" / "memory.npz"
    assert file.stat().st_size < 10_000
    found = memory.load_prepared()
    assert found["recall"].shape == (len(memory.RUNS), len(memory.LENGTHS), len(memory.SEEDS))
    assert found["recall_T"].tolist() == list(memory.LENGTHS)
    assert ((found["recall"] >= 0) & (found["recall"] <= 1)).all()


@pytest.mark.parametrize(
    ("cell", "bias", "T"),
    sampled(
        [("gru", "keep", 20), ("lstm", "keep", 10), ("gru", "default", 10)],
        lambda case: case == ("lstm", "keep", 10),
    ),
)
def test_a_prepared_run_is_what_the_training_gives(cell: str, bias: str, T: int) -> None:
    """One seed of each fast run is trained again here."""
    settings = MEMORY.make({"cell": cell, "keep_bias": bias, "T": T, "seed": 1})
    again = memory.accuracy(settings, memory.trained_fit(settings), memory.FINAL)
    assert again == pytest.approx(prepared(cell, bias, T)[1], abs=0.05)


def test_a_training_has_the_budget_of_the_prepared_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "SECONDS", 0.15)
    settings = MEMORY.make({"cell": "lstm", "T": 120, "units": 8})
    steps = [report.step for report in MEMORY.updates(settings)]  # type: ignore[misc]
    assert steps[-1] == memory.most(settings)


def test_the_same_seed_gives_the_same_training() -> None:
    settings = memory.MemorySettings(cell="gru", T=5, units=8)
    first, second = (
        [
            (r.step, r.loss, dict(r.metrics))
            for r in itertools.islice(memory.updates(settings, 8), 3)
        ]
        for _ in range(2)
    )
    assert first == second


# ---- reading back from an untrained state ---------------------------------------------------


def test_what_is_read_fades_with_the_distance() -> None:
    found = memory.readout(16, 0.9, 1.0, 0)
    assert found.shape == (31,)
    assert found[0] > 0.99
    assert found[2] > 0.9
    assert found[20] < 0.05
    assert (np.diff(found[:12]) < 0.05).all()


def test_a_smaller_state_holds_less() -> None:
    sizes = [
        np.mean([memory.readout(H, 0.9, 1.0, seed)[5] for seed in range(3)]) for H in (4, 16, 64)
    ]
    assert sizes[0] < 0.3 < sizes[1] < sizes[2]


def test_mixing_is_a_cause_beside_the_dimension() -> None:
    """With the same number of units and a smaller |U|, earlier inputs are lost sooner."""
    near, far = (np.mean([memory.readout(16, r, 1.0, s)[8] for s in range(3)]) for r in (0.9, 0.5))
    assert near > far


def test_without_a_recurrent_weight_only_the_present_is_there() -> None:
    found = memory.readout(16, 0.0, 1.0, 0)
    assert found[0] > 0.99
    assert found[1:].max() < 0.05


def test_one_unit_can_be_read_too() -> None:
    assert np.isfinite(memory.readout(1, 0.9, 1.0, 0)).all()


def test_the_read_out_is_judged_on_what_it_was_not_fitted_on() -> None:
    """Noise cannot be read back, with any number of units."""
    numbers = np.random.default_rng(0)
    x, h = numbers.normal(size=600), numbers.normal(size=(600, 100))
    assert readable(x, h).max() < 0.1


def test_training_does_not_change_the_read_out() -> None:
    settings = MEMORY.make({"T": 5, "units": 8})
    before = MEMORY.trace(settings)
    after = next(memory.updates(settings, 8)).probe_with(settings).trace
    assert after is not None
    np.testing.assert_array_equal(np.asarray(before["readout"]), np.asarray(after["readout"]))


# ---- the simulation -------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_the_probe_reads_one_flagged_sequence(cell: str) -> None:
    trace = MEMORY.trace(MEMORY.make({"cell": cell, "T": 10, "units": 6}))
    assert (trace.cell, trace.steps, trace.units) == (cell, 10, 6)
    assert trace.labels[0].endswith("*")
    assert not any(label.endswith("*") for label in trace.labels[1:])
    assert ord(trace.labels[0][0]) - ord("A") == int(np.asarray(trace["wanted_last"])[0])


def test_measures_are_numbers_before_any_training() -> None:
    settings = MEMORY.make({"T": 10})
    trace = MEMORY.trace(settings)
    found = {name: measure(settings, trace) for name, measure in MEMORY.measures.items()}
    assert all(math.isfinite(value) for value in found.values())
    assert found["readout_5"] > found["readout_10"]
    assert found["chance"] == 1 / 8


@pytest.mark.parametrize("given", [{"T": 4}, {"cell": "lru"}, {"keep_bias": 3}, {"scale": 9}])
def test_what_cannot_be_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(SettingError):
        MEMORY.make(given)


def test_everything_has_its_words() -> None:
    for lang in ("ko", "en"):
        words = load(lang)
        for cell in ("rnn", "lstm", "gru"):
            for spec in MEMORY.views(MEMORY.make({"cell": cell})):
                assert spec.partition(":")[0] in view_names()
                assert heading(spec, words)
        for name, knob in knobs(MEMORY.settings).items():
            assert knob.symbol or f"knob.{name}" in words, name
        assert {f"measure.{name}" for name in MEMORY.measures} <= set(words.table())


@pytest.mark.long
def test_the_table_of_recall_over_five_seeds() -> None:
    """Trained again, keeping gates recall over 40 steps, and default ones do not."""
    for cell in ("lstm", "gru"):
        for bias, good in (("keep", True), ("default", False)):
            found = []
            for seed in memory.SEEDS:
                settings = memory.MemorySettings(cell=cell, keep_bias=bias, T=40, seed=seed)
                found.append(memory.accuracy(settings, memory.trained_fit(settings), memory.FINAL))
            assert sum(value > 0.85 if good else value < 0.2 for value in found) >= 4


@pytest.mark.long
def test_mixed_lengths_are_those_of_the_training_and_not_of_the_accuracy() -> None:
    """A training batch has a length from 2 to `mixed`; the accuracy is measured at T.

    So an RNN learns in seconds what it does not learn at T alone.
    """
    settings = MEMORY.make({"cell": "rnn", "T": 80, "mixed": 20, "seed": 1})
    one = memory.fit(settings)
    lengths = {len(one._batch(np.random.default_rng(n))[0]) for n in range(200)}
    assert lengths == set(range(2, 21))
    assert memory.accuracy(settings, memory.trained_fit(settings)) > 0.95


def test_what_the_prepared_runs_recalled_is_the_median_of_their_seeds() -> None:
    for net in memory.RUNS:
        settings = MEMORY.make({"cell": net.cell, "keep_bias": net.bias})
        trace = MEMORY.trace(settings)
        for index, T in enumerate(memory.LENGTHS):
            five = sorted(trace["recall"][memory.RUNS.index(net), index])
            assert MEMORY.measures[f"recalled_{T}"](settings, trace) == five[2]


def test_turning_stops_at_the_lengths_of_the_table() -> None:
    """The knob's values are the table's columns, so that results can be compared.

    A value between two columns, from a command line, turns to the next column.
    """
    stage = open_stage(SimSpec("memory", settings=(("T", 15),)))
    seen = []
    for _ in range(6):
        stage = turn(stage, "T", 1)
        seen.append(stage.settings.T)
    assert seen == [20, 40, 80, 120, 120, 120]
    assert [turn(stage, "T", -n).settings.T for n in (1, 2, 9)] == [80, 40, 5]


def test_the_row_of_the_learners_own_net_alone() -> None:
    context = ViewContext(load("en"), Cursor(1, 1), ("sum",), height=11)
    trace = MEMORY.trace(MEMORY.make({"cell": "lstm"}))
    specs = ("recall", "recall:own", "recall:kind")
    every, own, kind = (view(spec, trace, context) for spec in specs)
    assert len(every) - len(own) == len(memory.RUNS) - 1
    assert set(own) < set(kind) < set(every)
    assert [plain(row).split()[0] for row in kind[1:4]] == ["RNN", "LSTM", "LSTM"]
