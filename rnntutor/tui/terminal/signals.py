"""Signal handling: the terminal is restored and the log written whatever ends the program."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import os
import select
import signal
import threading
from collections.abc import Callable, Coroutine
from time import sleep
from typing import Any

from rnntutor.tui.terminal.host import Host

ENDINGS = ("SIGTERM", "SIGHUP", "SIGQUIT", "SIGINT")
HUNG_UP = 129  # exit status after SIGHUP
WATCHDOG = 3.0  # seconds for an orderly shutdown, after which the process is killed

# Resets all terminal modes that Textual sets.
PLAIN = (
    "\x1b[?2004l\x1b[?7h\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1004l"
    "\x1b[<u\x1b[?1049l\x1b[?25h"
)


class ShutdownGuard:
    """Installs signal handlers that end the program in the same way as `q`.

    A watchdog kills the process after WATCHDOG seconds in any case, because writing to a stalled
    connection blocks everything else.

    Args:
        app: the running application, about to take over its terminal.
        terminal: the file descriptor it reads from.
    """

    def __init__(self, app: Host, terminal: int) -> None:
        self.app = app
        self.terminal = terminal
        self.status: int | None = None
        self._loop = asyncio.get_running_loop()
        self._context = contextvars.copy_context()
        self._tasks: set[asyncio.Task[None]] = set()
        self._modes = _modes(terminal)
        self._wake_at_signals()
        # A handler may interrupt any code, so it only writes to a pipe and takes no lock.
        wake, self._alarm = os.pipe()
        threading.Thread(target=self._watch, args=(wake,), name="guard", daemon=True).start()
        for name in ENDINGS:
            number = getattr(signal, name, None)
            # Signals ignored by the parent process (nohup) stay ignored.
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, lambda number, _: self.end(128 + number))

    def _wake_at_signals(self) -> None:
        """Wake the loop on signals.

        Otherwise a signal that arrives just as the loop starts waiting is handled only at the next
        event.
        """
        heard, told = os.pipe()
        os.set_blocking(heard, False)
        os.set_blocking(told, False)
        self._loop.add_reader(heard, os.read, heard, 512)
        signal.set_wakeup_fd(told, warn_on_full_buffer=False)

    @property
    def ending(self) -> bool:
        """Whether the program is about to end."""
        return self.status is not None

    def end(self, status: int) -> None:
        """End with `status`, unless the shutdown has already begun; callable from any thread."""
        if self.status is None:
            self.status = status
            os.write(self._alarm, b".")
            self.schedule(lambda: self.keep(self.app.leave(status)))

    def hung_up(self) -> None:
        """End after a hang-up, without waiting for the last frame's acknowledgement."""
        self.schedule(self.app.flow.acknowledge)
        self.end(HUNG_UP)

    def schedule(self, callback: Callable[[], object]) -> None:
        """Call `callback` on the interface's thread if its loop is still open."""
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(callback, context=self._context)

    def keep(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` as a task on the interface's thread."""
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _watch(self, wake: int) -> None:
        os.read(wake, 1)
        sleep(WATCHDOG)
        if in_front(self.terminal):
            _give_back(self.terminal, self._modes)
        os._exit(self.status or 0)


def in_front(terminal: int) -> bool:
    """Return whether this process is in its terminal's foreground process group."""
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    except OSError:
        return True  # no shell could bring it to the foreground


def _modes(terminal: int) -> list[Any] | None:
    import termios

    try:
        return termios.tcgetattr(terminal)
    except termios.error:
        return None


def _give_back(terminal: int, modes: list[Any] | None) -> None:
    """Restore the terminal's modes; pending input and output are discarded."""
    import termios

    with contextlib.suppress(OSError, termios.error):
        termios.tcflush(terminal, termios.TCIOFLUSH)
        if modes is not None:
            termios.tcsetattr(terminal, termios.TCSANOW, modes)
        if select.select([], [terminal], [], 0)[1]:
            os.write(terminal, PLAIN.encode())
