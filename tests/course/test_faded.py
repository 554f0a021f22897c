"""A calculation with gaps: the marks of each number, and what the lines reveal."""

from __future__ import annotations

import pytest

from rnntutor.course.blocks import Inline, Text
from rnntutor.course.lesson import Lesson
from rnntutor.course.parse import parse_lesson
from rnntutor.course.precision import DECIMALS, Precision
from rnntutor.course.question import Question
from rnntutor.course.questions import draw, kind_of, mark
from rnntutor.course.questions.base import COARSE, TOO_COARSE, AnswerDraft, Attempt
from rnntutor.course.questions.faded import FOLLOWS, RIGHT, WRONG, judge
from rnntutor.course.report import Problem
from rnntutor.course.variant import Instance, VariantError, compute, number_at, tolerance
from rnntutor.course.working import line_before_gaps, line_with_numbers
from rnntutor.failure import Refused
from rnntutor.words import load

LINES = """
[[line]]
of = "dh[2]"
label = "dh2"
work = "{{ v }} * {{ dy0 }} - {{ v }} * {{ dy1 }}"
arrow = "↓"

[[line]]
of = "da[2]"
label = "da2"
work = "(1 - {{ h[2] }}^2) * {{ dh[2] }}"
gap = "The slope."
wrong = [{ slip = "no_slope", say = "No slope." }]

[[line]]
of = "dh[1]"
label = "dh1"
work = "WORK"
gap = "Through U."

[[line]]
of = "da[1]"
label = "da1"
work = "(1 - {{ h[1] }}^2) * {{ dh[1] }}"
"""


HEAD = (
    "# T\n\n## S {#s}\n\n### Q {#a.b type=faded}\n\nFill.\n\n"
    '```variant\nmodel = "from_loss"\natol = 0.005\ndraw.h0 = 0.6\ndraw.x = [1, 0]\n'
    "draw.U = { choice = [0.8, 0.9] }\ndraw.W = 0.5\ndraw.v = 1\n"
)


def read(lines: str, head: str = HEAD) -> tuple[Lesson, tuple[Problem, ...]]:
    text = f"{head}{lines}```\n\n> [!WHY]\n> So.\n"
    return parse_lesson(text, "x.md", "en", "cell", load("en"))


def question(work: str = "{{ U }} * {{ da[2] }}", head: str = HEAD) -> Question:
    lesson, problems = read(LINES.replace("WORK", work), head)
    assert not problems, [str(problem) for problem in problems]
    return lesson.questions[0]


def text(inline: Inline) -> str:
    return "".join(part.text for part in inline if isinstance(part, Text))


def drawn(asked: Question) -> Instance:
    found = draw(asked, "salt", 1)
    assert found is not None
    return found


def test_a_mistake_counts_once_and_what_follows_from_it_is_right() -> None:
    asked = question()
    numbers = drawn(asked)
    U, da = numbers.values["U"], number_at(numbers.trace, "da[2]")
    own = da + 0.2
    verdict = mark(asked, [f"{own:.3f}", f"{U * own:.3f}"], instance=numbers)
    assert verdict.parts == (False, True)
    assert verdict.score == 0.5
    states = [one.state for one in judge(asked.body, [f"{own:.3f}", f"{U * da:.3f}"], numbers)]
    assert states == ["wrong", "right"]


def test_a_known_mistake_gets_its_own_reason_and_any_other_the_gap_s() -> None:
    asked = question()
    numbers = drawn(asked)
    dh = number_at(numbers.trace, "dh[2]")
    verdict = mark(asked, [f"{dh:.3f}", "9"], instance=numbers)
    assert verdict.found == ("no_slope",)
    said = [block.inline for feedback in verdict.feedback for block in feedback]
    assert said == [
        (Text("[1] ", strong=True), Text("No slope.")),
        (Text("[2] ", strong=True), Text("Through U.")),
    ]
    assert verdict.parts == (False, False)


def test_numbers_that_are_only_rounded_too_early_are_asked_for_again() -> None:
    asked = question()
    numbers = drawn(asked)
    keys = [number_at(numbers.trace, path) for path in ("da[2]", "dh[1]")]
    assert mark(asked, [f"{key:.3f}" for key in keys], instance=numbers).state == "right"
    rough = [f"{keys[0]:.3f}", f"{keys[1] + 0.012:.3f}"]
    verdict = mark(asked, rough, instance=numbers)
    assert (verdict.state, verdict.parts) == (COARSE, (True, False))


def test_no_line_gives_the_number_of_a_gap_away() -> None:
    asked = question()
    numbers = drawn(asked)
    said = [text(line_before_gaps(asked.body, line, numbers)) for line in asked.body.lines]
    assert said[1:3] == ["da2 = ", "dh1 = "]
    assert said[3].count("=") == 1, "the calculation of da1 holds the number of dh1"
    assert text(line_with_numbers(asked.body.lines[3], numbers)).count("=") == 2


def test_a_line_that_says_something_else_than_the_model_is_a_mistake_of_the_author() -> None:
    asked = question("{{ U }} + {{ da[2] }}")
    with pytest.raises(VariantError) as error:
        drawn(asked)
    assert error.value.key == "variant.work"


def test_a_number_with_which_nothing_can_be_computed_is_wrong_and_no_error() -> None:
    asked = question("{{ U }} * {{ da[2] }} + 0 * exp({{ da[2] }})")
    verdict = mark(asked, ["1000", "1"], instance=drawn(asked))
    assert verdict.parts == (False, False)


def test_what_follows_has_the_tolerance_of_its_own_size() -> None:
    """The tolerance of a number that follows from another grows with its size, never below the
    right one's."""
    asked = question()
    numbers = drawn(asked)
    U, key = numbers.values["U"], number_at(numbers.trace, "dh[1]")
    assert isinstance(U, float)
    _, second = compute(asked.body.variants, numbers.values)
    right = tolerance(asked.body.variants[1], second)

    def state(own: float, off: float) -> str:
        texts = [f"{own:.6f}", f"{U * own + off:.6f}"]
        return judge(asked.body, texts, numbers)[1].state

    for size in (4, -4):
        own = size * key / U
        spread = right * abs(size)
        assert [state(own, part * spread) for part in (-1.2, -0.8, 0.8, 1.2)] == [
            WRONG, FOLLOWS, FOLLOWS, WRONG
        ]  # fmt: skip
    small = key / U / 10
    assert [state(small, part * right) for part in (-1.3, -0.9, 0.9, 1.3)] == [
        WRONG, FOLLOWS, FOLLOWS, WRONG
    ]  # fmt: skip


def test_a_gap_left_empty_is_wrong_and_what_is_too_much_is_nothing() -> None:
    asked = question()
    numbers = drawn(asked)
    da = f"{number_at(numbers.trace, 'da[2]'):.4f}"
    dh = f"{number_at(numbers.trace, 'dh[1]'):.4f}"
    for given in ([da], [da, ""], [da, None], [da, "", dh], (da,)):
        assert mark(asked, given, instance=numbers).parts == (True, False), given
    assert mark(asked, ["", dh], instance=numbers).parts == (False, True)
    assert mark(asked, [float(da), float(dh)], instance=numbers).state == "right"
    for nothing in ([], ["", " "], [None, None], [{}, []]):
        assert mark(asked, nothing, instance=numbers) is None
    assert [one.state for one in judge(asked.body, [da], numbers)] == [RIGHT, WRONG]


def test_too_coarse_numbers_are_worth_nothing_and_are_complained_of() -> None:
    asked = question()
    numbers = drawn(asked)
    keys = [number_at(numbers.trace, path) for path in ("da[2]", "dh[1]")]
    kind = kind_of(asked)

    def complaint(*texts: str) -> str:
        attempt = Attempt(asked, 1, instance=numbers, draft=AnswerDraft(slots=texts))
        return kind.complaint(asked.body, attempt)

    right, rough = [f"{key:.3f}" for key in keys], f"{keys[1] + 0.012:.3f}"
    assert mark(asked, [right[0], rough], instance=numbers).score == 0
    assert complaint(*right) == ""
    assert complaint(right[0], rough) == TOO_COARSE
    assert complaint(right[0], "9") == "", "a wrong number is judged"
    assert complaint("9", rough) == "", "and so is what stands beside one"
    assert complaint(right[0], "nine") == "expression.unknown"


def test_a_line_is_the_answer_if_it_has_a_number_for_each_gap() -> None:
    asked = question()
    kind = kind_of(asked)
    blank = Attempt(asked, 1, draft=kind.blank(asked.body), cursor=1)
    read = kind.read_line(asked.body, blank, " 0.1 ;-0.2")
    assert (read.draft.slots, read.cursor) == (("0.1", "-0.2"), 0)
    for line in ("0.1", "0.1; 0.2; 0.3", "0.1; x", "0.1;", "?"):
        with pytest.raises(Refused) as refused:
            kind.read_line(asked.body, blank, line)
        assert (refused.value.key, refused.value.values["n"]) == ("plain.answer.faded", 2)


def test_how_exact_a_number_has_to_be_is_said_of_all_gaps_at_once() -> None:
    asked = question()
    kind, numbers = kind_of(asked), drawn(asked)
    assert kind.precision(asked.body, numbers) == Precision(DECIMALS, 3)
    assert kind.precision(asked.body, None) is None
    attempt = Attempt(asked, 1, instance=numbers, draft=kind.blank(asked.body))
    field = kind.field(asked.body, attempt)
    assert field is not None and field.number, "it opens when a number begins"


def test_a_text_that_names_a_number_that_is_not_there_cannot_be_drawn() -> None:
    asked = question(head=HEAD.replace("Fill.", "Fill {{ nowhere }}."))
    with pytest.raises(VariantError):
        drawn(asked)


def test_every_language_has_the_same_lines() -> None:
    facts = kind_of(question()).same_in_translation(question().body)
    assert facts["[[line]]"] == (
        ("dh[2]", "{{ v }} * {{ dy0 }} - {{ v }} * {{ dy1 }}", "↓", False),
        ("da[2]", "(1 - {{ h[2] }}^2) * {{ dh[2] }}", "", True, "no_slope"),
        ("dh[1]", "{{ U }} * {{ da[2] }}", "", True),
        ("da[1]", "(1 - {{ h[1] }}^2) * {{ dh[1] }}", "", False),
    )
    assert facts["model"] == "from_loss"


FIRST = 9 + HEAD.partition("```variant\n")[2].count("\n") + 2  # the line of the first [[line]]
GOOD = LINES.replace("WORK", "{{ U }} * {{ da[2] }}")


@pytest.mark.parametrize(
    ("lines", "line", "says"),
    [
        (GOOD.replace('of = "dh[2]"\n', ""), FIRST, "needs `of`, `label` and `work`"),
        (GOOD.replace('label = "dh2"\n', ""), FIRST, "needs `of`, `label` and `work`"),
        (GOOD.replace('label = "da2"\n', ""), FIRST + 6, "needs `of`, `label` and `work`"),
        (GOOD.replace('work = "{{ U }} * {{ da[2] }}"\n', ""), FIRST + 13, "needs `of`"),
        (GOOD.replace('"↓"', '"↗"'), FIRST + 4, "`arrow`"),
        (GOOD.replace("arrow =", "arow ="), FIRST + 4, "`arow`"),
        (GOOD.replace("gap = ", "arrow = "), 9, "No `[[line]]` has a gap"),
    ],
)
def test_a_mistake_in_a_line_is_a_problem_with_its_line(lines: str, line: int, says: str) -> None:
    _, problems = read(lines)
    found = [(p.line, p.text) for p in problems]
    assert any(at == line and says in text for at, text in found), found


def test_the_block_needs_a_model_and_a_tolerance_but_asks_for_nothing() -> None:
    for key in ('model = "from_loss"\n', "atol = 0.005\n"):
        lesson, problems = read(GOOD, HEAD.replace(key, ""))
        assert any("needs `model` and an `atol`" in p.text and p.line == 9 for p in problems)
        assert not any("needs `of`" in p.text for p in problems)
    lesson, problems = read(GOOD.replace("gap = ", "arrow = "))
    assert lesson.questions == ()
