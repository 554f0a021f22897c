"""The table of commands and options.

The parser, the help, the manual page and the shell completions are all made from it.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class OptionType(Enum):
    """The type of an option's value."""

    FLAG = "flag"
    WORD = "word"
    COUNT = "count"
    PATH = "path"
    LANGUAGE = "language"


class CliOption(NamedTuple):
    """A command-line option; its description is `option.KEY` in the words.

    Attributes:
        name: as typed, "--lang".
        kind: type of the value.
        metavar: placeholder of the value in the help.
        least: smallest value of a count.
    """

    name: str
    kind: OptionType = OptionType.FLAG
    metavar: str = ""
    least: int = 1

    @property
    def key(self) -> str:
        """The name as a key of the words and of the parsed values."""
        return self.name.lstrip("-").replace("-", "_")


class CliCommand(NamedTuple):
    """A command; its descriptions are `command.NAME` and `command.about.NAME` in the words.

    Attributes:
        name: as typed; "" for the tutor itself.
        argument: placeholder of its argument in the help, "FILE"; "" if it takes none.
        required: whether the argument is required.
        many: whether there may be several arguments.
        options: its own options, besides the shared ones.
        settings: whether unknown options are settings of a simulation; names restrict this to
            command lines with one of these options.
    """

    name: str
    argument: str = ""
    required: bool = False
    many: bool = False
    options: tuple[CliOption, ...] = ()
    settings: bool | tuple[str, ...] = False

    @property
    def usage(self) -> str:
        """The name and argument as shown in the help: "check [DIR]"."""
        argument = f"{self.argument}{'…' if self.many else ''}"
        if self.argument and not self.required:
            argument = f"[{argument}]"
        return f"{self.name} {argument}".strip()


HELP = ("--help", "-h")
VERSION = "--version"

START_POINT = (
    CliOption("--t", OptionType.COUNT, "N", least=0),
    CliOption("--phase", OptionType.COUNT, "N", least=0),
    CliOption("--u", OptionType.COUNT, "N", least=0),
    CliOption("--view", OptionType.WORD, "NAME"),
    CliOption("--updates", OptionType.COUNT, "N", least=0),
)
"""The initial position of a simulation."""

SHARED = (
    CliOption("--lang", OptionType.LANGUAGE, "LANG"),
    CliOption("--data-dir", OptionType.PATH, "DIR"),
    CliOption("--course", OptionType.PATH, "DIR"),
    CliOption("--plain"),
    CliOption("--ascii"),
)
"""The options of every command."""

TUTOR = CliCommand("")
"""The tutor itself, when no command is given."""

COMMANDS = (
    CliCommand("open", "FILE", required=True, many=True),
    CliCommand(
        "sim",
        "NAME",
        options=(*START_POINT, CliOption("--svg", OptionType.PATH, "FILE")),
        settings=True,
    ),
    CliCommand(
        "build",
        "NAME",
        options=(
            CliOption("--check"),
            CliOption("--watch"),
            CliOption("--stage"),
            CliOption("--race"),
            CliOption("--file", OptionType.PATH, "FILE"),
            *START_POINT,
        ),
        settings=("--stage", "--race"),
    ),
    CliCommand(
        "quiz",
        options=(
            CliOption("--topic", OptionType.WORD, "TOPIC"),
            CliOption("--lesson", OptionType.WORD, "LESSON"),
            CliOption("--wrong"),
            CliOption("--guessed"),
            CliOption("--pair", OptionType.WORD, "PAIR"),
            CliOption("--all"),
            CliOption("-n", OptionType.COUNT, "N"),
        ),
    ),
    CliCommand(
        "review",
        options=(
            CliOption("-n", OptionType.COUNT, "N"),
            CliOption("--minutes", OptionType.COUNT, "N"),
            CliOption("--exam", OptionType.WORD, "DATE"),
        ),
    ),
    CliCommand("due"),
    CliCommand(
        "progress",
        options=(CliOption("--json"), CliOption("--certificate", OptionType.PATH, "FILE")),
    ),
    CliCommand(
        "export",
        "FILE",
        required=True,
        options=(
            CliOption("--json"),
            CliOption("--anki"),
            CliOption("--moodle"),
            CliOption("--md"),
            CliOption("--lesson", OptionType.WORD, "LESSON"),
        ),
    ),
    CliCommand("import", "FILE", required=True),
    CliCommand("backup", "FILE", required=True),
    CliCommand("restore", "FILE", required=True),
    CliCommand("forget", options=(CliOption("--yes"),)),
    CliCommand(
        "hand-in", "FILE", required=True, options=(CliOption("--name", OptionType.WORD, "NAME"),)
    ),
    CliCommand(
        "grade", "FILE", required=True, many=True, options=(CliOption("--csv"), CliOption("--json"))
    ),
    CliCommand("report", "DIR", many=True, options=(CliOption("--csv"), CliOption("--json"))),
    CliCommand("draft", "FILE", required=True, options=(CliOption("-o", OptionType.PATH, "DIR"),)),
    CliCommand("check", "DIR", options=(CliOption("--runs"),)),
)

BY_NAME = {command.name: command for command in (TUTOR, *COMMANDS)}
