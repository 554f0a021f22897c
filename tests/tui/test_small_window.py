"""While the window is too small to show anything, only the keys that quit work."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize("size", [(59, 24), (80, 19), (10, 3)])
async def test_no_key_acts_unseen(tutor: Any, size: tuple[int, int]) -> None:
    async with tutor("en") as t:
        for open_it in (None, "gates"):
            if open_it:
                await t.open(open_it)
            before = t.text
            await t.resize(*size)
            stack = list(t.app.screen_stack)
            for key in ("escape", "enter", "down", "n", "g", "t", "l", "1", "space", "z", "?"):
                await t.pilot.press(key)
                await t.app.keys.join()
                assert t.app.screen_stack == stack, key
            await t.settle()
            assert t.app.is_running and t.app.screen_stack == stack
            await t.resize(80, 24)
            assert t.text == before


async def test_nothing_is_typed_unseen(tutor: Any) -> None:
    async with tutor("en") as t:
        await t.open("rnn")
        screen = t.lesson
        screen.go(next(n for n, p in enumerate(screen.pages) if p.question is not None
                       and p.question.type in ("numeric", "trace")))  # fmt: skip
        await t.settle()
        await t.type("1")
        assert screen.in_field
        await t.resize(40, 10)
        await t.type("23")
        await t.resize(80, 24)
        assert screen.in_field
        await t.type("4")
        assert screen.entry.value == "14"


async def test_q_still_ends_the_tutor(tutor: Any) -> None:
    async with tutor("en") as t:
        await t.resize(40, 10)
        t.app.keys.put(_key("q"))
        await t.app.keys.join()
        assert t.app._exit


def _key(name: str) -> Any:
    from textual.events import Key

    return Key(name, name)
