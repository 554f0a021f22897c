"""What this terminal is, and what has to be set before Textual and NumPy are imported.

Standard library only: it runs before anything else of the program.
"""

from __future__ import annotations

import io
import locale
import os
import sys
from collections.abc import Mapping, MutableMapping, Sequence
from typing import NamedTuple, TextIO

DEFAULTS = {
    "TEXTUAL_FPS": "120",  # the paint timer is what a key waits for: p95 30 ms at 60, 6 ms at 120
    "TEXTUAL_ANIMATIONS": "none",  # a smooth page-down sends seven times the bytes
    "TEXTUAL_DISABLE_KITTY_KEY": "1",  # input methods lose composed text with it
    # Small matrices gain nothing from more threads, and a lab server has many users.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
}
"""What is set unless the user has set it."""

TEXTUAL = (
    "TEXTUAL_FPS",
    "TEXTUAL_ANIMATIONS",
    "TEXTUAL_DISABLE_KITTY_KEY",
    "TEXTUAL_COLOR_SYSTEM",
    "TEXTUAL_ALLOW_SIGNALS",
)
"""The variables of Textual that a learner may set."""

_COLOUR_SYSTEM = "TEXTUAL_COLOR_SYSTEM"
_COLOUR_SYSTEMS = ("auto", "standard", "256", "truecolor", "windows")


class Terminal(NamedTuple):
    """Which streams are a terminal. dumb: it cannot place text."""

    stdin: bool
    stdout: bool
    stderr: bool
    dumb: bool

    @property
    def interactive(self) -> bool:
        """Whether a person sits at all three of its streams."""
        return self.stdin and self.stdout and self.stderr


def prepare(environ: MutableMapping[str, str] = os.environ) -> None:
    """Set what must be set before Textual and NumPy are imported, and write UTF-8."""
    _only_what_is_known(environ)
    for name, value in DEFAULTS.items():
        if not environ.get(name):
            environ[name] = value
    # An unknown name here ends Textual with a KeyError.
    wanted = environ.get(_COLOUR_SYSTEM)
    if wanted is not None and wanted.lower() not in _COLOUR_SYSTEMS:
        del environ[_COLOUR_SYSTEM]
    elif wanted is not None:
        environ[_COLOUR_SYSTEM] = wanted.lower()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not _is_utf8(stream):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _only_what_is_known(environ: MutableMapping[str, str]) -> None:
    """Take away what would end Textual, or steer it behind the learner's back (press keys, write
    files, load a driver): all its variables but those in TEXTUAL, and numbers that are none."""
    for name in [n for n in environ if n.startswith("TEXTUAL_") and n not in TEXTUAL]:
        del environ[name]
    for name, most in (("TEXTUAL_FPS", 1000), ("ESCDELAY", 10_000)):
        value = environ.get(name, "")
        good = value.isascii() and value.isdigit() and len(value) < 6 and 0 < int(value) <= most
        if not good:
            environ.pop(name, None)
    # The convention (no-color.org): only when it is not empty. Textual asks whether it is there.
    if environ.get("NO_COLOR") == "":
        del environ["NO_COLOR"]


def terminal(environ: Mapping[str, str] = os.environ) -> Terminal:
    """What the streams and the environment tell about the terminal."""
    return Terminal(
        stdin=is_tty(sys.stdin),
        stdout=is_tty(sys.stdout),
        stderr=is_tty(sys.stderr),
        dumb=environ.get("TERM", "").lower() in ("dumb", "unknown"),
    )


def preflight(facts: Terminal) -> tuple[str, dict[str, object]] | None:
    """Why the screens cannot be shown here: the key of a sentence and its values; None if they can.

    All three streams must be a terminal: Textual reads the first, asks the second for its size and
    writes to the third; with one of them redirected it runs unseen, or spins at the end of input.
    """
    if not facts.interactive:
        return "environment.no_terminal", {}
    if facts.dumb:
        return "environment.dumb", {}
    return None


def ascii_only(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the terminal's font has few signs beyond ASCII: the console of Linux."""
    return environ.get("TERM", "") in ("linux", "vt100", "vt102", "vt220")


def guess_language(languages: Sequence[str], environ: Mapping[str, str] = os.environ) -> str | None:
    """The first of `languages` that the locale asks for; None where it asks for none of them."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        for wanted in environ.get(name, "").lower().split(":"):
            code = locale.normalize(wanted.partition(".")[0].partition("@")[0]).partition("_")[0]
            if code in languages:
                return code
    return None


def is_tty(stream: TextIO | None) -> bool:
    """Whether somebody sits at it; not at one that is closed."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False


def _is_utf8(stream: TextIO | None) -> bool:
    encoding = getattr(stream, "encoding", None) or ""
    return encoding.lower().replace("-", "").replace("_", "") == "utf8"
