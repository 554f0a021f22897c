r"""The LaTeX commands that a file defines: \newcommand, \def and \DeclareMathOperator."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

MOST, LONGEST, ROUNDS = 200, 400, 8
"""Limits: number of definitions, characters of a definition, and rounds of expansion."""
LARGEST = 4000  # characters of an expanded formula

_DEFINED = re.compile(
    r"\\(?:(?:re|provide)?newcommand\*?|def|DeclareMathOperator\*?)\s*"
    r"(?:\{\s*\\([A-Za-z]+)\s*\}|\\([A-Za-z]+))\s*(?:\[(\d)\])?((?:#\d)*)\s*(?=\{)"
)
_USE = re.compile(r"\\([A-Za-z]+)")


@dataclass(frozen=True, slots=True)
class Macro:
    """The replacement text of a command with `count` arguments; `#1` is the first argument."""

    count: int
    text: str


def definitions(text: str) -> dict[str, Macro]:
    """Return the commands that a text defines."""
    out: dict[str, Macro] = {}
    for found in _DEFINED.finditer(text):
        group = _group(text, found.end())
        if group is None or len(group) > LONGEST or len(out) >= MOST:
            continue
        name = found[1] or found[2]
        operator = "DeclareMathOperator" in found[0]
        body = rf"\operatorname{{{group}}}" if operator else group
        out[name] = Macro(int(found[3] or found[4].count("#")), body)
    return out


def expand(source: str, macros: Mapping[str, Macro]) -> str:
    """Return a formula without definitions and with its commands expanded.

    A formula that grows beyond LARGEST, or does not end within ROUNDS, is not expanded.
    """
    source = _without_definitions(source)
    if not macros:
        return source
    out = source
    for _ in range(ROUNDS):
        after = _once(out, macros)
        if after == out:
            return out
        if len(after) > LARGEST:
            break
        out = after
    return source


def _once(source: str, macros: Mapping[str, Macro]) -> str:
    out: list[str] = []
    at = 0
    while (found := _USE.search(source, at)) is not None:
        out.append(source[at : found.start()])
        macro, end = macros.get(found[1]), found.end()
        if macro is None:
            out.append(found[0])
            at = end
            continue
        arguments = []
        for _ in range(macro.count):
            while end < len(source) and source[end].isspace():
                end += 1
            group = _group(source, end)
            if group is not None:
                arguments.append(group)
                end += len(group) + 2
            else:
                arguments.append(source[end : end + 1])
                end += 1
        text = macro.text
        for n, argument in enumerate(arguments, 1):
            text = text.replace(f"#{n}", argument)
        out.append(f"{{{text}}}" if macro.count else f"{text} ")
        at = min(end, len(source))
        if sum(map(len, out)) > LARGEST:
            return "".join(out)
    return "".join((*out, source[at:]))


def _without_definitions(source: str) -> str:
    while (found := _DEFINED.search(source)) is not None:
        group = _group(source, found.end())
        end = found.end() + len(group) + 2 if group is not None else found.end()
        source = source[: found.start()] + source[end:]
    return source


def _group(text: str, at: int) -> str | None:
    """Return the content of the braces that open at `at`.

    Returns:
        The content, or None if no brace opens there or it does not close within LARGEST characters.
    """
    if text[at : at + 1] != "{":
        return None
    depth = 0
    for n in range(at, min(len(text), at + LARGEST)):
        if text[n] == "\\":
            continue
        if text[n] in "{}" and text[n - 1] != "\\":
            depth += 1 if text[n] == "{" else -1
            if depth == 0:
                return text[at + 1 : n]
    return None
