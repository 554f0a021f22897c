"""Suspend and resume: the shell gets its terminal, and the tutor's screen is restored."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from shell import Shell
from terminal import HOME, Start


@pytest.fixture
def shell(start: Start, environ: dict[str, str], tmp_path: Path) -> Shell:
    return Shell(start, environ, tmp_path)


@pytest.mark.parametrize("how", ["ctrl+z", "SIGTSTP"])
def test_stop_and_foreground(shell: Shell, how: str) -> None:
    terminal = shell.terminal
    shell.tutor()
    terminal.wait(HOME["en"])
    terminal.press("down")
    terminal.quiet()
    before = terminal.text
    if how == "ctrl+z":
        terminal.press("ctrl+z")
    else:
        os.kill(shell.pid, signal.SIGTSTP)
    shell.prompt()
    assert terminal.restored
    shell.run("fg")
    terminal.wait(lambda: terminal.text == before)
    terminal.press("q")
    shell.prompt()
    assert terminal.restored
    shell.run("echo status=$?")
    terminal.wait("status=0")


def test_a_stop_in_the_midst_of_a_run_types_nothing_into_the_shell(shell: Shell) -> None:
    terminal = shell.terminal
    shell.tutor()
    terminal.wait(HOME["en"])
    terminal.press("6")
    terminal.wait("Another cell")
    terminal.press("enter")
    terminal.wait("to the stage")
    terminal.press("n")
    terminal.wait("Enter next")
    terminal.press("=", "=", "=", "space")
    terminal.wait(lambda: terminal.questions > 3)
    terminal.press("ctrl+z")
    shell.prompt()
    shell.run("echo nothing")
    terminal.wait(lambda: "nothing" in terminal.rows)
    assert "ready> echo nothing" in terminal.rows


def test_a_stopped_tutor_does_not_go_on_in_the_background(shell: Shell) -> None:
    terminal = shell.terminal
    shell.tutor()
    terminal.wait(HOME["en"])
    terminal.press("ctrl+z")
    shell.prompt()
    shell.run("bg")
    terminal.quiet()
    assert terminal.restored
    shell.run("fg")
    terminal.wait(HOME["en"])
    terminal.press("q")
    shell.prompt()
    assert terminal.restored


def test_a_stopped_tutor_can_be_ended(shell: Shell) -> None:
    terminal = shell.terminal
    shell.tutor()
    terminal.wait(HOME["en"])
    terminal.press("ctrl+z")
    shell.prompt()
    shell.run("kill %1; kill -CONT %1")
    terminal.wait(lambda: not shell.alive())
    assert terminal.restored


def test_started_behind_and_brought_to_the_front(shell: Shell) -> None:
    terminal = shell.terminal
    shell.tutor("&")
    shell.prompt()
    terminal.quiet(1.0)
    assert terminal.restored
    shell.run("fg")
    terminal.wait(HOME["en"])
    terminal.press("q")
    shell.prompt()
    assert terminal.restored


def test_where_nobody_could_continue_it_nothing_stops(start: Start) -> None:
    terminal = start()
    terminal.wait(HOME["en"])
    before = terminal.text
    terminal.press("ctrl+z", "down")
    terminal.wait(lambda: terminal.text not in ("", before) and terminal.shows(HOME["en"]))
    terminal.quiet()  # the terminal has been restored and taken again
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert terminal.restored


def test_stopped_by_somebody_else(start: Start) -> None:
    terminal = start()
    terminal.wait(HOME["en"])
    terminal.quiet()
    before = terminal.text
    terminal.kill("SIGSTOP")
    terminal.type("")
    terminal.kill("SIGCONT")
    terminal.wait(lambda: terminal.text == before)
    terminal.press("down")
    terminal.wait(lambda: terminal.text != before)
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert terminal.restored
