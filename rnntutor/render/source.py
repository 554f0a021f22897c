"""Render source code as rows, coloured by the kind of token."""

from __future__ import annotations

from collections.abc import Iterable

from pygments.lexers import get_lexer_by_name
from pygments.lexers.python import PythonLexer
from pygments.util import ClassNotFound

from rnntutor.spans import Rows, Span, fit, width

# Only a few token kinds of Pygments are coloured: comments and strings are dimmed.
_ROLES = (("Token.Comment", "grey"), ("Token.Literal.String", "grey"), ("Token.Keyword", "accent"))


def source_rows(text: str, cells: int) -> Rows:
    """Return the lines of Python code `text`; long lines are cut, never wrapped."""
    rows = _lines(PythonLexer().get_tokens(text), "")
    while rows and not rows[-1]:
        rows.pop()
    return tuple(fit(tuple(row), cells) if width(row) > cells else tuple(row) for row in rows)


def highlight_source(text: str, language: str) -> Rows:
    """Return the highlighted lines of `text`.

    The result is () if the language is unknown or its lexer drops part of the text. Tokens other
    than comments, strings and keywords have the role of code.
    """
    try:
        lexer = get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return ()
    rows = _lines(lexer.get_tokens(text), "code")
    if not text.endswith("\n") and not rows[-1]:
        rows.pop()  # lexers append a line end
    whole = "\n".join("".join(span.text for span in row) for row in rows)
    return tuple(map(tuple, rows)) if whole == text else ()


def _lines(tokens: Iterable[tuple[object, str]], plain: str) -> list[list[Span]]:
    """Return the tokens of a lexer, line by line.

    Args:
        plain: role of tokens without a role of their own.
    """
    rows: list[list[Span]] = [[]]
    for kind, value in tokens:
        role = next((r for prefix, r in _ROLES if str(kind).startswith(prefix)), plain)
        first, *others = value.split("\n")
        rows[-1] += [Span(first, role)] if first else []
        rows += ([Span(piece, role)] if piece else [] for piece in others)
    return rows
