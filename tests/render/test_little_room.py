"""Pictures in a small panel keep what the page asks about, and mark what is hidden."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rnntutor.nn.trace import Trace
from rnntutor.render.primitives.columns import columns, every_second
from rnntutor.render.views.caption import caption
from rnntutor.render.views.registry import view
from rnntutor.render.views.view_context import Cursor, ViewContext
from rnntutor.sims import find
from rnntutor.spans import plain, width
from rnntutor.words import LANGUAGES, load

LEAST = 56  # width in cells of a stage in the smallest window


def drawn(name: str, lang: str = "en", **given: object) -> tuple[Trace, ViewContext]:
    """Return a run, and the view context at its end in the smallest window."""
    simulation = find(name)
    made = simulation.make(given)
    trace, phases = simulation.trace(made), simulation.phases(made)
    context = ViewContext(load(lang), Cursor(trace.steps, len(phases)), phases, width=LEAST)
    return trace, context


@pytest.mark.parametrize("height", range(2, 9))
def test_a_gate_keeps_the_bar_of_its_value(height: int) -> None:
    """The equation is dropped first, because questions are about the value."""
    trace, context = drawn("cell", cell="lstm", units=1)
    rows = view("gate:f", trace, replace(context, height=height))
    assert len(rows) <= height
    assert any(plain(row).startswith("f") and "█" in plain(row) for row in rows)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("height", range(3, 12))
def test_both_nets_answer_in_view(lang: str, height: int) -> None:
    """A net that reads both ways is compared with one that reads forward only."""
    trace, context = drawn("types", lang, type="bidirectional", language=lang)
    text = "\n".join(plain(row) for row in view("toy", trace, replace(context, height=height)))
    assert context.words("types.both_ways") in text and context.words("types.one_way") in text


def test_the_other_last_word_is_whole() -> None:
    given = {"type": "bidirectional", "language": "en", "last": "cracked"}
    trace, context = drawn("types", **given, text="the nail rusted and the bat flew")
    for height in (7, 14):
        rows = [plain(row) for row in view("later", trace, replace(context, height=height))]
        assert any(row.rstrip().endswith("cracked") for row in rows)
        assert all(any(word in row for row in rows) for word in trace.labels)


@pytest.mark.parametrize("t", range(8))
@pytest.mark.parametrize("half", [0, 1])
def test_the_cursors_column_is_lit_in_both_rows_of_words(t: int, half: int) -> None:
    """All of it is highlighted except where the previous word extends into it."""
    trace, context = drawn("types", type="seq-vec", language="en")
    context = replace(context, at=Cursor(t, 1))
    cols = replace(columns(trace, context, label=8, first=1), cursor=t)
    row = every_second(cols, "x", dict(enumerate(trace.labels, 1)), half)
    at, lit = 0, set()
    for span in row:
        lit |= set(range(at, at + span.width)) if span.back else set()
        at += span.width
    column = set(range(8 + cols.each * (t - 1), 8 + cols.each * t)) if t else set()
    own = (t - 1) % 2 == half
    assert lit <= column or own
    assert len(lit & column) >= (cols.each if own and t else 1 if t else 0)


def test_what_lies_beyond_the_first_and_the_last_row_of_the_weights_has_a_sign() -> None:
    trace, context = drawn("attention", language="en")
    said = len(trace.names["said"])
    for t in range(trace.steps + 1):
        for height in (5, 9, said, said + 1):
            at = replace(context, at=Cursor(t, 1), height=height)
            rows = [plain(row)[:8] for row in view("weights", trace, at)][1:]
            assert any("…" in row for row in rows) is (len(rows) < said)


def test_a_bar_below_nought_stands_apart_from_the_number_behind_it() -> None:
    """`█−` and `−0.958` without a space look like one number with two signs."""
    trace, context = drawn("batch")
    rows = [plain(row) for row in view("rows:h", trace, replace(context, height=9))]
    assert "−−" not in "".join(rows) and any("− −" in row for row in rows)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "given"),
    [("order", {}), ("types", {"type": "seq-vec"}), ("types", {"type": "encoder-decoder"})],
)
def test_the_strip_of_a_net_without_phases_is_told_too(
    name: str, given: dict[str, object], lang: str
) -> None:
    trace, context = drawn(name, lang, language=lang, **given)
    for t in range(trace.steps + 1):
        rows = caption(trace, replace(context, at=Cursor(t, 1), unit=1), "strip")
        assert rows and all(width(row) <= LEAST for row in rows)
        if t:
            assert f"{float(trace.at('h', t)[1]):.3f}".lstrip("-") in plain(rows[0])


@pytest.mark.parametrize("argument", ["h", "loss"])
@pytest.mark.parametrize("cells", [LEAST, 96])
def test_a_batch_has_bars_as_soon_as_there_is_room_for_them(argument: str, cells: int) -> None:
    """They are below the symbols and above the numbers, and never replace these."""
    trace, context = drawn("batch", mask="on")
    fewest = 1 + 2 * trace.units + (argument == "loss")
    for height in range(4, 30):
        at = replace(context, width=cells, height=height)
        rows = [plain(row) for row in view(f"rows:{argument}", trace, at)]
        named = [row for row in rows if row.startswith(("  h", "  −ln p", "row "))]
        assert len(named) == trace.units * (1 + (height >= fewest))
        bars = len(rows) - fewest
        assert bars <= height - fewest
        assert bars == max(0, min(4, (height - fewest) // trace.units)) * trace.units or bars < 0
        assert ("█=" in rows[0]) is (bars > 0)


@pytest.mark.parametrize(
    ("name", "spec", "given"),
    [
        ("types", "toy", {"type": "bidirectional", "language": "en"}),
        ("order", "compare", {"language": "en"}),
        ("types", "strip", {"type": "seq-vec", "language": "en"}),
    ],
)
def test_the_cursors_column_is_one_from_top_to_bottom(
    name: str, spec: str, given: dict[str, object]
) -> None:
    """Blank rows within it are highlighted too."""
    trace, context = drawn(name, **given)
    for height in (9, 12, 16, 24):
        rows = view(spec, trace, replace(context, width=96, height=height))
        lit = [n for n, row in enumerate(rows) if any(span.back == "lit" for span in row)]
        assert lit == list(range(lit[0], lit[-1] + 1)) and len(lit) > 5
