"""The quantities of conditions: which value they have at a cursor, and from when it is known."""

from __future__ import annotations

import numpy as np
import pytest

from rnntutor.nn.trace import Trace
from rnntutor.render.views.view_context import Cursor
from rnntutor.session.conditions import value_of

PHASES = 3
TRACE = Trace("lstm", 2, {"f": np.array([[0.25], [0.5]]), "c": np.array([[0.0], [1.0], [2.0]])})


def value(path: str, t: int, phase: int) -> object:
    return value_of(
        path,
        trace=TRACE,
        at=Cursor(t, phase),
        phases=PHASES,
        measures={"loss": 0.75},
        settings={"units": 4},
    )


@pytest.mark.parametrize(
    ("t", "phase", "wanted"), [(0, 0, 0), (1, 1, 0), (1, 2, 0), (1, 3, 1), (2, 1, 1), (2, 3, 2)]
)
def test_the_time_is_that_of_the_last_complete_step(t: int, phase: int, wanted: int) -> None:
    assert value("t", t, phase) == wanted
    assert value("phase", t, phase) == phase


def test_an_entry_is_known_once_its_step_is_complete() -> None:
    assert [value("f[1][0]", *at) for at in ((1, 1), (1, 2), (1, 3), (2, 1))] == [
        None, None, 0.25, 0.25,
    ]  # fmt: skip
    assert value("c[0][0]", 1, 1) == 0.0
    assert value("c[2][0]", 2, 2) is None and value("c[2][0]", 2, 3) == 2.0


def test_a_measure_is_known_at_the_end_and_a_setting_always() -> None:
    assert [value("loss", *at) for at in ((0, 0), (2, 2), (2, 3))] == [None, None, 0.75]
    assert value("units", 0, 0) == 4
    assert value("nothing", 2, 3) is None
