"""Parsing of command-line arguments by the table of commands, with translated errors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from rnntutor.cli.commands import (
    BY_NAME,
    COMMANDS,
    HELP,
    SHARED,
    VERSION,
    CliCommand,
    CliOption,
    OptionType,
)
from rnntutor.failure import Failure
from rnntutor.package_data import lessons_dir
from rnntutor.session.start import StartPoint
from rnntutor.study import directory
from rnntutor.words import LANGUAGES

MOST = 1_000_000
"""The largest value of a count; no training run makes more updates."""


class Misused(Failure):
    """The command line is invalid."""


class Arguments(NamedTuple):
    """The parsed command line.

    Attributes:
        command: name of the command; "" for the tutor itself.
        word: the command's argument; "" if none.
        values: values as typed, "" for a flag, by the option's key.
        settings: settings of a simulation as typed.
        help: whether help was requested.
        version: whether the version was requested.
        more: further arguments of a command that takes several.
    """

    command: str
    word: str
    values: dict[str, str]
    settings: tuple[tuple[str, str], ...] = ()
    help: bool = False
    version: bool = False
    more: tuple[str, ...] = ()

    def has(self, key: str) -> bool:
        """Return whether an option was given."""
        return key in self.values

    def text(self, key: str) -> str:
        """Return an option's value; "" if it was not given."""
        return self.values.get(key, "")

    def path(self, key: str) -> Path | None:
        """Return the path given by an option; None if it was not given."""
        return as_path(self.values[key]) if key in self.values else None

    def number(self, key: str, default: int) -> int:
        """Return the integer given by an option."""
        return int(self.values.get(key, default))

    @property
    def course_dir(self) -> Path:
        """The directory of the course: as given, or the course that comes with the program."""
        return self.path("course") or lessons_dir()

    @property
    def data_dir(self) -> Path:
        """The directory of the learner's files."""
        return directory.data_dir(self.text("data_dir") or None)

    @property
    def start_point(self) -> StartPoint:
        """The initial position of a simulation."""
        return StartPoint(
            t=self.number("t", 0) if self.has("t") else None,
            phase=self.number("phase", 0),
            view=self.text("view"),
            unit=self.number("u", 0),
            updates=self.number("updates", 0),
        )


def parse(argv: Sequence[str]) -> Arguments:
    """Parse `argv`, which excludes the program's name.

    Options may precede or follow the command. A request for help or the version takes precedence
    over other errors, except for the help of an unknown command.

    Raises:
        Misused: the command line is invalid.
    """
    name = _command(argv)
    told = argv[: argv.index("--")] if "--" in argv else argv
    help_, version = bool({*HELP} & {*told}), VERSION in told
    before = argv[: argv.index(name)] if name else []
    options = [word.partition("=")[0] for word in before if word.startswith("-")]
    unknown = next((option for option in options if option not in OPTIONS), None)
    if help_ or version:
        if name not in BY_NAME:
            if help_ and unknown is None:
                raise Misused("cli.command", what=name)
            name = ""
        return Arguments(name, _second(told, BY_NAME[name]), {}, (), help_, version)
    if name not in BY_NAME:
        if unknown is not None:
            raise Misused("cli.unknown", what=unknown)
        raise Misused("cli.command", what=name)
    return _read(BY_NAME[name], argv)


def _read(command: CliCommand, argv: Sequence[str]) -> Arguments:
    known = {option.name: option for option in (*SHARED, *command.options)}
    free = _takes_settings(command, argv)
    values: dict[str, str] = {}
    settings: list[tuple[str, str]] = []
    words: list[str] = []
    left = list(argv)
    while left:
        word = left.pop(0)
        if word == "--":
            words += left
            break
        if not word.startswith("-") or word == "-":
            words.append(word)
            continue
        name, equals, value = word.partition("=")
        if name in (VERSION, *HELP):
            raise Misused("cli.value", option=name)
        option = known.get(name)
        if option is None and not (free and name.startswith("--")):
            raise Misused("cli.unknown", what=name)
        if option is not None and option.kind is OptionType.FLAG:
            if equals:
                raise Misused("cli.value", option=name)
            values[option.key] = ""
            continue
        if not equals:
            if not left or (option is not None and left[0].startswith("--")):
                raise Misused("cli.value", option=name)
            value = left.pop(0)
        if option is None:
            settings.append((name.lstrip("-"), value))
        else:
            values[option.key] = _valid(option, value)
    first, *more = _words(command, words) or [""]
    return Arguments(command.name, first, values, tuple(settings), more=tuple(more))


def _takes_settings(command: CliCommand, argv: Sequence[str]) -> bool:
    """Return whether unknown options are settings of a simulation."""
    if isinstance(command.settings, tuple):
        return any(word in command.settings for word in argv)
    return command.settings


def _words(command: CliCommand, words: Sequence[str]) -> list[str]:
    """Return the command's arguments.

    Raises:
        Misused: there are too many or too few.
    """
    rest = list(words[1:] if command.name else words)
    if len(rest) > bool(command.argument) and not command.many:
        raise Misused("cli.unknown", what=rest[-1])
    if command.required and not (rest and all(rest)):  # "" comes from an unset variable
        raise Misused("cli.needs", command=command.name, what=command.argument, usage=command.usage)
    return rest


def _valid(option: CliOption, value: str) -> str:
    """Return the value if it is valid for the option.

    Raises:
        Misused: it is not.
    """
    if value == "" and option.kind is not OptionType.COUNT:
        raise Misused("cli.value", option=option.name)
    if option.kind is OptionType.LANGUAGE and value not in LANGUAGES:
        raise Misused("cli.lang", what=value, choices=", ".join(LANGUAGES))
    if option.kind is OptionType.COUNT:
        whole = value.isascii() and value.isdecimal() and len(value) <= len(str(MOST))
        if not (whole and option.least <= int(value) <= MOST):
            raise Misused(
                "cli.count", option=option.name, least=option.least, most=MOST, what=value
            )
    return value


OPTIONS = {
    option.name: option
    for option in (*SHARED, *(o for command in COMMANDS for o in command.options))
}
TAKES_A_VALUE = frozenset(n for n, option in OPTIONS.items() if option.kind is not OptionType.FLAG)


def _command(argv: Sequence[str]) -> str:
    """Return the first word that is neither an option nor an option's value; "" if none."""
    n = 0
    while n < len(argv) and argv[n].startswith("-") and argv[n] != "--":
        n += 2 if argv[n] in TAKES_A_VALUE else 1
    return argv[n] if n < len(argv) and argv[n] != "--" else ""


def _second(argv: Sequence[str], command: CliCommand) -> str:
    """Return the command's argument even if the command line is invalid; "" if there is none."""
    words = []
    left = iter(argv)
    for word in left:
        if not word.startswith("-"):
            words.append(word)
        elif word in TAKES_A_VALUE or (
            _takes_settings(command, argv) and "=" not in word and word not in HELP
        ):
            next(left, None)
    return words[1] if command.name and len(words) > 1 else ""


def as_path(text: str) -> Path:
    """Return a typed path with `~` expanded, if there is a home directory."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


def language(argv: Sequence[str]) -> str | None:
    """Return the language given in `argv`, even if the command line is invalid."""
    named = _value(argv, "--lang")
    return named if named in LANGUAGES else None


def data_dir(argv: Sequence[str]) -> str | None:
    """Return the data directory given in `argv`, even if the command line is invalid."""
    return _value(argv, "--data-dir")


def _value(argv: Sequence[str], option: str) -> str | None:
    for n, word in enumerate(argv):
        name, equals, value = word.partition("=")
        if name == option:
            given = value if equals else next(iter(argv[n + 1 : n + 2]), "")
            if given:
                return given
    return None
