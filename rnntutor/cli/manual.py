"""The manual page and the shell completions, made from the table of commands.

They are written when the wheel is built: `python -m rnntutor.cli.manual DIRECTORY`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rnntutor import __version__
from rnntutor.cli.commands import COMMANDS, SHARED, TUTOR, CliCommand, CliOption, OptionType
from rnntutor.cli.help import NAME
from rnntutor.words import FALLBACK, LANGUAGES, Words, load


def parser(words: Words) -> argparse.ArgumentParser:
    """Return an argparse parser of the table for shtab; the program itself does not use it."""
    main = argparse.ArgumentParser(NAME, description=words("help.what"))
    main.add_argument("--version", action="store_true", help=words("option.version"))
    _add(main, SHARED, words)
    each = main.add_subparsers()
    for command in COMMANDS:
        one = each.add_parser(command.name, help=words(f"command.{command.name}"))
        if command.argument:
            number = "*" if command.many else "?"
            _complete(one.add_argument(command.argument, nargs=number), command.argument)
        _add(one, (*command.options, *SHARED), words)
    return main


def _add(to: argparse.ArgumentParser, options: tuple[CliOption, ...], words: Words) -> None:
    for option in options:
        text = words(f"option.{option.key}")
        if option.kind is OptionType.FLAG:
            to.add_argument(option.name, action="store_true", help=text)
        elif option.kind is OptionType.LANGUAGE:
            to.add_argument(option.name, choices=LANGUAGES, help=text)
        else:
            _complete(to.add_argument(option.name, help=text), option.metavar)


def _complete(action: argparse.Action, metavar: str) -> None:
    """Complete an argument as a file or directory if it is one."""
    import shtab

    kinds = {"FILE": shtab.FILE, "DIR": shtab.DIRECTORY}
    if metavar in kinds:
        action.complete = kinds[metavar]  # type: ignore[attr-defined]


def manual(words: Words) -> str:
    """Return the manual page in roff."""
    lines = [f'.TH {NAME.upper()} 1 "" "{NAME} {__version__}"', ".SH NAME"]
    lines += [f"{NAME} \\- {_roff(words('help.what'))}", ".SH SYNOPSIS"]
    for command in (TUTOR, *COMMANDS):
        lines += [f".B {NAME}", _roff(f"{command.usage} [OPTION …]".strip()), ".br"]
    lines.append(".SH COMMANDS")
    for command in COMMANDS:
        lines += _command(command, words)
    lines.append(".SH OPTIONS")
    lines += [line for option in SHARED for line in _option(option, words)]
    lines += [".TP", "\\-\\-version", _roff(words("option.version"))]
    lines += [".TP", "\\-h, \\-\\-help", _roff(words("option.help"))]
    lines += [".SH EXIT STATUS", _roff(words("help.status"))]
    return "\n".join(lines) + "\n"


def _command(command: CliCommand, words: Words) -> list[str]:
    about = words(f"command.about.{command.name}").strip()
    lines = [".TP", f".B {_roff(command.usage)}", _roff(about.replace("\n", " "))]
    if command.options:
        lines.append(".RS")
        lines += [line for option in command.options for line in _option(option, words)]
        lines.append(".RE")
    return lines


def _option(option: CliOption, words: Words) -> list[str]:
    named = f"{option.name} {option.metavar}".strip()
    return [".TP", f".B {_roff(named)}", _roff(words(f"option.{option.key}"))]


def _roff(text: str) -> str:
    return text.replace("\\", "\\e").replace("-", "\\-")


def write(directory: Path) -> None:
    """Write all files below `directory`, at the paths where systems expect them."""
    import shtab

    words = load(FALLBACK)
    files = {
        f"man/man1/{NAME}.1": manual(words),
        f"bash-completion/completions/{NAME}": shtab.complete(parser(words), "bash"),
        f"zsh/site-functions/_{NAME}": shtab.complete(parser(words), "zsh"),
    }
    for name, text in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
