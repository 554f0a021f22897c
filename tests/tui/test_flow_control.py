"""The next frame waits for the terminal's answer, but not for a terminal that never answers."""

import asyncio

from rnntutor.tui.terminal.flow_control import PATIENCE, QUESTION, FlowControl


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_frame_waits_for_the_answer_to_the_last() -> None:
    sent: list[str] = []
    flow = FlowControl(sent.append, Clock())
    assert flow.ready()
    flow.frame_sent()
    assert sent == [QUESTION] and not flow.ready()
    flow.acknowledge()
    assert flow.ready()


def test_a_terminal_that_does_not_answer_is_no_longer_asked() -> None:
    sent: list[str] = []
    clock = Clock()
    flow = FlowControl(sent.append, clock)
    flow.frame_sent()
    clock.now = PATIENCE + 0.1
    assert flow.ready()
    flow.frame_sent()
    assert sent == [QUESTION] and flow.ready()


def test_a_late_answer_sets_the_clock_going_again() -> None:
    sent: list[str] = []
    clock = Clock()
    flow = FlowControl(sent.append, clock)
    flow.frame_sent()
    clock.now = PATIENCE + 0.1
    flow.ready()
    flow.acknowledge()
    flow.frame_sent()
    assert sent == [QUESTION, QUESTION]


async def test_at_rest_no_frame_is_drawn_and_the_last_answer_is_awaited() -> None:
    sent: list[str] = []
    flow = FlowControl(sent.append)
    flow.frame_sent()
    resting = asyncio.create_task(flow.pause())
    await asyncio.sleep(0)
    flow.acknowledge()
    assert not flow.ready() and not resting.done()
    await resting
    flow.frame_sent()
    assert sent == [QUESTION] and not flow.waiting
    flow.resume()
    assert flow.ready()
