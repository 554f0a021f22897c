"""Training in a stage: which changes restart it, and which only change the view."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from rnntutor.nn.training import Update
from rnntutor.session import advance, knobs
from rnntutor.session import stage as stages
from rnntutor.session.opening import spec
from rnntutor.session.stage import Stage
from rnntutor.sims.common import fit


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a report of a race or of a recall come after every 20 updates."""
    monkeypatch.setattr(fit, "per_report", lambda cells, steps, units: 20)


class Trained:
    """A stage with some reports of its training, and more on demand."""

    def __init__(self, name: str, *settings: tuple[str, str], reports: int = 2) -> None:
        self.stage: Stage = stages.open_stage(spec(name, settings))
        updates = self.stage.simulation.updates
        assert updates is not None
        self._updates: Iterator[Update] = updates(self.stage.settings)
        for _ in range(reports):
            self.report()

    def report(self) -> None:
        update = next(self._updates).probe_with(self.stage.settings)
        self.stage = advance.add_report(self.stage, update)

    def turn(self, name: str, value: object) -> None:
        self.stage = knobs.set_knob(self.stage, name, value)
        assert self.stage.complaint is None

    @property
    def updates(self) -> int:
        assert self.stage.training is not None
        return self.stage.training.updates


SMALL_TEXT = (("corpus", "en"), ("units", "8"))
SMALL_RACE = (("T", "5"), ("units", "2"))


def test_the_temperature_draws_anew_from_the_same_net_and_the_training_goes_on() -> None:
    one = Trained("text", *SMALL_TEXT)
    before, updates = one.stage.trace, one.updates
    one.turn("temperature", 1.9)
    after = one.stage.trace
    assert one.updates == updates > 0
    np.testing.assert_array_equal(before["y"], after["y"])
    assert not np.allclose(before["p_drawn"], after["p_drawn"])
    one.report()
    assert one.updates > updates
    assert float(one.stage.trace["temperature"]) == 1.9


def test_a_net_is_looked_at_as_it_was_however_far_the_training_has_gone_since() -> None:
    one = Trained("text", *SMALL_TEXT)
    assert one.stage.training is not None and one.stage.training.history.last is not None
    report, before = one.stage.training.history.last, one.stage.trace["y"]
    one.report()
    one.report()
    seen = report.probe_with(one.stage.settings).trace
    assert seen is not None
    np.testing.assert_array_equal(seen["y"], before)
    assert not np.array_equal(one.stage.trace["y"], before)


def test_another_cell_of_a_race_is_looked_into_without_running_it_again() -> None:
    one = Trained("race", *SMALL_RACE)
    loss = one.stage.trace["loss_gru"]
    one.turn("cell", "gru")
    assert one.stage.trace.cell == "gru"
    assert one.updates > 0 and one.stage.trace["loss_gru"] == loss


def test_the_read_out_of_an_untrained_net_leaves_the_trained_one_alone() -> None:
    one = Trained("memory", ("T", "5"), ("units", "4"))
    accuracy, readout = one.stage.trace["accuracy"], one.stage.trace["readout"]
    one.turn("scale", 0.5)
    assert one.updates > 0 and one.stage.trace["accuracy"] == accuracy
    assert not np.array_equal(one.stage.trace["readout"], readout)


@pytest.mark.parametrize(
    ("name", "settings", "knob", "value"),
    [
        ("text", SMALL_TEXT, "seed", 8),
        ("text", SMALL_TEXT, "units", 4),
        ("race", SMALL_RACE, "T", 10),
        ("race", SMALL_RACE, "lr", 0.02),
        ("forecast", (), "noise", 0.2),
    ],
)
def test_what_the_net_is_trained_with_begins_it_anew(
    name: str, settings: tuple[tuple[str, str], ...], knob: str, value: object
) -> None:
    one = Trained(name, *settings, reports=2 if name == "text" else 1)  # its first is of 0 updates
    old = one.stage.training
    assert one.updates > 0
    one.turn(knob, value)
    assert old is not None and one.stage.training is not None
    assert one.updates == 0 and one.stage.training.generation > old.generation


def test_a_knob_of_the_look_before_any_report_stops_nothing() -> None:
    one = Trained("text", *SMALL_TEXT, reports=0)
    assert one.stage.training is not None
    running = advance.train(one.stage, one.stage.training.toggle())
    turned = knobs.set_knob(running, "threshold", 0.1)
    assert turned.training is not None and running.training is not None
    assert turned.training.running
    assert turned.training.generation == running.training.generation


def test_a_training_begun_anew_forgets_the_old_net() -> None:
    one = Trained("text", *SMALL_TEXT)
    assert one.stage.training is not None
    trained = one.stage.trace["y"]
    again = advance.train(one.stage, one.stage.training.anew())
    assert not np.array_equal(again.trace["y"], trained)
    untrained = again.simulation.trace(again.settings)
    np.testing.assert_array_equal(again.trace["y"], untrained["y"])


def test_what_a_training_has_learnt_is_seen_whole_until_one_steps_through_it() -> None:
    """The probe run is shown at its end; at its start only the input would be visible."""
    one = Trained("race", *SMALL_RACE, reports=0)
    assert one.stage.transport.position == 0
    one = Trained("race", *SMALL_RACE, reports=1)
    assert one.stage.finished
    back = advance.move(one.stage, one.stage.transport.start().step(2))
    update = one.stage.training.history.last if one.stage.training else None
    assert update is not None
    assert advance.add_report(back, update).transport.position == back.transport.position
