"""```sim blocks: predictions, conditions, and mistakes in them."""

from __future__ import annotations

import pytest
from lessons_written import parsed

from rnntutor.course.blocks import Maths, Text
from rnntutor.course.report import Problem
from rnntutor.course.sim_spec import (
    Condition,
    KnownMistake,
    PredictChoice,
    PredictNumber,
    PredictOption,
    SimSpec,
)


def sim(toml: str) -> tuple[SimSpec | None, tuple[Problem, ...]]:
    """Return the parsed block, whose first TOML line is line 6, and the problems."""
    lesson, problems = parsed(f"# T\n\n## S {{#s}}\n\n```sim\n{toml}\n```\n")
    return lesson.steps[0].sim, problems


def test_a_number_is_predicted() -> None:
    spec, problems = sim(
        'use = "cell"\n'
        'predict = { ask = "f[4][0]", atol = 0.02, say = "$f_4$?", '
        'wrong = [ { slip = "no_bias", say = "b를 빠뜨렸다" } ] }'
    )
    assert not problems, [str(p) for p in problems]
    assert spec is not None
    assert spec.predict == PredictNumber(
        "f[4][0]",
        0.02,
        (KnownMistake((Text("b를 빠뜨렸다"),), slip="no_bias"),),
        (Maths("f_4"), Text("?")),
    )


def test_an_outcome_is_predicted() -> None:
    spec, problems = sim(
        'use = "cell"\npredict = { options = [\n'
        '{ text = "커진다", when = { of = "retention", at_least = 0.8 }, say = "0을 곱한다." },\n'
        '{ text = "줄어든다", when = { of = "retention", at_most = 0.5 } } ] }'
    )
    assert not problems, [str(p) for p in problems]
    assert spec is not None
    assert isinstance(spec.predict, PredictChoice)
    assert spec.predict == PredictChoice(
        (
            PredictOption(
                (Text("커진다"),),
                Condition("retention", "at_least", 0.8),
                (Text("0을 곱한다."),),
                spec.predict.options[0].line,
            ),
            PredictOption(
                (Text("줄어든다"),),
                Condition("retention", "at_most", 0.5),
                line=spec.predict.options[1].line,
            ),
        )
    )
    assert spec.predict.options[1].line == spec.predict.options[0].line + 1


def test_an_option_that_only_says_something_still_opens() -> None:
    """In courses from before options had reasons, `say` is the option itself."""
    spec, problems = sim(
        'use = "cell"\npredict = { options = [\n'
        '{ say = "grows", when = { of = "retention", at_least = 0.8 } },\n'
        '{ say = "shrinks", when = { of = "retention", at_most = 0.5 } } ] }'
    )
    assert not problems and spec is not None and isinstance(spec.predict, PredictChoice)
    assert [option.text for option in spec.predict.options] == [
        (Text("grows"),),
        (Text("shrinks"),),
    ]
    assert not any(option.say for option in spec.predict.options)


def test_do_and_goal() -> None:
    spec, problems = sim(
        'use = "cell"\n"clamp_f@4" = 0\n'
        'do = [ { of = "clamp_o", is = 0 }, { of = "t", at_least = 5 } ]\n'
        'goal = [ { of = "retention", between = [0.8, 1.0] } ]'
    )
    assert not problems, [str(p) for p in problems]
    assert spec is not None
    assert spec.settings == (("clamp_f@4", 0),)
    assert spec.do == (Condition("clamp_o", "is", 0), Condition("t", "at_least", 5))
    assert spec.goal == (Condition("retention", "between", (0.8, 1.0)),)


@pytest.mark.parametrize(
    ("toml", "line", "says"),
    [
        ("cell = 1", 5, "Which simulation"),
        ('use = "cell"\nclamp_f@4 = 0', 7, "not TOML: `clamp_f@4 = 0`"),
        ('use = "cell"\ncursor = -1', 7, "`cursor` takes a whole number"),
        ('use = "cell"\nviews = "strip"', 7, "`views` takes a list"),
        ('use = "cell"\nx.y = 1', 7, "cannot be a table"),
        ('use = "cell"\ndo = [ { of = "t" } ]', 7, "exactly one of is"),
        ('use = "cell"\ngoal = [ { of = "t", between = [2, 1] } ]', 7, "smaller first"),
        ('use = "cell"\ngoal = [ { of = "t", above = 1 } ]', 7, "has no `above`"),
        ('use = "cell"\npredict = { ask = "f[1]" }', 7, "`atol` above 0"),
        ('use = "cell"\npredict = { options = [ { say = "a" } ] }', 7, "Each option"),
        ('use = "cell"\npredict = 1', 7, "`predict` takes"),
    ],
)  # fmt: skip
def test_a_mistake_is_a_problem_with_its_line(toml: str, line: int, says: str) -> None:
    _, problems = sim(toml)
    assert any(p.line == line and says in p.text for p in problems), [str(p) for p in problems]


def test_strings_of_toml_are_clean() -> None:
    spec, _ = sim('use = "cell"\ntext = "\\u001b[2J"')
    assert spec is not None
    assert spec.settings == (("text", "␛[2J"),)
