"""Line input and output; control characters are removed from both."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from rnntutor.course.clean import clean
from rnntutor.environment import is_tty
from rnntutor.plain.leaving import Quit
from rnntutor.render.primitives.glyphs import ascii_text
from rnntutor.render.primitives.wrap import wrap
from rnntutor.spans import Row, Span, plain

COLUMNS = 76
LONGEST = 1000  # characters read of a line; no answer is longer
PROMPT = "> "

# The styles of the roles that plain mode colours, in a terminal with colours.
STYLES = {"head": "bold", "right": "green", "wrong": "red", "grey": "dim", "": ""}


class Lines:
    """Reads and writes lines; a prompt is written only if both streams are a terminal.

    Args:
        source: the input; None for standard input, which may be missing.
        target: the output; None for standard output.
    """

    def __init__(self, source: TextIO | None = None, target: TextIO | None = None) -> None:
        self._source = sys.stdin if source is None else source
        self._target = sys.stdout if target is None else target
        if isinstance(self._source, io.TextIOWrapper):
            # Bytes that are not UTF-8 become replacement characters instead of raising an error.
            self._source.reconfigure(encoding="utf-8", errors="replace")
        terminal = is_tty(self._target)
        self._prompts = terminal and is_tty(self._source)
        self._console = Console(
            file=self._target,
            force_terminal=terminal,
            markup=False,
            highlight=False,
            emoji=False,
            soft_wrap=True,
        )
        self._blank = True
        self.ascii_only = False

    def read(self) -> str:
        """Return the next line without control characters, stripped.

        Raises:
            Quit: the input has ended.
        """
        if self._prompts:
            self._target.write(PROMPT)
            self._target.flush()
        try:
            line = self._source.readline() if self._source is not None else ""
        except (OSError, ValueError) as error:  # the terminal hung up, or the stream is closed
            raise Quit from error
        if self._prompts:
            self._blank = True  # the typed line separates
        if not line:
            if self._prompts:
                self._target.write("\n")  # keep the shell's prompt on a line of its own
            raise Quit
        text = line[:LONGEST].encode("utf-8", "replace").decode("utf-8")
        return clean(text).replace("\t", " ").replace("\n", " ").strip()

    def say(self, text: str = "", role: str = "") -> None:
        """Print a text, wrapped; "" prints a blank line unless the previous line was blank."""
        if cell_len(text) <= COLUMNS:
            self._line(text, role)
            return
        for row in wrap([Span(text)], COLUMNS):
            self._line(plain(row), role)

    def rows(self, rows: Iterable[Row]) -> None:
        """Print rows without the styles of their roles."""
        for row in rows:
            self._line(plain(row), "")

    def block(self, text: str) -> None:
        """Print lines unwrapped."""
        for line in text.split("\n"):
            self._line(line, "")

    def _line(self, text: str, role: str) -> None:
        shown = clean(text).replace("\t", " ").replace("\n", " ").replace("\u00a0", " ").rstrip()
        if self.ascii_only:
            shown = ascii_text(shown).rstrip()
        if not shown and self._blank:
            return
        self._blank = not shown
        self._console.print(Text(shown, style=STYLES.get(role, "")))
