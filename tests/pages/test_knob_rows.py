"""The knobs below a simulation show what they do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sampling import sampled

from rnntutor import sims
from rnntutor.pages.stage import knob_rows, stage_rows, told_rows
from rnntutor.session import advance, knobs, opening, viewing
from rnntutor.session import stage as stages
from rnntutor.session.stage import Stage
from rnntutor.spans import Span, plain, width
from rnntutor.words import load

WORDS = load("en")
BACK, ON = "◀ ", " ▶"


def opened(name: str) -> Stage:
    return stages.open_stage(opening.spec(name, (), "en"))


def arrows(stage: Stage, control: str) -> dict[str, Span]:
    """Return the arrows of a focused knob, by their text."""
    focus = stage.controls.index(control)
    rows = knob_rows(stage, WORDS, 76, focus=focus, most=99)
    links = (f"turn-:{control}", f"turn+:{control}")
    return {span.text: span for row in rows for span in row if span.link in links}


@pytest.mark.parametrize(
    "name", sampled(sims.names(), lambda name: name in ("cell", "bptt", "gate", "types", "text"))
)
def test_an_arrow_is_lit_while_the_knob_can_be_turned_that_way(name: str) -> None:
    """At the end of its range one arrow is dimmed, and its key does nothing."""
    stage, seen = opened(name), 0
    for control in stage.controls:
        for count, end, other in ((-1, BACK, ON), (1, ON, BACK)):
            if not arrows(stage, control):
                continue
            there = knobs.turn(stage, control, count * 10_000)
            if there.complaint is not None or control not in there.controls:
                continue  # other settings limit the range before its end
            shown = arrows(there, control)
            assert shown[end].role == "faint", control
            assert shown[other].role == "accent", control
            assert knobs.turn(there, control, count) is there, control
            seen += 1
    assert seen or not any(arrows(stage, control) for control in stage.controls)


def test_a_knob_without_the_focus_has_no_lit_arrow() -> None:
    stage = opened("cell")
    spans = [span for row in knob_rows(stage, WORDS, 76, focus=-1, most=99) for span in row]
    assert {span.role for span in spans if span.text in (BACK, ON)} <= {"faint", "grey"}


def shown(stage: Stage, control: str) -> str:
    """Return the text between a knob's arrows, or after its name."""
    rows = knob_rows(stage, WORDS, 76, focus=-1, most=99)
    spans = [span for row in rows for span in row]
    name = next(n for n, span in enumerate(spans) if span.link == f"knob:{control}")
    return spans[name + 1 + (spans[name + 1].text == BACK)].text


@pytest.mark.parametrize("name", sims.names())
def test_only_what_can_be_negative_has_a_sign_and_zero_has_none(name: str) -> None:
    stage = opened(name)
    for control in stage.controls:
        knob = stages.knob_of(stage, control)
        if knob.kind != "float":
            continue
        high = knobs.turn(stage, control, 10_000)
        assert shown(high, control).startswith("+") == (knob.low < 0), control
        if knob.low <= 0:
            zero = shown(knobs.set_knob(stage, control, 0.0), control)
            assert zero[0] == "0" and not float(zero), control


def test_a_step_without_a_target_shows_none() -> None:
    stage = stages.open_stage(opening.spec("bptt", (("loss", "last"),), "en"))
    assert shown(stage, "target") == "–, –, –, 0"


HIDING = (
    ("cell", {}),
    ("gate", {"activation": "tanh"}),
    ("memory", {"cell": "rnn"}),
    ("bptt", {}),
    ("gradient", {}),
    ("gradient", {"cell": "lstm", "beside": "gru"}),
    ("gradient", {"cell": "one unit"}),
    *(("types", {"type": kind}) for kind in ("seq-vec", "vec-seq", "encoder-decoder")),
)


@pytest.mark.parametrize(
    ("name", "given"),
    sampled(HIDING, lambda one: one[1].get("type") in (None, "encoder-decoder")),
)
def test_a_knob_that_is_not_shown_would_change_nothing(name: str, given: dict[str, str]) -> None:
    stage = stages.open_stage(opening.spec(name, tuple(given.items()), "en"))
    stage = advance.move(stage, stage.transport.end())
    hidden = stage.simulation.idle(stage.settings)
    turned = [name for name in hidden if stages.knob_of(stage, name).kind in ("float", "choice")]
    assert turned
    drawn = [picture_of(viewing.show(stage, view)) for view in range(len(stage.views))]
    for control in turned:
        for count in (-1, 1):
            other = knobs.turn(stage, control, count)
            for view, before in enumerate(drawn):
                assert picture_of(viewing.show(other, view)) == before, (control, stage.views[view])


def picture_of(stage: Stage) -> str:
    """Return the stage's rows without knobs and previous run."""
    rows = stage_rows(replace(stage, before=None, controls=()), WORDS, 76, 20)
    return "\n".join(plain(row) for row in rows)


def same_position(row: str, before: str) -> bool:
    """Return whether a row is unchanged except for the focus mark."""
    return row.replace("▸", " ") == before


@pytest.mark.parametrize("name", sims.names())
@pytest.mark.parametrize("most", [2, 4])
def test_a_sign_shows_where_there_are_more_knobs(name: str, most: int) -> None:
    """The focused knob is completely visible, and the number of rows does not change."""
    stage = opened(name)
    every = knob_rows(stage, WORDS, 56, focus=-1, most=99)
    for focus, control in enumerate(stage.controls):
        rows = knob_rows(stage, WORDS, 56, focus=focus, most=most)
        assert len(rows) == min(most, len(every))
        assert all(width(row) <= 56 for row in rows)
        said = [span.link for row in rows for span in row]
        assert f"knob:{control}" in said
        signs = [plain(row)[-1] for row in rows if plain(row)[-1:] in "▴▾"]
        hidden = {f"knob:{other}" for other in stage.controls} - set(said)
        assert bool(hidden) == bool(signs)
        before = [plain(row) for row in every]
        whole = knob_rows(stage, WORDS, 56, focus=focus, most=99)
        moved = [n for n, row in enumerate(whole) if not same_position(plain(row), before[n])]
        assert len(whole) == len(every) and len(moved) <= 1
        assert "▾" not in signs or plain(rows[-1]).endswith("▾")
        assert "▴" not in signs or plain(rows[0]).endswith("▴")
    first = knob_rows(stage, WORDS, 56, focus=0, most=most)
    assert not any("▴" in plain(row) for row in first)


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("name", sims.names())
def test_many_knobs_do_not_stand_in_one_block_with_picture_and_caption(
    name: str, lang: str
) -> None:
    """On the smallest screen a blank row separates picture from caption or caption from knobs.

    The panel has its full height.
    """
    stage, words = stages.open_stage(opening.spec(name, (), lang)), load(lang)
    rows = [plain(row).strip() for row in stage_rows(stage, words, 56, 17)]
    count = len(knob_rows(stage, words, 56, focus=-1, most=4))
    told = len(told_rows(stage, words, 56))
    assert len(rows) == 17
    last = max(n for n, row in enumerate(rows) if row)
    begin = last - count + 1
    between = [rows[begin - 1], rows[begin - 1 - told]]
    assert "" in between or count <= 2
