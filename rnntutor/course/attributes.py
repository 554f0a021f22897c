"""Parse `{#id type=single d=2 fixed}` at the end of a line, and the settings of `{sim:…}` links."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass

from rnntutor.course.clean import freeze

KEYS = frozenset({"type", "d", "m", "rev"})
FLAGS = frozenset({"fixed", "beyond"})
_LIST = re.compile(r"(?:^|\s)\{([^{}]*)\}\s*$")
_PART = re.compile(
    r"(?:#(?P<id>\S*)|(?P<key>[A-Za-z_]\w*)=(?P<value>\S+)|(?P<flag>[a-z]+))(?:\s+|$)"
)
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9][A-Za-z0-9_-]*)?")
_KEY = r"[A-Za-z_]\w*(?:@(?:t|\d+(?:\.\d+)?)|(?:\[\d+\])+)?"
_SETTING = re.compile(rf"({_KEY})=(\"(?:[^\"\\]|\\.)*\"|\[[^\n]*?\](?=\s|$)|\S+)(?:\s+|$)")


@dataclass(frozen=True, slots=True)
class Attributes:
    """A parsed attribute list.

    Attributes:
        id: The id without `#`, or "".
        values: The `key=value` pairs.
        flags: The words without a value, all of them in `FLAGS`.
        wrong: The parts that could not be parsed or are unknown.
    """

    id: str = ""
    values: tuple[tuple[str, str], ...] = ()
    flags: frozenset[str] = frozenset()
    wrong: tuple[str, ...] = ()

    def get(self, key: str, default: str = "") -> str:
        """Return the value of a key, or `default` if it is not given."""
        return dict(self.values).get(key, default)


def split_attributes(source: str) -> tuple[str, Attributes]:
    """Split the attribute list off the end of a line.

    Braces with any other content, as in "the set {0, 1}", are left as text.

    Returns:
        The source without its attribute list, and the list.
    """
    match = _LIST.search(source)
    if match is None:
        return source, Attributes()
    name = ""
    values: list[tuple[str, str]] = []
    flags: set[str] = set()
    wrong: list[str] = []
    inside, at = match[1].strip(), 0
    if not (inside.startswith("#") or "=" in inside or set(inside.split()) & FLAGS):
        return source, Attributes()
    while at < len(inside):
        part = _PART.match(inside, at)
        if part is None:
            wrong.append(inside[at:])
            break
        at = part.end()
        if part["id"] is not None and not name and _ID.fullmatch(part["id"]):
            name = part["id"]
        elif part["key"] in KEYS:
            values.append((part["key"], part["value"]))
        elif part["flag"] in FLAGS:
            flags.add(part["flag"])
        else:
            wrong.append(part[0].strip())
    return source[: match.start()].rstrip(), Attributes(
        name, tuple(values), frozenset(flags), tuple(wrong)
    )


def scalar(text: str) -> object:
    """Return `text` parsed as a TOML value, or as a string if it is not valid TOML."""
    try:
        return freeze(tomllib.loads(f"v = {text}")["v"])
    except tomllib.TOMLDecodeError:
        return text.strip('"')


def settings(text: str) -> tuple[tuple[tuple[str, object], ...], str]:
    """Parse `key=value` pairs separated by spaces.

    Returns:
        The pairs, and the remaining text that could not be parsed ("" if all of it could).
    """
    text, at = text.strip(), 0
    pairs: list[tuple[str, object]] = []
    while at < len(text):
        match = _SETTING.match(text, at)
        if match is None:
            return tuple(pairs), text[at:]
        pairs.append((match[1], scalar(match[2])))
        at = match.end()
    return tuple(pairs), ""
