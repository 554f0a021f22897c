"""Source as rows, coloured by what each word is."""

from __future__ import annotations

from collections.abc import Iterable

from pygments.lexers import get_lexer_by_name
from pygments.lexers.python import PythonLexer
from pygments.util import ClassNotFound

from rnntutor.spans import Rows, Span, fit, width

# Pygments' kinds of token, coarse on purpose: comments explain, strings too, names carry.
_ROLES = (("Token.Comment", "grey"), ("Token.Literal.String", "grey"), ("Token.Keyword", "accent"))


def source_rows(text: str, cells: int) -> Rows:
    """`text` with its line numbers left out; a line too long is cut, never wrapped."""
    rows = _lines(PythonLexer().get_tokens(text), "")
    while rows and not rows[-1]:
        rows.pop()
    return tuple(fit(tuple(row), cells) if width(row) > cells else tuple(row) for row in rows)


def coloured(text: str, language: str) -> Rows:
    """The lines of `text` in a language; () for one that is not known, or whose lexer leaves
    something of the text out. Of what is no comment, text or keyword, the role is that of code."""
    try:
        lexer = get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return ()
    rows = _lines(lexer.get_tokens(text), "code")
    if not text.endswith("\n") and not rows[-1]:
        rows.pop()  # lexers end what they read with a line end
    whole = "\n".join("".join(span.text for span in row) for row in rows)
    return tuple(map(tuple, rows)) if whole == text else ()


def _lines(tokens: Iterable[tuple[object, str]], plain: str) -> list[list[Span]]:
    """The tokens of a lexer, line by line. plain: the role of those that have none of their own."""
    rows: list[list[Span]] = [[]]
    for kind, value in tokens:
        role = next((r for prefix, r in _ROLES if str(kind).startswith(prefix)), plain)
        first, *others = value.split("\n")
        rows[-1] += [Span(first, role)] if first else []
        rows += ([Span(piece, role)] if piece else [] for piece in others)
    return rows
