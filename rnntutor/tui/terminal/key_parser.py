"""Textual's input parser, changed to report a lone Esc immediately."""

from __future__ import annotations

import re
from collections.abc import Iterable

from textual._xterm_parser import XTermParser
from textual.message import Message

# Sequences that a terminal sends around a paste (DEC mode 2004).
PASTE, PASTED = "\x1b[200~", "\x1b[201~"

# An Esc that does not begin a control sequence. Textual combines it with the next character into an
# Alt key; the tutor has no Alt keys, and keys that arrive in one read are separate keys.
_ALONE = re.compile(r"(?<=\x1b)(?=[^\x1b\[\]OP_^X\\])")


class KeyParser(XTermParser):
    """A parser that does not combine an Esc with the next key of the same read."""

    _pasting = False
    _held = False  # whether the last character was an Esc

    def feed(self, data: str) -> Iterable[Message]:
        """Parse data from the terminal and yield its messages."""
        if not data:
            yield from super().feed(data)
            return
        if self._held and _ALONE.match("\x1b" + data, 1):
            yield from self._esc()
        starts, ends = data.rfind(PASTE), data.rfind(PASTED)
        pasted = self._pasting or starts >= 0
        if starts >= 0 or ends >= 0:
            self._pasting = starts > ends
        parts = [data] if pasted else _ALONE.split(data)
        for n, part in enumerate(parts, 1):
            yield from super().feed(part)
            self._held = part.endswith("\x1b") and not self._pasting
            if n < len(parts):
                yield from self._esc()

    def tick(self) -> Iterable[Message]:
        """Yield the message of a pending sequence whose timeout has passed."""
        if self._timeout_time is None:
            self._held = False
        yield from super().tick()

    def _esc(self) -> Iterable[Message]:
        """Report the pending Esc as a key without waiting for its timeout."""
        if self._timeout_time is not None:
            self._timeout_time = 0.0
        yield from self.tick()
        self._held = False
