"""The control sequence OSC 52, which copies a text to the clipboard of the learner's machine."""

from __future__ import annotations

import base64
from collections.abc import Mapping

MOST = 4096
"""Maximum length in bytes; terminals drop longer texts, some of them any text."""


def copying(text: str, environment: Mapping[str, str]) -> str:
    """Return the sequence that makes the terminal copy a text; "" if the text is too long.

    tmux and GNU screen pass it on only inside a wrapper sequence of their own.
    """
    data = text.encode()
    if len(data) > MOST:
        return ""
    sequence = f"\x1b]52;c;{base64.b64encode(data).decode()}\x07"
    if environment.get("TMUX"):
        return f"\x1bPtmux;{sequence.replace(chr(27), chr(27) * 2)}\x1b\\"
    if environment.get("STY"):
        return "".join(f"\x1bP{part}\x1b\\" for part in _cut(sequence))
    return sequence


def _cut(sequence: str, most: int = 250) -> list[str]:
    """Return pieces short enough for GNU screen, which accepts at most 256 bytes per wrapper."""
    return [sequence[at : at + most] for at in range(0, len(sequence), most)]
