"""The control sequence that copies a text into the clipboard of the learner's machine (OSC 52)."""

from __future__ import annotations

import base64
from collections.abc import Mapping

MOST = 4096
"""Bytes of a text that is handed over: terminals drop longer ones, some of them at any length."""


def copying(text: str, environment: Mapping[str, str]) -> str:
    """What makes the terminal copy a text; "" for one that is too long.

    tmux and GNU screen let a sequence of this kind through only in a wrapping of their own.
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
    """Pieces that GNU screen takes: it reads at most 256 bytes between the wrappings."""
    return [sequence[at : at + most] for at in range(0, len(sequence), most)]
