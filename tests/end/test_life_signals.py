"""A signal ends the program: the terminal is restored, and the exit status contains the signal."""

from __future__ import annotations

import pytest
from sampling import sampled
from terminal import HOME, Start

SIGNALS = [("SIGTERM", 143), ("SIGHUP", 129), ("SIGQUIT", 131), ("SIGINT", 130)]


@pytest.mark.parametrize(
    ("name", "status"), sampled(SIGNALS, lambda one: one[0] in ("SIGTERM", "SIGINT"))
)
def test_a_signal_gives_the_terminal_back(start: Start, name: str, status: int) -> None:
    terminal = start()
    terminal.wait(HOME["en"])
    assert not terminal.restored
    terminal.kill(name)
    assert terminal.wait_for_end() == status
    assert terminal.restored
    assert terminal.text.strip() == ""


# Many tests leave by "q" and by "ctrl+q".
@pytest.mark.parametrize("key", sampled(["q", "ctrl+c", "ctrl+q"], lambda key: key == "ctrl+c"))
def test_leaving_by_a_key_gives_the_terminal_back(start: Start, key: str) -> None:
    terminal = start()
    terminal.wait(HOME["en"])
    terminal.press(key)
    assert terminal.wait_for_end() == 0
    assert terminal.restored
    assert terminal.text.strip() == ""
