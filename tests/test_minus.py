"""The format of numbers in both user interfaces and in every view."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rnntutor
from rnntutor.numbers import minus

NUMBERS = st.floats(-1e9, 1e9, allow_nan=False)
FORMS = st.sampled_from([".0f", ".2f", ".3f", "+.2f", "g", ".1e", ".0e"])


@given(NUMBERS, FORMS)
def test_what_is_shown_is_the_number_that_was_printed(value: float, form: str) -> None:
    printed = format(value, form)
    shown = minus(printed)
    assert "-" not in shown and "e+" not in shown
    assert float(shown.replace("−", "-")) == float(printed)
    assert shown.startswith("−") == (float(printed) < 0)


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("-0.00", "0.00"), ("-0", "0"), ("-0.50", "−0.50"), ("-2e-05", "−2e−5"), ("1e+07", "1e7"),
        ("-1 0 -0 -0.5", "−1 0 0 −0.5"), ("-3…0", "−3…0"),
        ("1e-100", "1e−100"), ("1.0e-10", "1.0e−10"),
    ],
)  # fmt: skip
def test_zero_has_no_sign_and_powers_no_zeros(printed: str, shown: str) -> None:
    assert minus(printed) == shown


def test_one_module_writes_the_sign() -> None:
    """Only one module formats the minus sign; several once did, and wrote −0.00 or a hyphen."""
    source = Path(rnntutor.__file__).parent
    others = [
        str(file.relative_to(source))
        for file in source.rglob("*.py")
        if '.replace("-", "−")' in file.read_text("utf-8") and file.name != "numbers.py"
    ]
    assert others == []
