"""The gradient check derives gradients from the loss alone, without a backward pass."""

from __future__ import annotations

import pytest
from in_process import stay_here
from test_right import HEAD, RIGHT

from rnntutor.build.check import Missing, Passed
from rnntutor.build.gradients import LOSSES, compare
from rnntutor.session import building


@pytest.mark.parametrize("exercise", LOSSES)
def test_right_gradients_are_those_of_the_loss(
    exercise: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stay_here(monkeypatch)
    *_, source = RIGHT[exercise].values()
    found = compare(exercise, HEAD + source)
    assert found is not None and found.right and found.largest < 1e-4


def test_a_wrong_one_is_named_with_what_was_measured() -> None:
    """A wrong dh0 is reported with the measured and the returned entries."""
    source = HEAD + next(iter(RIGHT["rnn_backward"].values()))
    wrong = source + "\nright = rnn_backward\ndef rnn_backward(*given):\n"
    wrong += "    dW, dU, db, dh0 = right(*given)\n    return dW, dU, db, dh0 / 2 + 1\n"
    found = compare("rnn_backward", wrong)
    assert found is not None and not found.right and found.name == "dh0"
    assert found.found == pytest.approx(found.measured / 2 + 1, abs=1e-6)


def test_it_is_said_where_nothing_else_explains(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is reported after a pass and for unknown mistakes, but not for exercises without
    gradients."""
    stay_here(monkeypatch)
    right = HEAD + next(iter(RIGHT["softmax_loss"].values()))
    finding, gradients = building.look("softmax_loss", right)
    assert isinstance(finding, Passed) and gradients is not None and gradients.right
    odd = right + "\nright = softmax_loss\ndef softmax_loss(y, target):\n"
    odd += "    loss, dy = right(y, target)\n    return loss, dy + y ** 2\n"
    finding, gradients = building.look("softmax_loss", odd)
    assert isinstance(finding, Missing) and finding.slip is None
    assert gradients is not None and not gradients.right and gradients.name == "dy"
    source = HEAD + next(iter(RIGHT["rnn_step"].values()))
    assert building.look("rnn_step", source)[1] is None
