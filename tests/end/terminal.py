"""A program in a pseudo-terminal, with a screen that can be read."""

from __future__ import annotations

import codecs
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from time import monotonic
from types import TracebackType

import pyte

PATIENCE = 30.0  # seconds; only a failure waits that long

KEYS = {
    "space": " ", "enter": "\r", "esc": "\x1b", "tab": "\t", "shift+tab": "\x1b[Z",
    "backspace": "\x7f", "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
    "home": "\x1b[H", "end": "\x1b[F", "pgup": "\x1b[5~", "pgdn": "\x1b[6~",
}  # fmt: skip

PLAIN_MODES = frozenset({7, 25})
"""The private modes of a terminal that no program has changed: lines wrap, the cursor is shown."""

HOME = {"en": "Inside the LSTM", "ko": "LSTM의 구조"}
"""A text of the home screen that comes with the last of it, by language."""

ALTERNATE = 1049

# Sequences that pyte would print instead of ignoring them.
_FOREIGN = re.compile(
    rb"\x1b\[[<>=][0-9;:]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1b\[\?u|\x1bP[^\x1b]*\x1b\\"
)
_UNFINISHED = re.compile(rb"\x1b(\[[<>=?]?[0-9;:]*\$?|P[^\x1b]*\x1b?)?$")

# Make standard input the terminal of the new session, then execute the program.
_ENTER = """
import fcntl, os, signal, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
ignored = sys.argv[1].split(",")
# Whoever runs the tests may ignore some (nohup, a job in the background).
for name in ("SIGHUP", "SIGQUIT", "SIGINT", "SIGTERM"):
    signal.signal(getattr(signal, name), signal.SIG_IGN if name in ignored else signal.SIG_DFL)
os.execvp(sys.argv[2], sys.argv[2:])
"""


class Screen(pyte.Screen):
    """A pyte screen with an alternate screen and private modes."""

    def __init__(self, columns: int, lines: int) -> None:
        self.private: set[int] = set(PLAIN_MODES)
        self._behind: list[list[pyte.screens.Char]] = []
        self._saved_cursor = (0, 0)
        super().__init__(columns, lines)

    def set_mode(self, *modes: int, **kwargs: bool) -> None:
        if kwargs.get("private"):
            if ALTERNATE in modes and ALTERNATE not in self.private:
                self._behind = self._cells()
                self._saved_cursor = (self.cursor.y, self.cursor.x)
                self.erase_in_display(2)
            self.private |= set(modes)
        super().set_mode(*modes, **kwargs)

    def reset_mode(self, *modes: int, **kwargs: bool) -> None:
        if kwargs.get("private"):
            if ALTERNATE in modes and ALTERNATE in self.private:
                self.erase_in_display(2)
                for y, row in enumerate(self._behind[: self.lines]):
                    for x, cell in enumerate(row[: self.columns]):
                        self.buffer[y][x] = cell
                self.cursor.y, self.cursor.x = self._saved_cursor
            self.private -= set(modes)
        super().reset_mode(*modes, **kwargs)

    def _cells(self) -> list[list[pyte.screens.Char]]:
        return [
            [self.buffer[y][x] for x in range(self.columns)]
            for y in range(self.lines)
        ]  # fmt: skip

    def rows(self) -> list[str]:
        """The lines as text; the second cell of a wide character is empty."""
        return ["".join(cell.data for cell in row).rstrip() for row in self._cells()]


class Terminal:
    """A program in a pseudo-terminal.

    Args:
        command: the program and its arguments.
        size: columns and lines.
        env: environment variables.
        answers: whether the terminal answers requests for the cursor position.
        ignored: names of signals that the program ignores from the start, as with nohup.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str] | None = None,
        answers: bool = True,
        ignored: Iterable[str] = (),
    ) -> None:
        self.screen = Screen(*size)
        self.answers = answers
        self.status: int | None = None
        self.seconds_of_cpu = 0.0
        self.questions = 0
        self.received = 0  # bytes
        self._rows: list[str] = []
        self._rows_of: int | None = None  # what had been received then
        self._stream = pyte.Stream(self.screen)
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._held = b""
        self._master, self._slave = os.openpty()
        self.resize(*size)
        enter = [sys.executable, "-I", "-S", "-c", _ENTER, ",".join(ignored)]
        self._process = subprocess.Popen(
            [*enter, *command],
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            env={} if env is None else dict(env),
            start_new_session=True,
        )
        self.modes_before = self.line_modes()

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._reap() is None:
            self.kill("SIGKILL")
            self._reap(block=True)
        self.hang_up()

    # ---- input ----------------------------------------------------------------------------------

    def press(self, *names: str) -> None:
        """Press keys by name ("enter", "ctrl+z", "n", "ㅜ")."""
        self.type("".join(_key(name) for name in names))

    def type(self, text: str | bytes) -> None:
        """Send text or bytes unchanged."""
        data = text.encode() if isinstance(text, str) else text
        while data:
            data = data[os.write(self._master, data) :]

    def answer(self) -> None:
        """Report the cursor position, as a terminal does on request."""
        if self._master >= 0:
            self.type(f"\x1b[{self.screen.cursor.y + 1};{self.screen.cursor.x + 1}R")

    def resize(self, columns: int, lines: int) -> None:
        """Resize the window; the kernel signals the program."""
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.screen.resize(lines, columns)
        self._rows_of = None

    def kill(self, name: str) -> None:
        """Send the program a signal by name."""
        os.kill(self.pid, getattr(signal, name))

    def hang_up(self) -> None:
        """Close the line, like a dropped connection."""
        for end in (self._master, self._slave):
            if end >= 0:
                os.close(end)
        self._master = self._slave = -1

    # ---- screen ---------------------------------------------------------------------------------

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def rows(self) -> list[str]:
        if self._rows_of != self.received:  # a test looks many times while nothing arrives
            self._rows_of, self._rows = self.received, self.screen.rows()
        return self._rows

    @property
    def text(self) -> str:
        return "\n".join(self.rows)

    def shows(self, text: str) -> bool:
        """Return whether a text is on the screen, ignoring line breaks."""
        return text in self.text or _packed(text) in _packed(self.text)

    def line_modes(self) -> list[object]:
        """Return the terminal's line modes, as printed by `stty -a`, for comparison."""
        modes = termios.tcgetattr(self._slave)
        return [*modes[:6], *modes[6]]

    @property
    def restored(self) -> bool:
        """Whether the terminal is in the state before the program."""
        return self.screen.private == PLAIN_MODES and self.line_modes() == self.modes_before

    def left_for_the_shell(self) -> bytes:
        """Return the input that a shell would read next."""
        found = b""
        before = termios.tcgetattr(self._slave)
        raw = [*before[:3], before[3] & ~(termios.ICANON | termios.ECHO), *before[4:]]
        termios.tcsetattr(self._slave, termios.TCSANOW, raw)
        while select.select([self._slave], [], [], 0.3)[0]:
            found += os.read(self._slave, 4096)
        termios.tcsetattr(self._slave, termios.TCSANOW, before)
        return found

    # ---- waiting --------------------------------------------------------------------------------

    def wait(self, wanted: str | Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Read until a text is on the screen or a condition holds.

        Raises:
            AssertionError: it did not happen in time; the message contains the screen.
        """
        end = monotonic() + seconds
        while not (wanted() if callable(wanted) else self.shows(wanted)):
            left = end - monotonic()
            ended = self._reap() is not None
            if left <= 0 or (ended and not self._read(0) and not self._holds(wanted)):
                raise AssertionError(f"{wanted!r} never came.{self._report()}")
            self._read(min(left, 0.05))

    def wait_for_end(self, seconds: float = PATIENCE, *, reading: bool = True) -> int:
        """Read until the program has ended.

        Args:
            seconds: longest time to wait.
            reading: read the program's output while waiting.

        Returns:
            Its exit status.
        """
        end = monotonic() + seconds
        while self._reap() is None:
            left = end - monotonic()
            if left <= 0:
                raise AssertionError(f"The program does not end.{self._report()}")
            if reading:
                self._read(min(left, 0.02))
            else:
                select.select([], [], [], min(left, 0.02))
        while reading and self._read(0):
            pass
        assert self.status is not None
        return self.status

    def read(self, seconds: float) -> bool:
        """Read once within that many seconds; return whether anything was read."""
        return self._read(seconds)

    @property
    def ended(self) -> bool:
        """Whether the program has ended."""
        return self._reap() is not None

    def quiet(self, seconds: float = 0.3, most: float = PATIENCE) -> None:
        """Read until nothing is written for that many seconds."""
        end = monotonic() + most
        while self._read(seconds) and monotonic() < end:
            pass

    def _holds(self, wanted: str | Callable[[], bool]) -> bool:
        return wanted() if callable(wanted) else self.shows(wanted)

    def _report(self) -> str:
        return f" Exit status {self.status}. The screen:\n{self.text}\n"

    def _read(self, seconds: float) -> bool:
        """Read once within that many seconds; return whether anything was read."""
        if self._master < 0:
            select.select([], [], [], seconds)
            return False
        if not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return False
        self.received += len(data)
        self._show(self._held + data)
        return bool(data)

    def _show(self, data: bytes) -> None:
        unfinished = _UNFINISHED.search(data)
        cut = unfinished.start() if unfinished else len(data)
        data, self._held = data[:cut], data[cut:]
        # A request is answered after the output before it has been drawn.
        *parts, last = data.split(b"\x1b[6n")
        for part in parts:
            self._draw(part)
            self.questions += 1
            if self.answers:
                self.answer()
        self._draw(last)

    def _draw(self, data: bytes) -> None:
        self._stream.feed(self._decode(_FOREIGN.sub(b"", data)))

    def _reap(self, *, block: bool = False) -> int | None:
        if self.status is None:
            pid, status, usage = os.wait4(self.pid, 0 if block else os.WNOHANG)
            if pid:
                self.status = self._process.returncode = os.waitstatus_to_exitcode(status)
                self.seconds_of_cpu = usage.ru_utime + usage.ru_stime
        return self.status


Start = Callable[..., Terminal]
"""Starts the tutor with arguments in a terminal, or `program=[…]`; other options are Terminal's."""


def command() -> list[str]:
    """Return the installed command of this Python, or the module if there is none."""
    script = Path(sys.executable).parent / "rnntutor"
    return [str(script)] if script.exists() else [sys.executable, "-m", "rnntutor"]


def _key(name: str) -> str:
    if name.startswith("ctrl+"):
        return chr(ord(name[5].upper()) & 0x1F)
    return KEYS.get(name, name)


def _packed(text: str) -> str:
    return "".join(text.split())
