"""The terminal on Unix, where Textual's own driver leaves its keeper alone: a line that hangs up,
bytes that are no text, a stop from outside, a shell without job control. Textual 8.2."""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import signal
import sys
from codecs import getincrementaldecoder
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Any, cast

from textual._parser import ParseError
from textual._xterm_parser import XTermParser

from rnntutor.ui import lifetime

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.drivers.linux_driver import LinuxDriver as Base

    from rnntutor.ui.app import TutorApp
else:
    Base = object

TICK = 0.1  # seconds after which an Esc that nothing follows is the key itself


def steady(driver: type[Driver]) -> type[Driver]:
    """`driver` with what it lacks here; another system's driver as it is."""
    if not hasattr(driver, "run_input_thread"):
        return driver
    return cast("type[Driver]", type("SteadyDriver", (SteadyDriver, driver), {}))


class SteadyDriver(Base):
    """To be put before LinuxDriver, which exists on Unix only."""

    def __init__(self, app: TutorApp, **options: Any) -> None:
        super().__init__(app, **options)
        self._file = cast("IO[str]", Sink(self._file))
        self._tutor = app
        self._stopped = False  # by us: the terminal is the shell's now
        self._continued = False

    # ---- from start to end ------------------------------------------------------------------------

    def start_application_mode(self) -> None:
        if not self._stopped:
            self._schedule = lifetime.watch(self._tutor, self.fileno)
        # Started with `&`: wait until somebody brings us to the front.
        while not _in_front(self.fileno):
            os.kill(os.getpid(), signal.SIGSTOP)
        super().start_application_mode()

    def stop_application_mode(self) -> None:
        if not self._stopped:
            super().stop_application_mode()

    # ---- stop and go on ---------------------------------------------------------------------------

    def _sigtstp_application(self, *_: object) -> None:
        self._schedule(lambda: lifetime.keep(self._suspend()))

    def _sigcont_application(self, *_: object) -> None:
        self._continued = True
        self._schedule(self._go_on)

    async def _suspend(self) -> None:
        """Give the terminal back and stop, with all that was started together with us."""
        if self._stopped:
            return
        await self._tutor.last_frame()
        self.suspend_application_mode()
        self._stopped = True
        self._halt()

    def _halt(self) -> None:
        self._continued = False
        # The default action knows whether a shell is there to wake us up again, and does nothing
        # where there is none. What waits for us (`uv run`) has to stop too, or no shell would see.
        handler = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.killpg(os.getpgrp(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, handler)
        if not self._continued:
            self._go_on()

    def _go_on(self) -> None:
        """Continued: take the terminal again, and paint all of it."""
        if lifetime.ending():
            return
        if not _in_front(self.fileno):
            self._halt_behind()
            return
        if not self._stopped:
            # Stopped by somebody else, so that the shell has set the terminal as it likes it.
            self.suspend_application_mode()
        self._stopped = False
        self._must_signal_resume = True
        self._tutor.pacer.acknowledged()
        self.resume_application_mode()

    def _halt_behind(self) -> None:
        """`bg`: a program for the whole screen cannot go on behind another."""
        if not self._stopped:
            self.suspend_application_mode()
            self._stopped = True
        os.kill(os.getpid(), signal.SIGSTOP)

    # ---- reading ----------------------------------------------------------------------------------

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except Exception as error:
            self._schedule(lambda error=error: self._tutor._handle_exception(error))

    def run_input_thread(self) -> None:
        """What is typed, as events, until the thread is told to end or the line hangs up."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        ending = False
        while not ending:
            # Once more after the end was asked for: what has been typed is read.
            ending = self.exit_event.is_set()
            if select.select([self.fileno], [], [], TICK)[0]:
                data = self._typed()
                if not data:
                    lifetime.hung_up()
                    return
                for event in parser.feed(decode(data)):
                    self.process_message(event)
            for event in parser.tick():
                self.process_message(event)
        with contextlib.suppress(EOFError, ParseError):
            for _ in parser.feed(""):
                pass

    def _typed(self) -> bytes:
        """What has come in; nothing when the line is gone."""
        try:
            return os.read(self.fileno, 4096)
        except OSError:
            return b""


class Sink:
    """The terminal to write to; once it is gone, what is written is lost and nothing else."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> int:
        with contextlib.suppress(OSError, ValueError):
            self._file.write(text)
        return len(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._file.flush()

    def fileno(self) -> int:
        return self._file.fileno()

    def isatty(self) -> bool:
        return self._file.isatty()


def _in_front(terminal: int) -> bool:
    """Whether this process may write to its terminal and read from it."""
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    except OSError:
        return True  # no terminal, or none of ours: there is no shell to wait for
