"""The shortest SGR sequence that changes one cell style into another.

Parameters are those of SGR (Select Graphic Rendition) in ECMA-48, 8.3.117.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import NamedTuple

from rich.color import Color, ColorSystem, ColorType
from rich.style import Style

OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "9": "29", "53": "55"}
SEEN_ON_BLANKS = {"4", "7", "9", "21", "53"}  # underlined, reversed, struck through, overlined
FORE, BACK = "39", "49"  # the terminal's own colours

_LEVELS = (0, 95, 135, 175, 215, 255)
_CUBE = zip(product(_LEVELS, repeat=3), range(16, 232), strict=True)
_GREYS = (((grey, grey, grey), number) for number, grey in enumerate(range(8, 239, 10), 232))
PALETTE = {rgb: number for rgb, number in (*_CUBE, *_GREYS) if number >= 22}
"""Numbers of the colours of xterm's palette, without those below 22, which some users change."""


class CellStyle(NamedTuple):
    """The style of a cell as SGR parameters.

    Attributes:
        attributes: parameters such as bold and italic.
        fore: foreground colour; "" on a blank, where any will do.
        back: background colour.
    """

    attributes: frozenset[str] = frozenset()
    fore: str = FORE
    back: str = BACK

    @property
    def blank(self) -> CellStyle:
        """The style of a blank cell: only what is visible on it."""
        if self.attributes & SEEN_ON_BLANKS:
            return self
        return CellStyle(fore="", back=self.back)


PLAIN = CellStyle()


def cell_style(style: Style | None, colours: ColorSystem) -> CellStyle:
    """Return the cell style of a Rich style in the terminal's colour system."""
    if style is None:
        return PLAIN
    style += Style(color=_numbered(style.color), bgcolor=_numbered(style.bgcolor))
    codes = style.render("\0", color_system=colours).partition("\0")[0][2:-1].split(";")
    attributes, fore, back = set(), FORE, BACK
    while codes:
        code = codes.pop(0)
        if code in ("38", "48"):
            length = 2 if codes[0] == "5" else 4
            code = ";".join((code, *codes[:length]))
            del codes[:length]
        if code.startswith("38") or code[:-1] in ("3", "9"):
            fore = code
        elif code.startswith("48") or code[:-1] in ("4", "10"):
            back = code
        elif code:
            attributes.add(code)
    return CellStyle(frozenset(attributes), fore, back)


def _numbered(colour: Color | None) -> Color | None:
    """Return a colour by its number in the palette if it is exactly one of them.

    This takes half the bytes of a 24-bit colour. Where there are 256 colours, Rich would choose a
    similar one: #c6c6c6 for #d0d0d0.
    """
    if colour is None or colour.type != ColorType.TRUECOLOR or colour.triplet is None:
        return colour
    number = PALETTE.get(tuple(colour.triplet))
    return colour if number is None else Color.from_ansi(number)


@lru_cache(maxsize=1024)
def change(now: CellStyle, to: CellStyle) -> tuple[str, CellStyle]:
    """Return the sequence that changes style `now` to `to`, and the resulting style."""
    if not to.fore:
        to = CellStyle(now.attributes - SEEN_ON_BLANKS, now.fore, to.back)
    codes = sorted({OFF.get(code, "0") for code in now.attributes - to.attributes})
    left = now.attributes - {code for code in now.attributes if OFF.get(code, "0") in codes}
    if "0" in codes:
        codes, left, now = ["0"], frozenset(), PLAIN
    codes += sorted(to.attributes - left)
    codes += [to.fore] if to.fore != now.fore else []
    codes += [to.back] if to.back != now.back else []
    return f"\x1b[{';'.join(codes)}m" if codes else "", to
