"""Marking each type of question: scores, tolerated variations, diagnosed mistakes."""

import pytest
from hypothesis import given as fuzz
from hypothesis import strategies as st
from strategies import any_text

from rnntutor.course.blocks import Paragraph, Text
from rnntutor.course.question import Gap, Option, Question, Reason
from rnntutor.course.questions import draw, mark
from rnntutor.course.questions.base import COARSE
from rnntutor.course.questions.cloze import Cloze
from rnntutor.course.questions.match import Match
from rnntutor.course.questions.multi import Multi
from rnntutor.course.questions.numeric import Numeric
from rnntutor.course.questions.order import Order
from rnntutor.course.questions.single import Single
from rnntutor.course.sim_spec import KnownMistake
from rnntutor.course.term import GlossaryTerm
from rnntutor.course.variant import Variant


def words(text):
    return (Text(text),)


def said(text):
    return (Paragraph(words(text)),)


def question(kind, body):
    return Question(f"gates.{kind}", kind, words("?"), said("?"), body, said("why"))


def option(name, right=False, m=""):
    feedback = () if right else said(f"{name}: no")
    return Option(name, words(name), right, feedback, m)


SINGLE = question("single", Single((option("new", True), option("M-19", m="M-19"), option("3"))))
MULTI = question(
    "multi",
    Multi((*(option(n, True) for n in "ab"), option("c", m="M-05"), option("d"))),
)
NUMERIC = question(
    "numeric",
    Numeric("0.122", 0.12, 0.124, ((0.9, words("one step")), (18.0, words("added")))),
)
WHOLE = question("numeric", Numeric("18624", 18623, 18625, ((24832.0, words("four")),)))
PERCENT = question("numeric", Numeric("87.6", 87, 88.2, ((30.0, words("equal")),), percent=True))
CLOSE = question("numeric", Numeric("0.933", 0.931, 0.935, ((0.95, words("taken off")),)))
CLOZE = question(
    "cloze",
    Cloze(
        (
            Gap("type", ("은닉 상태",)),
            Gap("type", ("tanh", "쌍곡 탄젠트")),
            Gap("pick", ("얼마나",), ("얼마나", "무엇을")),
        )
    ),
)
GLOSSARY = (
    GlossaryTerm(
        "hidden-state",
        (("ko", "은닉 상태"), ("en", "hidden state")),
        (("ko", ("히든 스테이트",)), ("en", ())),
        (("ko", words(".")), ("en", words("."))),
    ),
)
ORDER = question(
    "order",
    Order(tuple(option(n, True) for n in "1234"), (option("M-05", m="M-05"), option("M-41"))),
)
MATCH = question(
    "match",
    Match(
        (words("l"), words("r")),
        tuple((words(a), words(b)) for a, b in [("f", "keep"), ("i", "write"), ("o", "show")]),
        (words("forget"),),
    ),
)
TRACE = question(
    "trace",
    Variant(
        "scalar_memory",
        "c[2]",
        0.005,
        (("c0", 0.8), ("f", [0.2, 0.9]), ("g", [0.7, -0.8]), ("i", [0.5, 0.4])),
        wrong=(
            KnownMistake(words("1−f"), slip="forget_inverted"),
            KnownMistake(words("f(c+ig)"), slip="forget_all"),
            KnownMistake(words("stopped"), of="c[1]"),
        ),
    ),
)
ALL = (SINGLE, MULTI, NUMERIC, CLOZE, ORDER, MATCH, TRACE)


def verdict(asked, answer):
    return mark(asked, answer, instance=draw(asked, "", 1), glossary=GLOSSARY)


def text_of(verdict):
    return [block.inline[0].text for blocks in verdict.feedback for block in blocks]


@pytest.mark.parametrize(
    ("asked", "answer", "score", "state"),
    [
        (SINGLE, "new", 1, "right"),
        (SINGLE, "3", 0, "wrong"),
        (MULTI, ["b", "a"], 1, "right"),
        (MULTI, ["a"], 1 / 2, "partly"),
        (MULTI, ["a", "b", "c"], 1 / 2, "partly"),
        (MULTI, ["a", "c"], 0, "wrong"),
        (MULTI, ["a", "b", "c", "d"], 0, "wrong"),
        (MULTI, ["c", "d"], 0, "wrong"),
        (NUMERIC, "0.122", 1, "right"),
        (NUMERIC, "0.124", 1, "right"),
        (NUMERIC, "0,12", 1, "right"),
        (NUMERIC, 0.121, 1, "right"),
        (NUMERIC, "0.1244", 1, "right"),
        (NUMERIC, "0.125", 0, COARSE),
        (NUMERIC, "0.131", 0, COARSE),
        (NUMERIC, "0.135", 0, "wrong"),
        (NUMERIC, "0.9^20", 1, "right"),
        (WHOLE, "18624", 1, "right"),
        (WHOLE, "18,624개", 1, "right"),
        (WHOLE, "18630", 0, "wrong"),
        (PERCENT, "87.6", 1, "right"),
        (PERCENT, "87.6%", 1, "right"),
        (PERCENT, "0.876", 1, "right"),
        (PERCENT, "7/8", 1, "right"),
        (PERCENT, 87.6, 1, "right"),
        (PERCENT, 0.876, 1, "right"),
        (PERCENT, "0.876%", 0, "wrong"),
        (PERCENT, "30%", 0, "wrong"),
        (CLOSE, "0.95", 0, "wrong"),
        (CLOSE, "0.94", 0, COARSE),
        (CLOZE, ["은닉 상태", "tanh", "얼마나"], 1, "right"),
        (CLOZE, ["은닉상태", " TANH ", "얼마나"], 1, "right"),
        (CLOZE, ["히든 스테이트", "쌍곡탄젠트", "얼마나"], 1, "right"),
        (CLOZE, ["Hidden State", "tanh", "얼마나"], 1, "right"),
        (CLOZE, ["셀 상태", "tanh", "무엇을"], 1 / 3, "partly"),
        (CLOZE, ["", "", "얼마나"], 1 / 3, "partly"),
        (CLOZE, ["은닉 상태"], 1 / 3, "partly"),
        (ORDER, ["1", "2", "3", "4"], 1, "right"),
        (ORDER, ["2", "1", "3", "4"], 3 / 4, "partly"),
        (ORDER, ["1", "2", "M-05", "3", "4"], 4 / 5, "partly"),
        (ORDER, ["1", "3", "4"], 3 / 4, "partly"),
        (ORDER, ["4", "3", "2", "1"], 0, "wrong"),
        (ORDER, ["3", "4"], 2 / 4, "partly"),
        (ORDER, ["4", "1", "2"], 2 / 4, "partly"),
        (ORDER, ["2"], 0, "wrong"),
        (MATCH, [0, 1, -1], 2 / 3, "partly"),
        (MATCH, [0, 1, -2], 2 / 3, "partly"),
        (MATCH, [0, 1, 4], 2 / 3, "partly"),
        (MATCH, [0, 1, 2], 1, "right"),
        (MATCH, [0, 2, 1], 1 / 3, "partly"),
        (MATCH, [0, None, 3], 1 / 3, "partly"),
        (MATCH, [3, 0, 1], 0, "wrong"),
        (TRACE, "0.139", 1, "right"),
        (TRACE, "0.14", 1, "right"),
        (TRACE, "0.2", 0, "wrong"),
    ],
)
def test_score(asked, answer, score, state):
    result = verdict(asked, answer)
    assert result.score == pytest.approx(score)
    assert result.state == state


@pytest.mark.parametrize("asked", ALL, ids=lambda q: q.type)
def test_the_right_answer_marks_as_right(asked):
    """The right answer in a verdict is marked as right."""
    first = {"numeric": "7", "trace": "7", "single": "3", "match": [1, 0, 2]}
    answer = first.get(asked.type, ["c"] if asked.type == "multi" else ["1", "2", "x"])
    right = verdict(asked, answer).right
    assert verdict(asked, right).state == "right"
    assert all(verdict(asked, right).parts)


@pytest.mark.parametrize(
    ("asked", "answer", "feedback", "found", "misconceptions"),
    [
        (SINGLE, "M-19", ["M-19: no"], ("M-19",), ("M-19",)),
        (SINGLE, "new", [], (), ()),
        (MULTI, ["d", "a", "c"], ["c: no", "d: no"], ("c", "d"), ("M-05",)),
        (NUMERIC, "0.901", ["one step"], ("0.9",), ()),
        (NUMERIC, "18", ["added"], ("18",), ()),
        (NUMERIC, "0.5", [], (), ()),
        (ORDER, ["1", "M-05", "2", "3", "4"], ["M-05: no"], ("M-05",), ("M-05",)),
        (TRACE, "-0.22", ["1−f"], ("forget_inverted",), ()),
        (TRACE, "−0.081", ["f(c+ig)"], ("forget_all",), ()),
        (TRACE, "0.51", ["stopped"], ("c[1]",), ()),
        (TRACE, "0.3", [], (), ()),
    ],
)
def test_feedback_names_the_mistake(asked, answer, feedback, found, misconceptions):
    result = verdict(asked, answer)
    assert text_of(result) == feedback
    assert result.found == found
    assert result.misconceptions == misconceptions


def test_what_only_rounding_parts_from_the_right_number_is_no_mistake():
    """An answer off by rounding alone is right; one unit more is too coarse, not wrong.

    TRACE by hand: c1 = 0.2·0.8 + 0.5·0.7 = 0.51, c2 = 0.9·0.51 − 0.4·0.8 = 0.139. With 0.9·0.51 =
    0.46 it ends at 0.14, which is right.
    """
    assert verdict(TRACE, "0.14").state == "right"
    coarse = verdict(TRACE, "0.145")
    assert (coarse.state, coarse.score, coarse.feedback, coarse.found) == (COARSE, 0, (), ())
    assert verdict(TRACE, "0.165").state == "wrong"


def test_a_known_mistake_is_known_within_the_tolerance_on_both_sides():
    atol = TRACE.body.atol
    for value, wrong in draw(TRACE, "", 1).slips:
        for off in (-0.9 * atol, 0.9 * atol):
            assert verdict(TRACE, f"{value + off:.6f}").found == (wrong.slip or wrong.of,)
        for off in (-1.2 * atol, 1.2 * atol):
            assert verdict(TRACE, f"{value + off:.6f}").found == ()
    spread = NUMERIC.body.spread
    for value, _ in NUMERIC.body.slips:
        found = [
            verdict(NUMERIC, f"{value + part * spread:.6f}").found != ()
            for part in (-1.1, -0.9, 0.9, 1.1)
        ]
        assert found == [False, True, True, False]


def test_the_nearest_known_mistake_is_the_one_that_was_made():
    """Of two similar mistakes the nearer one is diagnosed, for negative numbers too."""
    close = Numeric("5", 4, 6, ((10.0, words("ten")), (11.0, words("eleven")), (-9.0, words("-9"))))
    told = {
        text: text_of(mark(question("numeric", close), text)) for text in ("10.4", "10.6", "-9")
    }
    assert told == {"10.4": ["ten"], "10.6": ["eleven"], "-9": ["-9"]}


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        *((asked, None) for asked in ALL),
        (SINGLE, "no such option"),
        (MULTI, []),
        (NUMERIC, ""),
        (NUMERIC, "about a half"),
        (TRACE, "12 apples"),
        (CLOZE, ["", " ", ""]),
        (ORDER, []),
        (MATCH, [None, None, None]),
    ],
)
def test_no_answer_is_not_marked(asked, answer):
    """An empty answer, or one that is not a number, is asked for again without a mark."""
    assert verdict(asked, answer) is None


def test_parts_say_where_the_mistakes_are():
    assert verdict(MULTI, ["a", "c"]).parts == (True, False, False, True)
    assert verdict(CLOZE, ["x", "tanh", "얼마나"]).parts == (False, True, True)
    assert verdict(MATCH, [0, 2, 1]).parts == (True, False, False)
    assert verdict(ORDER, ["1", "4", "2", "3"]).parts == (True, False, True, True)
    for right, coarse, known, wrong in (
        (NUMERIC, "0.125", "0.9", "0.5"),
        (TRACE, "0.145", "0.51", "0.3"),
    ):
        parts = [verdict(right, answer).parts for answer in (coarse, known, wrong)]
        assert parts == [(False,)] * 3


def test_a_term_among_several_answers_brings_its_other_names():
    """In `[[type: 은닉 상태 / 상태 h]]` one answer is a term, so its other names are right too."""
    gap = Gap("type", ("상태 h", "은닉 상태"))
    asked = question("cloze", Cloze((gap,)))
    for answer in ("상태 h", "은닉 상태", "hidden state", "히든 스테이트"):
        assert mark(asked, [answer], glossary=GLOSSARY).state == "right"
    assert mark(asked, ["셀 상태"], glossary=GLOSSARY).state == "wrong"


def test_every_wrong_gap_and_every_wrong_pair_gets_its_reason():
    reasons = tuple(Reason(words(f"reason {n}"), m) for n, m in enumerate(("", "M-19", "M-05")))
    gaps = question("cloze", Cloze(CLOZE.body.gaps, reasons))
    result = mark(gaps, ["셀 상태", "tanh", ""], glossary=GLOSSARY)
    assert [plain_of(blocks) for blocks in result.feedback] == [
        "[1] reason 0",
        "[3] reason 2",
    ]
    assert all(block.inline[0].strong for blocks in result.feedback for block in blocks)
    two = question("cloze", Cloze(CLOZE.body.gaps[:2], reasons[:2]))
    assert [plain_of(blocks)[:4] for blocks in mark(two, ["x", "y"]).feedback] == ["[1] ", "[2] "]
    alone = question("cloze", Cloze(CLOZE.body.gaps[:1], reasons[:1]))
    (said,) = mark(alone, ["셀 상태"]).feedback
    assert plain_of(said) == "reason 0", "a gap that stands alone has no number"
    assert result.misconceptions == ("M-05",)
    pairs = question("match", Match(MATCH.body.heads, MATCH.body.pairs, MATCH.body.extra, reasons))
    result = mark(pairs, [0, 2, 1])
    assert [plain_of(blocks) for blocks in result.feedback] == ["i: reason 1", "o: reason 2"]
    assert result.misconceptions == ("M-19", "M-05")
    assert mark(pairs, [0, 1, 2]).feedback == ()


def plain_of(blocks):
    return "".join(part.text for block in blocks for part in block.inline)


def test_decomposed_hangul_is_the_same_word():
    """An answer in decomposed form (NFD), as some systems send it, is right."""
    import unicodedata

    assert verdict(CLOZE, [unicodedata.normalize("NFD", "은닉 상태"), "", ""]).parts[0]


def test_pairs_that_read_the_same_are_interchangeable():
    body = Match(
        (words("l"), words("r")),
        (
            (words("f"), words("sigmoid")),
            (words("g"), words("tanh")),
            (words("i"), words("sigmoid")),
        ),
    )
    assert mark(question("match", body), [2, 1, 0]).state == "right"


def test_a_trace_question_needs_its_numbers():
    with pytest.raises(ValueError, match="instance"):
        mark(TRACE, "0.1")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | any_text(),
    lambda inner: st.lists(inner, max_size=8) | st.dictionaries(any_text(), inner, max_size=3),
    max_leaves=12,
)


@fuzz(answer=JSON, asked=st.sampled_from(ALL))
def test_any_data_is_marked_or_refused(answer, asked):
    """An answer from an old or damaged log never raises, and every score is from 0 to 1."""
    result = verdict(asked, answer)
    assert result is None or 0 <= result.score <= 1


@fuzz(st.lists(st.sampled_from([*"1234", "M-05", "M-41"]), unique=True, min_size=1))
def test_only_the_full_order_is_right(placed):
    result = verdict(ORDER, placed)
    assert (result.state == "right") == (placed == ["1", "2", "3", "4"])
