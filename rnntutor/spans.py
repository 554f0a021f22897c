"""Spans and rows: the text with roles that all drawings and paragraphs consist of.

A row is a tuple of spans. A span has a role instead of a colour: the screen maps roles to colours,
the plain mode ignores them, and tests read the text.

Imports nothing from the project, so that content and drawings can both use it.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

# The possible roles. Each quantity has its letter as its role; the theme draws z in the colour of
# f, r in that of i, and n in that of g. `a` is the sum before an activation, `x` an input, `y` an
# output.
QUANTITIES = frozenset("fiogchzrnaxy") | {"grad"}
ROLES = frozenset({"", "grey", "faint", "line", "accent", "right", "wrong", "code"}) | QUANTITIES


class Span(NamedTuple):
    """A piece of one line.

    A named tuple, because screens create thousands of them and a frozen dataclass takes three times
    as long to create.

    Attributes:
        text: the text.
        role: one of ROLES; "" is plain text.
        strong: whether it is bold, for the most important part of a page.
        em: whether it is emphasised, in prose.
        back: background: "" (the surface below), "lit" (the row or cell of the cursor), or
            "heat:±0.25" for a cell of a heat map, from -1 (the gradient's colour) through 0 (the
            surface) to +1 (the colour of f).
        link: target opened by Enter, as `kind:target` ("term:forget-gate", "step:cell.memory",
            "sim:3", "https://…"); "" for none.
    """

    text: str
    role: str = ""
    strong: bool = False
    em: bool = False
    back: str = ""
    link: str = ""

    @property
    def width(self) -> int:
        """Width in cells."""
        return len(self.text) if self.text.isascii() else cell_len(self.text)

    def with_text(self, text: str) -> Span:
        """Return the span with another text."""
        return Span(text, self.role, self.strong, self.em, self.back, self.link)


Row = tuple[Span, ...]
Rows = tuple[Row, ...]


def row(*parts: Span | str) -> Row:
    """Return a row of spans and plain strings."""
    return tuple(Span(p) if isinstance(p, str) else p for p in parts)


def width(spans: Iterable[Span]) -> int:
    """Return the width of a row in cells; a Hangul syllable takes two."""
    cells = 0
    for span in spans:  # not span.width, because this function is called most often of all
        text = span.text
        cells += len(text) if text.isascii() else cell_len(text)
    return cells


def plain(spans: Iterable[Span]) -> str:
    """Return the text of a row without its roles."""
    return "".join(s.text for s in spans)


def behind(mark: Span, rows: Rows) -> Rows:
    """Return the rows after a sign; further rows are indented under the first."""
    blank = Span(" " * mark.width)
    return tuple((blank if n else mark, *row) for n, row in enumerate(rows))


def beside(left: Rows, right: Rows, cells: int) -> Rows:
    """Return the rows of `left`, fitted to `cells` cells, each followed by a row of `right`."""
    pairs = zip_longest(left, right, fillvalue=())
    return tuple((*fit(one, cells), *other) if other else one for one, other in pairs)


MORE = "…"  # marks omitted text


def fit(spans: Row, cells: int) -> Row:
    """Return the row cut or padded to exactly `cells` cells.

    Wide characters are not split; omitted text is marked by "…" unless it is blank.
    """
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
        return _shorten(spans, cells)
    if left:
        out.append(Span(" " * left))
    return tuple(out)


def _letters(text: str, cells: int) -> int:
    """Return how many characters of `text` fit whole in `cells` cells."""
    kept = 0
    for letter in text:
        cells -= cell_len(letter)
        if cells < 0:
            break
        kept += 1
    return kept


def _blank(rest: str, others: Row) -> bool:
    return not rest.strip() and not any(span.text.strip() for span in others)


def _shorten(spans: Row, cells: int) -> Row:
    """Return the beginning of a row that is too wide in exactly `cells` cells, ending in "…"."""
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
    """Return `text` padded to `cells` cells, on the left if `right` is set; it is never cut."""
    space = " " * max(0, cells - cell_len(text))
    return space + text if right else text + space
