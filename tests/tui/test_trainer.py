"""No report of a training run is lost when it is paused, restarted or left."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

from textual.message import Message
from waiting import until

from rnntutor import sims
from rnntutor.nn.training import Update
from rnntutor.session import advance, opening
from rnntutor.session import stage as stages
from rnntutor.tui.screens.experiment import ExperimentScreen
from rnntutor.tui.trainer import Reported, Trainer


class Busy:
    """An interface that is too busy to read; messages are queued."""

    def __init__(self) -> None:
        self.waiting: list[Message] = []

    def post_message(self, message: Message) -> bool:
        self.waiting.append(message)
        return True

    def read(self) -> list[Message]:
        """Return the messages that are finally dispatched, without the replaced ones."""
        pairs = zip(self.waiting, [*self.waiting[1:], None], strict=True)
        return [one for one, later in pairs if later is None or not one.can_replace(later)]


def _trained(updates: Iterator[Update]) -> list[Reported]:
    busy = Busy()
    trainer = Trainer(updates, cast("Any", busy), 1)
    trainer.ask(running=True, single=False, interval=0.0, settings=None)
    trainer._thread.join(10)
    return [message for message in busy.read() if isinstance(message, Reported)]


def test_the_last_report_is_not_replaced_by_the_end_of_the_training() -> None:
    first, *rest = _trained(iter([Update(10, 0.5), Update(20, 0.25)]))
    assert first.update is not None and first.update.step == 20
    assert [message.update for message in rest] == [None]


def test_the_last_report_is_not_replaced_by_what_went_wrong() -> None:
    def failing() -> Iterator[Update]:
        yield Update(10, 0.5)
        raise ArithmeticError

    first, last = _trained(failing())
    assert first.update is not None and isinstance(last.error, ArithmeticError)


def test_a_stage_whose_messages_waited_shows_the_last_update() -> None:
    stage = stages.open_stage(opening.spec("race", (("T", "5"),)))
    for message in _trained(iter([Update(10, 0.5), Update(20, 0.25)])):
        stage = advance.add_report(stage, message.update)
    assert stage.training is not None and stage.training.done
    assert stage.training.updates == 20


async def test_a_report_made_when_the_training_is_paused_is_the_next_one_shown(tutor) -> None:
    """Nothing changes during the pause, and no report is computed twice."""
    begun, go = threading.Event(), threading.Event()

    def updates(settings: object) -> Iterator[Update]:
        begun.set()
        go.wait(10)
        yield Update(10, 0.5)
        yield Update(20, 0.25)

    race = replace(sims.find("race"), updates=updates, watched=None)
    async with tutor("en") as t:
        screen = ExperimentScreen(opening.spec("race", ()), title="lab.title", simulation=race)
        t.app.push_screen(screen)
        await t.settle()
        await t.press("space")
        assert begun.wait(10)
        await t.press("space")
        before = t.text
        go.set()
        await until(lambda: screen._kept is not None)
        await t.settle()
        assert t.text == before and screen.stage.training.updates == 0
        await t.press("full_stop")
        assert screen.stage.training.updates == 10
        await t.press("full_stop")
        await until(lambda: screen.stage.training.updates == 20)
