"""Returning to a lesson opens the act in which it was left."""

from __future__ import annotations

import asyncio
import threading

import pytest

from rnntutor.session.acts import PREDICT, READ
from rnntutor.tui.page_state import PROSE, STAGE

PAGE = ("rnn", "loop")
PATIENCE = 30.0  # seconds; only a failure waits that long


@pytest.mark.parametrize(("keys", "act"), [((), PREDICT), (("backspace",), READ)])
async def test_home_and_back(tutor, keys: tuple[str, ...], act: str) -> None:
    """It does so from home and after a restart."""
    async with tutor("en") as t:
        await t.open(*PAGE)
        await t.press(*keys)
        assert t.lesson.act == act
        await t.press("escape", "enter")
        assert (t.lesson.page.id, t.lesson.act) == (PAGE[1], act)
        assert t.lesson.page_state.focus == (PROSE if act == READ else STAGE), (
            "the keys work as before"
        )
    async with tutor("en") as t:
        await t.press("enter")
        assert (t.lesson.page.id, t.lesson.act) == (PAGE[1], act)


async def test_a_slow_disk_does_not_change_where_one_comes_back_to(
    tutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The act is restored even if it is not yet on the disk when the lesson is opened again."""
    async with tutor("en") as t:
        await t.open(*PAGE, reading=True)
        append, caught_up = t.app.logbook.learner.log.append, t.app.caught_up_with_disk
        writes = threading.Event()

        def slow(kind: str, **data: object) -> object:
            assert writes.wait(PATIENCE)
            return append(kind, **data)

        async def caught_up_with_a_slow_one() -> None:
            """The disk writes once it is waited for, and not before."""
            waiting = asyncio.ensure_future(caught_up())
            await asyncio.sleep(0)
            if not waiting.done():
                writes.set()
            await waiting

        monkeypatch.setattr(t.app.logbook.learner.log, "append", slow)
        monkeypatch.setattr(t.app, "caught_up_with_disk", caught_up_with_a_slow_one)
        await t.pilot.press("enter", "escape", "enter")
        await t.app.keys.join()
        writes.set()
        await t.settle()
        assert (t.lesson.page.id, t.lesson.act) == (PAGE[1], PREDICT)
