"""A check's result as text: the matching message, in both languages."""

from __future__ import annotations

import pytest

from rnntutor.build.check import check
from rnntutor.build.computations import COMPUTATIONS, cases
from rnntutor.build.symbols import symbol, to_latex
from rnntutor.course.load import open_course
from rnntutor.maths.inline import inline_spans
from rnntutor.package_data import lessons_dir
from rnntutor.pages.build import equation_rows, finding_rows, number, shape_rows
from rnntutor.spans import plain, width
from rnntutor.words import LANGUAGES, load
from tests.build.in_process import stay_here

COURSE = open_course(lessons_dir(), load("en"))
LSTM = """\
import numpy as np
def sigmoid(a): return 0.5 + 0.5 * np.tanh(0.5 * a)
def lstm_step(x, h_prev, c_prev, W, U, b):
    f, i, o = (sigmoid(W[k] @ x + U[k] @ h_prev + b[k]) for k in "fio")
    g = np.tanh(W["g"] @ x + U["g"] @ h_prev + b["g"])
    c = f * c_prev + i * g
    h = o * np.tanh(c)
    return h, c
"""


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    stay_here(monkeypatch)


def said(source: str, lang: str = "en") -> list[str]:
    exercise, _ = COURSE.exercise("lstm_step", lang)
    finding = check("lstm_step", source)
    rows = finding_rows(finding, exercise, source, load(lang), 76)
    assert all(width(row) <= 76 for row in rows)
    return [plain(row) for row in rows]


def test_the_first_wrong_quantity_is_named_with_line_values_and_reason() -> None:
    rows = "\n".join(said(LSTM.replace("c = f * c_prev", "c = i * c_prev")))
    assert "Right so far: fₜ, iₜ, oₜ, gₜ." in rows
    assert "cₜ is the first that is wrong, in line 6: at [" in rows
    assert "That is iₜ ⊙ cₜ₋₁ in place of fₜ ⊙ cₜ₋₁." in rows
    assert "6 │ c = i * c_prev + i * g" in rows


def test_the_same_is_said_in_korean() -> None:
    rows = "\n".join(said(LSTM.replace("c = f * c_prev", "c = i * c_prev"), "ko"))
    assert "처음으로 틀린 값은 6번째 줄의 cₜ" in rows
    assert "fₜ ⊙ cₜ₋₁ 대신 iₜ ⊙ cₜ₋₁" in rows


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("return h, c", "return c, h", "Everything is computed correctly, but line 8 returns"),
        ("    return h, c\n", "", "Nothing was returned. The last line is: return h, c."),
        ("return h, c", "return h", "1 result was returned; 2 are wanted: h, c."),
        ("return h, c", "return h[:2], c", "h has the shape (2,); it should be (4,)."),
        ('W["g"] @ x', 'W["g"].T @ x', "Line 5: these shapes do not fit together: x (3,)"),
        ("np.tanh(c)", "np.tanh(d)", "Line 7: name 'd' is not defined."),
        ("def lstm_step", "def lstm_stop", "The file does not define lstm_step."),
        ("h = o * np", "h = o ** np(", "is not Python"),
        ("h = o *", "h = ... *", "Line 7 computes with something that is not a number yet"),
        ("h = o *", "exit()\n    h = o *", "It ended the program itself"),
        ("h = o *", "print(1)\n    h = o *", "Your code printed:"),
    ],
)
def test_what_applies_is_said(old: str, new: str, sentence: str) -> None:
    assert LSTM.count(old) == 1
    assert sentence in " ".join(said(LSTM.replace(old, new)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_stands_above_the_editor_leaves_room_for_the_code(lang: str) -> None:
    """At 80×24 the code has twelve rows, besides header, line, footer and three rows for a
    finding."""
    for name in COURSE.builds:
        exercise, _ = COURSE.exercise(name, lang)
        above = equation_rows(exercise, 76) + shape_rows(exercise, load(lang), 76)
        assert 24 - 3 - 3 - len(above) >= 12, name


def test_every_quantity_and_every_formula_can_be_written() -> None:
    for name in COMPUTATIONS:
        for case in cases(name):
            for key, quantity in case.quantities.items():
                for source in (symbol(name, key), to_latex(name, quantity.formula.tree)):
                    text = plain(inline_spans(source))
                    assert text and "_prev" not in text and "wx" not in text, (name, key)


def test_numbers_show_what_differs() -> None:
    assert number(-0.5) == "−0.500"
    assert number(1234567.0) == "1.23e6"
    assert number(0.00001) == "1.00e−5"
