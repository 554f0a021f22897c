"""The next frame waits for the terminal; a terminal that never answers is not waited for."""

import asyncio

from rnntutor.tui.terminal.flow_control import PATIENCE, QUESTION, Pacer


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


async def test_at_rest_no_frame_is_drawn_and_the_last_answer_is_awaited() -> None:
    sent: list[str] = []
    pacer = Pacer(sent.append)
    pacer.drawn()
    resting = asyncio.create_task(pacer.rest())
    await asyncio.sleep(0)
    pacer.acknowledged()
    assert not pacer.ready() and not resting.done()
    await resting
    pacer.drawn()
    assert sent == [QUESTION] and not pacer.waiting
    pacer.go_on()
    assert pacer.ready()
