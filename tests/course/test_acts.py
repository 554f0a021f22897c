"""A step with acts: its introduction and tasks, and lessons in the older form."""

from __future__ import annotations

from pathlib import Path

import pytest

from rnntutor.check import check_course
from rnntutor.course.blocks import Paragraph, Text
from rnntutor.course.lesson import Lesson, Step
from rnntutor.course.parse import parse_lesson
from rnntutor.course.report import Problem
from rnntutor.words import load

STAGE = """```sim
use = "cell"
cell = "rnn"
units = 1
x = [1, 1, 0]
W = 0.5
U = 0.8
controls = ["U"]
do = [ { of = "t", at_least = 3 }, { of = "U", at_most = 0 } ]
```
"""
GIVEN = "> [!GIVEN]\n> One unit, $W=0.5$. The input is 1 1 0.\n"
TASKS = "- ✎ Run to the end.\n- ✎ Set $U$ to 0.\n"


def step(*parts: str) -> tuple[Step, tuple[Problem, ...]]:
    text = "# L\n\n## S {#s}\n\nProse.\n\n" + "\n".join(parts)
    lesson, problems = parse_lesson(text, "x.md", "en", "one", load("en"))
    return lesson.steps[0], problems


def words(inline: object) -> str:
    assert isinstance(inline, tuple)
    return "".join(part.text for part in inline if isinstance(part, Text))


def test_given_and_tasks_are_parts_of_the_step_and_no_prose() -> None:
    found, problems = step(GIVEN, STAGE, TASKS)
    assert not problems
    assert len(found.blocks) == len(found.given) == 1
    assert [words(task) for task in found.tasks] == ["Run to the end.", "Set  to 0."]
    assert (found.given_line, found.tasks_line) == (7, 21)


def test_the_older_form_is_one_task() -> None:
    found, problems = step(STAGE, "✎ Run to the end. Then set $U$ to 0.\n")
    assert not problems
    assert len(found.tasks) == 1 and found.given == ()


def test_all_its_words_are_checked_like_prose() -> None:
    found, _ = step(GIVEN, STAGE, TASKS)
    texts = [b for b in found.everything if isinstance(b, Paragraph)]
    assert len(texts) == 4


@pytest.mark.parametrize(
    ("parts", "key"),
    [
        ((GIVEN, GIVEN, STAGE), "given_twice"),
        ((STAGE, GIVEN), "given_misplaced"),
        ((GIVEN, "More prose.\n", STAGE), "given_misplaced"),
        ((GIVEN,), "given_misplaced"),
        ((TASKS, STAGE), "tasks_misplaced"),
    ],
)
def test_what_is_misplaced_is_named(parts: tuple[str, ...], key: str) -> None:
    _, problems = step(*parts)
    assert load("en")(f"course.{key}") in [problem.text for problem in problems]


# ---- check ---------------------------------------------------------------------------------------


def checked(tmp_path: Path, *parts: str) -> list[Problem]:
    (tmp_path / "en").mkdir(exist_ok=True)
    (tmp_path / "course.toml").write_text(
        '[course]\ntitle.en = "C"\n[[topic]]\nid = "rnn"\nen = "R"\n'
        '[[lesson]]\nid = "one"\nfile = "01.md"\ntitle.en = "L"\nquestion.en = "?"\n'
    )
    (tmp_path / "glossary.toml").write_text("")
    text = "# L\n\n## S {#s}\n\nProse.\n\n" + "\n".join(parts)
    (tmp_path / "en" / "01.md").write_text(text)
    return [p for p in check_course(tmp_path, load("en")) if p.path.endswith("01.md")]


def rules(tmp_path: Path, *parts: str) -> set[str]:
    return {problem.rule for problem in checked(tmp_path, *parts)}


def test_a_step_in_acts_is_clean(tmp_path: Path) -> None:
    assert not {"given_long", "tasks_count"} & rules(tmp_path, GIVEN, STAGE, TASKS)


def test_as_many_tasks_as_conditions(tmp_path: Path) -> None:
    assert "tasks_count" in rules(tmp_path, GIVEN, STAGE, "- ✎ Run to the end.\n")
    assert "tasks_count" in rules(tmp_path, GIVEN, STAGE)
    assert "tasks_count" in rules(tmp_path, STAGE, TASKS + "- ✎ And more.\n")
    assert "tasks_count" not in rules(tmp_path, STAGE, "✎ One for all.\n")


def test_what_is_given_takes_two_rows_and_on_a_narrow_screen_three(tmp_path: Path) -> None:
    def given(letters: int) -> str:
        return f"> [!GIVEN]\n> {'word ' * (letters // 5)}\n"

    assert "given_long" not in rules(tmp_path, given(150), STAGE, TASKS)
    assert "given_long" in rules(tmp_path, given(165), STAGE, TASKS)


def test_an_empty_lesson_has_neither() -> None:
    lesson, _ = parse_lesson("# L\n\n## S {#s}\n", "x.md", "en", "one", load("en"))
    assert isinstance(lesson, Lesson) and lesson.steps[0].everything == ()
