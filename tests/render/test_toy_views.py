"""Views of the types of RNN, of word order and of attention."""

from __future__ import annotations

from typing import Any

from hypothesis import reject
from hypothesis import strategies as st
from sampling import given_some

from rnntutor.nn.trace import Trace
from rnntutor.render.views.caption import caption
from rnntutor.render.views.registry import heading, view, view_names
from rnntutor.render.views.view_context import Cursor, ViewContext
from rnntutor.sims import find
from rnntutor.sims.base import SettingError
from rnntutor.sims.types.wirings import TYPES
from rnntutor.spans import ROLES, plain, width
from rnntutor.words import load


def run(simulation: str, given_: dict[str, object]) -> tuple[Any, Trace]:
    sim = find(simulation)
    made = sim.make(given_)
    return made, sim.trace(made)


TEXTS = st.sampled_from(
    [
        "",
        "좋다",
        "양자역학은 어렵다",
        "굉장히기나긴어절하나도있다 a",
        "not",
        "a b c d e f g h i j k l m n",
        "18 Oct 1955",
        "3",
        "123456789012345678901234",
    ]
)


@given_some(
    30,
    80,
    simulation=st.sampled_from(["types", "order", "attention"]),
    kind=st.sampled_from(TYPES),
    text=TEXTS,
    lang=st.sampled_from(["ko", "en"]),
    shown=st.sampled_from(["ko", "en"]),
    cells=st.sampled_from([56, 57, 66, 75, 76, 77, 99, 100, 118, 160]),
    height=st.sampled_from([1, 3, 5, 7, 8, 9, 14, 20]),
    data=st.data(),
)
def test_no_row_is_too_wide_and_there_are_not_too_many(
    simulation: str,
    kind: str,
    text: str,
    lang: str,
    shown: str,
    cells: int,
    height: int,
    data: st.DataObject,
) -> None:
    """This holds at any size and cursor, in both languages, and with letters only."""
    given_: dict[str, object] = {"language": lang}
    if text:
        given_["text"] = text
    if simulation == "types":
        given_ |= {"type": kind, "merge": data.draw(st.sampled_from(["concat", "sum"]))}
    if simulation == "attention":
        given_["attention"] = data.draw(st.sampled_from(["on", "off"]))
    try:
        made, trace = run(simulation, given_)
    except SettingError:
        reject()
    t = data.draw(st.integers(0, trace.steps))
    plainly = data.draw(st.booleans())
    words = load(shown)
    for spec in find(simulation).views(made):
        at = Cursor(t, 1 if t else 0)
        context = ViewContext(words, at, ("whole",), width=cells, height=height, ascii=plainly)
        rows = view(spec, trace, context)
        assert 0 < len(rows) <= height
        assert all(width(row) <= cells for row in rows), spec
        assert all(span.role in ROLES for row in rows for span in row), spec
        said = caption(trace, context, spec)
        assert all(width(row) <= cells for row in said), spec
        if plainly:
            drawn = "".join(plain(row) for row in rows)
            for word in (*trace.labels, *words.table().values(), *trace.names.get("classes", ())):
                drawn = drawn.replace(word, "") if word else drawn
            assert all(c.isascii() or "가" <= c <= "힣" for c in drawn), (spec, drawn)


def test_nothing_is_said_before_its_step() -> None:
    """No output symbol of a later step is visible."""
    _, trace = run("types", {"type": "encoder-decoder", "text": "18 Oct 1955"})
    read = len(trace.names["source"])
    context = ViewContext(load("en"), Cursor(read + 4, 1), ("whole",), width=76, height=8)
    said = [plain(row) for row in view("toy", trace, context)][2].split()[1:]
    assert said == ["1", "9", "5", "5", *"·······"]
    _, trace = run("types", {"type": "vec-seq", "language": "en"})
    context = ViewContext(load("en"), Cursor(2, 1), ("whole",), width=76, height=8)
    assert "top" not in plain(view("toy", trace, context)[1])


def test_a_word_never_read_is_said_to_be_so() -> None:
    _, trace = run("types", {"text": "저 망원경은 좋다"})
    context = ViewContext(load("ko"), Cursor(2, 1), ("whole",))
    assert "망원경은?" in plain(view("toy", trace, context)[1])
    assert "학습한 적이 없는 단어: 망원경은" in plain(caption(trace, context, "toy")[0])


def test_the_one_drawing_only_switches_things_on_and_off() -> None:
    """The cells have the same columns for every type, and losses are only above outputs."""
    columns = set()
    for kind in TYPES:
        _, trace = run("types", {"type": kind})
        rows = view("switchboard", trace, ViewContext(load("en"), Cursor(0, 0), ("whole",)))
        chain = plain(rows[4])
        columns.add(tuple(n for n, c in enumerate(chain) if c == "□"))
        loss, y = plain(rows[1])[:44], plain(rows[2])[:44]
        assert [n for n, c in enumerate(loss) if c == "●"] == [
            n for n, c in enumerate(y) if c == "y" and n > 5
        ]
    assert len(columns) == 1


def test_heat_is_told_by_number_and_by_colour() -> None:
    _, trace = run("attention", {"text": "18 Oct 1955"})
    at = Cursor(trace.steps, 1)
    rows = view("weights", trace, ViewContext(load("en"), at, ("whole",), width=118, height=20))
    heated = [span for row in rows[1:] for span in row if span.back.startswith("heat:")]
    assert heated
    assert all(abs(float(s.back[5:]) * 100 - float(s.text)) <= 0.51 for s in heated)


def test_every_view_has_its_name_in_both_languages() -> None:
    for name in ("types", "order", "attention"):
        made, _ = run(name, {})
        for spec in find(name).views(made):
            assert spec.partition(":")[0] in view_names()
            assert all(heading(spec, load(lang)) for lang in ("ko", "en"))


def test_the_words_of_the_toys_are_whole_at_sixty_columns() -> None:
    """Words wider than their columns alternate between two rows."""
    for kind, lang in (("seq-vec", "en"), ("seq-seq", "ko"), ("bidirectional", "en")):
        _, trace = run("types", {"type": kind, "language": lang})
        context = ViewContext(load(lang), Cursor(trace.steps, 1), ("whole",), width=56, height=9)
        rows = [plain(row) for row in view("toy", trace, context)]
        assert not any("…" in row for row in rows), rows
        assert all(any(word in row for row in rows) for word in trace.labels)
        assert len(rows) <= 9


def test_a_net_of_both_directions_says_nothing_before_the_last_word() -> None:
    _, trace = run("types", {"type": "bidirectional", "language": "en"})

    def said(t: int) -> tuple[str, str]:
        context = ViewContext(load("en"), Cursor(t, 1), ("whole",), width=76, height=12)
        rows = [plain(row) for row in view("toy", trace, context)]
        both, one = (
            next(r for r in rows if r.startswith(load("en")(f"types.{key}")))
            for key in ("both_ways", "one_way")
        )
        return both, one

    word = trace.names["classes"][int(trace.at("p_forward", 2).argmax())]
    both, one = said(trace.steps - 1)
    assert word in one and word not in both
    assert word in said(trace.steps)[0]
