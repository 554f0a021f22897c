"""Reading and writing lines: input is cleaned, output is plain text, a prompt only at a
terminal."""

from __future__ import annotations

import io

import pytest

from rnntutor.course.typed_line import wholes
from rnntutor.plain import commands
from rnntutor.plain.commands import find
from rnntutor.plain.leaving import Quit
from rnntutor.plain.lines import Lines
from rnntutor.spans import Span
from rnntutor.words import LANGUAGES, load


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_two_blank_lines_never_follow_each_other() -> None:
    out = io.StringIO()
    lines = Lines(io.StringIO("typed\n"), out)
    for text in ("", "a", "", "", "b", ""):
        lines.say(text)
    assert lines.read() == "typed"
    lines.say("")
    lines.rows(((), (Span("c"),), (Span("  "),), (), (Span("d"),)))
    assert out.getvalue() == "a\n\nb\n\nc\n\nd\n"


def test_steering_characters_are_written_as_signs() -> None:
    out = io.StringIO()
    Lines(io.StringIO(), out).say("a\x1b[2Jb\tc\u202ed\u00a0e[bold]")
    assert out.getvalue() == "a␛[2Jb c\ufffdd e[bold]\n"


def test_a_prompt_and_colours_are_for_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    seen, piped = Terminal(), io.StringIO()
    for source, out in ((Terminal("x\n"), seen), (io.StringIO("x\n"), piped)):
        lines = Lines(source, out)
        lines.say("head", "head")
        lines.read()
        with pytest.raises(Quit):
            lines.read()
    assert "\x1b[1mhead" in seen.getvalue() and seen.getvalue().endswith("> > \n")
    assert piped.getvalue() == "head\n"


@pytest.mark.parametrize("name", ["dumb", "unknown"])
def test_a_dumb_terminal_gets_no_colours(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("TERM", name)
    out = Terminal()
    Lines(Terminal(), out).say("head", "head")
    assert out.getvalue() == "head\n"


def test_a_closed_input_is_its_end() -> None:
    closed = io.StringIO("x\n")
    closed.close()
    with pytest.raises(Quit):
        Lines(closed, io.StringIO()).read()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("1", (1,)), ("1 3", (1, 3)), ("1,3", (1, 3)), ("2.", (2,)), ("２", (2,)), ("3) 1)", (3, 1)),
     ("", None), ("-1", None), ("1.5", None), ("x", None), ("1 x", None), ("9" * 10, None)],
)  # fmt: skip
def test_whole_numbers_in_a_line(text: str, numbers: tuple[int, ...] | None) -> None:
    assert wholes(text) == numbers


@pytest.mark.parametrize(
    ("line", "name", "rest"),
    [("b", "back", ""), ("B", "back", ""), ("ㅠ", "back", ""), ("？", "help", ""),
     ("g 셀 상태", "glossary", "셀 상태"), ("ㅎ 셀", "glossary", "셀"), ("b x", "", "b"),
     ("back", "", "back"), ("", "", "")],
)  # fmt: skip
def test_a_line_is_read_as_a_command(line: str, name: str, rest: str) -> None:
    assert find(line, commands.READING, load("ko")) == (name, rest)


ALL = {
    command.name: command
    for group in (
        commands.HOME, commands.READING, commands.STAGE, commands.ANSWERING, commands.CONFIDENCE,
        commands.ANSWERED,
    )
    for command in group
}  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_command_has_its_help_and_names_what_is_typed(lang: str) -> None:
    words = load(lang)
    for command in ALL.values():
        assert words(f"plain.help.{command.name}").startswith(command.forms[0])
        if command.word:
            assert words(f"plain.word.{command.name}") in words(f"plain.help.{command.name}")


@pytest.mark.parametrize(
    "page",
    [commands.HOME, (*commands.STAGE, *commands.READING), commands.ANSWERING,
     commands.CONFIDENCE, commands.ANSWERED],
)  # fmt: skip
def test_no_line_means_two_things_on_a_page(page: tuple[commands.PlainCommand, ...]) -> None:
    for lang in LANGUAGES:
        words = load(lang)
        typed = [form for command in page for form in command.forms]
        typed += [words(f"plain.word.{c.name}") for c in page if c.word and lang == "ko"]
        assert len(set(typed)) == len(typed)
