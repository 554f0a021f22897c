"""The structure of a lesson, and that every mistake in it is reported with its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lessons_written import good, parsed
from strategies import any_text

from rnntutor.course.blocks import Listing, MathBlock, Paragraph, Table, Text
from rnntutor.course.parse import parse_lesson
from rnntutor.course.questions.options import Choice
from rnntutor.session.links import step_links
from rnntutor.words import load

LESSON = """\
# LSTM의 구조

한 시점 안에서 무엇을 계산하는가?

## 망각 게이트 {#forget}

이 비율이 {term:forget-gate}이다.

$$f_t=\\sigma(a)$$

```sim
use = "cell"
cell = "lstm"
x = [1, -1, [0, 2]]
cursor = 1
controls = ["forget_bias"]
say = "$b_f=2$에서 0.529가 남는다."
```

### 닫힌 게이트 {#gates.closed type=single d=2 rev=3}

무엇이 남는가?

- [x] $0$ {#zero fixed}
- [ ] $c_{t-1}$ {m=M-19}
  > 망각 게이트는 1일 때 남긴다.
- [ ] 둘 다 {m=M-19}
  > 아니다.

> [!HINT]
> 하나.

> [!HINT]
> 둘.

> [!WHY]
> 까닭.

## 매개변수의 수 {#count beyond}

- a
- b

## 더 풀어 보기 {#pool}

### 또 {#rnn.more type=single beyond}

- [x] 예
- [ ] 아니오
  > 왜냐하면.

> [!WHY]
> 까닭.
"""


def test_skeleton() -> None:
    lesson = good(LESSON)
    assert lesson.title == (Text("LSTM의 구조"),)
    assert lesson.opening == (Paragraph((Text("한 시점 안에서 무엇을 계산하는가?"),)),)
    forget, count = lesson.steps
    assert (forget.id, forget.line, forget.beyond) == ("forget", 5, False)
    assert forget.blocks[1] == MathBlock("f_t=\\sigma(a)")
    assert (count.id, count.beyond) == ("count", True)
    assert isinstance(count.blocks[0], Listing)
    assert [q.id for q in lesson.questions] == ["gates.closed", "rnn.more"]
    assert [q.id for q in lesson.pool] == ["rnn.more"]


def test_question_and_its_options() -> None:
    question = good(LESSON).questions[0]
    assert (question.topic, question.type, question.difficulty, question.rev) == (
        "gates", "single", 2, 3,
    )  # fmt: skip
    assert len(question.hints) == 2
    assert question.why == (Paragraph((Text("까닭."),)),)
    assert isinstance(question.body, Choice)
    zero, kept, both = question.body.options
    assert (zero.id, zero.right, zero.fixed, zero.line) == ("zero", True, True, 24)
    assert (kept.id, kept.m, kept.feedback) == (
        "M-19", "M-19", (Paragraph((Text("망각 게이트는 1일 때 남긴다."),)),),
    )  # fmt: skip
    assert both.id == "M-19-2", "two options for one misconception keep apart"
    assert good(LESSON).questions[1].beyond


def test_a_link_to_a_step_of_its_own_lesson_need_not_name_it() -> None:
    """The parser completes such a link to "lesson.step"."""
    lesson = good(LESSON.replace("> 까닭.\n\n## 매", "> {step:count} {step:rnn.loop}\n\n## 매"))
    assert [link.target for link in step_links(lesson.questions[0].why)] == [
        f"{lesson.id}.count", "rnn.loop",
    ]  # fmt: skip


def test_sim_settings_are_frozen() -> None:
    sim = good(LESSON).steps[0].sim
    assert sim is not None
    assert sim.settings == (("cell", "lstm"), ("x", (1, -1, (0, 2))))
    assert (sim.cursor, sim.controls, sim.line) == (1, ("forget_bias",), 11)
    assert len(sim.said) == 2
    hash(sim)


BROKEN = [
    ("a line before\n\n# T\n\n## S {#s}\n", 1, "before `# Title`"),
    ("## S {#s}\n", 1, "no title"),
    ("# T\n", 1, "no steps"),
    ("# T\n\n# U\n\n## S {#s}\n", 3, "second `#`"),
    ("# T\n\n## S\n", 3, "no id"),
    ("# T\n\n## S {#a.b}\n", 3, "has a dot"),
    ("# T\n\n## S {#s}\n\n## U {#s}\n", 5, "used on line 3"),
    ("# T\n\n## S {#s}\n\n#### deep\n", 5, "deeper"),
    ("# T\n\n## S {#s}\n\n### Q\n", 5, "for questions only"),
    ("# T\n\n## S {#s}\n\n### Q {#a.b type=essay}\n", 5, "question type"),
    ("# T\n\n## S {#s}\n\n### Q {#ab type=single}\n", 5, "no topic"),
    ("# T\n\n## S {#s type=single}\n", 3, "does not belong"),
    ("# T\n\n## S {#s typ=single}\n", 3, "means nothing"),
    ("# T\n\n```sim\nuse='cell'\n```\n\n## S {#s}\n", 3, "cannot stand here"),
    ("# T\n\n## S {#s}\n\n```sim\nuse='cell'\n```\n\n```sim\nuse='cell'\n```\n", 9, "one sim"),
    ("# T\n\n## S {#s}\n\n```variant\n```\n", 5, "cannot stand here"),
    ("# T\n\n## S {#s}\n\n> [!WHY]\n> x\n", 5, "in questions only"),
    ("# T\n\n## S {#s}\n\n## P {#pool}\n\nprose\n", 7, "holds questions only"),
    ("# T\n\n### Q {#a.b type=single}\n\n- [x] a\n- [ ] b\n\n## S {#s}\n", 3, "before the first"),
    ("# T\n\n## S {#s}\n\none **bold\n", 5, "`**` was left"),
    ("# T\n\n## S {#s}\n\ncosts $ 5\n", 5, "`$` was left"),
    ("# T\n\n## S {#s}\n\n{trem:x}\n", 5, "no link `{trem:…}`"),
    ("# T\n\n## S {#s}\n\n{term:x a=1}\n", 5, "Only sim takes"),
    ("# T\n\n## S {#s}\n\n[x](ftp://y)\n", 5, "leads nowhere"),
    ("# T\n\n## S {#s}\n\n<b>x</b>\n", 5, "HTML"),
    ("# T\n\n## S {#s}\n\na [[type: b]]\n", 5, "only in the text of a cloze"),
    ("# T\n\n## S {#s}\n\n| a | b |\n|---|---|\n| 1 |\n", 7, "1 cell, and its head has 2"),
    ("# T\n\n## S {#s}\n\n| a | b |\n|---|\n| 1 | 2 |\n", 5, "not read as a table"),
]


@pytest.mark.parametrize(("text", "line", "says"), BROKEN)
def test_a_mistake_is_a_problem_with_its_line(text: str, line: int, says: str) -> None:
    _, problems = parsed(text)
    assert any(p.line == line and says in p.text for p in problems), [str(p) for p in problems]


def test_problems_are_said_in_the_words_given() -> None:
    _, (problem, *_) = parse_lesson("## S {#s}\n", "a/b.md", "en", "x", load("ko"))
    assert str(problem).startswith("a/b.md:1: 제목이 없습니다.")


def test_comments_are_for_authors() -> None:
    assert good("# T\n\n<!-- to be checked -->\n\n## S {#s}\n\nx <!-- y --> z\n").opening == ()


def test_a_table_keeps_its_alignment_and_escaped_bars() -> None:
    table = good("# T\n\n## S {#s}\n\n| a | b |\n|:-:|--:|\n| x | 1 |\n").steps[0].blocks[0]
    assert isinstance(table, Table)
    assert table.align == ("center", "right")
    assert table.rows == (((Text("x"),), (Text("1"),)),)


@given(st.lists(st.sampled_from(LESSON.splitlines(keepends=True)), max_size=40), any_text())
def test_no_text_makes_the_parser_raise(lines: list[str], noise: str) -> None:
    text = "".join(lines)
    parsed(text[: len(text) // 2] + noise + text[len(text) // 2 :])
