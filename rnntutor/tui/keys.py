"""Commands and their keys: one table per screen, from which the footer and the help are made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from textual import events

from rnntutor.session.hangul import letters
from rnntutor.spans import Row, Span, width
from rnntutor.words import Words

# Textual's names of printable keys are long; a command uses the character itself.
_NAMES = {"enter": "Enter", "space": "Space", "backspace": "⌫", "escape": "Esc", "tab": "Tab",
          "left": "←", "right": "→", "up": "↑", "down": "↓", "home": "Home", "end": "End",
          "pageup": "PgUp", "pagedown": "PgDn", "delete": "Del",
          "shift+tab": "Shift+Tab"}  # fmt: skip


class KeyCommand(NamedTuple):
    """A command and the keys that call it.

    Attributes:
        name: the method `do_<name>` executes the command.
        keys: all keys that call it, the displayed one first.
        label: key of its label in the words.
        shown: whether the footer lists it (the help lists all).
        hint: what the footer shows instead of the first key ("1-4", "← →").
    """

    name: str
    keys: tuple[str, ...]
    label: str
    shown: bool = True
    hint: str = ""

    def key_label(self) -> str:
        """Return the keys as the footer shows them."""
        return self.hint or _NAMES.get(self.keys[0], self.keys[0])

    def all_key_labels(self) -> str:
        """Return all keys, as the help shows them."""
        return "  ".join(_NAMES.get(key, key) for key in self.keys)


_DIGITS = tuple("123456789")

# Commands of every screen, outside text fields.
EVERYWHERE = (
    KeyCommand("help", ("?", "h"), "key.help"),
    KeyCommand("language", ("l",), "key.language", shown=False),
    KeyCommand("theme", ("t",), "key.theme", shown=False),
    KeyCommand("motion", ("m",), "key.motion", shown=False),
    KeyCommand("glossary", ("g",), "key.glossary", shown=False),
    KeyCommand("card", ("k",), "key.card", shown=False),
    KeyCommand("search", ("/",), "key.search", shown=False),
    KeyCommand("quit", ("q",), "key.quit", shown=False),
)


def digits(count: int) -> tuple[str, ...]:
    """Return the digit keys that choose among `count` items."""
    return _DIGITS[:count]


def keys_of(event: events.Key) -> tuple[str, ...]:
    """Return an event's keys: named keys by name, characters as themselves, Hangul as its keys."""
    if event.character is None or not event.character.isprintable() or event.key == "space":
        return (event.key,)
    return tuple(letters(event.character))


def find(commands: Iterable[KeyCommand], key: str) -> KeyCommand | None:
    """Return the command of `key`; an unused upper-case letter means the lower-case one."""
    offered = tuple(commands)
    for each in (key, key.lower()) if len(key) == 1 else (key,):
        for command in offered:
            if each in command.keys:
                return command
    return None


def footer(commands: Iterable[KeyCommand], words: Words, cells: int) -> Row:
    """Return a row with as many whole commands as fit in `cells`; help is always the last."""
    shown = [c for c in commands if c.shown]
    last = [c for c in shown if c.name == "help"]
    parts = [_entry(c, words) for c in shown if c.name != "help"]
    tail = [_entry(c, words) for c in last]
    room = cells - sum([width(entry) + 3 for entry in tail])
    out: list[Span] = []
    for entry in parts:
        taken = width(entry) + 3
        if taken <= room:
            out += [*entry, Span("   ")]
            room -= taken
    for entry in tail:
        out += entry
    return tuple(out)


def _entry(command: KeyCommand, words: Words) -> Row:
    link = f"key:{command.keys[0]}"
    return (
        Span(command.key_label(), "accent", link=link),
        Span(f" {words(command.label)}", "grey", link=link),
    )
