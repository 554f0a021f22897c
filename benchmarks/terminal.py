"""Run a program in a pseudo-terminal and record every byte with its time of arrival.

The line can be slow: bytes then arrive at a limited rate, and a cursor position request is answered
only after it has come through. Linux only: processor time and memory are read from /proc.
"""

from __future__ import annotations

import codecs
import contextlib
import os
import pty
import random
import re
import select
import signal
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import pyte

WIDTH, HEIGHT = 80, 24
LONGEST = 60.0  # longest wait, in seconds
GAP = 0.005  # seconds of silence that end a paint
WINDOW = 0.12  # seconds of reading after a key, before its paint is looked for
SLOW_PIECE = 512  # bytes per read of a slow line
QUESTION = b"\x1b[6n"

# Private modes and requests, which pyte would print.
_FOREIGN = re.compile(
    rb"\x1b\[[<>=][0-9;:]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1b\[\?u|\x1bP[^\x1b]*\x1b\\|\x1b_[^\x1b]*\x1b\\"
)
_UNFINISHED = re.compile(rb"\x1b(\[[<>=?]?[0-9;:]*\$?|[P_][^\x1b]*\x1b?)?$")

PROBE = """
import os, sys
os.environ.update(TEXTUAL_FPS="120", TEXTUAL_ANIMATIONS="none", TEXTUAL_DISABLE_KITTY_KEY="1")
from textual.app import App
from textual.widgets import Static

class OneWord(App):
    CSS = "Static { height: 1; width: 20; }"
    keys = ticks = 0

    def compose(self):
        yield Static("READABLE", id="word")
        if "running" in sys.argv:
            yield Static("", id="clock")

    def on_mount(self):
        if "running" in sys.argv:
            self.set_interval(0.25, self.tick)

    def tick(self):
        self.ticks += 1
        self.query_one("#clock").update(str(self.ticks), layout=False)

    def on_key(self):
        self.keys += 1
        self.query_one("#word").update(f"key {self.keys}", layout=False)

OneWord().run()
"""


class Piece(NamedTuple):
    """Bytes that arrived together.

    Attributes:
        at: time of arrival, in seconds of `time.perf_counter`.
        data: the bytes.
    """

    at: float
    data: bytes


class Use(NamedTuple):
    """What a program used over a period.

    Attributes:
        seconds: length of the period.
        sent: bytes written.
        cpu: processor time, in seconds of one core.
        frames: number of writes, separated by silence.
    """

    seconds: float
    sent: int
    cpu: float
    frames: int

    @property
    def rate(self) -> float:
        """Bytes per second."""
        return self.sent / self.seconds if self.seconds else 0.0

    @property
    def percent(self) -> float:
        """Per cent of one core."""
        return 100 * self.cpu / self.seconds if self.seconds else 0.0

    def plus(self, other: Use) -> Use:
        return Use(
            self.seconds + other.seconds,
            self.sent + other.sent,
            self.cpu + other.cpu,
            self.frames + other.frames,
        )


NOTHING = Use(0.0, 0, 0.0, 0)


class Terminal:
    """A program in a pseudo-terminal of 80 columns; a context manager that kills it at the end.

    Args:
        command: program and arguments.
        rate: bytes per second of a slow line; None for a fast one.
        truecolor: give the program 24-bit colour.
        height: rows of the window.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        rate: float | None = None,
        truecolor: bool = False,
        height: int = HEIGHT,
    ) -> None:
        self.screen = pyte.Screen(WIDTH, height)
        self.rate = rate
        self._stream = pyte.Stream(self.screen)
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._held = b""
        self._tail = b""
        self.began = time.perf_counter()
        self.pid, self._line = pty.fork()
        if self.pid == 0:
            os.execve(command[0], list(command), _environment(truecolor))
        termios.tcsetwinsize(self._line, (height, WIDTH))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._line)

    # ---- reading --------------------------------------------------------------------------------

    def send(self, keys: str) -> None:
        os.write(self._line, keys.encode())

    def read(self, seconds: float) -> Piece | None:
        """Return the next bytes, or None if none arrive within that many seconds.

        Raises:
            SystemExit: the program has ended.
        """
        if not select.select([self._line], [], [], max(0.0, seconds))[0]:
            return None
        try:
            data = os.read(self._line, 65536 if self.rate is None else SLOW_PIECE)
        except OSError:
            data = b""
        if not data:
            raise SystemExit("The program has ended.\n" + self.text())
        if self.rate is not None:
            time.sleep(len(data) / self.rate)
        arrived = time.perf_counter()
        # A request may begin in the bytes that were read before.
        for _ in range((self._tail + data).count(QUESTION)):
            self.send("\x1b[1;1R")
        self._tail = data[-len(QUESTION) + 1 :]
        return Piece(arrived, data)

    def collect(self, seconds: float) -> list[Piece]:
        """Return all bytes that arrive within that many seconds, without drawing them."""
        end = time.perf_counter() + seconds
        pieces = []
        while (left := end - time.perf_counter()) > 0:
            if (piece := self.read(left)) is not None:
                pieces.append(piece)
        return pieces

    def draw(self, piece: Piece) -> None:
        """Update the screen with received bytes."""
        data = self._held + piece.data
        unfinished = _UNFINISHED.search(data)
        cut = unfinished.start() if unfinished else len(data)
        self._held = data[cut:]
        self._stream.feed(self._decode(_FOREIGN.sub(b"", data[:cut])))

    def run(self, seconds: float) -> int:
        """Read and draw for that many seconds; return the number of bytes."""
        pieces = self.collect(seconds)
        for piece in pieces:
            self.draw(piece)
        return sum(len(piece.data) for piece in pieces)

    def quiet(self, seconds: float = 0.3, most: float = LONGEST) -> int:
        """Read and draw until nothing arrives for that many seconds; return the number of bytes."""
        end, count = time.perf_counter() + most, 0
        while time.perf_counter() < end and (piece := self.read(seconds)) is not None:
            count += len(piece.data)
            self.draw(piece)
        return count

    def wait(self, holds: Callable[[], bool], what: str, most: float = LONGEST) -> float:
        """Read and draw until a condition holds; return the time at which it did.

        Raises:
            SystemExit: it did not hold within `most` seconds.
        """
        end = time.perf_counter() + most
        while not holds():
            if time.perf_counter() > end:
                raise SystemExit(f"Never seen: {what}\n{self.text()}")
            if (piece := self.read(0.05)) is not None:
                self.draw(piece)
        return time.perf_counter()

    # ---- screen ---------------------------------------------------------------------------------

    def rows(self) -> list[str]:
        cells = self.screen.buffer
        return [
            "".join(cells[y][x].data for x in range(WIDTH)).rstrip()
            for y in range(self.screen.lines)
        ]

    def text(self) -> str:
        return "\n".join(self.rows())

    # ---- cost -----------------------------------------------------------------------------------

    def cpu(self) -> float:
        """Return processor time since the start, in seconds, to a hundredth."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def cpu_of_threads(self) -> float:
        """Return processor time of the threads that still run, in seconds, to a nanosecond."""
        found = 0
        for thread in Path(f"/proc/{self.pid}/task").iterdir():
            with contextlib.suppress(OSError):  # a thread that has ended meanwhile
                found += int((thread / "schedstat").read_text().split()[0])
        return found / 1e9

    def memory(self) -> float:
        """Return resident memory in MiB."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    def watch(self, seconds: float) -> Use:
        """Return the program's use over a period without input."""
        cpu, began = self.cpu(), time.perf_counter()
        pieces = self.collect(seconds)
        spent, took = self.cpu() - cpu, time.perf_counter() - began
        for piece in pieces:
            self.draw(piece)
        drawn = [Piece(0.0, b""), *(piece for piece in pieces if piece.data != QUESTION)]
        frames = sum(b.at - a.at > GAP for a, b in pairwise(drawn))
        return Use(took, sum(len(piece.data) for piece in pieces), spent, frames)

    def latency(self, key: str, mark: Callable[[], object]) -> float | None:
        """Measure the time from a key to the last byte of its paint.

        The paint starts with the write that changes `mark()` and ends at the next silence.

        Returns:
            Seconds; None if `mark()` does not change.
        """
        before = mark()
        sent = time.perf_counter()
        self.send(key)
        painted: float | None = None
        # Nothing is read while drawing, so everything is read first.
        window = WINDOW if self.rate is None else 0.5
        while time.perf_counter() - sent < 5.0:
            for piece in self.collect(window):
                self.draw(piece)
                if painted is None:
                    if mark() != before:
                        painted = piece.at
                elif piece.at - painted < self._gap:
                    painted = piece.at
            if painted is not None:
                return painted - sent
        return None

    @property
    def _gap(self) -> float:
        return GAP if self.rate is None else GAP + SLOW_PIECE / self.rate

    def latencies(
        self, keys: Sequence[str], count: int, mark: Callable[[], object], chance: random.Random
    ) -> list[float]:
        """Press `count` keys, cycling through `keys`, at random times; return their latencies in
        seconds."""
        found = []
        for n in range(count):
            self.run(chance.uniform(0.02, 0.3))
            took = self.latency(keys[n % len(keys)], mark)
            if took is not None:
                found.append(took)
        return found


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that this share of all values does not exceed; NaN for no values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def tutor(data_dir: Path, *arguments: str, python: Path = Path(sys.executable)) -> list[str]:
    """Return the command that starts the tutor of a Python environment.

    The installed script is used if there is one, else the module.

    Args:
        data_dir: data directory of the tutor.
        arguments: further arguments.
        python: Python of the environment.
    """
    script = python.parent / "rnntutor"
    program = [str(script)] if script.exists() else [str(python), "-m", "rnntutor"]
    return [*program, *arguments, "--lang", "en", "--data-dir", str(data_dir)]


def _environment(truecolor: bool) -> Mapping[str, str]:
    """Return the environment variables of an ordinary terminal.

    Over SSH this means 256 colours. Bytecode is kept, as in an installation, but outside the tree
    that is measured.
    """
    ours = ("TEXTUAL", "SSH_", "TERM", "COLORTERM", "NO_COLOR", "COLUMNS", "LINES", "LANG",
            "PYTHON")  # fmt: skip
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    colours = {"COLORTERM": "truecolor"} if truecolor else {}
    compiled = {"PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "rnntutor-benchmarks")}
    return kept | {"TERM": "xterm-256color", "LANG": "en_US.UTF-8"} | colours | compiled
