"""What a link is called and where it leads."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from rnntutor.course.blocks import Link
from rnntutor.words import Words

_CLAMP = re.compile(r"clamp_([a-z])(?:@(.+))?")
_BARE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


# What a label shows of a link's settings: the first few, and no lists or sentences.
SHOWN, SHORT = 3, 12


def label(link: Link, terms: Mapping[str, str], steps: Callable[[str], str], words: Words) -> str:
    """The words of a link that has none of its own: a term's headword, a step's title,
    "셀 · LSTM · f=0"."""
    if link.kind == "term":
        return terms.get(link.target, link.target)
    if link.kind == "step":
        return steps(link.target)
    if link.kind != "sim":
        return link.target
    key = f"sim.{link.target}"
    parts = [words(key) if key in words else link.target]
    short = [_setting(n, v) for n, v in link.settings if len(_value(v)) <= SHORT]
    return " · ".join([*parts, *short[:SHOWN]])


def _setting(name: str, value: object) -> str:
    if name == "cell" and isinstance(value, str):
        return value.upper()
    shown = _value(value).strip('"')
    clamp = _CLAMP.fullmatch(name)
    if clamp is None:
        return f"{name}={shown}"
    place = f"@{clamp[2]}" if clamp[2] else ""
    return f"{clamp[1]}{place}={shown}"


def target(link: Link) -> str:
    """Where it leads, as Span.link has it: "term:forget-gate", "sim:cell cell=lstm clamp_f=0"."""
    if link.kind == "url":
        return link.target
    settings = "".join(f" {name}={_value(value)}" for name, value in link.settings)
    return f"{link.kind}:{link.target}{settings}"


def _value(value: object) -> str:
    """A setting as a lesson writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return "[" + ", ".join(_value(v) for v in value) + "]"
    if isinstance(value, str) and not _BARE.fullmatch(value):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return str(value)
