"""A signal ends the program: the terminal is restored, and the exit status contains the signal."""

from __future__ import annotations

import pytest
from terminal import HOME, Start


@pytest.mark.parametrize(
    ("name", "status"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGQUIT", 131), ("SIGINT", 130)]
)
def test_a_signal_gives_the_terminal_back(start: Start, name: str, status: int) -> None:
    terminal = start()
    terminal.wait(HOME["en"])
    assert not terminal.restored
    terminal.kill(name)
    assert terminal.wait_for_end() == status
    assert terminal.restored
    assert terminal.text.strip() == ""


@pytest.mark.parametrize("key", ["q", "ctrl+c", "ctrl+q"])
def test_leaving_by_a_key_gives_the_terminal_back(start: Start, key: str) -> None:
    terminal = start()
    terminal.wait(HOME["en"])
    terminal.press(key)
    assert terminal.wait_for_end() == 0
    assert terminal.restored
    assert terminal.text.strip() == ""
