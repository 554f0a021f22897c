"""A picture and its caption: drawn in few rows, described in one sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rnntutor.nn.trace import Trace
from rnntutor.render.views import toy_picture
from rnntutor.render.views.view_context import Cursor, ViewContext
from rnntutor.sims import find
from rnntutor.spans import plain
from rnntutor.words import LANGUAGES, load


def run(**given: object) -> Trace:
    simulation = find("types")
    trace: Trace = simulation.trace(simulation.make({"type": "vec-seq", **given}))
    return trace


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sentence_is_what_was_said(lang: str) -> None:
    trace = run(language=lang)
    assert toy_picture.sentence(trace, load(lang)).split() == [*trace.names["said"][:-1]]


def test_a_caption_that_was_stopped_is_left_open() -> None:
    trace = run(language="en")
    stopped = replace(trace, names={**trace.names, "said": ("a", "tee")})
    assert toy_picture.sentence(stopped, load("en")) == "a tee …"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_net_that_says_nothing_says_that_it_is_at_its_end(lang: str) -> None:
    trace = run()
    silent = replace(trace, names={**trace.names, "said": ("",)})
    assert toy_picture.sentence(silent, load(lang)) == load(lang)("types.end")


def test_where_rows_are_few_two_points_share_a_cell_and_none_is_cut() -> None:
    drawn = "#.#..... .#...... ........ ........ ........ ........ ........ .......#"
    trace = run(picture=drawn, noise=0)
    context = ViewContext(load("en"), Cursor(0, 0), ("whole",), height=7)
    rows = [plain(row)[:8] for row in toy_picture.draw(trace, context)[:4]]
    assert rows == ["▀▄▀·····", "········", "········", "·······▄"]
    whole = toy_picture.draw(trace, replace(context, height=8))
    assert plain(whole[7])[14:16] == "██"


def test_noise_is_seen_where_two_points_share_a_cell() -> None:
    context = ViewContext(load("en"), Cursor(0, 0), ("whole",), height=7)
    rows = toy_picture.draw(run(noise=0.3), context)
    assert "░" in "".join(plain(row)[:8] for row in rows)


def test_noise_is_told_from_a_clear_picture() -> None:
    assert toy_picture.noisy(run(noise=0.05))
    assert not toy_picture.noisy(run(noise=0))
