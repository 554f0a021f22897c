"""The simulation `bptt`: right gradients, terms that add up, and time running backward."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from backward import worst

from rnntutor import question_models
from rnntutor.nn.cells import reference
from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.trace import PathError
from rnntutor.sims import find
from rnntutor.sims.base import SettingError
from rnntutor.sims.cell import run as _cell_run
from rnntutor.sims.cell.settings import parameters

BPTT = find("bptt")
MODEL = {"units": 1, "x": [1, 0], "h0": 0.6, "W": 0.5, "U": 0.8, "V": 1, "dy": 1, "loss": "last"}
CASES: list[dict[str, object]] = [
    {},
    {"units": 4, "T": 6, "inputs": 3, "loss": "last", "outputs": 4, "target": 2},
    {"units": 3, "loss": [1, 3], "dy": [0.5, -1.0], "h0": 0.2},
    {"cell": "lstm", "units": 3, "T": 5, "loss": "every", "scale": 2, "c0": 0.7},
    {"cell": "lstm", "units": 1, "loss": [2], "dy": 1, "V": 1},
    MODEL,
]


def loss(settings: Any, numbers: dict[str, Any]) -> float:
    """Return L from a forward pass alone."""
    cell = settings.run
    x, h0 = _cell_run.inputs(cell), np.array(cell.h0)
    start = (h0, np.array(cell.c0)) if settings.cell == "lstm" else (h0,)
    if settings.target:
        run = reference.trace(settings.cell, numbers, x, *start, target=settings.target)
        return float(np.asarray(run["loss"]).sum())
    run = reference.trace(settings.cell, {k: v for k, v in numbers.items() if k != "V"}, x, *start)
    y = np.asarray(run["h"])[1:] @ numbers["V"].T
    return float(sum((np.array(settings.dy) * y[t - 1]).sum() for t in settings.asked))


@pytest.mark.parametrize("given", CASES)
def test_every_sum_is_the_gradient_by_central_differences(given: dict[str, object]) -> None:
    settings = BPTT.make(given)
    trace = BPTT.trace(settings)
    numbers = {name: p.copy() for name, p in parameters(settings.run).items()}
    names = [f"{p}{k}" for k in (b.tail for b in CELLS[settings.cell].blocks) for p in "WUb"]
    found = {n: np.asarray(trace[f"d{n}"]).reshape(numbers[n].shape) for n in names}
    wrong = {n: numbers[n] for n in names}
    name, off = worst(lambda: loss(settings, numbers), wrong, found)
    assert off < 1e-8, name
    assert float(trace["loss_total"]) == pytest.approx(loss(settings, numbers))


@pytest.mark.parametrize("given", CASES)
def test_terms_add_up_to_the_sums_on_the_way_back(given: dict[str, object]) -> None:
    """dU_sum[t] is the sum of the terms T … t, dU_sum[1] is dU, and dU_norm its norm."""
    settings = BPTT.make(given)
    trace = BPTT.trace(settings)
    for spec_block in CELLS[settings.cell].blocks:
        block = spec_block.tail
        for name in (f"dU{block}", f"dW{block}", f"db{block}"):
            terms, growing = np.asarray(trace[f"{name}_terms"]), np.asarray(trace[f"{name}_sum"])
            assert np.allclose(growing[-1], terms[-1])
            assert np.allclose(growing[:-1] - growing[1:], terms[:-1])
            assert np.allclose(growing[0], np.asarray(trace[name]))
            lengths = np.linalg.norm(growing.reshape(len(growing), -1), axis=1)
            assert np.allclose(np.asarray(trace[f"{name}_norm"]), lengths)


def test_the_two_arrows_meet() -> None:
    """dh is the sum from the step's own loss and the next step; the last step has no next one."""
    trace = BPTT.trace(BPTT.make({"units": 3, "T": 5}))
    U = np.asarray(trace["U"])
    for t in range(1, 6):
        assert np.allclose(trace.at("dh", t), trace.at("dh_loss", t) + trace.at("dh_next", t))
        assert np.allclose(trace.at("da", t), trace.at("dh", t) * (1 - trace.at("h", t) ** 2))
        assert np.allclose(trace.at("dh_loss", t), np.asarray(trace["V"]).T @ trace.at("dy", t))
        if t < 5:
            assert np.allclose(trace.at("dh_next", t), U.T @ trace.at("da", t + 1))
    assert not trace.at("dh_next", 5).any()


def test_it_is_the_model_of_the_questions() -> None:
    """One unit with the numbers of the course's trace question gives dU = 0.682."""
    trace = BPTT.trace(BPTT.make(MODEL))
    same = question_models.find("scalar_rnn").run(
        {"x": [1, 0], "h0": 0.6, "W": 0.5, "U": 0.8, "dh_last": 1.0}
    )
    for path in ("dU", "dW", "dU_terms[1]", "dU_terms[2]", "dW_terms[1]"):
        assert float(trace[path]) == pytest.approx(float(same[path]))
    assert float(trace["dh[1][0]"]) == pytest.approx(float(same["dh[1]"]))
    assert float(trace["dU"]) == pytest.approx(0.682, abs=5e-4)


SAME = ("same_t", "no_slope")


@pytest.mark.parametrize("slip", SAME)
def test_slips_are_those_of_the_questions(slip: str) -> None:
    settings = BPTT.make(MODEL)
    trace = BPTT.trace(settings)
    values = {"x": [1, 0], "h0": 0.6, "W": 0.5, "U": 0.8, "dh_last": 1.0}
    wrong = question_models.find("scalar_rnn").slips[slip](values)
    assert BPTT.misconceptions[slip](settings, trace, "dU") == pytest.approx(float(wrong["dU"]))


def test_what_each_slip_forgets() -> None:
    settings = BPTT.make({"units": 2, "T": 3})
    trace = BPTT.trace(settings)

    def slip(name: str, path: str) -> float:
        return BPTT.misconceptions[name](settings, trace, path)

    assert slip("no_future", "dh[2][0]") == pytest.approx(float(trace["dh_loss[2][0]"]))
    assert slip("no_loss", "dh[2][1]") == pytest.approx(float(trace["dh_next[2][1]"]))
    assert slip("last_only", "dU[0][1]") == pytest.approx(float(trace["dU_terms[3][0][1]"]))
    assert slip("no_slope", "da[2][0]") == pytest.approx(float(trace["dh[2][0]"]))
    assert slip("not_transposed", "dh[2][0]") != pytest.approx(float(trace["dh[2][0]"]))
    for path in ("dU", "h[2][0]", "dh", "nothing[1]"):
        with pytest.raises(PathError):
            slip("no_loss", path)
    gated = BPTT.make({"cell": "lstm"})
    with pytest.raises(PathError):
        BPTT.misconceptions["no_U"](gated, BPTT.trace(gated), "dh[1][0]")


def test_time_runs_backward() -> None:
    """The transport's first step is time T; paths use the lessons' time."""
    trace = BPTT.trace(BPTT.make({"T": 4}))
    assert [trace.computed_step(k) for k in range(5)] == [4, 4, 3, 2, 1]
    assert BPTT.phases(BPTT.make({})) == ("loss", "merge", "slope", "term", "pass")


def test_where_losses_sit() -> None:
    assert BPTT.make({"loss": "last"}).target == (-1, -1, -1, 0)
    assert BPTT.make({"loss": [2, 4], "target": 1}).target == (-1, 1, -1, 1)
    assert BPTT.make({"loss": [2, 9], "T": 3}).asked == (2,)
    assert BPTT.make({"loss": [9], "T": 3}).asked == (3,)
    assert BPTT.make({"target": [0, 1, -1, 1]}).target == (0, 1, -1, 1)
    alone = BPTT.trace(BPTT.make({"loss": "last", "T": 3}))
    assert not np.asarray(alone["dh_loss"])[:2].any()
    assert np.asarray(alone["dU_terms"])[1].any()  # but its gradient reaches the earlier steps


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"loss": "never"}, "setting.choice"),
        ({"T": 40}, "setting.range"),
        ({"units": 9}, "setting.range"),
        ({"text": "가 나"}, "setting.unknown"),
        ({"clamp_f": 0}, "setting.unknown"),
        ({"dy": 1, "target": 0}, "setting.apart"),
        ({"target": [0, 1]}, "setting.shape"),
        ({"x": list(range(20))}, "setting.length"),
        ({"Q": 1}, "setting.unknown"),
    ],
)
def test_what_cannot_be_is_refused(given: dict[str, object], key: str) -> None:
    with pytest.raises(SettingError) as error:
        BPTT.make(given)
    assert error.value.key == key


def test_knobs_of_parameters_and_fields() -> None:
    settings = BPTT.make(MODEL)
    assert BPTT.value(settings, "U") == 0.8
    assert BPTT.value(settings, "loss") == "last"
    assert BPTT.value(settings, "h0") == 0.6
    assert BPTT.knob(settings, "U").symbol == "U"
    assert BPTT.knob(settings, "T").high == 12
    with pytest.raises(SettingError):
        BPTT.knob(settings, "U_f")


@pytest.mark.parametrize("given", CASES)
def test_the_source_is_there_for_every_phase(given: dict[str, object]) -> None:
    settings = BPTT.make(given)
    assert all(BPTT.source(settings, phase) for phase in BPTT.phases(settings))
    trace = BPTT.trace(settings)
    assert all(np.isfinite(f(settings, trace)) for f in BPTT.measures.values())
