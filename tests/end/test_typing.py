"""Typed input arrives correctly: Hangul keys, Hangul text, pastes, keys typed ahead."""

from __future__ import annotations

from pathlib import Path

from sitting import Learner, begin_at
from terminal import HOME, Start, Terminal


def at_page(start: Start, data: Path, page: str) -> tuple[Terminal, Learner]:
    """Start the tutor on a page of the lesson `cell`."""
    begin_at(data, "cell", page)
    terminal = start()
    learner = Learner(terminal, data, "en")
    terminal.wait(learner.words("home.continue"))
    terminal.press("enter")
    learner.arrived(learner.page)
    return terminal, learner


def test_letters_of_a_korean_input_method_are_keys(start: Start, data: Path) -> None:
    terminal = start()
    terminal.wait(HOME["en"])
    learner = Learner(terminal, data, "en")
    terminal.press("ㅎ")
    terminal.wait(lambda: learner.words("glossary.title") in terminal.rows[0])
    terminal.press("esc")
    terminal.wait(lambda: "rnntutor" in terminal.rows[0])
    learner.open_lesson("cell")
    pages = learner.pages("cell")
    terminal.press("ㅜ")
    learner.arrived(pages[1])
    learner.to_stage()
    terminal.press("푸")  # v and n: the next view, and a message on what is not done
    terminal.wait("2 ")
    terminal.press("ㅜ")
    learner.arrived(pages[2])
    terminal.press("ㅔ")
    learner.arrived(pages[1])
    assert "2/2" in terminal.text or " 2 " in terminal.text
    terminal.press("ㅂ")
    assert terminal.wait_for_end() == 0


def test_hangul_in_a_field_even_byte_by_byte(start: Start, data: Path) -> None:
    terminal, learner = at_page(start, data, "gates.how-much-what")
    terminal.press("down", "down")
    learner.in_field()
    for byte in "기억 셀".encode():
        terminal.type(bytes([byte]))
        terminal.quiet(0.02)
    terminal.wait(lambda: terminal.text.count("기억 셀") == 2)
    terminal.press("backspace", "backspace", "left", "backspace")
    terminal.wait(lambda: terminal.text.count("억") == 2 and "기" not in terminal.text)


def test_a_paste_where_there_is_no_field_is_nothing(start: Start) -> None:
    terminal = start()
    terminal.wait(HOME["en"])
    terminal.quiet()
    before = terminal.text
    terminal.type("\x1b[200~6q\r\x1b[201~")
    terminal.quiet()
    assert terminal.text == before
    terminal.press("q")
    assert terminal.wait_for_end() == 0


JUNK = (b"\xb0\xa1\xff\xfe", b"\x9b\x00\x1b[\xc3(", b"\xed\xa0\x80")


def test_what_comes_at_once_goes_where_it_belongs(start: Start, data: Path) -> None:
    """A paste is text of one line, keys typed ahead go into the field, leave it and turn pages, as
    on a slow line, and bytes that are no text change nothing."""
    terminal, learner = at_page(start, data, "gates.threshold")
    right = ("gates.threshold", "right")
    terminal.type("\x1b[200~\r\n 4 \r\nq\x1b[201~\r3")
    terminal.wait(learner.words("verdict.right"))
    assert learner.answers == [right]
    learner.again()
    learner.in_field()
    for digit, junk in zip("479", JUNK, strict=True):
        assert not terminal.shows(digit)
        terminal.type(junk)
        terminal.quiet()
        terminal.type(digit)
        terminal.wait(digit)
    terminal.type("\x7f" * 30 + "9\x7f4.0\r3")
    terminal.wait(learner.words("verdict.right"))
    assert learner.answers == [right, right]
    title = terminal.rows[0]
    terminal.type("n")
    terminal.wait(lambda: terminal.rows[0] != title)
    terminal.press("ctrl+q")
    assert terminal.wait_for_end() == 0
    assert terminal.restored
    assert not (data / "crash.log").exists()


def test_exported_sizes_do_not_count(start: Start, environ: dict[str, str]) -> None:
    """COLUMNS and LINES of another window are ignored."""
    terminal = start(env=environ | {"COLUMNS": "50", "LINES": "10"})
    terminal.wait(HOME["en"])


def test_z_in_a_simulation_does_not_leave_it(start: Start) -> None:
    terminal = start("--lang", "en", "sim", "cell")
    terminal.wait("step 0 of 6")
    terminal.press("z", "right")
    terminal.wait("step 1 of 6")
