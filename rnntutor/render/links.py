"""Labels and targets of links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import assert_never

from rnntutor.course.blocks import Inline, InlinePart, Link, Text
from rnntutor.numbers import minus
from rnntutor.words import Words

_CLAMP = re.compile(r"clamp_([a-z])(?:@(.+))?")
_WEIGHTS = re.compile(r"([WUVb])_?([a-z]?)")
_BARE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")

# Most settings in a label, and the maximum length of a setting's value in it.
SHOWN, SHORT = 3, 16
UNTOLD = frozenset({"language"})  # always the learner's own


def label(
    link: Link,
    terms: Mapping[str, str],
    steps: Callable[[str], str],
    words: Words,
    shown: int = SHOWN,
) -> str:
    """Return the label of a link without a text: a headword, a step's title or a simulation.

    A simulation is labelled with its settings: "셀(LSTM, 유닛 4개)".

    Args:
        link: the link.
        terms: headwords by glossary id.
        steps: returns the title of a step by its link target.
        words: words of the interface.
        shown: number of settings in the label.
    """
    match link.kind:
        case "term":
            return terms.get(link.target, link.target)
        case "step":
            return steps(link.target)
        case "url":
            return link.target
        case "sim":
            return _simulation(link, words, shown)
        case other:
            assert_never(other)


def _simulation(link: Link, words: Words, shown: int) -> str:
    """Return the name of the simulation that a link opens, with some of its settings."""
    key = f"sim.{link.target}"
    name = words(key) if key in words else link.target
    told = [text for n, v in link.settings if (text := _setting(link.target, n, v, words))]
    return words("link.with", name=name, what=", ".join(told[:shown])) if told else name


def link_labels(links: Sequence[Link], name: Callable[[Link, int], str]) -> tuple[str, ...]:
    """Return distinct labels of links in a list.

    If two labels are equal, they are extended by further settings.

    Args:
        links: the links.
        name: returns the label of a link with a number of settings.
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
    """Yield the parts of a line, with a comma between two adjacent links without text."""
    before: InlinePart | None = None
    for n, part in enumerate(inline):
        after = inline[n + 1] if n + 1 < len(inline) else None
        blank = isinstance(part, Text) and part.link is None and part.text == " "
        yield Text(", ") if blank and _named(before) and _named(after) else part
        before = part


def _named(part: InlinePart | None) -> bool:
    """Return whether a part is a link without a text of its own."""
    return isinstance(part, Text) and part.link is not None and not part.text


def _setting(simulation: str, name: str, value: object, words: Words) -> str:
    """Return a setting in words, or "" if a label leaves it out.

    Labels leave out matrices, long texts and clamps of a single unit.
    """
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
    """Return in words the number of steps, and of numbers per step, that are read."""
    steps = value.split() if isinstance(value, str) else value
    if not isinstance(steps, tuple | list) or not steps:
        return ""
    if isinstance(steps[0], tuple):
        return words("link.rows", t=len(steps), n=len(steps[0]))
    return words("link.vector", n=len(steps)) if len(steps) > 1 else ""


def target(link: Link) -> str:
    """Return the target as in Span.link, such as "term:forget-gate" or "sim:cell cell=lstm"."""
    if link.kind == "url":
        return link.target
    settings = "".join(f" {name}={_value(value)}" for name, value in link.settings)
    view = f" view={_value(link.view)}" if link.view else ""
    return f"{link.kind}:{link.target}{settings}{view}"


def _value(value: object) -> str:
    """Return a setting in the notation of a lesson."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return "[" + ", ".join(_value(v) for v in value) + "]"
    if isinstance(value, str) and not _BARE.fullmatch(value):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return str(value)
