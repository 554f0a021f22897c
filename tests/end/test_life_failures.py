"""An error nobody expected: the terminal is given back, one sentence is said, the details are in a
file that only the learner can read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from terminal import HOME, Start

PROGRAM = """
import sys
from rnntutor.ui import app, pacer, rows_view, unix_driver
from rnntutor.ui.screens import home

def fail(*args, **options):
    raise RuntimeError("planted")

async def fail_later(*args, **options):
    fail()

{plant}
from rnntutor.cli import main
sys.exit(main())
"""

AT_ONCE = {
    "while the program starts": "app.TutorApp.get_default_screen = fail",
    "when the first screen comes": "home.HomeScreen.own_commands = fail",
    "while a row is drawn": "rows_view.RowsView.render_lines = fail",
    "in a worker": "app.TutorApp._load = fail_later",
    # The terminal's own answers are read there too, and come at once.
    "while keys are read": "unix_driver.SteadyDriver._typed = fail",
}
AT_A_KEY = {
    "in a command": "home.HomeScreen.do_down = fail",
    "in a timer": (
        "home.HomeScreen.do_down = lambda self, key: (self.set_timer(0.01, fail), None)[1]"
    ),
    "after a refresh": (
        "home.HomeScreen.do_down = lambda self, key: (self.call_after_refresh(fail), None)[1]"
    ),
}


@pytest.mark.parametrize("where", [*AT_ONCE, *AT_A_KEY])
def test_an_error(start: Start, data: Path, where: str) -> None:
    plant = {**AT_ONCE, **AT_A_KEY}[where]
    program = [sys.executable, "-c", PROGRAM.format(plant=plant), "--lang", "en"]
    terminal = start(program=program)
    if where in AT_A_KEY:
        terminal.wait(HOME["en"])
        terminal.press("down")
    assert terminal.wait_for_end() == 1
    assert terminal.restored
    log = data / "crash.log"
    said = " ".join(row for row in terminal.rows if row)
    assert said.startswith("rnntutor: Something went wrong")
    assert terminal.shows(f"The details are in {log}.")
    assert "planted" not in said and "Traceback" not in said
    assert log.stat().st_mode & 0o777 == 0o600
    written = log.read_text()
    assert "RuntimeError: planted" in written and "in fail" in written


def test_an_error_in_a_thread_is_kept_off_the_screen(start: Start, data: Path) -> None:
    plant = """
import threading
home.HomeScreen.do_down = lambda self, key: threading.Thread(target=fail).start()
"""
    program = [sys.executable, "-c", PROGRAM.format(plant=plant), "--lang", "en"]
    terminal = start(program=program)
    terminal.wait(HOME["en"])
    terminal.quiet()
    terminal.press("up")
    before = terminal.text
    terminal.press("down")
    terminal.wait((data / "crash.log").exists)
    terminal.quiet()
    assert terminal.text == before
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert terminal.text.strip() == ""
