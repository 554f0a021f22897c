"""Views of training: curves, tables, forecasts, recall, a long run in a small panel."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sampling import given_some
from trainings import RUNS, memory, race, race_history

from rnntutor.nn.training import History, Update
from rnntutor.render.primitives import scale
from rnntutor.render.primitives.wrap import wrap
from rnntutor.render.views import learning, learning_caption
from rnntutor.render.views.caption import caption
from rnntutor.render.views.forecast import around_0
from rnntutor.render.views.registry import shows_training, view
from rnntutor.render.views.view_context import Cursor, ViewContext
from rnntutor.sims import find
from rnntutor.sims.race import racer
from rnntutor.spans import ROLES, Span, plain, width
from rnntutor.subjects.training import Race
from rnntutor.words import load

PHASES = ("gates", "candidate", "state")
VIEWS = {
    "race": ("curves", "table", "probe:rnn", "probe:lstm", "probe:gru"),
    "forecast": ("forecast", "curve", "table"),
    "memory": ("recall", "readout", "curve", "probe"),
}


def context(
    lang: str, cells: int, height: int, t: int, history: History, *, plainly=False
) -> ViewContext:  # type: ignore[no-untyped-def]
    at = Cursor(t, len(PHASES) if t else 0)
    words = load(lang)
    return ViewContext(
        words, at, PHASES, width=cells, height=height, history=history, ascii=plainly
    )


def odd_histories() -> Iterator[History]:
    """Yield histories with no report, one report, huge, infinite and NaN values, and many
    updates."""
    yield History()
    for value in (0.1, 1e-9, 1e17, math.inf, math.nan, 0.0):
        metrics = dict.fromkeys(("loss_rnn", "loss_lstm", "loss_gru", "error", "ratio"), value)
        metrics["accuracy"] = value if 0 <= value <= 1 else 0.5
        metrics |= {"repeat": 0.3, "mean": 1.4, "baseline": 0.3, "seconds_rnn": 1234.5}
        history = History((Update(40, value, metrics),))
        yield history
        yield history.with_update(Update(123456, value, metrics | {"solved_gru": 99999.0}))


@given_some(
    50,
    150,
    name=st.sampled_from(list(VIEWS)),
    history=st.sampled_from(list(odd_histories())),
    cells=st.sampled_from([56, 57, 66, 75, 76, 77, 99, 100, 118, 160]),
    height=st.sampled_from([1, 3, 7, 8, 9, 14, 20]),
    lang=st.sampled_from(["ko", "en"]),
    t=st.integers(0, 60),
    plainly=st.booleans(),
)
def test_no_training_is_drawn_too_wide_or_too_high(
    name: str, history: History, cells: int, height: int, lang: str, t: int, plainly: bool
) -> None:
    trace = RUNS[name][0]()
    seen = context(lang, cells, height, min(t, trace.steps), history, plainly=plainly)
    for spec in VIEWS[name]:
        rows = view(spec, trace, seen)
        assert 0 < len(rows) <= height
        assert all(width(row) <= cells for row in rows), spec
        assert all(span.role in ROLES for row in rows for span in row)
        said = caption(trace, seen, spec)
        assert 1 <= len(said) <= 2
        assert all(width(row) <= cells for row in said), plain(said[0])
        if plainly:
            text = "".join(plain(row) for row in rows)
            for word in (*trace.labels, *seen.words.table().values()):
                text = text.replace(word, "")
            assert all(c.isascii() or "가" <= c <= "힣" for c in text), (spec, text)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_every_sentence_is_one_row_of_an_ordinary_stage(lang: str) -> None:
    """This holds with the longest values; on the narrowest stage it is at most two rows."""
    longest = {"cells": "RNN, LSTM, GRU", "solved": "LSTM, GRU", "left": "LSTM, GRU", "n": 123456}
    longest |= {"p": "99.9%", "a": "99.9%", "b": "99.9%", "cell": "LSTM", "t": 120}
    longest |= {"w": "1.95", "y": "−0.12"}
    words = load(lang)
    sentences = [
        k
        for k in words.table()
        if ".said" in k and k.split(".")[0] in (*VIEWS, "recall", "readout")
    ]
    sentences += ["probe.sum", "probe.symbol", "probe.before"]
    assert len(sentences) > 20
    for key in sentences:
        said = words(key, **longest, c="0.125")
        assert width((Span(said),)) <= 76, (key, said)
        assert len(wrap((Span(said),), 56)) <= 2, (key, said)


@pytest.mark.parametrize(("lang", "median"), [("en", "median"), ("ko", "중앙값")])
@pytest.mark.parametrize("cells", [56, 60, 74, 76, 118])
def test_the_prepared_runs_say_what_their_bars_and_numbers_are(
    lang: str, median: str, cells: int
) -> None:
    """The bars are five seeds in ascending order, and the number is their median and labelled
    so."""
    simulation = find("memory")
    made = simulation.make({})
    trace, phases = simulation.trace(made), simulation.phases(made)
    context = ViewContext(load(lang), Cursor(), phases, width=cells, height=8)
    rows = [plain(row) for row in view("recall", trace, context)]
    assert "T =" in rows[0] and "5" in rows[-1] and "0.125" in rows[-1]
    numbers = [re.findall(r"(?:[▁▂▃▄▅▆▇█]{5}) +(\.\d\d|[01]\.\d+)", row) for row in rows[1:6]]
    assert (median in rows[-1]) == bool(numbers[0])
    levels = [re.findall(r"[▁▂▃▄▅▆▇█]{5}", row) for row in rows[1:6]]
    for net, bars_of in enumerate(levels):
        assert len(bars_of) == 6 and all(list(b) == sorted(b) for b in bars_of)
        for length, shown in enumerate(numbers[net]):
            middle = sorted(float(v) for v in trace["recall"][net, length])[2]
            assert float(shown) == pytest.approx(middle, abs=0.0051)


@pytest.mark.parametrize("same", [True, False])
def test_the_training_before_stays_in_grey_on_the_same_axis(same: bool) -> None:
    """It is not drawn if it was compared with another value, as for another series."""
    simulation = find("forecast")
    made = simulation.make({})
    trace = simulation.trace(made)
    before = trace if same else simulation.trace(simulation.make({"noise": 0.4}))
    now_ = History((Update(0, 0.1, {"error": 0.5}), Update(100, 0.1, {"error": 0.2})))
    then = History((Update(0, 0.1, {"error": 0.4}), Update(400, 0.1, {"error": 0.1})))
    context = ViewContext(
        load("en"), Cursor(), simulation.phases(made), history=now_, before=before, earlier=then
    )
    rows = view("curve", trace, context)
    grey = [s for row in rows[1:] for s in row if s.role == "grey" and set(s.text) & BRAILLE]
    assert bool(grey) == same
    assert ("before" in plain(rows[0])) == same
    assert plain(rows[-1]).split()[-1] == ("500" if same else "100")


BRAILLE = {chr(0x2801 + n) for n in range(255)}


def test_two_names_at_one_value_stand_beside_each_other() -> None:
    """LSTM and GRU end a race at the same loss, and both letters are readable."""
    simulation = find("race")
    made = simulation.make({})
    trace = simulation.trace(made)
    metrics = {"loss_rnn": 0.16, "loss_lstm": 0.02, "loss_gru": 0.02}
    history = History((Update(0, 0.1, metrics), Update(100, 0.1, metrics)))
    context = ViewContext(load("en"), Cursor(), simulation.phases(made), history=history)
    picture = "\n".join(plain(row) for row in view("curves", trace, context)[1:])
    assert all(picture.count(letter) == 1 for letter in "RLG")


def states(**losses: float) -> Mapping[str, str]:
    trace = race()
    metrics = {f"loss_{cell}": losses.get(cell, 0.15) for cell in ("rnn", "lstm", "gru")}
    metrics |= {f"solved_{c}": 100.0 for c, loss in losses.items() if loss < 0.01}
    seen = context("en", 76, 8, 0, History((Update(1600, 0.1, metrics),)))
    from rnntutor.render.views.learning_table import state

    found = {one.cell: state(trace, seen, one) for one in trace.of(Race).racers}
    return found | {"said": learning_caption.race(trace, seen)}


def test_wins_and_failures_are_told_apart() -> None:
    found = states(rnn=0.17, lstm=0.083, gru=0.009)
    assert (found["rnn"], found["lstm"], found["gru"]) == ("none", "half", "solved")
    assert states(rnn=math.nan)["rnn"] == "broken"
    found = states(rnn=0.17, lstm=0.12, gru=0.17)
    assert found["lstm"] == "better" and "LSTM better than the baseline" in found["said"]
    assert "none is better" in states(rnn=0.17, lstm=0.17, gru=0.17)["said"]


def test_a_failure_is_said_to_be_one_of_these_settings() -> None:
    """The text does not blame the RNN, which solves the task at a smaller learning rate."""
    assert "not learnt yet after" in states(rnn=0.17, lstm=0.009, gru=0.009)["said"]


def test_a_solved_curve_ends_where_it_was_solved() -> None:
    seen = context("en", 76, 8, 0, race_history())
    points = learning._points(seen, racer("gru").curve, log=False)
    assert points[-1][0] == 280
    assert learning._points(seen, racer("rnn").curve, log=False)[-1][0] == 880


def test_a_growing_curve_keeps_its_axes() -> None:
    """So a report changes only new cells."""
    history, ends = History(), set()
    for update in race_history().updates:
        history = history.with_update(update)
        rows = view("curves", race(), context("en", 76, 8, 0, history))
        ends.add((plain(rows[-1]), *(plain(row)[:6] for row in rows[1:-1])))
    assert len(ends) <= 4


@pytest.mark.parametrize("seed", [1, 7])
def test_the_axis_begins_above_what_the_untrained_nets_have(seed: int) -> None:
    """The highest row has a number, so that the first losses are readable."""
    simulation = find("race")
    run = simulation.trace(simulation.make({"T": 10, "units": 4, "seed": seed}))
    legend, top, *_ = (plain(r) for r in view("curves", run, context("en", 76, 9, 0, History())))
    losses = [float(found) for found in re.findall(r"(?:RNN|LSTM|GRU) (\d+\.\d+)", legend)]
    assert len(losses) == 3 and max(losses) <= float(top)


def test_what_is_not_computed_yet_is_not_drawn() -> None:
    rows = view("probe", memory(), context("en", 76, 8, 3, History()))
    y = plain(rows[2])[6:]
    assert y.split()[:4] == ["A", "H", "G", "·"] or "·" in y
    assert "·" not in plain(view("probe", memory(), context("en", 76, 8, 30, History()))[2])


def test_trainings_are_told_from_runs() -> None:
    """The transport moves only in a probe run; other views of training have keys of their own."""
    drawn = {"race": ("curves", "table"), "forecast": ("forecast", "curve", "table", "free")}
    drawn |= {"memory": ("recall", "readout", "curve"), "forcing": ("curve", "written")}
    for name, specs in drawn.items():
        assert all(shows_training(spec, RUNS[name][0]()) for spec in specs)
    assert not any(shows_training(spec, race()) for spec in ("probe:lstm", "strip"))
    cell = find("cell")
    run = cell.trace(cell.make({"cell": "lstm", "T": 3}))
    assert not shows_training("table", run)
    assert "f" in plain(view("table", run, context("en", 76, 8, 3, History()))[0])


def test_an_axis_ends_at_a_round_number() -> None:
    assert [scale.nice(v) for v in (0.3, 1, 1.01, 100, 101, 440)] == [0.5, 1, 2, 100, 200, 500]


@given(values=st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=30))
def test_a_series_fills_the_picture_that_it_is_drawn_in(values: list[float]) -> None:
    """The axis contains 0 and all values, and a side without values is short."""
    axis = around_0(np.array(values))
    assert axis.low < 0 < axis.high
    assert axis.low <= min(values) and max(values) <= axis.high
    assert -axis.low <= max(-min(values), axis.high / 4) + 0.1001
    assert axis.high <= max(max(values), -axis.low / 4) + 0.1001
    assert [value for value, _ in axis.ticks] == [axis.high, 0, axis.low]


@pytest.mark.parametrize("rows", [6, 8, 12, 30])
def test_the_ticks_of_a_series_that_never_falls_below_0_stand_apart(rows: int) -> None:
    axis = around_0(np.linspace(0, 3, 20))
    rows_of = [round(axis.share(value) * (rows - 1)) for value, _ in axis.ticks]
    assert len(set(rows_of)) == 3
