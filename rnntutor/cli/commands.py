"""The commands and their options: one table, from which the command line is read and from which its
help, the manual page and the shell completion are made."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """What an option takes."""

    FLAG = "flag"
    WORD = "word"
    COUNT = "count"
    PATH = "path"
    LANGUAGE = "language"


class Option(NamedTuple):
    """One option. name: as it is typed, "--lang"; metavar: what stands for its value in the help;
    least: the smallest number of a count. Its words are `option.NAME`, without the dashes."""

    name: str
    kind: Kind = Kind.FLAG
    metavar: str = ""
    least: int = 1

    @property
    def key(self) -> str:
        """Its name as a key of the words and of what was given."""
        return self.name.lstrip("-").replace("-", "_")


class Command(NamedTuple):
    """One command. argument: what may stand behind its name, "FILE"; required: whether it has to.
    many: whether any number of them may stand there. settings: any option that the table does
    not have is a setting of a simulation; with names in it, only beside one of these options.
    Its words are `command.NAME` and, for its own help, `command.about.NAME`."""

    name: str
    argument: str = ""
    required: bool = False
    many: bool = False
    options: tuple[Option, ...] = ()
    settings: bool | tuple[str, ...] = False

    @property
    def usage(self) -> str:
        """Its name and argument as the help writes them: "check [DIR]"."""
        argument = f"{self.argument}{'…' if self.many else ''}"
        if self.argument and not self.required:
            argument = f"[{argument}]"
        return f"{self.name} {argument}".strip()


HELP = ("--help", "-h")
VERSION = "--version"

PLACE = (
    Option("--t", Kind.COUNT, "N", least=0),
    Option("--phase", Kind.COUNT, "N", least=0),
    Option("--u", Kind.COUNT, "N", least=0),
    Option("--view", Kind.WORD, "NAME"),
    Option("--updates", Kind.COUNT, "N", least=0),
)
"""Where a simulation is opened."""

SHARED = (
    Option("--lang", Kind.LANGUAGE, "LANG"),
    Option("--data-dir", Kind.PATH, "DIR"),
    Option("--course", Kind.PATH, "DIR"),
    Option("--plain"),
    Option("--ascii"),
)
"""What every command takes."""

TUTOR = Command("")
"""The tutor itself, where no command is named."""

COMMANDS = (
    Command("open", "FILE", required=True, many=True),
    Command("sim", "NAME", options=(*PLACE, Option("--svg", Kind.PATH, "FILE")), settings=True),
    Command(
        "build",
        "NAME",
        options=(
            Option("--check"),
            Option("--watch"),
            Option("--stage"),
            Option("--race"),
            Option("--file", Kind.PATH, "FILE"),
            *PLACE,
        ),
        settings=("--stage", "--race"),
    ),
    Command(
        "quiz",
        options=(
            Option("--topic", Kind.WORD, "TOPIC"),
            Option("--lesson", Kind.WORD, "LESSON"),
            Option("--wrong"),
            Option("--guessed"),
            Option("--pair", Kind.WORD, "PAIR"),
            Option("--all"),
            Option("-n", Kind.COUNT, "N"),
        ),
    ),
    Command(
        "review",
        options=(
            Option("-n", Kind.COUNT, "N"),
            Option("--minutes", Kind.COUNT, "N"),
            Option("--exam", Kind.WORD, "DATE"),
        ),
    ),
    Command("due"),
    Command("progress", options=(Option("--json"), Option("--certificate", Kind.PATH, "FILE"))),
    Command(
        "export",
        "FILE",
        required=True,
        options=(
            Option("--json"),
            Option("--anki"),
            Option("--moodle"),
            Option("--md"),
            Option("--lesson", Kind.WORD, "LESSON"),
        ),
    ),
    Command("import", "FILE", required=True),
    Command("backup", "FILE", required=True),
    Command("restore", "FILE", required=True),
    Command("forget", options=(Option("--yes"),)),
    Command("hand-in", "FILE", required=True, options=(Option("--name", Kind.WORD, "NAME"),)),
    Command("grade", "FILE", required=True, many=True, options=(Option("--csv"), Option("--json"))),
    Command("report", "DIR", many=True, options=(Option("--csv"), Option("--json"))),
    Command("draft", "FILE", required=True, options=(Option("-o", Kind.PATH, "DIR"),)),
    Command("check", "DIR", options=(Option("--runs"),)),
)

BY_NAME = {command.name: command for command in (TUTOR, *COMMANDS)}
