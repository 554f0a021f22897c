"""The terminal's properties, and the environment set before Textual and NumPy are imported.

Uses only the standard library, because it runs before the rest of the program.
"""

from __future__ import annotations

import io
import locale
import os
import sys
from collections.abc import Mapping, MutableMapping, Sequence
from typing import NamedTuple, TextIO

DEFAULTS = {
    "TEXTUAL_FPS": "120",  # keys wait for the paint timer: p95 30 ms at 60, 6 ms at 120
    "TEXTUAL_ANIMATIONS": "none",  # a smooth page-down sends seven times the bytes
    "TEXTUAL_DISABLE_KITTY_KEY": "1",  # input methods lose composed text with it
    # Small matrices gain nothing from more threads, and a lab server has many users.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
}
"""Variables set unless the user has set them."""

TEXTUAL = (
    "TEXTUAL_FPS",
    "TEXTUAL_ANIMATIONS",
    "TEXTUAL_DISABLE_KITTY_KEY",
    "TEXTUAL_COLOR_SYSTEM",
    "TEXTUAL_ALLOW_SIGNALS",
)
"""Textual's variables that a learner may set."""

_COLOUR_SYSTEM = "TEXTUAL_COLOR_SYSTEM"
_COLOUR_SYSTEMS = ("auto", "standard", "256", "truecolor", "windows")


class Terminal(NamedTuple):
    """The streams that are terminals.

    Attributes:
        stdin: whether standard input is a terminal.
        stdout: whether standard output is a terminal.
        stderr: whether standard error is a terminal.
        dumb: whether the terminal cannot position text.
    """

    stdin: bool
    stdout: bool
    stderr: bool
    dumb: bool

    @property
    def interactive(self) -> bool:
        """Whether all three streams are terminals."""
        return self.stdin and self.stdout and self.stderr


def prepare(environ: MutableMapping[str, str] = os.environ) -> None:
    """Set the environment for Textual and NumPy, and the output encoding to UTF-8."""
    _only_what_is_known(environ)
    for name, value in DEFAULTS.items():
        if not environ.get(name):
            environ[name] = value
    # Textual raises KeyError for an unknown name.
    wanted = environ.get(_COLOUR_SYSTEM)
    if wanted is not None and wanted.lower() not in _COLOUR_SYSTEMS:
        del environ[_COLOUR_SYSTEM]
    elif wanted is not None:
        environ[_COLOUR_SYSTEM] = wanted.lower()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not _is_utf8(stream):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _only_what_is_known(environ: MutableMapping[str, str]) -> None:
    """Remove variables that could crash Textual, or press keys, write files or load a driver.

    These are all of its variables except those in TEXTUAL, and invalid numbers.
    """
    for name in [n for n in environ if n.startswith("TEXTUAL_") and n not in TEXTUAL]:
        del environ[name]
    for name, most in (("TEXTUAL_FPS", 1000), ("ESCDELAY", 10_000)):
        value = environ.get(name, "")
        good = value.isascii() and value.isdigit() and len(value) < 6 and 0 < int(value) <= most
        if not good:
            environ.pop(name, None)
    # By convention (no-color.org) an empty value does not count, but Textual only checks existence.
    if environ.get("NO_COLOR") == "":
        del environ["NO_COLOR"]


def terminal(environ: Mapping[str, str] = os.environ) -> Terminal:
    """Return the properties of the terminal."""
    return Terminal(
        stdin=is_tty(sys.stdin),
        stdout=is_tty(sys.stdout),
        stderr=is_tty(sys.stderr),
        dumb=environ.get("TERM", "").lower() in ("dumb", "unknown"),
    )


def preflight(facts: Terminal) -> tuple[str, dict[str, object]] | None:
    """Return the key and values of a sentence on why the screens cannot be shown; None if they can.

    All three streams must be terminals: Textual reads the first, queries the size of the second,
    and writes to the third. With one of them redirected it runs unseen, or loops at the end of
    input.
    """
    if not facts.interactive:
        return "environment.no_terminal", {}
    if facts.dumb:
        return "environment.dumb", {}
    return None


def ascii_only(environ: Mapping[str, str] = os.environ) -> bool:
    """Return whether the terminal's font has few characters beyond ASCII, as the Linux console."""
    return environ.get("TERM", "") in ("linux", "vt100", "vt102", "vt220")


def guess_language(languages: Sequence[str], environ: Mapping[str, str] = os.environ) -> str | None:
    """Return the first of `languages` requested by the locale; None if there is none."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        for wanted in environ.get(name, "").lower().split(":"):
            code = locale.normalize(wanted.partition(".")[0].partition("@")[0]).partition("_")[0]
            if code in languages:
                return code
    return None


def is_tty(stream: TextIO | None) -> bool:
    """Return whether a stream is a terminal; False if it is closed."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False


def _is_utf8(stream: TextIO | None) -> bool:
    encoding = getattr(stream, "encoding", None) or ""
    return encoding.lower().replace("-", "").replace("_", "") == "utf8"
