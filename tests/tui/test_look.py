"""Every colour is readable on its background, in every theme."""

import pytest

from rnntutor.render.theme import READABLE, THEMES, contrast, heat, style_of
from rnntutor.spans import ROLES, Span

CUBE = {0x00, 0x5F, 0x87, 0xAF, 0xD7, 0xFF}
GREYS = {8 + 10 * n for n in range(24)}
READ = sorted(ROLES - {"grey", "faint", "line"})


def _on_the_cube(colour: str) -> bool:
    parts = {int(colour[n : n + 2], 16) for n in (1, 3, 5)}
    return parts <= CUBE or (len(parts) == 1 and parts <= GREYS)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("surface", ["page", "stage"])
@pytest.mark.parametrize("role", READ)
def test_text_stands_out_from_its_surface(name: str, surface: str, role: str) -> None:
    look = THEMES[name]
    assert contrast(look.colours[role], getattr(look, surface)) >= 4.5


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("surface", ["page", "stage"])
def test_grey_can_be_read_as_well(name: str, surface: str) -> None:
    look = THEMES[name]
    assert contrast(look.colours["grey"], getattr(look, surface)) >= 4.5


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("role", [*READ, "grey"])
def test_what_explains_can_be_read_on_a_lit_row(name: str, role: str) -> None:
    drawn = style_of(name, THEMES[name].page, Span("10 questions", role, back="lit"))
    assert drawn.color is not None and drawn.bgcolor is not None
    assert contrast(drawn.color.name, drawn.bgcolor.name) >= 4.5


@pytest.mark.parametrize("name", THEMES)
def test_a_terminal_with_256_colours_shows_the_same(name: str) -> None:
    look = THEMES[name]
    colours = {*look.colours.values(), look.page, look.stage, look.lit}
    assert [c for c in colours if not _on_the_cube(c)] == []


@pytest.mark.parametrize("name", THEMES)
def test_every_role_has_a_colour(name: str) -> None:
    assert all(THEMES[name].colours[role] for role in ROLES)


@pytest.mark.parametrize("name", THEMES)
def test_heat_is_the_surface_at_nothing(name: str) -> None:
    look = THEMES[name]
    assert heat(name, look.stage, 0.0) == look.stage
    assert heat(name, look.stage, 0.8) != heat(name, look.stage, -0.8)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("role", ["", "grey"])
def test_a_number_can_be_read_on_every_heat_cell(name: str, role: str) -> None:
    """Numbers are readable at every heat level, above all on the fullest cells."""
    for level in range(-10, 11):
        drawn = style_of(name, THEMES[name].stage, Span("97", role, back=f"heat:{level / 10}"))
        assert drawn.color is not None and drawn.bgcolor is not None
        assert contrast(drawn.color.name, drawn.bgcolor.name) >= READABLE, level


@pytest.mark.parametrize("name", THEMES)
def test_a_stage_a_field_and_the_footer_are_seen_on_their_page(name: str) -> None:
    """They have no borders, so their background must differ from the page."""
    look = THEMES[name]
    assert contrast(look.page, look.stage) >= 1.1
    assert contrast(look.stage, look.lit) >= 1.1
