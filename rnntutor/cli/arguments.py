"""The arguments of the command, read by the table of commands; every mistake is one sentence."""

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
from rnntutor.places import lessons_dir
from rnntutor.session.start import Place
from rnntutor.study import directory
from rnntutor.words import LANGUAGES

MOST = 1_000_000
"""The largest number that an option takes. No training run makes more updates."""


class Misused(Failure):
    """The command line is wrong."""


class Arguments(NamedTuple):
    """What was asked.

    command: its name, "" for the tutor itself. word: what stands behind it, "" for nothing; more:
    what stands behind that, of a command that takes any number.
    values: option -> its value as it was written, "" for a flag; by the option's key. settings:
    of a simulation, as they were written. help, version: whether these were asked for.
    """

    command: str
    word: str
    values: dict[str, str]
    settings: tuple[tuple[str, str], ...] = ()
    help: bool = False
    version: bool = False
    more: tuple[str, ...] = ()

    def has(self, key: str) -> bool:
        """Whether an option was given."""
        return key in self.values

    def text(self, key: str) -> str:
        """The value of an option, "" if it was not given."""
        return self.values.get(key, "")

    def path(self, key: str) -> Path | None:
        """The value of an option that names a file or directory."""
        return as_path(self.values[key]) if key in self.values else None

    def number(self, key: str, default: int) -> int:
        """The value of an option that is a whole number."""
        return int(self.values.get(key, default))

    @property
    def course_dir(self) -> Path:
        """Where the course is: the named one, else the one that comes with the program."""
        return self.path("course") or lessons_dir()

    @property
    def data_dir(self) -> Path:
        """Where the learner's files are."""
        return directory.data_dir(self.text("data_dir") or None)

    @property
    def place(self) -> Place:
        """Where a simulation opens."""
        return Place(
            t=self.number("t", 0) if self.has("t") else None,
            phase=self.number("phase", 0),
            view=self.text("view"),
            unit=self.number("u", 0),
            updates=self.number("updates", 0),
        )


def parse(argv: Sequence[str]) -> Arguments:
    """The arguments of `argv` (without the program's name). Raises Misused.

    Options may stand before and after the command. Whoever asks for help or the version gets it,
    whatever else is wrong, but for the help of a command that there is not.
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
    """Whether an unknown option is a setting of a simulation."""
    if isinstance(command.settings, tuple):
        return any(word in command.settings for word in argv)
    return command.settings


def _words(command: CliCommand, words: Sequence[str]) -> list[str]:
    """What stands behind the command. Raises Misused for more or less than there may be."""
    rest = list(words[1:] if command.name else words)
    if len(rest) > bool(command.argument) and not command.many:
        raise Misused("cli.unknown", what=rest[-1])
    if command.required and not (rest and all(rest)):  # "" is a variable that is not set
        raise Misused("cli.needs", command=command.name, what=command.argument, usage=command.usage)
    return rest


def _valid(option: CliOption, value: str) -> str:
    """The value, if the option can have it. Raises Misused."""
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
    """The first word that is neither an option nor an option's value; "" if there is none."""
    place = 0
    while place < len(argv) and argv[place].startswith("-") and argv[place] != "--":
        place += 2 if argv[place] in TAKES_A_VALUE else 1
    return argv[place] if place < len(argv) and argv[place] != "--" else ""


def _second(argv: Sequence[str], command: CliCommand) -> str:
    """The word behind the command, whatever else is wrong; "" if there is none."""
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
    """A path as it was typed; `~` is the home directory, where there is one."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


def language(argv: Sequence[str]) -> str | None:
    """The language that `argv` names, also where the rest of it is wrong."""
    named = _value(argv, "--lang")
    return named if named in LANGUAGES else None


def data_dir(argv: Sequence[str]) -> str | None:
    """The data directory that `argv` names, also where the rest of it is wrong."""
    return _value(argv, "--data-dir")


def _value(argv: Sequence[str], option: str) -> str | None:
    for n, word in enumerate(argv):
        name, equals, value = word.partition("=")
        if name == option:
            given = value if equals else next(iter(argv[n + 1 : n + 2]), "")
            if given:
                return given
    return None
