"""The row above a simulation of a learner's function: one row, without names from the code."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnntutor.build.follow import PARTS
from rnntutor.build.own_net import SECONDS
from rnntutor.build.process import Trouble
from rnntutor.build.stages import WALL, OwnTrace
from rnntutor.pages.own import mark_rows, race_rows
from rnntutor.sims import find
from rnntutor.spans import plain, width
from rnntutor.words import LANGUAGES, load


def trace(exercise: str) -> OwnTrace:
    """Return a run with all quantities attributed to the learner."""
    part = PARTS[exercise]
    simulation = find(part.use)
    run = simulation.trace(simulation.make(part.given))
    own = frozenset(run.arrays) - {"x", "h"}
    return OwnTrace(**vars(run), exercise=exercise, own=own, difference=3e-16)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("exercise", PARTS)
def test_one_row_names_the_difference_and_quantities_as_they_are_written(
    lang: str, exercise: str
) -> None:
    for cells in (56, 76):
        [row] = mark_rows(trace(exercise), load(lang), cells)
        text = plain(row)
        assert width(row) <= cells and "3e−16" in text
        for inner in ("value", "_terms", "_norm", "db_y", "wx_", "tanh_c"):
            assert inner not in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_departs_and_what_stopped_is_one_sentence_each(lang: str) -> None:
    words, run = load(lang), trace("lstm_step")
    departs = " ".join(plain(row) for row in mark_rows(replace(run, departs=("c", 3)), words, 76))
    assert "cₜ" in departs and "3" in departs
    trouble = Trouble("raised", 7, "ValueError", "no", {})
    rows = mark_rows(replace(run, trouble=trouble), words, 76)
    assert "7" in " ".join(map(plain, rows)) and plain(rows[0]).startswith("✗")
    out = race_rows(("lstm_step", "lstm_backward"), trouble, words, 76)
    assert plain(out[0]).startswith("✗") and np.all([width(row) <= 76 for row in out])


def test_too_slow_is_told_with_the_time_that_there_was() -> None:
    words, slow = load("en"), Trouble("slow")
    said = mark_rows(replace(trace("lstm_step"), trouble=slow), words, 200)
    assert f"within {WALL:g} seconds" in plain(said[0])
    assert f"within {SECONDS} seconds" in plain(race_rows(("lstm_step",), slow, words, 200)[0])
