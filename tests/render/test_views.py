"""Properties of every view of a cell, at any size and cursor."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import strategies as st
from sampling import given_some

from rnntutor.nn.trace import Trace
from rnntutor.render.views.caption import caption
from rnntutor.render.views.registry import expandable_rows, heading, view, view_names
from rnntutor.render.views.view_context import Cursor, ViewContext
from rnntutor.sims import find
from rnntutor.spans import ROLES, plain, width
from rnntutor.words import LANGUAGES, load

CELL = find("cell")
TEXT = {"ko": "이 영화는 전혀 지루하지 않다", "en": "this film is not boring at all"}
# The cursor of each, in the middle of the run.
RUNS: dict[str, dict[str, object]] = {
    "rnn": {"cell": "rnn", "scale": 2, "first": "!", "outputs": 3, "target": 1},
    "lstm": {"cell": "lstm", "scale": 2, "clamp_i@4": 0},
    "gru": {"cell": "gru", "scale": 2, "units": 3},
}


def run(lang: str, **given: object) -> tuple[Any, Trace]:
    made = CELL.make({"text": TEXT[lang], **given})
    return made, CELL.trace(made)


@st.composite
def runs(draw: st.DrawFn) -> tuple[Any, Trace]:
    """Draw any run, from one unit and step to many, with words, numbers, clamps, an output
    layer."""
    cell = draw(st.sampled_from(["rnn", "lstm", "gru"]))
    given_: dict[str, object] = {
        "cell": cell,
        "units": draw(st.integers(1, 16)),
        "T": draw(st.integers(1, 30)),
        "seed": draw(st.integers(0, 50)),
        "scale": draw(st.sampled_from([0, 1, 3])),
        "c0": draw(st.sampled_from([0, -0.5, 99.5])),
        "forget_bias": draw(st.sampled_from([-10, 0, 10])),
    }
    if draw(st.booleans()):
        given_["text"] = draw(st.sampled_from([*TEXT.values(), "굉장히기나긴어절하나도있다 a"]))
        given_["embedding"] = draw(st.sampled_from(["random", "one-hot"]))
        given_["first"] = "다른"
    else:
        given_["x"] = draw(st.sampled_from([[1, -1, 0], [[0.5] * 40], [100, -100], [[1, 0]]]))
    if draw(st.booleans()):
        given_ |= {"outputs": draw(st.integers(1, 16)), "target": 0}
    made = CELL.make(given_)
    return made, CELL.trace(made)


@given_some(
    20,
    60,
    run_=runs(),
    cells=st.sampled_from([56, 57, 66, 75, 76, 77, 99, 100, 118, 160]),
    height=st.sampled_from([1, 3, 7, 8, 9, 14, 20]),
    data=st.data(),
)
def test_no_row_is_too_wide_and_there_are_not_too_many(
    run_: tuple[Any, Trace], cells: int, height: int, data: st.DataObject
) -> None:
    """This holds at any size, unit and cursor, in both languages, and with letters only."""
    made, trace = run_
    phases = CELL.phases(made)
    t = data.draw(st.integers(0, trace.steps))
    phase = data.draw(st.integers(1, len(phases))) if t else 0
    words = load(data.draw(st.sampled_from(["ko", "en"])))
    unit, plainly = data.draw(st.integers(0, 15)), data.draw(st.booleans())
    for spec in CELL.views(made):
        for opened in ("", *expandable_rows(spec, trace)):
            context = ViewContext(
                words,
                Cursor(t, phase),
                phases,
                width=cells,
                height=height,
                unit=unit,
                shared=data.draw(st.booleans()),
                open=opened,
                ascii=plainly,
            )
            rows = view(spec, trace, context)
            assert 0 < len(rows) <= height
            assert all(width(row) <= cells for row in rows), (spec, opened)
            assert all(span.role in ROLES for row in rows for span in row)
            said = caption(trace, context, spec)
            assert all(width(row) <= cells for row in said), (spec, plain(said[0]))
            if plainly:
                text = "".join(plain(row) for row in rows)
                for word in (*trace.labels, *words.table().values()):
                    text = text.replace(word, "")
                assert all(c.isascii() or "가" <= c <= "힣" for c in text), text


ONE_STEP = ("circuit", "gate", "memory", "state", "output", "softmax")


@pytest.mark.parametrize("name", list(RUNS))
def test_numbers_never_jump(name: str) -> None:
    """The decimal points of a view's numbers keep their columns from step to step."""
    made, trace = run("ko", **{**RUNS[name], "scale": 3, "target": ""})
    phases = CELL.phases(made)
    words = load("ko")
    for spec in CELL.views(made):
        if spec.partition(":")[0] not in ONE_STEP:
            continue
        columns = set()
        for t in range(1, trace.steps + 1):
            rows = view(spec, trace, ViewContext(words, Cursor(t, len(phases)), phases))
            drawn = [re.sub("[가-힣]", "##", plain(row)) for row in rows]
            columns.add(tuple(tuple(n for n, c in enumerate(r) if c == ".") for r in drawn))
        assert len(columns) == 1, spec


@pytest.mark.parametrize("name", list(RUNS))
def test_nothing_is_shown_before_it_is_computed(name: str) -> None:
    """No number of a later phase or step is visible, except parameters and the start."""
    made, trace = run("ko", **RUNS[name])
    phases = CELL.phases(made)
    at = Cursor(3, 1)
    hidden = {f"{abs(float(v)):.3f}" for v in trace.at("h", 3)}
    shown = {f"{abs(float(v)):.3f}" for v in trace.at("h", 2)}
    for spec in CELL.views(made):
        rows = view(spec, trace, ViewContext(load("ko"), at, phases, width=118, height=20))
        text = "\n".join(plain(row) for row in rows)
        assert not any(value in text for value in hidden - shown), spec


def test_the_phase_is_lit_and_all_else_is_grey() -> None:
    """In the circuit only the path of the present phase is coloured."""
    made, trace = run("ko", **RUNS["lstm"])
    phases = CELL.phases(made)
    lit = {}
    for n, phase in enumerate(phases, 1):
        rows = view("circuit", trace, ViewContext(load("ko"), Cursor(4, n), phases))
        lit[phase] = {s.role for row in rows for s in row if s.text.strip()} - {"grey", ""}
        strong = {s.role for row in rows for s in row if s.strong}
        assert strong <= set(
            {"gates": "fio", "candidate": "g", "memory": "c", "output": "ch"}[phase]
        )
    assert {"f", "i", "o"} <= lit["gates"] and "c" not in lit["gates"]
    assert "g" in lit["candidate"] and "f" not in lit["candidate"]
    assert {"c", "f", "i", "g"} <= lit["memory"] and "h" not in lit["memory"]
    assert {"h", "o", "c"} <= lit["output"] and "f" not in lit["output"]


def test_focus_of_the_lesson_goes_before_the_phase() -> None:
    made, trace = run("ko", **RUNS["lstm"])
    phases = CELL.phases(made)
    context = ViewContext(load("ko"), Cursor(4, 4), phases, focus=frozenset({"gate:f"}))
    rows = view("circuit", trace, context)
    assert {s.role for row in rows for s in row if s.text.strip()} <= {"f", "grey", ""}


def test_opened_products_add_up() -> None:
    """The products are those of the matrix row and the vector, and their sum is the row's value."""
    made, trace = run("ko", **RUNS["lstm"])
    for opened, vector, at in (("wx_f", "x", 4), ("uh_f", "h", 3)):
        matrix = "W_f" if vector == "x" else "U_f"
        at_unit = ViewContext(load("ko"), Cursor(4, 1), CELL.phases(made), unit=1, open=opened)
        text = "\n".join(plain(row) for row in view("gate:f", trace, at_unit))
        for j, entry in enumerate(trace.at(vector, at)):
            weight = float(trace[f"{matrix}[1][{j}]"])
            assert f"{abs(weight):.2f} ×" in text
            assert f"= {'−' if weight * entry < 0 else '+'}{abs(weight * entry):.2f}" in text
        assert f"{abs(float(trace.at(opened, 4)[1])):.3f}" in text


def test_the_shared_line_runs_under_every_step() -> None:
    made, trace = run("ko", **RUNS["rnn"])
    context = ViewContext(load("ko"), Cursor(2, 1), CELL.phases(made), shared=True)
    rows = view("strip", trace, context)
    assert "═" in plain(rows[-1])
    assert width(rows[-1]) >= width(rows[0]) - 8
    assert plain(rows[-1]).startswith("W, U")


@given_some(20, 40, t=st.integers(0, 60), cells=st.sampled_from([56, 76, 118]))
def test_the_cursor_stays_in_view(t: int, cells: int) -> None:
    """A long run shows the columns around the cursor, with marks for hidden ones."""
    made = CELL.make({"T": 60, "units": 2})
    trace = CELL.trace(made)
    at = Cursor(t, 2 if t else 0)
    head = plain(
        view("strip", trace, ViewContext(load("ko"), at, CELL.phases(made), width=cells))[0]
    )
    assert f"[{t}]" in head
    assert ("‹" in head) == (" 0 " not in head and "[0]" not in head)
    assert ("›" in head) == ("60" not in head)


def test_every_view_has_its_name_in_both_languages() -> None:
    for lang in ("ko", "en"):
        for name in RUNS:
            made, _ = run(lang, **RUNS[name])
            for spec in CELL.views(made):
                assert heading(spec, load(lang))
                assert spec.partition(":")[0] in view_names()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_word_s_vector_is_told_as_a_vector_and_not_as_a_state(lang: str) -> None:
    words, simulation = load(lang), find("cell")
    for embedding, key in (("random", "vector.said"), ("one-hot", "vector.said_one_hot")):
        settings = simulation.make({"text": "a b c", "embedding": embedding})
        context = ViewContext(words, Cursor(2, 1), simulation.phases(settings))
        trace = simulation.trace(settings)
        said = " ".join(plain(row) for row in caption(trace, context, "vector"))
        assert said == words(key, word="b", n=trace["x"].shape[1], index=1)
