"""A knob without dependent settings changes only its own field."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rnntutor import sims
from rnntutor.session import knobs, opening
from rnntutor.session import stage as stages
from rnntutor.sims.base import knobs as fields
from tests.sampling import sampled


def _starts(name: str) -> list[tuple[tuple[str, str], ...]]:
    """Return the defaults of a simulation, and each choice of its first setting."""
    first, knob = next(iter(fields(sims.find(name).settings).items()))
    return [(), *(((first, str(choice)),) for choice in knob.choices)]


ALONE = [name for name in sims.names() if sims.find(name).alone]
STARTS = [(name, given) for name in ALONE for given in _starts(name)]


@pytest.mark.parametrize(
    ("name", "given"), sampled(STARTS, lambda start: start[0] == "cell" or not start[1])
)
def test_a_knob_that_stands_alone_gives_what_reading_everything_anew_gives(
    name: str, given: tuple[tuple[str, str], ...]
) -> None:
    """Only the settings are compared, so nothing is run anew."""
    stage = stages.open_stage(opening.spec(name, given, "en"))
    trace, simulation = stage.trace, stage.simulation
    stage = replace(stage, simulation=replace(simulation, trace=lambda settings: trace))
    for knob in simulation.alone:
        for count in (1, -1):
            turned = knobs.turn(stage, knob, count)
            anew = replace(turned, settings=simulation.make(turned.given))
            assert turned.settings == anew.settings, knob
            assert turned is stage or turned.settings != stage.settings


def test_turning_one_knob_reads_no_other_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = stages.open_stage(opening.spec("cell", (("cell", "lstm"), ("x", "1 2")), "en"))

    def never(given: object) -> None:
        raise AssertionError("every setting was read anew")

    stage = replace(stage, simulation=replace(stage.simulation, make=never))
    turned = knobs.turn(stage, "forget_bias", 1)
    assert turned.settings.forget_bias == stage.settings.forget_bias + 0.5
    assert turned.settings.x == stage.settings.x
    assert not (turned.trace["h"] == stage.trace["h"]).all()
