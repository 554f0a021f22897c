"""An unexpected error replaces the page by a message, or ends the program if there is no page.

The terminal is restored, and the details are in a file that only the learner can read.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from terminal import HOME, Start, Terminal

PROGRAM = """
import sys
from rnntutor.tui import app
from rnntutor.tui.terminal import flow_control as flow, unix_driver
from rnntutor.tui.widgets import rows_view
from rnntutor.tui.screens import home

def fail(*args, **options):
    raise RuntimeError("planted")

async def fail_later(*args, **options):
    fail()

{plant}
from rnntutor.cli import main
sys.exit(main())
"""

# An error for which no page is left.
THE_END = {
    "while the program starts": "app.TutorApp.get_default_screen = fail",
    "while any row is drawn": "rows_view.RowsView.render_lines = fail",
    # The terminal's own answers are read there too, and come immediately.
    "while keys are read": "unix_driver.UnixDriver._available_input = fail",
}
AT_ONCE = {
    "when the first screen comes": "home.HomeScreen.own_commands = fail",
    "in a worker": "app.TutorApp._load = fail_later",
}
IN_THE_PAINTING = """
def painted(self, key):
    home.HomeScreen.paint_body = fail
    self.paint()

home.HomeScreen.do_down = painted
"""
# One of these at each press of the key.
AT_A_KEY = """
from rnntutor.tui.screens import lab, menu

def new_screen(self):
    menu.MenuScreen.paint_body = fail
    return self.do_lab("b")

def screen_without_parts(self):
    lab.LabScreen.body = fail
    return self.do_lab("b")

steps = iter((
    fail,
    fail_later,
    lambda self: (self.set_timer(0.01, fail), None)[1],
    lambda self: (self.call_after_refresh(fail), None)[1],
    lambda self: self.rows("rows").show(((rows_view.Span("x", "no such role"),),)),
    new_screen,
    screen_without_parts,
))
home.HomeScreen.do_down = lambda self, key: next(steps)(self)
"""
WHERE = (
    "in a command",
    "in a command that waits",
    "in a timer",
    "after a refresh",
    "in a row",
    "in a new screen",
    "in a screen without parts",
)
SAID = "Something went wrong that should not have"


@pytest.mark.parametrize("where", THE_END)
def test_an_error_that_ends_the_program(start: Start, data: Path, where: str) -> None:
    program = [sys.executable, "-c", PROGRAM.format(plant=THE_END[where]), "--lang", "en"]
    terminal = start(program=program)
    assert terminal.wait_for_end() == 1
    assert terminal.restored
    said = " ".join(row for row in terminal.rows if row)
    assert said.startswith(f"rnntutor: {SAID}")
    assert terminal.shows(f"The details are in {data / 'crash.log'}.")
    assert "planted" not in said and "Traceback" not in said
    _the_details_are_kept(data)


@pytest.mark.parametrize("plant", [*AT_ONCE.values(), IN_THE_PAINTING], ids=[*AT_ONCE, "painting"])
def test_an_error_that_ends_a_page(start: Start, data: Path, plant: str) -> None:
    """A message is shown, and the tutor can be quit normally."""
    terminal = start(program=[sys.executable, "-c", PROGRAM.format(plant=plant), "--lang", "en"])
    if plant == IN_THE_PAINTING:
        terminal.wait(HOME["en"])
        terminal.press("down")
    _it_is_said(terminal)
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert terminal.restored
    _the_details_are_kept(data)


def test_after_an_error_at_a_key_the_tutor_can_be_used_as_ever(start: Start, data: Path) -> None:
    program = [sys.executable, "-c", PROGRAM.format(plant=AT_A_KEY), "--lang", "en"]
    terminal = start(program=program)
    for where in WHERE:
        terminal.wait(HOME["en"])
        terminal.press("down")
        _it_is_said(terminal)
        if where != "in a screen without parts":
            terminal.press("esc")
            terminal.wait(HOME["en"])
        terminal.press("g")
        terminal.wait("Glossary")
        terminal.press("esc")
        terminal.wait(lambda: "rnntutor" in terminal.rows[0])
        _the_details_are_kept(data, "KeyError" if where == "in a row" else "RuntimeError: planted")
        (data / "crash.log").unlink()  # the next error creates it again
    terminal.wait(HOME["en"])
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert terminal.restored


def _it_is_said(terminal: Terminal) -> None:
    terminal.wait(f"{SAID}. What you did so far is saved.")
    assert "planted" not in terminal.text and "Traceback" not in terminal.text


def _the_details_are_kept(data: Path, error: str = "RuntimeError: planted") -> None:
    log = data / "crash.log"
    assert log.stat().st_mode & 0o777 == 0o600
    written = log.read_text()
    assert error in written and "Traceback" in written


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
