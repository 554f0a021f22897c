"""An unexpected error replaces the page by a message.

Only an error that recurs without a key in between ends the program.
"""

from __future__ import annotations

from typing import Any

import pytest

from rnntutor.tui.containment import MOST_FAILURES


def _fail(t: Any, times: int) -> None:
    for n in range(times):
        t.app.errors.contain(ValueError(n))


async def test_errors_between_which_a_key_is_pressed_do_not_add_up(tutor: Any) -> None:
    async with tutor("en", crashing=True) as t:
        for _ in range(3):
            _fail(t, MOST_FAILURES)
            await t.press("down")
        assert t.app.errors.failure is None and t.app.is_running


async def test_one_error_too_many_without_a_key_ends_the_program(tutor: Any) -> None:
    with pytest.raises(ValueError, match=str(MOST_FAILURES)):
        async with tutor("en", crashing=True) as t:
            _fail(t, MOST_FAILURES + 1)
