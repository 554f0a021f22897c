"""Themes: the colours of each role, chosen from the 256-colour cube."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from rich.color import Color
from rich.style import Style

from rnntutor.spans import Span

READABLE = 4.5  # minimum contrast of text against its background (WCAG AA)


class Colours(dict[str, str]):
    """Colours #rrggbb by role.

    The block of another cell has the colour of the LSTM block with the same function. This is
    looked up on first use, because the home screen must not import cells.
    """

    def __missing__(self, role: str) -> str:
        return self[_as_in_the_lstm(role)]


@cache
def _as_in_the_lstm(letter: str) -> str:
    """Return the letter of the LSTM block with the same function.

    Raises:
        KeyError: no cell has a block with this letter.
    """
    from rnntutor.nn.cells.registry import CELLS
    from rnntutor.nn.cells.spec import COLOUR_OF

    for spec in CELLS.values():
        block = spec.block(letter)
        if block and COLOUR_OF[block.role] != letter:
            return COLOUR_OF[block.role]
    raise KeyError(letter)


class Theme(NamedTuple):
    """A colour theme.

    Attributes:
        name: name of the theme.
        page: background of a page.
        stage: background of a stage.
        lit: background of the row or cell at the cursor.
        colours: colours by role.
    """

    name: str
    page: str
    stage: str
    lit: str
    colours: Colours


def _theme(name: str, surfaces: tuple[str, str, str], colours: str) -> Theme:
    """Return a theme.

    Args:
        name: name of the theme.
        surfaces: the backgrounds page, stage and lit.
        colours: "role=hex …", with the LSTM's letters for the blocks of all cells.
    """
    table = Colours(pair.split("=") for pair in colours.split())
    table |= {
        "wrong": table["grad"],
        "a": table[""],
        "x": table[""],
        "y": table[""],
        "code": table[""],
    }
    return Theme(name, *surfaces, table)


THEMES = {
    "dark": _theme(
        "dark",
        ("#1c1c1c", "#262626", "#3a3a3a"),
        "=#d0d0d0 grey=#949494 faint=#4e4e4e line=#444444 accent=#5fafff f=#5fafd7 i=#87d787"
        " o=#d7af87 g=#d7d787 c=#5fd7d7 h=#ffaf5f grad=#ff8787 right=#87d787",
    ),
    "light": _theme(
        "light",
        ("#ffffff", "#eeeeee", "#ffffaf"),
        "=#262626 grey=#6c6c6c faint=#b2b2b2 line=#d0d0d0 accent=#005fd7 f=#005f87 i=#005f00"
        " o=#875f5f g=#5f5f00 c=#005f5f h=#875f00 grad=#af0000 right=#005f00",
    ),
    "contrast": _theme(
        "contrast",
        ("#000000", "#1c1c1c", "#444444"),
        "=#ffffff grey=#d0d0d0 faint=#8a8a8a line=#8a8a8a accent=#87d7ff f=#87d7ff i=#87ff87"
        " o=#ffd787 g=#ffff87 c=#87ffff h=#ffd75f grad=#ffafaf right=#87ff87",
    ),
}


def contrast(one: str, other: str) -> float:
    """Return the WCAG contrast ratio of two #rrggbb colours, from 1 to 21."""

    def luminance(colour: str) -> float:
        parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
        red, green, blue = (
            p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@cache
def heat(name: str, surface: str, level: float) -> str:
    """Return the background of a heat cell, mixed by its level.

    It is the surface at 0, the colour of f at +1 and the colour of gradients at -1.
    """
    colours = THEMES[name].colours
    full = colours["f"] if level >= 0 else colours["grad"]
    share = min(1.0, abs(level)) * 0.8
    mixed = (
        round(int(surface[n : n + 2], 16) * (1 - share) + int(full[n : n + 2], 16) * share)
        for n in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02x}" for part in mixed)


@cache
def style(name: str, surface: str, role: str, strong: bool, em: bool, back: str) -> Style:
    """Return the Rich style of a span on a surface (#rrggbb) in the theme `name`.

    On a highlighted row grey text gets the default colour, to be readable. On a heat cell a colour
    with too little contrast is replaced by black or white.
    """
    theme = THEMES[name]
    behind = surface
    if back == "lit":
        behind, role = theme.lit, "" if role == "grey" else role
    ink = theme.colours[role]
    if back.startswith("heat:"):
        behind = heat(name, surface, round(float(back[5:]), 1))
        if contrast(ink, behind) < READABLE:
            ink = max(("#000000", "#ffffff"), key=lambda end: contrast(end, behind))
    return Style(
        color=Color.parse(ink),
        bgcolor=Color.parse(behind),
        bold=strong,
        italic=em,
        underline=False,
    )


def style_of(name: str, surface: str, span: Span) -> Style:
    """Return the Rich style of a span."""
    return style(name, surface, span.role, span.strong, span.em, span.back)
