"""Movement switched off: a run goes to its end at once, and no timer runs for it."""

from __future__ import annotations


async def test_a_run_goes_to_its_end_with_one_key(tutor) -> None:
    async with tutor("en") as t:
        await t.open("rnn", "unrolled")
        await t.press("m", "space")
        stage = t.lesson.stage
        assert stage.finished and not stage.transport.running
        assert t.lesson._timer is None
        assert t.logged("setting")[-1] == {"name": "motion", "value": "off"}
        await t.press("home", "m", "space")
        assert t.lesson.stage.transport.running
