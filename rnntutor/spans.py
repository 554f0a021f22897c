"""Text with a meaning: what every drawing and every paragraph is made of.

A row is a tuple of spans. A span says *what* its text is (its role), never which colour it has:
the screen maps roles to colours, the plain mode drops them, the tests read the text.

Imports nothing of the project, so that content and drawings can share it.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

# What a role may be. Quantities wear their letter everywhere: z is drawn in f's colour, r in i's,
# n in g's (the theme knows that). `a` is the sum before an activation, `x` an input, `y` an output.
QUANTITIES = frozenset("fiogchzrnaxy") | {"grad"}
ROLES = frozenset({"", "grey", "faint", "line", "accent", "right", "wrong", "code"}) | QUANTITIES


class Span(NamedTuple):
    """A piece of one line. (A named tuple: a screen makes thousands of them, and these are made in
    a third of the time that a frozen dataclass takes.)

    role: one of ROLES; "" is plain text.
    strong: bold, for the one thing the eye should find first.
    em: emphasis in prose.
    back: "" (the surface below), "lit" (the row or cell that is the cursor), or "heat:±0.25" for a
        cell of a heat map, from -1 (the gradient's colour) through 0 (the surface) to +1 (f's).
    link: where Enter leads, as `kind:target` ("term:forget-gate", "step:cell.memory", "sim:3",
        "https://…"); "" for none.
    """

    text: str
    role: str = ""
    strong: bool = False
    em: bool = False
    back: str = ""
    link: str = ""

    @property
    def width(self) -> int:
        return len(self.text) if self.text.isascii() else cell_len(self.text)

    def with_text(self, text: str) -> Span:
        return Span(text, self.role, self.strong, self.em, self.back, self.link)


Row = tuple[Span, ...]
Rows = tuple[Row, ...]


def row(*parts: Span | str) -> Row:
    """A row from spans and plain strings."""
    return tuple(Span(p) if isinstance(p, str) else p for p in parts)


def width(spans: Iterable[Span]) -> int:
    """Terminal cells that a row takes; a Hangul syllable takes two."""
    cells = 0
    for span in spans:  # not span.width: this is called more often than anything else
        text = span.text
        cells += len(text) if text.isascii() else cell_len(text)
    return cells


def plain(spans: Iterable[Span]) -> str:
    """The text of a row, without its roles."""
    return "".join(s.text for s in spans)


def behind(mark: Span, rows: Rows) -> Rows:
    """The rows behind a sign; further ones hang under the first."""
    blank = Span(" " * mark.width)
    return tuple((blank if n else mark, *row) for n, row in enumerate(rows))


def beside(left: Rows, right: Rows, cells: int) -> Rows:
    """The rows on the left, `cells` wide, with those on the right behind them."""
    pairs = zip_longest(left, right, fillvalue=())
    return tuple((*fit(one, cells), *other) if other else one for one, other in pairs)


MORE = "…"  # where something was cut off


def fit(spans: Row, cells: int) -> Row:
    """The row cut or padded to exactly `cells` cells. A wide character is never split, and what is
    cut off, unless it was blank, leaves "…" in its place."""
    out: list[Span] = []
    left = cells
    for n, span in enumerate(spans):
        text = span.text
        size = len(text) if text.isascii() else cell_len(text)
        if size <= left:
            out.append(span)
            left -= size
            continue
        if _blank(span.text[_letters(span.text, left) :], spans[n + 1 :]):
            if left:
                out.append(span.with_text(set_cell_size(span.text, left)))
            return tuple(out)
        return _shortened(spans, cells)
    if left:
        out.append(Span(" " * left))
    return tuple(out)


def _letters(text: str, cells: int) -> int:
    """How many letters of `text` stand whole in `cells` cells."""
    kept = 0
    for letter in text:
        cells -= cell_len(letter)
        if cells < 0:
            break
        kept += 1
    return kept


def _blank(rest: str, others: Row) -> bool:
    return not rest.strip() and not any(span.text.strip() for span in others)


def _shortened(spans: Row, cells: int) -> Row:
    """The beginning of a row that is too wide, in exactly `cells` cells, with a sign at its end
    that there is more."""
    if cells < 1:
        return ()
    out: list[Span] = []
    left = cells - 1
    for span in spans:
        size = span.width
        if size > left:
            kept = span.text[: _letters(span.text, left)]
            blank = " " * (left - cell_len(kept))
            out.append(span.with_text(kept + MORE + blank))
            break
        out.append(span)
        left -= size
    return tuple(out)


def pad(text: str, cells: int, *, right: bool = False) -> str:
    """`text` padded with spaces to `cells` cells (on its left with right=True); never cut."""
    space = " " * max(0, cells - cell_len(text))
    return space + text if right else text + space
