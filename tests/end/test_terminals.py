"""With any kind of terminal, or none, the tutor is displayed correctly or reports the problem."""

from __future__ import annotations

import subprocess

import pytest
from sampling import sampled
from terminal import HOME, Start, Terminal, command

NO_TERMINAL = "rnntutor: The screens need a terminal for input and output."


def by_shell(start: Start, line: str) -> Terminal:
    """Start the tutor as "$@" in a line of shell."""
    return start(program=["/bin/sh", "-c", line, "sh", *command(), "--lang", "en"])


@pytest.mark.parametrize("redirected", ["</dev/null", ">/dev/null", "<&-", ">&-"])
def test_without_a_terminal_on_both_sides_it_says_so(start: Start, redirected: str) -> None:
    terminal = by_shell(start, f'exec "$@" {redirected}')
    assert terminal.wait_for_end() == 2
    assert terminal.text.startswith(NO_TERMINAL)
    assert terminal.restored


def test_into_a_pipe_it_says_so(start: Start) -> None:
    terminal = by_shell(start, '{ "$@"; echo "status $?"; } | cat')
    assert terminal.wait_for_end() == 0
    assert terminal.shows(NO_TERMINAL) and terminal.shows("status 2")


def test_with_nowhere_to_complain_the_status_says_it(start: Start) -> None:
    terminal = by_shell(start, 'exec "$@" 2>/dev/null')
    assert terminal.wait_for_end() == 2
    assert terminal.text.strip() == ""


def test_a_dumb_terminal_is_told_what_to_do(start: Start, environ: dict[str, str]) -> None:
    terminal = start(env=environ | {"TERM": "dumb"})
    assert terminal.wait_for_end() == 2
    assert terminal.shows("rnntutor --plain")
    assert terminal.restored


NO_UTF8 = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
STRANGE = [
    {"TERM": "linux", "COLORTERM": ""},
    {"TERM": ""},
    {"NO_COLOR": "1"},
    {"TEXTUAL_COLOR_SYSTEM": "nonsense"},
    {"TEXTUAL_COLOR_SYSTEM": ""},
    {"TEXTUAL_FPS": "", "TEXTUAL_ANIMATIONS": "nonsense"},
    {"LC_ALL": "C"},
    NO_UTF8,
]
# Several at once in every suite: none of them takes away what another does.
AT_ONCE = [
    {"TERM": "linux", "COLORTERM": "", "TEXTUAL_COLOR_SYSTEM": "nonsense", **NO_UTF8},
    {"TERM": "", "TEXTUAL_COLOR_SYSTEM": "", "LC_ALL": "C"},
    {"NO_COLOR": "1", "TEXTUAL_FPS": "", "TEXTUAL_ANIMATIONS": "nonsense"},
]


@pytest.mark.parametrize(
    "change",
    sampled([*AT_ONCE, *STRANGE], AT_ONCE.__contains__),
    ids=lambda change: " ".join(f"{name}={value}" for name, value in change.items()),
)
def test_it_is_readable_whatever_the_environment(
    start: Start, environ: dict[str, str], change: dict[str, str]
) -> None:
    terminal = start("--lang", "ko", env=environ | change)
    terminal.wait(HOME["ko"])
    assert "\\u" not in terminal.text and "�" not in terminal.text
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert terminal.restored


def korean_locale() -> str | None:
    """Return a locale with EUC-KR, if this system has one."""
    try:
        there = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False)
    except OSError:
        return None
    return next((name for name in there.stdout.split() if "euckr" in _bare(name)), None)


def _bare(name: str) -> str:
    return name.lower().replace("-", "")


@pytest.mark.skipif(korean_locale() is None, reason="no EUC-KR locale on this system")
def test_a_locale_of_another_encoding(start: Start, environ: dict[str, str]) -> None:
    terminal = start("--lang", "ko", env=environ | {"LC_ALL": str(korean_locale())})
    terminal.wait(HOME["ko"])
    terminal.press("q")
    assert terminal.wait_for_end() == 0


# ---- sizes ---------------------------------------------------------------------------------------


def test_a_window_too_small_is_told_so_and_may_grow(start: Start) -> None:
    terminal = start(size=(40, 10))
    terminal.wait("40×10 cells, and 60×20 are needed")
    terminal.resize(80, 24)
    terminal.wait(HOME["en"])
    assert not terminal.shows("are needed")
    terminal.resize(20, 5)
    terminal.wait("60×20")
    terminal.resize(60, 20)
    terminal.wait("? help")
    terminal.press("q")
    assert terminal.wait_for_end() == 0


@pytest.mark.parametrize(
    ("columns", "lines"), sampled([(20, 5), (1, 1), (300, 100)], lambda size: size != (20, 5))
)
def test_no_size_breaks_it(start: Start, columns: int, lines: int) -> None:
    terminal = start(size=(columns, lines))
    terminal.wait(lambda: not terminal.restored)
    terminal.quiet()
    for keys in (["enter"], ["2"], ["enter"], ["space"], ["right"], ["esc"]):
        terminal.press(*keys)
        terminal.quiet(0.05)
    terminal.resize(80, 24)
    terminal.wait("help")
    terminal.press("ctrl+q")
    assert terminal.wait_for_end() == 0
    assert terminal.restored


def test_a_storm_of_sizes_leaves_the_screen_as_it_was(start: Start) -> None:
    terminal = start()
    terminal.wait(HOME["en"])
    terminal.quiet()
    before = terminal.text
    for n in range(60):
        terminal.resize(1 + (37 * n) % 160, 1 + (17 * n) % 60)
    # While a window is dragged, its last sizes arrive one by one.
    for columns in (81, 80):
        terminal.resize(columns, 24)
        terminal.quiet()
    terminal.wait(lambda: terminal.text == before)
    terminal.press("q")
    assert terminal.wait_for_end() == 0


# ---- answers -------------------------------------------------------------------------------------


def run_a_stage(terminal: Terminal) -> None:
    """Go from home to the first simulation of a lesson, and start it."""
    terminal.wait(HOME["en"])
    terminal.press("6")
    terminal.wait("In this lesson you will go through")
    terminal.press("n")
    terminal.wait("to the stage")
    terminal.press("n")
    terminal.wait("step 0 of 4")
    terminal.press("=", "=", "=", "space")


def test_what_is_on_its_way_is_not_typed_into_the_shell(start: Start) -> None:
    terminal = start()
    run_a_stage(terminal)
    terminal.answers = False
    asked = terminal.questions
    terminal.wait(lambda: terminal.questions > asked)
    terminal.press("q", "x")
    terminal.quiet()
    terminal.answer()
    assert terminal.wait_for_end() == 0
    assert terminal.restored
    assert terminal.left_for_the_shell() == b""


def test_an_answer_that_comes_after_leaving_at_once_is_waited_for(start: Start) -> None:
    terminal = start(answers=False)
    terminal.wait(lambda: terminal.questions > 0)
    terminal.press("q")
    terminal.quiet()
    terminal.answer()
    assert terminal.wait_for_end() == 0
    assert terminal.left_for_the_shell() == b""


def test_a_run_goes_on_where_the_terminal_answers_nothing(start: Start) -> None:
    terminal = start(answers=False)
    run_a_stage(terminal)
    terminal.wait("step 4 of 4")
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert terminal.left_for_the_shell() == b""
