"""The backward pass from a loss, against central differences of the loss."""

from __future__ import annotations

import math

import pytest

from rnntutor.question_models import find

VALUES = {"x": [0.5, -1.0], "h0": 0.6, "W": 0.8, "U": -0.9, "v": 2.0}


def loss(U: float = VALUES["U"], y0_moved: float = 0.0, h0: float = VALUES["h0"]) -> float:
    h = h0
    for x in VALUES["x"]:
        h = math.tanh(VALUES["W"] * x + U * h)
    y0, y1 = VALUES["v"] * h + y0_moved, -VALUES["v"] * h
    return math.log(math.exp(y0) + math.exp(y1)) - y0


def difference(of: str) -> float:
    start = {"U": VALUES["U"], "y0_moved": 0.0, "h0": VALUES["h0"]}[of]
    return (loss(**{of: start + 1e-6}) - loss(**{of: start - 1e-6})) / 2e-6


def test_the_gradients_are_those_of_the_loss() -> None:
    found = find("from_loss").run(VALUES)
    assert float(found["dU"]) == pytest.approx(difference("U"), abs=1e-8)
    assert float(found["dy0"]) == pytest.approx(difference("y0_moved"), abs=1e-8)
    assert float(found["da[1]"]) * VALUES["U"] == pytest.approx(difference("h0"), abs=1e-8)


@pytest.mark.parametrize(
    ("slip", "path", "of"),
    [
        ("p_alone", "dy0", lambda t: t("p0")),
        ("swapped", "dy0", lambda t: -t("dy0")),
        ("one_class", "dh[2]", lambda t: 2 * t("dy0")),
        ("not_transposed", "dh[2]", lambda t: 0.0),  # the gradients of the two classes cancel
        ("no_slope", "dh[1]", lambda t: -0.9 * t("dh[2]")),
        ("no_U", "dh[1]", lambda t: t("da[2]")),
        ("same_t", "dU_terms[1]", lambda t: t("da[1]") * t("h[1]")),
        ("last_only", "dU", lambda t: t("dU_terms[2]")),
    ],
)
def test_each_slip_is_the_mistake_of_its_name(slip, path, of) -> None:
    model = find("from_loss")
    right = model.run(VALUES)
    assert float(model.slips[slip](VALUES)[path]) == pytest.approx(
        of(lambda name: float(right[name])), abs=1e-12
    )
    assert float(right[path]) != pytest.approx(float(model.slips[slip](VALUES)[path]), abs=1e-3)
