"""Parse front matter: YAML between ---, TOML between +++, or JSON in braces."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass

from rnntutor.course.opened.code_parts import outside_fences

_YAML = re.compile(r"\A---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\A\+\+\+[ \t]*\n(.*?\n)?\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_PAIR = re.compile(r"([A-Za-z][\w -]*?)[ \t]*:(?:[ \t]+(.*?))?[ \t]*$")
_ITEM = re.compile(r"[ \t]*-[ \t]+(?:(?:name|given|literal)[ \t]*:[ \t]*)?(.+?)[ \t]*$")
_NAME = re.compile(r"[ \t]+(?:name|literal)[ \t]*:[ \t]*(.+?)[ \t]*$")
# Front matter of the single slides in a file for Slidev or Marp.
_SLIDE = re.compile(r"^---[ \t]*\n(?:[A-Za-z][\w-]*:[^\n]*\n)+---[ \t]*$", re.MULTILINE)
_LONGEST = 20_000  # characters
_BLOCKS = ("|", ">", "|-", ">-", "|+", ">+")


@dataclass(frozen=True, slots=True)
class Front:
    """Front matter: title, author and date as the file gives them, "" if missing."""

    title: str = ""
    author: str = ""
    date: str = ""


def split(text: str) -> tuple[Front, str, int]:
    """Split off the front matter.

    Returns:
        The front matter, the text without it, and its number of lines.
    """
    head = text[:_LONGEST]
    if (found := _YAML.match(head)) and (known := _yaml(found[1] or "")) is not None:
        table: dict[str, object] = known
        rest = outside_fences(text[found.end() :], _without_slides)
        return _front(table), rest, text.count("\n", 0, found.end())
    if found := _TOML.match(head):
        try:
            table = tomllib.loads(found[1] or "")
        except (tomllib.TOMLDecodeError, RecursionError):
            return Front(), text, 0
    elif (read := _json(head)) is not None:
        table, end = read
        return _front(table), text[end:].lstrip("\n"), text.count("\n", 0, end)
    else:
        return Front(), text, 0
    return _front(table), text[found.end() :], text.count("\n", 0, found.end())


def _without_slides(text: str) -> str:
    return _SLIDE.sub(lambda m: "\n" * m[0].count("\n"), text)


def _front(table: dict[str, object]) -> Front:
    lower = {key.lower(): value for key, value in table.items()}
    author = lower.get("author") or lower.get("authors") or ""
    return Front(_text(lower.get("title")), _text(author), _text(lower.get("date"))[:10])


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(_text, value)))
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("literal"))
    return " ".join(str(value).split()) if value is not None and value != "" else ""


def _yaml(source: str) -> dict[str, object] | None:
    """Parse the pairs of a simple YAML mapping: strings, lists of strings and folded text.

    Returns:
        The pairs, or None if it is not a mapping; it is then text between two rules.
    """
    out: dict[str, object] = {}
    key = ""
    for line in source.split("\n"):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if line[0] not in " \t-":
            pair = _PAIR.match(line)
            if pair is None:
                return None
            key, value = pair[1].strip(), pair[2] or ""
            out[key] = _value(value) if value not in _BLOCKS else ""
        elif not key:
            return None
        elif item := _ITEM.match(line) or (not out[key] and _NAME.match(line)):
            there = out[key]
            out[key] = [*(there if isinstance(there, list) else []), _value(item[1])]
        elif isinstance(there := out[key], str):
            out[key] = f"{there} {line.strip()}".strip()
    return out if out else None


def _value(text: str) -> object:
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    if text.startswith("[") and text.endswith("]"):
        return [_value(part.strip()) for part in text[1:-1].split(",") if part.strip()]
    return re.sub(r"[ \t]+#.*$", "", text)


def _json(head: str) -> tuple[dict[str, object], int] | None:
    if not re.match(r"\{\s*\"", head):
        return None
    try:
        value, end = json.JSONDecoder().raw_decode(head)
    except (ValueError, RecursionError):
        return None
    return (value, end) if isinstance(value, dict) else None
