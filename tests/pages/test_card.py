"""A lesson's card: its equations and the meaning of their letters, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from rnntutor.check import check_course
from rnntutor.course.load import open_course
from rnntutor.package_data import lessons_dir
from rnntutor.pages.card import card_rows, equations
from rnntutor.render.prose import Context
from rnntutor.spans import plain, width
from rnntutor.words import LANGUAGES, load


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("cells", [56, 76])
def test_every_lesson_has_a_card_that_fits(lang: str, cells: int) -> None:
    words, course = load(lang), open_course(lessons_dir(), load(lang))
    for entry in course.entries:
        lesson = course.lesson(entry.id, lang)
        rows = card_rows(lesson, course.symbols[0], words, cells, Context(words))
        told = "\n".join(map(plain, rows))
        assert max(map(width, rows)) <= cells, entry.id
        assert equations(lesson) and words("card.equations") in told
        assert words("card.symbols") in told


def test_the_card_of_the_cell_names_its_gates_with_their_shapes() -> None:
    words, course = load("en"), open_course(lessons_dir(), load("en"))
    rows = card_rows(course.lesson("cell", "en"), course.symbols[0], words, 76, Context(words))
    told = "\n".join(map(plain, rows))
    assert "fₜ" in told and "forget gate, the share of the old memory that is kept (H)" in told
    assert "cₜ = fₜ ⊙ cₜ₋₁ + iₜ ⊙ gₜ" in told
    assert "zₜ" not in told


def test_an_equation_of_a_challenge_is_of_one_setting_and_not_on_the_card() -> None:
    course = open_course(lessons_dir(), load("en"))
    lesson = course.lesson("cell", "en")
    assert not any("10\\,w" in formula.source for formula in equations(lesson))


@pytest.mark.parametrize(
    ("symbol", "rule"),
    [
        ('tex = "x"\nen = "input"\nlessons = ["nowhere"]', "step"),
        ('tex = "x"\nko = "입력"\nlessons = ["one"]', "term_language"),
        ('tex = "\\\\frac{"\nen = "input"\nlessons = ["one"]', "formula"),
        ('tex = "x"\nen = "input"', ""),
    ],
)
def test_what_is_wrong_with_a_symbol_is_said_at_its_line(
    tmp_path: Path, symbol: str, rule: str
) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "01.md").write_text("# L\n\n## S {#s}\n\nProse.\n")
    (tmp_path / "course.toml").write_text(
        '[course]\ntitle.en = "C"\n[[lesson]]\nid = "one"\nfile = "01.md"\n'
        'title.en = "L"\nquestion.en = "?"\n'
    )
    (tmp_path / "symbols.toml").write_text(f"\n[[symbol]]\n{symbol}\n")
    found = [p for p in check_course(tmp_path, load("en")) if p.path.endswith("symbols.toml")]
    assert [(p.line, p.rule) for p in found] == [(2, rule)]
