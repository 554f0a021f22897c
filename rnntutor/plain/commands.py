"""The commands of each page, and parsing a line as a command."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rnntutor.session.hangul import letters
from rnntutor.words import Words


@dataclass(frozen=True, slots=True)
class PlainCommand:
    """A command of plain mode.

    Attributes:
        name: identifies the command; its help text is `plain.help.NAME`.
        forms: what can be typed for it.
        argument: whether an argument may follow after a space.
        word: whether the language has a word for it, `plain.word.NAME`.
    """

    name: str
    forms: tuple[str, ...]
    argument: bool = False
    word: bool = False


BACK = PlainCommand("back", ("b",))
MENU = PlainCommand("menu", ("m",))
QUIT = PlainCommand("quit", ("q",))
LANGUAGE = PlainCommand("language", ("l",))
GLOSSARY = PlainCommand("glossary", ("g",), argument=True)
CARD = PlainCommand("card", ("k",), argument=True)
SEARCH = PlainCommand("search", ("/",), argument=True)
HELP = PlainCommand("help", ("?", "help"))
GO = PlainCommand("go", ("go",), argument=True)
EXPERIMENT = PlainCommand("experiment", ("e",), argument=True)

NOTES = (
    PlainCommand("note", ("note",), argument=True, word=True),
    PlainCommand("unclear", ("unclear",), word=True),
)

QUIZ = PlainCommand("quiz", ("quiz",), argument=True, word=True)
REVIEW = PlainCommand("review", ("review",), word=True)
FINAL_TEST = PlainCommand("test", ("test",), word=True)

BUILD = PlainCommand("build", ("build",), argument=True, word=True)
CHECK = PlainCommand("check", ("check",), word=True)
EDIT = PlainCommand("edit", ("edit",), word=True)
BUILD_HINT = PlainCommand("build-hint", ("hint",), word=True)
ON_STAGE = PlainCommand("on-stage", ("stage",), word=True)
RACE = PlainCommand("race", ("race",), word=True)

ANYWHERE = (GLOSSARY, CARD, SEARCH, LANGUAGE, HELP, MENU, QUIT)
HOME = (QUIZ, REVIEW, FINAL_TEST, BUILD, GO, GLOSSARY, CARD, SEARCH, LANGUAGE, HELP, QUIT)
READING = (BACK, GO, EXPERIMENT, *NOTES, *ANYWHERE)

STAGE = (
    PlainCommand("phase-on", (".", ">")),
    PlainCommand("phase-back", (",", "<")),
    PlainCommand("step-on", ("..", ">>")),
    PlainCommand("step-back", (",,", "<<")),
    PlainCommand("run", ("run",), word=True),
    PlainCommand("start", ("start",), word=True),
    PlainCommand("view", ("v",), argument=True),
    PlainCommand("unit", ("unit",), argument=True),
    PlainCommand("open-row", ("o",)),
    PlainCommand("shared", ("w",)),
    PlainCommand("reset", ("reset",), word=True),
    PlainCommand("source", ("s",)),
)

ANSWERING = (
    PlainCommand("hint", ("hint",), word=True),
    PlainCommand("give-up", ("answer",), word=True),
    BACK,
    *NOTES,
    *ANYWHERE,
)
CONFIDENCE = (PlainCommand("answer-back", ("b",)), LANGUAGE, HELP, MENU, QUIT)
ANSWERED = (
    EXPERIMENT,
    PlainCommand("undo", ("u", "undo"), word=True),
    PlainCommand("again", ("again",), word=True),
    PlainCommand("confidence-on", ("sure",), word=True),
    BACK,
    *NOTES,
    GO,
    *ANYWHERE,
)


def find(line: str, commands: Iterable[PlainCommand], words: Words) -> tuple[str, str]:
    """Parse a line as a command.

    Full-width characters, capitals and keys typed with a Korean input method are accepted.

    Returns:
        The command's name and argument; a name of "" if the line is no command.
    """
    known = tuple(commands)
    if line.count("/") > 1:  # an answer in several parts, the first empty
        known = tuple(command for command in known if command is not SEARCH)
    elif line[:1] in SEARCH.forms and len(line) > 1:
        line = f"/ {line[1:].strip()}"  # no space is needed after it
    head, _, rest = line.partition(" ")
    for text in (_ordinary(line), _keys(line)):
        first = text.partition(" ")[0]
        for command in known:
            if text in command.forms:
                return command.name, ""
            if command.argument and rest and first in command.forms:
                return command.name, rest.strip()
    for command in known:
        if command.word and line == words(f"plain.word.{command.name}"):
            return command.name, ""
    return "", head


def _ordinary(line: str) -> str:
    return unicodedata.normalize("NFKC", line).casefold()


def _keys(line: str) -> str:
    """Return the keys of a two-set Korean layout that type `line` ("ㅂ" is typed by q)."""
    return "".join(letters(character) for character in line)


def help_lines(commands: Iterable[PlainCommand], words: Words) -> tuple[str, ...]:
    """Return one line of help per command."""
    return tuple(words(f"plain.help.{command.name}") for command in commands)
