"""A resume command is copied to the clipboard by one bounded control sequence."""

from __future__ import annotations

import base64
import re

from rnntutor.tui.terminal.clipboard import MOST, copying

LINE = "rnntutor sim cell text='이 영화는' U=-0.8"


def test_the_terminal_gets_the_text_and_nothing_that_it_could_take_for_a_command() -> None:
    sequence = copying(LINE + "\x1b[2J", {})
    match = re.fullmatch(r"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07", sequence)
    assert match is not None
    assert base64.b64decode(match[1]).decode() == LINE + "\x1b[2J"


def test_tmux_lets_it_through_in_its_wrapping() -> None:
    wrapped = copying(LINE, {"TMUX": "/tmp/tmux-0/default,1,0"})
    assert wrapped.startswith("\x1bPtmux;\x1b\x1b]52;c;") and wrapped.endswith("\x1b\\")
    assert wrapped[7:-2].replace("\x1b\x1b", "\x1b") == copying(LINE, {})


def test_screen_gets_pieces_that_it_reads() -> None:
    long = LINE * 40
    pieces = re.findall(r"\x1bP(.*?)\x1b\\", copying(long, {"STY": "1.pts"}), re.DOTALL)
    assert "".join(pieces) == copying(long, {})
    assert max(map(len, pieces)) <= 256


def test_what_is_too_long_is_not_sent() -> None:
    assert copying("x" * (MOST + 1), {}) == ""
    assert copying("x" * MOST, {})
