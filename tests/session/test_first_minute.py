"""The first minute: each stop continues only when its request is fulfilled."""

from __future__ import annotations

import pytest

from rnntutor.pages import first_minute as rows
from rnntutor.session import advance, first_minute, knobs, outcome
from rnntutor.session import stage as stages
from rnntutor.session.first_minute import ANSWER, BACK, OVER, PREDICT, RUN, TURN_KNOB, FirstMinute
from rnntutor.session.stage import Stage
from rnntutor.spans import plain, width
from rnntutor.words import LANGUAGES, load

EN = load("en")


def moved(minute: FirstMinute, stage: Stage, transport) -> tuple[FirstMinute, Stage]:
    return first_minute.after_change(minute, stage, advance.move(stage, transport))


def turned(minute: FirstMinute, stage: Stage) -> tuple[FirstMinute, Stage]:
    return first_minute.after_change(minute, stage, knobs.turn(stage, "U", 1))


def at(stop: str, words=EN) -> tuple[FirstMinute, Stage]:
    """Return the first minute and its stage at this stop, with all earlier ones done."""
    minute, stage = FirstMinute(), first_minute.begin(words)
    if minute.stop != stop:
        minute, stage = first_minute.predict(minute, stage, 1)
    if minute.stop != stop:
        minute, stage = moved(minute, stage, stage.transport.end())
    if minute.stop != stop:
        minute, stage = moved(minute, stage, stage.transport.phase(-1))
    while minute.stop == TURN_KNOB and stop != TURN_KNOB:
        minute, stage = turned(minute, stage)
    if minute.stop != stop:
        minute = first_minute.answer(minute, 1)
    assert minute.stop == stop
    return minute, stage


def test_the_run_waits_for_the_prediction() -> None:
    minute, stage = at(PREDICT)
    assert moved(minute, stage, stage.transport.end()) == (minute, stage)


@pytest.mark.parametrize("option", range(3))
def test_the_second_option_is_what_happens_and_each_wrong_one_is_told_why(option: int) -> None:
    minute, stage = first_minute.predict(*at(PREDICT), option)
    assert minute.stop == RUN
    minute, stage = moved(minute, stage, stage.transport.end())
    verdict = outcome.verdict(stage)
    assert verdict is not None
    assert verdict.right is (option == 1)
    assert bool(verdict.reason) is (option != 1)


def test_the_run_leads_on_at_its_end_only() -> None:
    minute, stage = at(RUN)
    half, _ = moved(minute, stage, stage.transport.step(1))
    over, _ = moved(minute, stage, stage.transport.end())
    assert (half.stop, over.stop) == (RUN, BACK)


def test_a_step_back_is_seen_and_leads_on() -> None:
    minute, stage = at(BACK)
    forward, _ = moved(minute, stage, stage.transport.end())
    minute, back = moved(minute, stage, stage.transport.phase(-1))
    assert (forward.stop, minute.stop) == (BACK, TURN_KNOB)
    assert back.transport.position < stage.transport.position


def test_the_knob_leads_on_once_the_bars_have_changed_enough() -> None:
    minute, stage = at(TURN_KNOB)
    minute, once = turned(minute, stage)
    assert minute.stop == TURN_KNOB
    assert once.finished  # all bars are visible while they change
    minute, stage = at(ANSWER)
    assert stages.knob_value(stage, "U") == pytest.approx(first_minute.ENOUGH)


def test_only_what_u_does_is_the_right_answer() -> None:
    right = [first_minute.answer(at(ANSWER)[0], n).right for n in range(3)]
    assert right == [False, True, False]
    assert first_minute.answer(at(RUN)[0], 1).stop == RUN


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("stop", [*first_minute.STOPS, OVER])
def test_every_stop_fits_the_smallest_window(lang: str, stop: str) -> None:
    """It fits 60 columns and 20 rows; header, line and footer take three rows, blank ones two."""
    words, cells = load(lang), 56
    minute, stage = at(stop, words)
    ask = rows.ask_rows(minute, stage, words, cells)
    below = rows.stage_rows(minute, stage, words, cells, 20 - 5 - len(ask), focus=-1)
    assert len(ask) + len(below) <= 15
    assert all(width(row) <= cells for row in (*ask, *below))
    assert "█" in "".join(map(plain, below)) or "▆" in "".join(map(plain, below))
