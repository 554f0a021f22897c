"""The terminal on Unix, where Textual's own driver (8.2) falls short: a line that hangs up, bytes
that are no text, a stop from outside, a shell without job control, a start in the background."""

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

REST = 0.1  # seconds without another size, after which the window has come to rest
TICK = 0.1  # seconds after which an Esc that nothing follows is the key itself


class UnixDriver(Base):
    """To stand before LinuxDriver, a module that exists on Unix only."""

    _stopped = False  # by us, so that the terminal is the shell's
    _continued = False

    def __init__(self, app: Any, **options: Any) -> None:
        assert sys.__stdin__ is not None
        self.guard = ShutdownGuard(app, sys.__stdin__.fileno())
        super().__init__(app, **options)
        self._file = cast("Any", TolerantStream(cast("IO[str]", self._file)))
        self._tutor: Host = app

    # ---- from start to end ------------------------------------------------------------------

    def start_application_mode(self) -> None:
        # Started with `&`: wait to be brought to the front.
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
        """The window may have been of another size for a moment and have its old one again:
        nothing is new to Textual then, but the terminal has lost what was cut off. So once the
        sizes have come to rest, all of the screen is sent again."""
        self._tutor.send_all_soon(REST)

    def _get_terminal_size(self) -> tuple[int, int]:
        """The real size, whatever COLUMNS and LINES say: they are of the shell's own window."""
        for file in (sys.__stdout__, sys.__stderr__, sys.__stdin__):
            with contextlib.suppress(OSError, ValueError, AttributeError):
                columns, lines = os.get_terminal_size(cast("IO[str]", file).fileno())
                if columns and lines:
                    return columns, lines
        return 80, 24

    def disable_input(self) -> None:
        if not self._stopped:
            super().disable_input()

    def stop_application_mode(self) -> None:
        if not self._stopped:
            super().stop_application_mode()

    def write(self, data: str) -> None:
        if not self._stopped:
            super().write(data)

    # ---- stop and go on ---------------------------------------------------------------------

    def _sigtstp_application(self, *_: object) -> None:
        self.guard.schedule(lambda: self.guard.keep(self._suspend()))

    def _sigcont_application(self, *_: object) -> None:
        self._continued = True
        self.guard.schedule(self._go_on)

    async def _suspend(self) -> None:
        """Give the terminal back and stop, together with all that was started with us."""
        await self._tutor.flow.pause()
        self._leave_terminal()
        self._continued = False
        # The default action knows whether a shell is there to wake us up, and does nothing where
        # there is none. A program that waits for us (`uv run`) has to stop too: it is the one
        # whose end or stop the shell waits for.
        handler = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.killpg(os.getpgrp(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, handler)
        if not self._continued:
            self._go_on()

    def _go_on(self) -> None:
        """Continued: take the terminal again, and paint all of it."""
        if self.guard.ending:
            return
        # Stopped by somebody else: the shell has set the terminal as it likes it.
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
        """What is typed, as events, until the thread is told to end or the line hangs up."""
        parser = KeyParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        ending = False
        while not ending:
            ending = self.exit_event.is_set()  # and look once more for what has been typed
            if select.select([self.fileno], [], [], TICK)[0]:
                data = self._typed()
                if not data:
                    self.guard.hung_up()
                    return
                text = decode(data)
                # Half a character is no text yet, and to the parser an empty text is the end.
                for event in parser.feed(text) if text else ():
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


class TolerantStream:
    """The terminal to write to. Once it is gone, what is written is lost and nothing else."""

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
