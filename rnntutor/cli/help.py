"""The help of the program and of its commands, made from the table of commands."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rnntutor.cli.commands import (
    BY_NAME,
    COMMANDS,
    SHARED,
    TUTOR,
    CliCommand,
    CliOption,
    OptionType,
)
from rnntutor.words import Words

if TYPE_CHECKING:
    from rnntutor.sims.base import Knob

WIDTH = 78  # maximum cells of a line
NAME = "rnntutor"


def help_text(command: str, argument: str, words: Words) -> str:
    """Return the help of the program, a command, or one simulation.

    Raises:
        NoSimulation: there is no such simulation.
    """
    if not command:
        return _whole(words)
    if command == "sim" and argument:
        return _simulation(argument, words)
    return _of_command(BY_NAME[command], words)


def _whole(words: Words) -> str:
    rows = [
        (_usage(command), words(f"command.{command.name or 'tutor'}"))
        for command in (TUTOR, *COMMANDS)
    ]
    return "\n".join(
        [
            f"{NAME}: {words('help.what')}",
            "",
            *table(rows),
            "",
            *table(
                [*_options(SHARED, words), ("--version", words("option.version")), _help(words)]
            ),
            "",
            *wrap_lines(words("help.more")),
            "",
            *wrap_lines(words("help.status")),
        ]
    )


def _of_command(command: CliCommand, words: Words) -> str:
    rows = _options(command.options, words)
    if command.settings:
        rows.append(("--SETTING VALUE …", words("option.setting")))
    return "\n".join(
        [
            f"{_usage(command)}",
            "",
            *wrap_lines(words(f"command.about.{command.name}")),
            *(["", *table(rows)] if rows else []),
            "",
            *table([*_options(SHARED, words), _help(words)]),
        ]
    )


def _simulation(name: str, words: Words) -> str:
    """Return the settings of a simulation with their possible values.

    Raises:
        NoSimulation: there is no such simulation.
    """
    from rnntutor import sims
    from rnntutor.sims.base import knobs

    simulation = sims.find(name)
    standing = simulation.settings()
    rows = []
    for field, knob in knobs(simulation.settings).items():
        span = _range(knob, getattr(standing, field), words)
        text = f"{_knob_word(name, field, knob, words)}: {span}"
        rows.append((f"--{field} {_metavar(knob)}", text))
    return "\n".join(
        [
            f"{NAME} sim {name} [--SETTING VALUE …]",
            "",
            *wrap_lines(words(f"lab.{name}")),
            "",
            *table(rows),
            *(["", *wrap_lines(words(key))] if (key := f"help.sim.{name}") in words else []),
        ]
    )


def _metavar(knob: Knob) -> str:
    return {"int": "N", "float": "X", "clamp": "X", "numbers": "X…"}.get(knob.kind, "WORD")


def _knob_word(simulation: str, field: str, knob: Knob, words: Words) -> str:
    for key in (f"knob.{simulation}.{field}", f"knob.{field}"):
        if key in words:
            return words(key) + (f" ({knob.symbol})" if knob.symbol else "")
    return knob.symbol or field


def _range(knob: Knob, standing: object, words: Words) -> str:
    """Return the possible values of a setting and its default."""
    if knob.kind in ("int", "float"):
        span = words("help.range", low=f"{knob.low:g}", high=f"{knob.high:g}")
    elif knob.kind == "choice":
        span = ", ".join("none" if c is None else str(c) for c in knob.choices)
    else:
        span = words(f"help.kind.{knob.kind}")
    if standing is None or standing == "" or isinstance(standing, tuple | list | dict):
        return span
    value = f"{standing:g}" if isinstance(standing, float) else str(standing)
    return f"{span}{words('help.default', value=value)}"


def _options(options: Iterable[CliOption], words: Words) -> list[tuple[str, str]]:
    return [(_option(option), words(f"option.{option.key}")) for option in options]


def _help(words: Words) -> tuple[str, str]:
    return "-h, --help", words("option.help")


def _usage(command: CliCommand) -> str:
    return f"{NAME} {command.usage}".strip()


def _option(option: CliOption) -> str:
    return option.name if option.kind is OptionType.FLAG else f"{option.name} {option.metavar}"


def table(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield lines of two columns: options or commands, and their wrapped descriptions."""
    pairs = list(rows)
    left = min(28, max((cell_len(name) for name, _ in pairs), default=0)) + 4
    for name, text in pairs:
        lines = list(wrap_lines(text, WIDTH - left))
        first = f"  {name}"
        if cell_len(first) + 2 > left:
            yield first
            first = ""
        for line in lines or [""]:
            yield (first + " " * (left - cell_len(first)) + line).rstrip()
            first = ""


def wrap_lines(text: str, width: int = WIDTH) -> Iterator[str]:
    """Yield lines of at most `width` cells, broken at spaces and existing line breaks."""
    for paragraph in textwrap.dedent(text).strip("\n").split("\n"):
        line = ""
        for word in paragraph.split(" "):
            if line and cell_len(line) + 1 + cell_len(word) > width:
                yield line
                line = word
            else:
                line = f"{line} {word}" if line else word
        yield line


def cell_len(text: str) -> int:
    """Return the width of a text in cells, two per wide character.

    Rich counts more precisely but takes longer to import than this whole module.
    """
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
