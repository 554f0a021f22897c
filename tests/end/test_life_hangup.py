"""If the line hangs up or blocks, the program ends without using the processor."""

from __future__ import annotations

from terminal import HOME, Start


def cpu_of_a_quiet_run(start: Start) -> float:
    terminal = start()
    terminal.wait(HOME["en"])
    terminal.press("q")
    terminal.wait_for_end()
    return terminal.seconds_of_cpu


def test_a_line_that_hangs_up_ends_the_program(start: Start) -> None:
    """This also holds for a program started with nohup."""
    ordinary = cpu_of_a_quiet_run(start)
    for ignored in ([], ["SIGHUP"]):
        terminal = start(ignored=ignored)
        terminal.wait(HOME["en"])
        terminal.hang_up()
        assert terminal.wait_for_end() == 129, ignored
        assert terminal.seconds_of_cpu < ordinary + 1, ignored


def stand_still(start: Start):  # type: ignore[no-untyped-def]
    """Start a tutor that has more to write than its terminal accepts."""
    terminal = start()
    terminal.wait(HOME["en"])
    terminal.press(*["l"] * 150)
    return terminal


def test_a_terminal_that_takes_nothing_does_not_keep_the_program_alive(start: Start) -> None:
    terminal = stand_still(start)
    terminal.kill("SIGTERM")
    assert terminal.wait_for_end(reading=False) == 143
    assert terminal.line_modes() == terminal.modes_before


def test_a_line_that_stood_still_and_hangs_up(start: Start) -> None:
    terminal = stand_still(start)
    terminal.hang_up()
    assert terminal.wait_for_end() == 129
