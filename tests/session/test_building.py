"""The log holds what a check found, never the code, and an exercise stays passed."""

from __future__ import annotations

from rnntutor.build.check import check
from rnntutor.session import building
from rnntutor.study.events import Event
from rnntutor.study.progress import fold


def test_the_log_is_told_what_was_found_and_never_the_code() -> None:
    source = "import numpy as np\ndef rnn_step(x, h_prev, W, U, b):\n    a = W @ x + b\n"
    source += "    return np.tanh(a)\n"
    told = building.check_data("rnn_step", check("rnn_step", source), 3, 12.34)
    assert (told["found"], told["passed"], told["attempt"]) == ("missing", False, 3)
    assert told["quantity"] == "a" and told["line"] == 3
    assert not any("np" in str(value) for value in told.values())


def test_an_exercise_stays_passed() -> None:
    def event(n: int, passed: object) -> Event:
        data = {"exercise": "rnn_step", "passed": passed}
        return Event("s", n, f"2026-03-01T00:00:{n:02}.000000Z", "+00:00", "build", data)

    assert fold([event(1, False)]).builds == {"rnn_step": False}
    assert fold([event(1, True), event(2, False)]).builds == {"rnn_step": True}
    assert fold([event(1, "yes")]).builds == {"rnn_step": False}
