"""A learner's cell is trained with its own functions in the race against the engine's cells."""

from __future__ import annotations

import numpy as np
import pytest
from test_right import HEAD, RIGHT

from rnntutor.build.own_net import OwnCell, OwnNet
from rnntutor.build.own_race import OwnRace, partners
from rnntutor.sims.common import fit, tasks
from rnntutor.subjects.training import Race

SOURCES = {name: HEAD + next(iter(RIGHT[name].values())) for name in RIGHT}
ADDING = tasks.TASKS["adding"]


@pytest.mark.parametrize(
    ("kind", "forward"), [("lstm", "lstm_step"), ("rnn", "rnn_step"), ("rnn", "rnn_forward")]
)
def test_right_functions_have_the_gradients_of_the_engine(kind: str, forward: str) -> None:
    backward = f"{kind}_backward"
    sources = {name: SOURCES[name] for name in (forward, backward)}
    nets = [fit.network(kind, 2, 5, 1, seed=3) for _ in range(2)]
    cell = OwnCell(kind, forward, backward, sources)
    own = OwnNet(nets[1], cell)
    x, target = ADDING.make(np.random.default_rng(1), 4, 3)
    try:
        y = nets[0].forward(x)
        np.testing.assert_allclose(own.forward(x), y, rtol=1e-4, atol=1e-6)
        _, dy = ADDING.loss(y, target)
        wanted, found = nets[0].backward(dy), own.backward(dy)
    finally:
        cell.end()
    assert wanted.keys() == found.keys()
    for name, gradient in wanted.items():
        np.testing.assert_allclose(found[name], gradient, rtol=1e-3, atol=1e-5, err_msg=name)


def test_both_learn_alike_and_the_process_ends_with_the_training() -> None:
    own = OwnRace({name: SOURCES[name] for name in ("lstm_step", "lstm_backward")})
    simulation = own.simulation
    updates = simulation.updates
    assert updates is not None
    settings = simulation.make({"T": 5, "units": 4})
    assert [one.cell for one in simulation.trace(settings).of(Race).racers] == ["lstm", "mine"]
    reports = updates(settings)
    told = [next(reports) for _ in range(3)]
    reports.close()
    last = told[-1]
    assert last.step >= 3 and last.metrics["loss_mine"] != told[0].metrics["loss_mine"]
    assert last.metrics["loss_mine"] == pytest.approx(last.metrics["loss_lstm"], rel=1e-3)
    assert own.trouble is None and own.ended


def test_whoever_stops_is_out_and_the_other_goes_on() -> None:
    """After an exception at its 100th call, the race continues with the engine's cell."""
    stops = "calls = []\n" + SOURCES["rnn_step"].replace(
        "return ", "return calls.append(1) if len(calls) == 100 else calls.append(1) or "
    )
    own = OwnRace({"rnn_step": stops, "rnn_backward": SOURCES["rnn_backward"]})
    simulation = own.simulation
    assert simulation.updates is not None
    reports = simulation.updates(simulation.make({"T": 60, "units": 2}))
    told = [next(reports) for _ in range(3)]
    reports.close()
    assert own.trouble is not None and own.trouble.kind == "raised"
    assert told[-1].metrics["seconds_mine"] == told[-2].metrics["seconds_mine"]
    assert told[-1].metrics["loss_rnn"] != told[-2].metrics["loss_rnn"]


def test_what_can_be_trained_has_both_directions() -> None:
    assert partners("lstm_step") == ("lstm_backward",)
    assert partners("rnn_backward") == ("rnn_step", "rnn_forward")
    assert partners("gru_step") == partners("sigmoid") == ()
