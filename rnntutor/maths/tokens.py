"""Split the source of a formula into tokens: commands, numbers, single characters, blanks."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"\{\{ [^{}]* \}\}|\\begin\s*\{([A-Za-z]+\*?)\}|\\end\s*\{([A-Za-z]+\*?)\}|\\[A-Za-z]+|\\.|\s+"
    r"|\d+(?:\{,\}\d+)*(?:\.\d+)?|\.\d+|.",
    re.DOTALL,
)
# The first alternative is the `{{ path }}` of a lesson; without spaces it is a nested group.
_ROW_SPACE = re.compile(r"(\\\\)\*?\s*\[\s*-?[\d.]+\s*(?:[a-z]{2}|\\[a-z]+)\s*\]")
_VERBATIM = re.compile(r"\\verb\*?([^A-Za-z\s*])([^\n]*?)\1")
_SIGNS = re.compile(r"([_%#&${}])")
NEXT_ROW = "\\\\"
_SAME = {"\\cr": NEXT_ROW, "\\newline": NEXT_ROW}


def tokens(source: str) -> list[str]:
    """Return the tokens of a formula.

    A backslash before any blank becomes one space, and all ends of rows the same token.
    """
    source = _ROW_SPACE.sub(r"\1 ", source)
    source = _VERBATIM.sub(lambda m: f"\\texttt{{{_SIGNS.sub(_escape, m[2])}}}", source)
    found = (match[0] for match in _TOKEN.finditer(source))
    return ["\\ " if t[0] == "\\" and t[1:].isspace() else _SAME.get(t, t) for t in found]


def _escape(sign: re.Match[str]) -> str:
    return f"\\{sign[0]}"


def begins(token: str) -> bool:
    """Return whether a token begins an environment."""
    return token.startswith("\\begin") and token.endswith("}")


def ends(token: str) -> bool:
    """Return whether a token ends an environment."""
    return token.startswith("\\end") and token.endswith("}")


def environment(token: str) -> str:
    """Return the name of the environment that a token begins or ends."""
    return token[token.index("{") + 1 : -1]
