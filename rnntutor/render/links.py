"""What a link is called and where it leads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from rnntutor.course.blocks import Inline, InlinePart, Link, Text
from rnntutor.numbers import minus
from rnntutor.words import Words

_CLAMP = re.compile(r"clamp_([a-z])(?:@(.+))?")
_WEIGHTS = re.compile(r"([WUVb])_?([a-z]?)")
_BARE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")

# What a label tells of a link's settings: the first few, and no long texts.
SHOWN, SHORT = 3, 16
UNTOLD = frozenset({"language"})  # the learner's own, everywhere


def label(
    link: Link,
    terms: Mapping[str, str],
    steps: Callable[[str], str],
    words: Words,
    shown: int = SHOWN,
) -> str:
    """The words of a link that has none of its own: a term's headword, a step's title, or a
    simulation and what it is set to: "셀(LSTM, 유닛 4개)". shown: how many settings it tells."""
    if link.kind == "term":
        return terms.get(link.target, link.target)
    if link.kind == "step":
        return steps(link.target)
    if link.kind != "sim":
        return link.target
    key = f"sim.{link.target}"
    name = words(key) if key in words else link.target
    told = [text for n, v in link.settings if (text := _setting(link.target, n, v, words))]
    return words("link.with", name=name, what=", ".join(told[:shown])) if told else name


def listed(links: Sequence[Link], name: Callable[[Link, int], str]) -> tuple[str, ...]:
    """What links are called that stand one below the other: two simulations that differ only in
    what a label leaves out tell more of their settings.

    name: a link and how many settings are told -> its label.
    """
    names = [name(link, SHOWN) for link in links]
    most = max((len(link.settings) for link in links), default=0)
    for shown in range(SHOWN + 1, most + 1):
        alike = [names.count(each) > 1 for each in names]
        names = [
            name(link, shown) if twice else each
            for link, each, twice in zip(links, names, alike, strict=True)
        ]
    return tuple(names)


def apart(inline: Inline) -> Iterator[InlinePart]:
    """The parts of a line, with a comma between two links that would else run into each other."""
    before: InlinePart | None = None
    for n, part in enumerate(inline):
        after = inline[n + 1] if n + 1 < len(inline) else None
        blank = isinstance(part, Text) and part.link is None and part.text == " "
        yield Text(", ") if blank and _named(before) and _named(after) else part
        before = part


def _named(part: InlinePart | None) -> bool:
    """Whether this is a link that is called by what it leads to."""
    return isinstance(part, Text) and part.link is not None and not part.text


def _setting(simulation: str, name: str, value: object, words: Words) -> str:
    """A setting in words; "" for what a label does not tell: matrices, long texts, a clamp of one
    unit alone."""
    if name in UNTOLD:
        return ""
    if name == "x":
        return _inputs(value, words)
    if isinstance(value, tuple):
        return ""
    shown = str(value) if isinstance(value, str) else minus(f"{value:g}")
    if len(shown) > SHORT:
        return ""
    clamp = _CLAMP.fullmatch(name)
    if clamp is not None:
        gate, t = clamp[1], clamp[2]
        if t is None:
            return words("link.held", gate=gate, v=shown)
        return words("link.held_at", gate=gate, v=shown, t=t) if t.isdecimal() else ""
    for key in (f"link.{name}.{shown}", f"link.{name}.any", f"choice.{name}.{value}"):
        if key in words:
            return words(key, v=shown)
    if _WEIGHTS.fullmatch(name):
        return words("link.entry", name=name, v=shown)
    for key in (f"knob.{simulation}.{name}", f"knob.{name}"):
        if key in words:
            return f"{words(key)} {shown}"
    return ""


def _inputs(value: object, words: Words) -> str:
    """How many steps of how many numbers are read."""
    steps = value.split() if isinstance(value, str) else value
    if not isinstance(steps, tuple | list) or not steps:
        return ""
    if isinstance(steps[0], tuple):
        return words("link.rows", t=len(steps), n=len(steps[0]))
    return words("link.vector", n=len(steps)) if len(steps) > 1 else ""


def target(link: Link) -> str:
    """Where it leads, as Span.link has it: "term:forget-gate", "sim:cell cell=lstm clamp_f=0"."""
    if link.kind == "url":
        return link.target
    settings = "".join(f" {name}={_value(value)}" for name, value in link.settings)
    view = f" view={_value(link.view)}" if link.view else ""
    return f"{link.kind}:{link.target}{settings}{view}"


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
