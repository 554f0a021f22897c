"""Findings for typical wrong solutions: quantity, line, and kind of mistake."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from in_process import stay_here
from wrong_solutions import WRONG

from rnntutor.build import check as checks
from rnntutor.course.load import open_course
from rnntutor.package_data import lessons_dir
from rnntutor.pages.build import finding_rows, line_of
from rnntutor.spans import plain
from rnntutor.words import LANGUAGES, load
from tests.sampling import sampled

# name -> (line, 0 for none; named quantity; written text, "" if it is not reported)
SAID: Mapping[str, tuple[int, str, str]] = {
    "sigmoid of +a": (5, "σ(a)", "σ(−a)"),
    "sigmoid overflows": (5, "", ""),
    "no bias": (9, "hₜ", "tanh(W xₜ + U hₜ₋₁)"),
    "no tanh": (9, "hₜ", "aₜ"),
    "W and U exchanged": (9, "U (4, 4), x (3,)", ""),
    "always from h0": (11, "h₂", "U h₀"),
    "only the last state": (0, "(4,)", ""),
    "no logarithm": (11, "L", "−p[target]"),
    "1 - h in place of 1 - h²": (14, "da₃", "1 − hₜ"),
    "nothing from the next step": (13, "dh₂", "dhₜˡᵒˢˢ"),
    "dU with the new state": (16, "dU₃", "daₜ hₜᵀ"),
    "back through U, not turned": (18, "dh₂", "daₜ Uᵀ"),
    "sums start anew": (15, "dW₂", "daₜ xₜᵀ"),
    "each array by itself": (11, "‖g‖", "√‖g₁‖²"),
    "no root": (9, "‖g‖", "‖g‖²"),
    "input gate forgotten": (13, "cₜ", "fₜ ⊙ cₜ₋₁ + gₜ"),
    "candidate through sigmoid": (12, "gₜ", "σ(a_g)"),
    "h without tanh": (14, "hₜ", "oₜ ⊙ cₜ"),
    "h from the old memory": (14, "hₜ", "tanh(cₜ₋₁)"),
    "weights of another gate": (10, "iₜ", "U_f hₜ₋₁"),
    "results exchanged": (15, "h", ""),
    "slope of tanh forgotten": (12, "dcₜ", "dcₙₑₓₜ + dhₜ ⊙ oₜ"),
    "dc_next forgotten": (12, "dcₜ", "dhₜ ⊙ oₜ ⊙ (1 − tanh(cₜ)²)"),
    "z and 1 - z exchanged": (12, "hₜ", "zₜ ⊙ h̃ₜ + (1 − zₜ) ⊙ hₜ₋₁"),
    "reset before the product": (11, "h̃ₜ", "Uₙ (rₜ ⊙ hₜ₋₁) + b_nU"),
    "not turned round": (11, "mₜ", "beside(→h, ←h)"),
    "times the temperature": (9, "y/τ", "y ⊙ τ"),
    "scores divided by the root": (9, "aₛ", "0.5 hₛ q"),
    "not summed": (0, "m", ""),
}


# The same kind of mistake is found in another exercise here or in test_locate.
AGAIN = (
    "candidate through sigmoid",
    "h without tanh",
    "h from the old memory",
    "slope of tanh forgotten",
)


@pytest.mark.parametrize("name", sampled(SAID, lambda name: name not in AGAIN))
def test_the_finding_names_quantity_line_and_mistake(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stay_here(monkeypatch)
    exercise_name, source = WRONG[name]
    line, named, written = SAID[name]
    finding = checks.check(exercise_name, source)
    assert line_of(finding) == line
    for lang in LANGUAGES:
        words = load(lang)
        exercise, _ = open_course(lessons_dir(), words).exercise(exercise_name, lang)
        rows = [plain(row) for row in finding_rows(finding, exercise, source, words, 200)]
        [wrong_row] = [n for n, row in enumerate(rows) if row.startswith("✗")]
        assert named in rows[wrong_row], rows
        alone = words("build.say.alone")
        reasons = [row for row in rows[wrong_row + 1 :] if "│" not in row and alone not in row]
        assert bool(reasons) == bool(written) and written in "".join(reasons), rows
