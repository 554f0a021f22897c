"""A calculation with gaps: what each number is worth, and what the lines give away."""

from __future__ import annotations

import pytest

from rnntutor.course.blocks import Inline, Question, Text
from rnntutor.course.parse import parse_lesson
from rnntutor.course.questions import kind_of, mark
from rnntutor.course.questions.base import COARSE
from rnntutor.course.questions.faded import judge
from rnntutor.course.variant import Instance, VariantError, number_at
from rnntutor.course.working import shown, worked
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


def question(work: str = "{{ U }} * {{ da[2] }}") -> Question:
    text = (
        "# T\n\n## S {#s}\n\n### Q {#a.b type=faded}\n\nFill.\n\n"
        '```variant\nmodel = "from_loss"\natol = 0.005\ndraw.h0 = 0.6\ndraw.x = [1, 0]\n'
        "draw.U = { choice = [0.8, 0.9] }\ndraw.W = 0.5\ndraw.v = 1\n"
        f"{LINES.replace('WORK', work)}```\n\n> [!WHY]\n> So.\n"
    )
    lesson, problems = parse_lesson(text, "x.md", "en", "cell", load("en"))
    assert not problems, [str(problem) for problem in problems]
    return lesson.questions[0]


def text(inline: Inline) -> str:
    return "".join(part.text for part in inline if isinstance(part, Text))


def drawn(asked: Question) -> Instance:
    found = kind_of(asked).draw(asked, "salt", 1)
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
    said = [block.inline[-1] for feedback in verdict.feedback for block in feedback]
    assert said == [Text("No slope."), Text("Through U.")]


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
    said = [text(shown(asked.body, line, numbers)) for line in asked.body.lines]
    assert said[1:3] == ["da2 = ", "dh1 = "]
    assert said[3].count("=") == 1, "the calculation of da1 holds the number of dh1"
    assert text(worked(asked.body.lines[3], numbers)).count("=") == 2


def test_a_line_that_says_something_else_than_the_model_is_a_mistake_of_the_author() -> None:
    asked = question("{{ U }} + {{ da[2] }}")
    with pytest.raises(VariantError) as error:
        drawn(asked)
    assert error.value.key == "variant.work"


def test_a_number_with_which_nothing_can_be_computed_is_wrong_and_no_error() -> None:
    asked = question("{{ U }} * {{ da[2] }} + 0 * exp({{ da[2] }})")
    verdict = mark(asked, ["1000", "1"], instance=drawn(asked))
    assert verdict.parts == (False, False)
