"""The arguments of the command, read without a word of argparse's own."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, NoReturn

from rnntutor.failure import Failure
from rnntutor.session.start import Place

COMMANDS = ("open", "check", "sim", "quiz")
OPTIONS = ("--lang", "--data-dir", "--course")
PLACES = ("--t", "--phase", "--u", "--updates")
MOST = 1_000_000
"""The largest number that an option takes. No training makes more updates."""

FLAGS = ("--plain", "--help", "-h")


class Misused(Failure):
    """The command line is wrong."""


class Arguments(NamedTuple):
    """What was asked. command: "" for the tutor itself, or one of COMMANDS. path: of the file to
    open or the course to check, None if it was not named. name: of the simulation; settings: its
    settings as they were written; place: where it opens; svg: the file for its picture.
    topic, lesson, size: what a quiz is made from. runs: whether a check also runs trainings."""

    command: str = ""
    path: Path | None = None
    lang: str | None = None
    data_dir: str | None = None
    course: Path | None = None
    plain: bool = False
    help: bool = False
    version: bool = False
    name: str = ""
    settings: tuple[tuple[str, str], ...] = ()
    place: Place = Place()
    svg: Path | None = None
    topic: str = ""
    lesson: str = ""
    size: int = 10
    runs: bool = False


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Misused("cli.wrong")


def parse(argv: Sequence[str]) -> Arguments:
    """The arguments of `argv` (without the program's name). Raises Misused."""
    place = _command(argv)
    if place < len(argv) and argv[place] == "sim":
        return _sim([*argv[:place], *argv[place + 1 :]])
    # Without a usage of its own it would compose one, which takes longer than all the rest.
    parser = _Parser(usage="", add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("words", nargs="*")
    for option in ("--lang", "--data-dir", "--course"):
        parser.add_argument(option)
    for option in ("--topic", "--lesson", "-n"):
        parser.add_argument(option)
    for flag in ("--plain", "--version", "--runs"):
        parser.add_argument(flag, action="store_true")
    parser.add_argument("-h", "--help", action="store_true")
    try:
        # Intermixed, so that options may stand before and after the command.
        found, unknown = parser.parse_known_intermixed_args(argv)
    except argparse.ArgumentError as error:
        raise Misused("cli.value", option=error.argument_name) from None
    if found.help or found.version:
        unknown = []
    if unknown:
        raise Misused("cli.unknown", what=unknown[0])
    if found.lang not in (None, "ko", "en"):
        raise Misused("cli.lang", what=found.lang)
    for option, value in (("--data-dir", found.data_dir), ("--course", found.course)):
        if value == "":
            raise Misused("cli.value", option=option)
    command, *rest = found.words or [""]
    if command and command not in COMMANDS:
        raise Misused("cli.command", what=command)
    if len(rest) > 1 or (rest and not command):
        raise Misused("cli.unknown", what=rest[-1])
    if command == "open" and not rest and not (found.help or found.version):
        raise Misused("cli.open_what")
    quiz = (found.topic, found.lesson, found.n)
    if command != "quiz" and any(value is not None for value in quiz):
        option = next(o for o, v in zip(("--topic", "--lesson", "-n"), quiz, strict=True) if v)
        raise Misused("cli.unknown", what=option)
    if found.runs and command != "check" and not (found.help or found.version):
        raise Misused("cli.unknown", what="--runs")
    if command == "quiz" and rest:
        raise Misused("cli.unknown", what=rest[0])
    return Arguments(
        command,
        _path(rest[0]) if rest else None,
        found.lang,
        found.data_dir,
        _path(found.course) if found.course else None,
        found.plain,
        found.help,
        found.version,
        topic=found.topic or "",
        lesson=found.lesson or "",
        size=_count("-n", found.n) if found.n is not None else 10,
        runs=found.runs,
    )


def _command(argv: Sequence[str]) -> int:
    """The place of the first word that is neither an option nor an option's value."""
    place = 0
    while place < len(argv) and argv[place].startswith("-"):
        place += 2 if argv[place] in OPTIONS else 1
    return place


def _sim(argv: Sequence[str]) -> Arguments:
    """`sim NAME --SETTING VALUE …`: every option that is not the program's is a setting."""
    name, values, flags, settings = "", dict[str, str](), set[str](), []
    words = iter(argv)
    for word in words:
        if not word.startswith("-"):
            if name:
                raise Misused("cli.unknown", what=word)
            name = word
            continue
        if word in FLAGS:
            flags.add(word)
            continue
        option, equals, value = word.partition("=")
        if not equals:
            following = next(words, None)
            if following is None:
                raise Misused("cli.value", option=option)
            value = following
        if option in (*OPTIONS, *PLACES, "--view", "--svg"):
            values[option] = value
        else:
            settings.append((option.lstrip("-"), value))
    lang = values.get("--lang")
    if lang not in (None, "ko", "en"):
        raise Misused("cli.lang", what=lang)
    return Arguments(
        "sim",
        None,
        lang,
        values.get("--data-dir"),
        _path(values["--course"]) if "--course" in values else None,
        "--plain" in flags,
        bool(flags & {"--help", "-h"}),
        name=name,
        settings=tuple(settings),
        place=_place(values),
        svg=_path(values["--svg"]) if "--svg" in values else None,
    )


def _place(values: Mapping[str, str]) -> Place:
    """Where a simulation opens. Raises Misused."""
    at = {o: _count(o, values[o], least=0) for o in PLACES if o in values}
    return Place(
        t=at.get("--t"),
        phase=at.get("--phase", 0),
        view=values.get("--view", ""),
        unit=at.get("--u", 0),
        updates=at.get("--updates", 0),
    )


def _count(option: str, text: str, least: int = 1) -> int:
    """A whole number from `least` to MOST. Raises Misused."""
    good = text.isdecimal() and len(text) <= len(str(MOST)) and least <= int(text) <= MOST
    if not good:
        raise Misused("cli.count", option=option, least=least, most=MOST, what=text)
    return int(text)


def _path(text: str) -> Path:
    """A path as it was typed; `~` is the home directory, where there is one."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


def language(argv: Sequence[str]) -> str | None:
    """The language that `argv` names, also where the rest of it is wrong."""
    return _value(argv, "--lang", ("ko", "en"))


def data_dir(argv: Sequence[str]) -> str | None:
    """The data directory that `argv` names, also where the rest of it is wrong."""
    return _value(argv, "--data-dir", None)


def _value(argv: Sequence[str], option: str, allowed: tuple[str, ...] | None) -> str | None:
    for n, word in enumerate(argv):
        name, equals, value = word.partition("=")
        if name == option:
            given = value if equals else next(iter(argv[n + 1 : n + 2]), "")
            if given and (allowed is None or given in allowed):
                return given
    return None
