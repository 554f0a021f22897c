"""Parsing the bodies of the seven question types, valid and with mistakes."""

from __future__ import annotations

import pytest
from lessons_written import asked
from question_texts import VARIANT, WHY

from rnntutor.course.blocks import GapMark, Maths, Paragraph, Text
from rnntutor.course.question import Gap
from rnntutor.course.questions.cloze import Cloze
from rnntutor.course.questions.match import Match
from rnntutor.course.questions.multi import Multi
from rnntutor.course.questions.numeric import Numeric
from rnntutor.course.questions.order import Order
from rnntutor.course.sim_spec import KnownMistake
from rnntutor.course.variant import Variant


def test_multi() -> None:
    question, problems = asked("- [x] a\n- [x] b\n- [ ] c\n  > no\n" + WHY, "multi")
    assert not problems
    assert question is not None
    assert isinstance(question.body, Multi)
    assert [o.id for o in question.body.options] == ["1", "2", "3"]


def test_a_multi_may_have_one_right_option_but_not_none() -> None:
    _, problems = asked("- [x] a\n- [ ] b\n" + WHY, "multi")
    assert not problems
    _, problems = asked("- [ ] a\n- [ ] b\n" + WHY, "multi")
    assert [p.line for p in problems] == [5] and "at least one" in problems[0].text


def test_options_for_one_misconception_are_counted_and_a_fixed_one_stays() -> None:
    source = (
        "- [x] a {fixed}\n- [ ] b {m=M-10}\n- [ ] c {m=M-10}\n- [ ] d {#own}\n- [ ] e {m=M-10}\n"
    )
    question, problems = asked(source + WHY, "single")
    assert not problems
    assert question is not None
    options = question.body.options
    assert [o.id for o in options] == ["1", "M-10", "M-10-2", "own", "M-10-3"]
    assert [o.m for o in options] == ["", "M-10", "M-10", "", "M-10"]
    assert [o.fixed for o in options] == [True, False, False, False, False]
    assert [o.right for o in options] == [True, False, False, False, False]


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("= 0.731 +- 0.001", 0.730, 0.732),
        ("= 5 +- 2%", 4.9, 5.1),
        ("= -5 ± 2%", -5.1, -4.9),
        ("= −0.5 +- 0.1", -0.6, -0.4),
        ("= [0.2, 0.3]", 0.2, 0.3),
        ("= 12", 12, 12),
        ("= 1e-9 +- 1e-10", 0.9e-9, 1.1e-9),
    ],
)
def test_numeric(written: str, low: float, high: float) -> None:
    question, problems = asked(f"\n{written}\n" + WHY, "numeric")
    assert not problems, [str(p) for p in problems]
    assert question is not None
    body = question.body
    assert isinstance(body, Numeric)
    assert (body.low, body.high) == (pytest.approx(low), pytest.approx(high))
    assert body.low <= low <= high <= body.high, "the ends as written are right answers"


@pytest.mark.parametrize(
    ("written", "key", "percent"),
    [
        ("= 87.6% +- 0.5", "87.6", True),
        ("= 87.6 +- 0.5%", "87.6", False),
        ("= [0.2, 0.3]", "[0.2, 0.3]", False),
        ("= [2, 2]", "[2, 2]", False),
    ],
)
def test_the_key_of_a_number_stays_as_it_is_written(written: str, key: str, percent: bool) -> None:
    question, problems = asked(f"\n{written}\n" + WHY, "numeric")
    assert not problems
    assert question is not None and isinstance(question.body, Numeric)
    assert (question.body.key, question.body.percent) == (key, percent)


def test_a_slip_may_go_on_in_the_next_line() -> None:
    source = "How much?\n= 5 +- 1\n~ 9 : one\ntwo\n~ seven : no\n"
    question, problems = asked(source + WHY, "numeric")
    assert [p.line for p in problems] == [10], "of what cannot be read behind it"
    assert question is not None and isinstance(question.body, Numeric)
    ((value, said),) = question.body.slips
    assert value == 9
    assert said == (Text("one two"),)


def test_numeric_slips_and_a_prompt_straight_before() -> None:
    source = "얼마인가?\n= 0.122 +- 0.002\n~ 0.9 : 한 번만 곱했다.\n~ -1 : $f$를 뺐다.\n"
    question, problems = asked(source + WHY, "numeric")
    assert not problems
    assert question is not None
    assert question.prompt == (Paragraph((Text("얼마인가?"),)),)
    assert isinstance(question.body, Numeric)
    assert question.body.key == "0.122"
    assert question.body.slips == (
        (0.9, (Text("한 번만 곱했다."),)),
        (-1.0, (Maths("f"), Text("를 뺐다."))),
    )


def test_cloze() -> None:
    source = (
        "$i_t$는 [[pick: *얼마나* / 몇 번]] 쓸지, **$g_t$는** [[type: tanh / 쌍곡 탄젠트]]이다.\n"
    )
    question, problems = asked(source + WHY, "cloze")
    assert not problems
    assert question is not None
    assert question.body == Cloze(
        (Gap("pick", ("얼마나",), ("얼마나", "몇 번")), Gap("type", ("tanh", "쌍곡 탄젠트")))
    )
    (prompt,) = question.prompt
    assert isinstance(prompt, Paragraph)
    assert [p.index for p in prompt.inline if isinstance(p, GapMark)] == [0, 1]


def test_order_with_distractors() -> None:
    source = "\n1. a\n2. b {#second}\n3. c\n\n- [ ] d {m=M-05}\n  > no\n"
    question, problems = asked(source + WHY, "order")
    assert not problems
    assert question is not None
    body = question.body
    assert isinstance(body, Order)
    assert [(o.id, o.right) for o in body.items] == [("1", True), ("second", True), ("3", True)]
    assert [(o.id, o.right, len(o.feedback)) for o in body.distractors] == [("M-05", False, 1)]


def test_two_items_are_an_order_and_distractors_without_a_name_are_counted_on() -> None:
    source = "\n1. a\n2. b\n\n- [ ] c\n- [ ] d\n"
    question, problems = asked(source + WHY, "order")
    assert not problems
    assert question is not None and isinstance(question.body, Order)
    assert [o.id for o in question.body.distractors] == ["3", "4"]


def test_the_last_list_is_the_order_and_the_last_table_the_pairs() -> None:
    """Lists and tables before it belong to the prompt."""
    question, _ = asked("\n1. read\n2. think\n\nSo:\n\n1. a\n2. b\n3. c\n" + WHY, "order")
    assert question is not None and isinstance(question.body, Order)
    assert len(question.body.items) == 3 and len(question.prompt) == 2
    table = "\n| {} | w |\n|---|---|\n| a | 1 |\n| b | 2 |\n"
    question, _ = asked(f"{table.format('x')}\nSo:\n{table.format('y')}" + WHY, "match")
    assert question is not None and isinstance(question.body, Match)
    assert question.body.heads[0] == (Text("y"),) and len(question.prompt) == 2


def test_match_with_an_extra_option() -> None:
    source = "\n| 과제 | 유형 |\n|---|---|\n| a | 1 |\n| b | 2 |\n| | 3 |\n"
    question, problems = asked(source + WHY, "match")
    assert not problems
    assert question is not None
    assert question.body == Match(
        ((Text("과제"),), (Text("유형"),)),
        (((Text("a"),), (Text("1"),)), ((Text("b"),), (Text("2"),))),
        ((Text("3"),),),
    )
    assert question.prompt == ()


def test_trace() -> None:
    question, problems = asked("\n$h_0={{ h0 }}$.\n" + VARIANT + WHY, "trace")
    assert not problems, [str(p) for p in problems]
    assert question is not None
    assert question.body == Variant(
        model="scalar_rnn",
        ask="h[2]",
        atol=0.005,
        draws=(
            ("h0", 0.0),
            ("W", {"uniform": (0.3, 0.9), "round": 2}),
            ("x", {"choice": ((1, 0), (1, -1))}),
        ),
        settings=(("dh_last", 1.0),),
        wrong=(
            KnownMistake((Text("tanh를 빠뜨렸다"),), slip="no_tanh"),
            KnownMistake((Maths("h_1"), Text("에서 멈췄다")), of="h[1]"),
        ),
        line=9,
    )


def drawing(how: str) -> str:
    return VARIANT.replace("{ choice = [[1, 0], [1, -1]] }", how)


@pytest.mark.parametrize(
    "how",
    [
        "3",
        "{ choice = [1] }",
        "{ uniform = [0.3, 0.9] }",
        "{ uniform = [0, 9], round = 0 }",
        "{ uniform = [-1, 1], round = 3 }",
    ],
)
def test_ways_to_draw_a_number(how: str) -> None:
    question, problems = asked(drawing(how) + WHY, "trace")
    assert not problems
    assert question is not None and isinstance(question.body, Variant)
    assert [name for name, _ in question.body.draws] == ["h0", "W", "x"]


@pytest.mark.parametrize(
    "how",
    [
        "{ choice = [] }",
        "{ choice = 3 }",
        "{ choice = [1], round = 2 }",
        "{ choice = [1], uniform = [0.3, 0.9] }",
        "{ round = 2 }",
        "{ uniform = 3 }",
        "{ uniform = [0.3] }",
        "{ uniform = [0.3, 0.5, 0.9] }",
        "{ uniform = [0.9, 0.3] }",
        "{ uniform = [0.3, 0.3] }",
        '{ uniform = ["a", "b"] }',
        "{ uniform = [0.3, 0.9], round = -1 }",
        "{ uniform = [0.3, 0.9], round = 1.5 }",
    ],
)
def test_what_is_no_way_to_draw_a_number_is_a_problem_and_not_drawn(how: str) -> None:
    question, problems = asked(drawing(how) + WHY, "trace")
    assert [(p.line, "`draw.x` takes" in p.text) for p in problems] == [(14, True)]
    assert question is not None and isinstance(question.body, Variant)
    assert [name for name, _ in question.body.draws] == ["h0", "W"]


def test_a_draw_under_a_heading_of_its_own_is_named_with_its_line() -> None:
    block = 'model = "scalar_rnn"\nask = "h[1]"\natol = 0.005\n[draw]\nW = 1\nx = { choose = [1] }'
    _, problems = asked(f"```variant\n{block}\n```\n" + WHY, "trace")
    assert [(p.line, "`draw.x` takes" in p.text) for p in problems] == [(12, True)]


def test_what_is_drawn_stands_in_a_table() -> None:
    block = 'model = "scalar_rnn"\nask = "h[1]"\natol = 0.005\ndraw = 3'
    question, problems = asked(f"```variant\n{block}\n```\n" + WHY, "trace")
    assert [p.line for p in problems] == [10] and "`draw`" in problems[0].text
    assert question is not None and isinstance(question.body, Variant)
    assert question.body.draws == ()


BROKEN = [
    ("single", "- [x] a\n- [x] b\n", 5, "exactly one `[x]`, and this one has 2"),
    ("single", "no list\n", 5, "no options"),
    ("single", "- [x] a\n", 5, "one option only"),
    ("single", "- [x] a\n- b\n", 7, "does not begin with"),
    ("single", "- [x] a\n- [ ]\n", 7, "no words"),
    ("single", "- [x] a\n- [ ] b\n\n  more\n", 9, "Only `  > why"),
    ("single", "- [x] a {#one}\n- [ ] b {#one}\n", 7, "`one` is used twice"),
    ("single", "- [x] a {d=2}\n- [ ] b\n", 6, "does not belong here"),
    ("multi", "- [x] a\n- [x] b\n", 5, "at least one"),
    ("numeric", "prompt\n", 5, "no answer"),
    ("numeric", "= about 5\n", 6, "cannot be read"),
    ("numeric", "= 5 +- 1\n~ five : no\n", 7, "cannot be read"),
    ("numeric", "= 5 +- 1\n~ 5.5 : no\n", 7, "lies within"),
    ("cloze", "no gap\n", 5, "no gaps"),
    ("cloze", "[[pcik: a / b]]\n", 6, "cannot be read"),
    ("cloze", "[[pick: a / b]]\n", 6, "*stars*"),
    ("cloze", "[[type: a /  / b]]\n", 6, "empty answer"),
    ("cloze", "[[type: $a$]]\n", 6, "holds a formula"),
    ("cloze", "[[type: a]]\n\n> [!WHY]\n> [[type: b]]\n", 9, "only in the text of a cloze"),
    ("order", "- [ ] a\n", 5, "no order"),
    ("order", "\n1. a\n2. b\n\n- [x] c\n", 10, "written `- [ ]`"),
    ("order", "\n1. a\n2. b\n\n- [ ] c\n- [ ] d\n- [ ] e\n", 12, "at most two"),
    ("match", "no table\n", 5, "nothing to match"),
    ("match", "\n| a | b |\n|---|---|\n| 1 | 2 |\n", 7, "nothing to match"),
    ("order", "\n1. a\n", 5, "no order"),
    ("match", "\n| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |\n", 7, "this one has 3"),
    ("match", "\n| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | |\n| 5 | 6 |\n", 10, "right cell is empty"),
    ("trace", "no block\n", 5, "exactly one `variant`"),
    ("trace", '\n```variant\nmodel = "m"\n```\n', 7, "needs `model`"),
    ("trace", VARIANT.replace('model = "scalar_rnn"\n', ""), 7, "needs `model`, `ask` and an"),
    ("trace", VARIANT.replace('ask = "h[2]"\n', ""), 7, "needs `model`, `ask` and an"),
    ("trace", VARIANT.replace("atol = 0.005", "atol = 0"), 7, "needs `model`, `ask` and an"),
    ("trace", VARIANT.replace("atol = 0.005", "atol = -1"), 7, "needs `model`, `ask` and an"),
    ("trace", VARIANT + VARIANT, 5, "exactly one `variant` block, and this one has 2"),
    ("trace", VARIANT.replace("choice", "choose"), 14, "`draw.x` takes"),
    ("trace", VARIANT.replace("of =", "slip ="), None, ""),
    ("trace", VARIANT.replace('slip = "no_tanh"', "x = 1"), 17, "has no `x`"),
    ("trace", VARIANT.replace('ask = "h[2]"', "ask = h[2]"), 9, "not TOML: `ask = h[2]`"),
    ("single", "- [x] a\n- [ ] b\n\n> [!HINT]\n> a\n> [!WHY]\n> b\n", 9, "run together"),
    ("single", "- [x] a\n- [ ] b\n\n> [!NOTE]\n> a\n", 9, "no `[!NOTE]`"),
    ("single", "- [x] a\n- [ ] b\n\n> [!WHY]\n> a\n\nmore\n", 12, "only hints"),
    ("single", "- [x] a\n- [ ] b\n\n> [!WHY]\n> a\n\n> [!HINT]\n> b\n", 12, "before `[!WHY]`"),
    ("single", "- [x] a\n- [ ] b\n\n> [!WHY]\n", 9, "empty"),
]


@pytest.mark.parametrize(("kind", "body", "line", "says"), BROKEN)
def test_a_mistake_is_a_problem_with_its_line(
    kind: str, body: str, line: int | None, says: str
) -> None:
    _, problems = asked(body, kind)
    if line is None:
        assert not problems
    else:
        found = [str(p) for p in problems]
        assert any(p.line == line and says in p.text for p in problems), found


def test_difficulty_out_of_range_is_a_problem() -> None:
    question, problems = asked("- [x] a\n- [ ] b\n" + WHY, "single d=4")
    assert question is not None
    assert question.difficulty == 1
    assert "from 1 to 3" in problems[0].text
