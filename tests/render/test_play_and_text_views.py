"""Views of the tape and of the character model, and properties of all of them."""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st
from sampling import given_some

from rnntutor.nn.trace import Trace
from rnntutor.nn.training import History
from rnntutor.render.views.caption import caption
from rnntutor.render.views.probs import NAME, symbol
from rnntutor.render.views.registry import heading, view, view_names
from rnntutor.render.views.view_context import NOTHING, Cursor, ViewContext
from rnntutor.sims import find
from rnntutor.spans import ROLES, Span, plain, width
from rnntutor.words import load

LANGUAGES = ("ko", "en")
PLAYED = {"action@1": "write1", "action@3": "write2", "action@5": "write2", "action@7": "write1"}
TAPES: dict[str, tuple[dict[str, object], tuple[Cursor, ...]]] = {
    "tape": (PLAYED, (Cursor(0, 0), Cursor(7, 1), Cursor(7, 2), Cursor(10, 3), Cursor(16, 3))),
    "tape-one": ({**PLAYED, "task": "one", "slots": 1, "T": 24}, (Cursor(13, 2), Cursor(24, 3))),
}
TEXTS: dict[str, tuple[dict[str, object], tuple[Cursor, ...]]] = {
    "text-untrained": ({}, (Cursor(0, 0),)),
    "text-200": ({"prepared": 200}, (Cursor(12, 1),)),
    "text-800": ({"prepared": 800, "temperature": 1.2, "unit": 61}, (Cursor(40, 1),)),
}
STRINGS = ("tape", "lstm", "samples", "curve", "colour", "probs")


@cache
def run(name: str, lang: str) -> tuple[Any, Trace]:
    tape = name in TAPES
    simulation = find("be-the-cell" if tape else "text")
    given_ = TAPES[name][0] if tape else {"corpus": lang, **TEXTS[name][0]}
    made = simulation.make(given_)
    return made, simulation.trace(made)


@pytest.fixture(scope="module")
def trained() -> tuple[Trace, History]:
    """Return the probe run and history of a text model after a little training."""
    updates = find("text").updates
    assert updates is not None
    history = History()
    settings = find("text").make({"corpus": "ko", "units": 16})
    for update in islice(updates(settings), 5):
        history = history.with_update(update.probe_with(settings))
    last = history.last
    assert last is not None and last.trace is not None
    return last.trace, history


@given_some(
    30,
    80,
    cells=st.sampled_from([56, 57, 66, 75, 76, 77, 99, 100, 118, 160]),
    height=st.sampled_from([1, 3, 7, 8, 9, 14, 20]),
    data=st.data(),
)
def test_no_row_is_too_wide_and_there_are_not_too_many(
    trained: tuple[Trace, History], cells: int, height: int, data: st.DataObject
) -> None:
    """This holds at any size, cursor and unit, in both languages, and with letters only."""
    lang = data.draw(st.sampled_from(LANGUAGES))
    name = data.draw(st.sampled_from([*TAPES, *TEXTS, "training"]))
    trace, history = trained if name == "training" else (run(name, lang)[1], NOTHING)
    tape = name in TAPES
    phases = ("read", "act", "answer") if tape else ("guess",)
    t = data.draw(st.integers(0, trace.steps))
    at = Cursor(t, data.draw(st.integers(1, len(phases))) if t else 0)
    context = ViewContext(
        load(lang),
        at,
        phases,
        width=cells,
        height=height,
        unit=data.draw(st.integers(0, 70)),
        ascii=data.draw(st.booleans()),
        history=history,
    )
    for spec in ("tape", "lstm") if tape else ("samples", "curve", "colour", "probs"):
        rows = view(spec, trace, context)
        assert 0 < len(rows) <= height
        assert all(width(row) <= cells for row in rows), spec
        assert all(span.role in ROLES for row in rows for span in row)
        said = caption(trace, context, spec)
        assert all(width(row) <= cells for row in said), (spec, plain(said[0]))
        if context.ascii:
            assert not any("⠀" < c <= "⣿" or c in "█▌·…✓✗" for c in _text(rows)), spec


def _text(rows: tuple[Any, ...]) -> str:
    return "".join(plain(row) for row in rows)


def test_the_tape_shows_nothing_before_it_has_passed() -> None:
    """No symbol, action, gate or answer of a later step is visible, nor of a later phase."""
    _, trace = run("tape", "ko")
    phases = ("read", "act", "answer")
    for spec in ("tape", "lstm"):
        for at in (Cursor(5, 1), Cursor(9, 3)):
            context = ViewContext(load("ko"), at, phases, width=118, height=20)
            for row in view(spec, trace, context)[1:6]:
                later = plain(row)[9 + 4 * at.t :]
                assert not later.replace("·", "").strip(), (spec, later)
    asked = ViewContext(load("ko"), Cursor(10, 2), phases)
    assert "✗" not in _text(view("tape", trace, asked))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_missed_is_still_said_when_the_next_sign_is_read(lang: str) -> None:
    """The deciding key moves on to the next symbol, past the moment of the answer."""
    words, simulation = load(lang), find("be-the-cell")
    page: dict[str, object] = {"task": "two", "T": 12, "seed": 7, "slots": 2}
    phases = ("read", "act", "answer")
    for given_, missed in (({}, True), ({"action@1": "write1"}, False)):
        trace = simulation.trace(simulation.make({**page, **given_}))
        assert trace.labels[5:7] == ("A?", "7")
        at_answer, at_next = (
            "".join(
                plain(row)
                for row in caption(trace, ViewContext(words, at, phases, width=150), "tape")
            )
            for at in (Cursor(6, 3), Cursor(7, 1))
        )
        assert words("caption.tape_plain", d=7) in at_next
        assert (f"✗ {at_answer}" in at_next) is missed


def test_the_cursor_stays_in_view() -> None:
    _, trace = run("tape-one", "ko")
    for t in range(1, trace.steps + 1):
        context = ViewContext(load("ko"), Cursor(t, 3), ("read", "act", "answer"), width=56)
        assert f"[{t}]" in plain(view("tape", trace, context)[0])


def test_the_next_unit_colours_the_text_anew() -> None:
    """It starts at the unit of the settings and wraps around after the last one."""
    _, trace = run("text-800", "ko")
    heads = []
    for unit in (0, 1, 3):
        rows = view("colour", trace, ViewContext(load("en"), Cursor(), ("guess",), unit=unit))
        heads.append(plain(rows[0]).split("   ")[0])
    assert heads == ["unit 61", "unit 62", "unit 0"]


def test_a_letter_is_on_where_its_unit_is_above_the_threshold() -> None:
    """The row below the text has a full block under each cell of such a letter."""
    _, trace = run("text-800", "ko")
    rows = view(
        "colour", trace, ViewContext(load("ko"), Cursor(), ("guess",), width=118, height=20)
    )
    text, marks = rows[1], plain(rows[2])
    on = "".join(span.text for span in text if span.strong)
    assert width(text) == len(marks)
    assert marks.count("█") == sum(width((span,)) for span in text if span.strong)
    assert on


def test_names_are_there_in_both_languages() -> None:
    for lang in LANGUAGES:
        for name in (*TAPES, *TEXTS):
            made, trace = run(name, lang)
            simulation = find("be-the-cell" if name in TAPES else "text")
            for spec in simulation.views(made):
                assert spec in view_names() and spec in STRINGS
                assert heading(spec, load(lang), trace)
    assert heading("tape", load("en"), run("tape", "en")[1]) == "tape"


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_no_two_symbols_of_a_text_look_alike(lang: str) -> None:
    """Initial and final consonants are different symbols of the net."""
    simulation = find("text")
    trace = simulation.trace(simulation.make({"corpus": "ko", "prepared": 800}))
    context = ViewContext(load(lang), Cursor(5, 1), ("guess",), width=76, height=20)
    names = [symbol(trace, context, k) for k in range(len(trace["alphabet"]))]
    assert len(set(names)) == len(names) > 40
    assert all(width((Span(name),)) < NAME for name in names)
    closing = [name for name in names if load(lang)("probs.final") in name]
    assert {"ㄴ", "ㄹ"} < {name[0] for name in closing} < set(names) | {name[0] for name in closing}
    english = simulation.trace(simulation.make({"corpus": "en", "prepared": 800}))
    assert not np.asarray(english["final"]).any()
