"""The next frame waits for the terminal; a terminal that never answers is not waited for."""

from rnntutor.ui.pacer import PATIENCE, QUESTION, Pacer


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_frame_waits_for_the_answer_to_the_last() -> None:
    sent: list[str] = []
    pacer = Pacer(sent.append, Clock())
    assert pacer.ready()
    pacer.drawn()
    assert sent == [QUESTION] and not pacer.ready()
    pacer.acknowledged()
    assert pacer.ready()


def test_a_terminal_that_does_not_answer_is_no_longer_asked() -> None:
    sent: list[str] = []
    clock = Clock()
    pacer = Pacer(sent.append, clock)
    pacer.drawn()
    clock.now = PATIENCE + 0.1
    assert pacer.ready()
    pacer.drawn()
    assert sent == [QUESTION] and pacer.ready()


def test_a_late_answer_sets_the_clock_going_again() -> None:
    sent: list[str] = []
    clock = Clock()
    pacer = Pacer(sent.append, clock)
    pacer.drawn()
    clock.now = PATIENCE + 0.1
    pacer.ready()
    pacer.acknowledged()
    pacer.drawn()
    assert sent == [QUESTION, QUESTION]
