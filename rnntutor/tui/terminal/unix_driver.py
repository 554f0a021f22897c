"""Fixes to Textual's Unix driver (8.2).

They handle hang-ups, bytes that are not text, external stop signals, shells without job control,
and starting in the background.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
from codecs import getincrementaldecoder
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Any, cast

from textual._parser import ParseError

from rnntutor.tui.terminal.host import Host
from rnntutor.tui.terminal.key_parser import KeyParser
from rnntutor.tui.terminal.signals import ShutdownGuard, in_front

if TYPE_CHECKING:
    from textual.drivers.linux_driver import LinuxDriver as Base
else:
    Base = object

REST = 0.1  # seconds without another resize after which resizing is assumed to be over
TICK = 0.1  # seconds after which a lone Esc is taken as a key


class UnixDriver(Base):
    """A mixin that must precede LinuxDriver in the bases; that module exists on Unix only."""

    _stopped = False  # by the tutor, so that the shell owns the terminal
    _continued = False

    def __init__(self, app: Any, **options: Any) -> None:
        assert sys.__stdin__ is not None
        self.guard = ShutdownGuard(app, sys.__stdin__.fileno())
        super().__init__(app, **options)
        self._file = cast("Any", TolerantStream(cast("IO[str]", self._file)))
        self._tutor: Host = app

    # ---- from start to end ------------------------------------------------------------------

    def start_application_mode(self) -> None:
        """Take over the terminal, once the program is in the foreground."""
        # Started with `&`: wait until brought to the foreground.
        while not in_front(self.fileno):
            os.kill(os.getpid(), signal.SIGSTOP)
        self._stopped = False
        super().start_application_mode()  # type: ignore[no-untyped-call]
        resized = cast("Callable[..., None]", signal.getsignal(signal.SIGWINCH))

        def of_another_size(*of: Any) -> None:
            resized(*of)
            self.guard.schedule(self._repaint)

        signal.signal(signal.SIGWINCH, of_another_size)

    def _repaint(self) -> None:
        """Resend the screen once resizing is over.

        If the window shrinks for a moment and returns to its old size, Textual sees no change, but
        the terminal has lost the part that was cut off.
        """
        self._tutor.send_all_soon(REST)

    def _get_terminal_size(self) -> tuple[int, int]:
        """Return the real size; COLUMNS and LINES describe the window of the parent shell."""
        for file in (sys.__stdout__, sys.__stderr__, sys.__stdin__):
            with contextlib.suppress(OSError, ValueError, AttributeError):
                columns, lines = os.get_terminal_size(cast("IO[str]", file).fileno())
                if columns and lines:
                    return columns, lines
        return 80, 24

    def disable_input(self) -> None:
        """Stop reading input, unless the shell owns the terminal."""
        if not self._stopped:
            super().disable_input()

    def stop_application_mode(self) -> None:
        """Restore the terminal, unless the shell owns it."""
        if not self._stopped:
            super().stop_application_mode()

    def write(self, data: str) -> None:
        """Write to the terminal, unless the shell owns it."""
        if not self._stopped:
            super().write(data)

    # ---- stop and go on ---------------------------------------------------------------------

    def _sigtstp_application(self, *_: object) -> None:
        self.guard.schedule(lambda: self.guard.keep(self._suspend()))

    def _sigcont_application(self, *_: object) -> None:
        self._continued = True
        self.guard.schedule(self._go_on)

    async def _suspend(self) -> None:
        """Restore the terminal and stop the whole process group."""
        await self._tutor.flow.pause()
        self._leave_terminal()
        self._continued = False
        # The default action checks whether a shell can resume us, and does nothing if not. A
        # process that waits for us (`uv run`) must stop too, because the shell waits for that
        # process.
        handler = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.killpg(os.getpgrp(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, handler)
        if not self._continued:
            self._go_on()

    def _go_on(self) -> None:
        """Take over the terminal again and repaint everything."""
        if self.guard.ending:
            return
        # Stopped from outside: the shell has set the terminal's modes.
        self._leave_terminal()
        if not in_front(self.fileno):
            # `bg`: resumed in the background, where a full-screen program cannot run: stop again.
            os.kill(os.getpid(), signal.SIGSTOP)
            return
        self._must_signal_resume = True
        self._tutor.flow.resume()
        self.resume_application_mode()

    def _leave_terminal(self) -> None:
        if not self._stopped:
            self.suspend_application_mode()
            self._stopped = True

    # ---- reading ----------------------------------------------------------------------------

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except Exception as error:
            failure = error
            self.guard.schedule(lambda: self._tutor.give_up(failure))

    def run_input_thread(self) -> None:
        """Read input and post it as events until the thread is stopped or the line hangs up."""
        parser = KeyParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        ending = False
        while not ending:
            ending = self.exit_event.is_set()  # and read pending input once more
            if select.select([self.fileno], [], [], TICK)[0]:
                data = self._available_input()
                if not data:
                    self.guard.hung_up()
                    return
                text = decode(data)
                # An incomplete character decodes to "", which the parser would take as the end of
                # input.
                for event in parser.feed(text) if text else ():
                    self.process_message(event)
            for event in parser.tick():
                self.process_message(event)
        with contextlib.suppress(EOFError, ParseError):
            for _ in parser.feed(""):
                pass

    def _available_input(self) -> bytes:
        """Return the available input; b"" if the terminal is gone."""
        try:
            return os.read(self.fileno, 4096)
        except OSError:
            return b""


class TolerantStream:
    """The terminal's output stream, which discards output once the terminal is gone."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> int:
        """Write text, ignoring a closed or broken stream."""
        with contextlib.suppress(OSError, ValueError):
            self._file.write(text)
        return len(text)

    def flush(self) -> None:
        """Flush, ignoring a closed or broken stream."""
        with contextlib.suppress(OSError, ValueError):
            self._file.flush()

    def fileno(self) -> int:
        return self._file.fileno()

    def isatty(self) -> bool:
        return self._file.isatty()
