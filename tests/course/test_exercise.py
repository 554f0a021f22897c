"""Mistakes in a code exercise are reported with their line, and the rest is read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from course_files import FILES, write

from rnntutor.build.computations import Sizes
from rnntutor.check import check_course
from rnntutor.check.builds import fits
from rnntutor.course.parse_exercise import parse_exercise
from rnntutor.words import load

WORDS = load("en")
TEXT = """\
# One step

$$h_t=\\tanh(Wx_t)$$

```build
step = "one.loop"
hints = ['`W @ x`']

[given]
x = "D"
h_prev = "H"
W = "H × D"
U = "H × H"
b = "H"

[wanted]
h = "H"
```

```python
def rnn_step(x, h_prev, W, U, b):
    ...
```
"""


def test_everything_of_an_exercise_is_read() -> None:
    exercise, problems = parse_exercise(TEXT, "x.md", "rnn_step", WORDS)
    assert problems == ()
    assert exercise.signature == "rnn_step(x, h_prev, W, U, b)"
    assert (exercise.step, exercise.wanted) == ("one.loop", (("h", "H"),))
    assert exercise.start == "def rnn_step(x, h_prev, W, U, b):\n    ...\n"
    assert len(exercise.hints) == 1


@pytest.mark.parametrize(
    ("old", "new", "line", "key"),
    [
        ("# One step\n", "\n", 1, "no_title"),
        ("```python", "## More\n\n```python", 20, "build_heading"),
        ("```python", "```text", 1, "build_block"),
        ('step = "one.loop"', 'stop = "one.loop"', 6, "toml_key"),
        ("[wanted]", "[want]", 5, "toml_value"),
        ("[given]", "[given", 9, "toml"),
    ],
)
def test_a_mistake_is_said_at_its_line(old: str, new: str, line: int, key: str) -> None:
    assert TEXT.count(old) == 1
    _, problems = parse_exercise(TEXT.replace(old, new), "x.md", "rnn_step", WORDS)
    start = WORDS.table()[f"course.{key}"].split("{")[0][:20]
    assert any(p.line == line and p.text.startswith(start) for p in problems), problems


@pytest.fixture
def course(tmp_path: Path) -> Path:
    write(tmp_path, FILES)
    contents = tmp_path / "course.toml"
    text = contents.read_text(encoding="utf-8")
    contents.write_text(text.replace("[course]\n", '[course]\nbuild = ["rnn_step"]\n'), "utf-8")
    for lang in ("ko", "en"):
        (tmp_path / lang / "build").mkdir()
        (tmp_path / lang / "build" / "rnn_step.md").write_text(TEXT, "utf-8")
    return tmp_path


def rules(course: Path) -> set[str]:
    return {problem.rule for problem in check_course(course, WORDS)}


def test_an_exercise_that_is_the_engines_passes_the_check(course: Path) -> None:
    assert rules(course) == set()


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('step = "one.loop"', 'step = "one.nothing"', "step"),
        ('b = "H"\n', "", "build_names"),
        ('W = "H × D"', 'W = "D × H"', "build_shape"),
        ("def rnn_step(x, h_prev, W, U, b)", "def rnn_step(x, h, W, U, b)", "build_start"),
        ("hints = ['`W @ x`']", "hints = []", "parity"),
    ],
)
def test_what_is_not_the_engines_or_not_the_same_is_found(
    course: Path, old: str, new: str, rule: str
) -> None:
    (course / "en" / "build" / "rnn_step.md").write_text(TEXT.replace(old, new), "utf-8")
    assert rule in rules(course)


def test_an_unknown_and_an_unnamed_exercise_are_found(course: Path) -> None:
    for lang in ("ko", "en"):
        file = course / lang / "build" / "rnn_step.md"
        file.rename(file.with_name("own_cell.md"))
    contents = course / "course.toml"
    text = contents.read_text(encoding="utf-8")
    assert {"unreadable", "build_file"} <= rules(course)
    contents.write_text(text.replace("rnn_step", "own_cell"), "utf-8")
    assert rules(course) == {"build_unknown"}


@pytest.mark.parametrize(
    ("shape", "value", "right"),
    [
        ("H × D", np.zeros((4, 3)), True),
        ("D × H", np.zeros((4, 3)), False),
        ("2H", np.zeros(8), True),
        ("1", 2.0, True),
        ("1", np.zeros(1), False),
        ("N", np.zeros(9), True),
        ("f i: H", {"f": np.zeros(4), "i": np.zeros(4)}, True),
        ("f i: H", {"f": np.zeros(4), "o": np.zeros(4)}, False),
        ("x: D; h: H", {"x": np.zeros(3), "h": np.zeros(4)}, True),
        ("[H, H × D]", [np.zeros(4), np.zeros((4, 3))], True),
        ("[H]", [np.zeros(4), np.zeros(4)], False),
        ('"a" | "b"', "b", True),
        ('"a"', "b", False),
    ],
)
def test_shapes_as_authors_write_them(shape: str, value: object, right: bool) -> None:
    assert fits(shape, value, Sizes()) is right
