"""The Textual application, which connects course, learner and screens."""

from __future__ import annotations

import asyncio
import os
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.worker import WorkerFailed

from rnntutor.languages import following
from rnntutor.session.start import Start
from rnntutor.spans import Row
from rnntutor.study.progress import Progress
from rnntutor.tui.appearance import Appearance
from rnntutor.tui.containment import Containment
from rnntutor.tui.key_queue import URGENT
from rnntutor.tui.logbook import Logbook
from rnntutor.tui.navigation import Navigation
from rnntutor.tui.screen import TutorScreen
from rnntutor.tui.status_line import StatusLine
from rnntutor.tui.terminal.cell_diff import ScreenBuffer
from rnntutor.tui.terminal.clipboard import copying
from rnntutor.tui.terminal.compatible import patched_driver
from rnntutor.tui.terminal.flow_control import FlowControl
from rnntutor.tui.terminal.gil_priority import interface_loop
from rnntutor.tui.terminal.textual_private import send_only_what_is_new, write
from rnntutor.words import load


def run(start: Start) -> int:
    """Run the tutor until the learner leaves.

    Returns:
        The exit status.

    Raises:
        Exception: an internal error that ended the application, re-raised after the terminal has
            been restored.
    """
    app = TutorApp(start, send_only_what_is_new())
    with asyncio.Runner(loop_factory=interface_loop) as runner:
        app.run(loop=runner.get_loop())
    if app.errors.failure is not None:
        raise app.errors.failure
    return app.return_code or 0


class TutorApp(Navigation):
    """The application, which screens use through the `Tutor` protocol.

    It owns the log, the error handling, the status line and the theme.

    Attributes:
        words: the texts of the current language.
    """

    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, action, show=False, priority=True) for key, action in URGENT.items()
    ]

    def __init__(self, start: Start, screen_buffer: ScreenBuffer | None = None) -> None:
        """Create the application.

        Args:
            start: the parsed command line.
            screen_buffer: the known content of the terminal, if there is one.
        """
        super().__init__()
        self.screen_buffer = screen_buffer or ScreenBuffer()
        self.driver_class = patched_driver(self.driver_class)
        self.start = start
        self.course = start.course
        self.words = load(start.lang, start.ascii_only)
        self.flow = FlowControl(lambda text: write(self, text))
        self.appearance = Appearance(self)
        self.status = StatusLine(self.repaint)
        self.logbook = Logbook(self)
        self.errors = Containment(self)
        # Members of the `Tutor` protocol that these objects implement.
        self.say = self.status.say
        self.record, self.variant_salt = self.logbook.record, self.logbook.variant_salt
        self.statistics = self.logbook.statistics
        self.look_what_is_due = self.logbook.look_what_is_due
        self.caught_up_with_disk = self.logbook.caught_up_with_disk
        self.crashed, self.contain = self.errors.log_crash, self.errors.contain
        self.give_up = self.errors.give_up
        self.surfaces = self.appearance.surfaces
        self._sending: Timer | None = None

    def status_row(self) -> Row:
        """Return the message above the footer."""
        return self.status.said

    @property
    def progress(self) -> Progress:
        """The learner's progress."""
        return self.logbook.learner.progress

    @property
    def due(self) -> tuple[str, ...]:
        """The ids of the questions that are due."""
        return self.logbook.due

    @property
    def theme_name(self) -> str:
        """The name of the present theme."""
        return self.appearance.theme_name

    @property
    def motion(self) -> bool:
        """Whether animations are on."""
        return self.appearance.motion

    # ---- coming and going -----------------------------------------------------------------------

    def get_default_screen(self) -> TutorScreen:
        """Return the first screen of the stack."""
        self.appearance.take(self.logbook.read_settings())
        return self.first_screen()

    def on_mount(self) -> None:
        self.keys.start()
        self.app_resume_signal.subscribe(self, lambda _: self.send_all())
        # Counts as a sent frame, so that leaving at once also waits for the answers to the queries
        # sent at startup.
        self.call_after_refresh(self.flow.frame_sent)
        # Read the history only after the first screen has been painted.
        self.call_after_refresh(self.run_worker, self._load, exclusive=True)

    async def _load(self) -> None:
        """Read the history in the background, then update the screen and start the keys."""
        await self.logbook.read_history()
        if self.tutor_screen is not None:
            self.tutor_screen.after_load()
            self.tutor_screen.paint()
        self.keys.open()

    async def action_leave(self) -> None:
        await self.leave(0)

    async def leave(self, status: int) -> None:
        """Exit, after waiting for the acknowledgement of the last frame.

        Otherwise the terminal's answer would appear as typed text in the shell.
        """
        for screen in self.tutor_screens():
            screen.leaving()
        await self.flow.pause()
        self.exit(return_code=status)

    async def do_quit(self, key: str) -> None:
        """Exit with status 0."""
        await self.leave(0)

    async def on_unmount(self) -> None:
        self.keys.stop()
        await asyncio.to_thread(self.logbook.learner.close)

    def on_cursor_position(self, event: events.CursorPosition) -> None:
        self.flow.acknowledge()

    def handle_error(self, error: Exception) -> None:
        if isinstance(error, WorkerFailed) and isinstance(error.error, Exception):
            error = error.error
        self.errors.contain(error)

    # ---- words and looks ------------------------------------------------------------------------

    def do_theme(self, key: str) -> None:
        """Switch to the next theme."""
        self.appearance.next_theme()

    def do_motion(self, key: str) -> None:
        """Switch animations on or off."""
        self.appearance.switch_motion()

    def do_language(self, key: str) -> None:
        """Switch to the next language."""
        self.set_language(following(self.words.lang))

    def set_language(self, lang: str) -> None:
        """Switch the language of all open screens."""
        self.words = load(lang, self.words.ascii_only)
        self.record("setting", name="language", value=lang)
        self.say("")  # the message was in the previous language
        for screen in self.tutor_screens():
            screen.translate()
        self.repaint()

    def on_resize(self) -> None:
        self.screen_buffer.forget()

    def send_all_soon(self, seconds: float) -> None:
        """Resend the whole screen after `seconds` without another call of this method."""
        if self._sending is not None:
            self._sending.stop()
        self._sending = self.set_timer(seconds, self.send_all)

    def send_all(self) -> None:
        """Resend the whole screen, because the terminal may have lost its content."""
        self.screen_buffer.forget()
        self.screen.refresh()

    def copy(self, text: str) -> bool:
        """Send a text to the terminal's clipboard; whether it is accepted is not reported.

        Returns:
            False if the text is too long to be sent.
        """
        sequence = copying(text, os.environ)
        if sequence:
            write(self, sequence)
        return bool(sequence)
