"""What can be typed on which page, and how a line is read as a command."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rnntutor.session.hangul import letters
from rnntutor.words import Words


@dataclass(frozen=True, slots=True)
class Command:
    """name: what it does; its help stands at `plain.help.NAME`. forms: what is typed for it.
    argument: something may follow, after a space. word: the language has a word for it, at
    `plain.word.NAME`."""

    name: str
    forms: tuple[str, ...]
    argument: bool = False
    word: bool = False


BACK = Command("back", ("b",))
MENU = Command("menu", ("m",))
QUIT = Command("quit", ("q",))
LANGUAGE = Command("language", ("l",))
GLOSSARY = Command("glossary", ("g",), argument=True)
CARD = Command("card", ("k",), argument=True)
SEARCH = Command("search", ("/",), argument=True)
HELP = Command("help", ("?", "help"))
GO = Command("go", ("go",), argument=True)
EXPERIMENT = Command("experiment", ("e",), argument=True)

NOTES = (
    Command("note", ("note",), argument=True, word=True),
    Command("unclear", ("unclear",), word=True),
)

QUIZ = Command("quiz", ("quiz",), argument=True, word=True)
REVIEW = Command("review", ("review",), word=True)
FINAL_TEST = Command("test", ("test",), word=True)

BUILD = Command("build", ("build",), argument=True, word=True)
CHECK = Command("check", ("check",), word=True)
EDIT = Command("edit", ("edit",), word=True)
BUILD_HINT = Command("build-hint", ("hint",), word=True)
ON_STAGE = Command("on-stage", ("stage",), word=True)
RACE = Command("race", ("race",), word=True)

ANYWHERE = (GLOSSARY, CARD, SEARCH, LANGUAGE, HELP, MENU, QUIT)
HOME = (QUIZ, REVIEW, FINAL_TEST, BUILD, GO, GLOSSARY, CARD, SEARCH, LANGUAGE, HELP, QUIT)
READING = (BACK, GO, EXPERIMENT, *NOTES, *ANYWHERE)

STAGE = (
    Command("phase-on", (".", ">")),
    Command("phase-back", (",", "<")),
    Command("step-on", ("..", ">>")),
    Command("step-back", (",,", "<<")),
    Command("run", ("run",), word=True),
    Command("start", ("start",), word=True),
    Command("view", ("v",), argument=True),
    Command("unit", ("unit",), argument=True),
    Command("open-row", ("o",)),
    Command("shared", ("w",)),
    Command("reset", ("reset",), word=True),
    Command("source", ("s",)),
)

ANSWERING = (
    Command("hint", ("hint",), word=True),
    Command("give-up", ("answer",), word=True),
    BACK,
    *NOTES,
    *ANYWHERE,
)
CONFIDENCE = (Command("answer-back", ("b",)), LANGUAGE, HELP, MENU, QUIT)
ANSWERED = (
    EXPERIMENT,
    Command("undo", ("u", "undo"), word=True),
    Command("again", ("again",), word=True),
    Command("confidence-on", ("sure",), word=True),
    BACK,
    *NOTES,
    GO,
    *ANYWHERE,
)


def find(line: str, commands: Iterable[Command], words: Words) -> tuple[str, str]:
    """The name of the command that a line is, and what follows it; "" if it is none. Full-width
    signs, capitals and keys typed with a Korean input method on are all right."""
    known = tuple(commands)
    if line.count("/") > 1:  # an answer in several parts, the first of which is empty
        known = tuple(command for command in known if command is not SEARCH)
    elif line[:1] in SEARCH.forms and len(line) > 1:
        line = f"/ {line[1:].strip()}"  # no space is needed after the sign
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
    """The line as the keys of a two-set layout: "ㅂ" is q."""
    return "".join(letters(character) for character in line)


def help_lines(commands: Iterable[Command], words: Words) -> tuple[str, ...]:
    """One line a command: what is typed, what it does."""
    return tuple(words(f"plain.help.{command.name}") for command in commands)
