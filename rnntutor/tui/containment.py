"""Handling of unexpected errors."""

from __future__ import annotations

from rnntutor import crash
from rnntutor.failure import Failure
from rnntutor.tui.navigation import Navigation
from rnntutor.tui.screen import TutorScreen
from rnntutor.tui.terminal.textual_private import fail

MOST_FAILURES = 3  # between two keys


class Containment:
    """Replaces a failed page by a sentence and keeps the tutor running.

    Attributes:
        failures: number of errors since the last key.
        failure: the error that ended the tutor; None if there is none.
    """

    def __init__(self, app: Navigation) -> None:
        self._app = app
        self.failures = 0
        self._key = 0  # number of keys received when the last error occurred
        self.failure: Exception | None = None

    def log_crash(self, error: Exception) -> str:
        """Write an error's details to the crash log and return a sentence that names the log.

        A `Failure` has a sentence of its own and is not logged.
        """
        app = self._app
        if isinstance(error, Failure):
            return error.sentence(app.words)
        path = crash.record(app.start.data_dir, error)
        if path is not None:
            return app.words("cli.crash", path=path)
        path = app.start.data_dir / crash.NAME
        return app.words("cli.crash_unsaved", kind=type(error).__name__, path=path)

    def contain(self, error: Exception, screen: TutorScreen | None = None) -> None:
        """Replace the failed page by a sentence; give up after too many errors or without a page.

        Args:
            error: the error to handle.
            screen: the screen that raised it; None for the visible one.
        """
        app = self._app
        if app.keys.received != self._key:
            self._key, self.failures = app.keys.received, 0
        self.failures += not isinstance(error, Failure)
        screen = screen or app.tutor_screen
        if screen is None or self.failures > MOST_FAILURES:
            self.give_up(error)
        elif screen.is_shown:
            screen.trouble = self.log_crash(error)
            screen.paint()
        elif screen is app.tutor_screen and len(app.screen_stack) > 1:
            app.pop_screen()
            app.tutor.say(self.log_crash(error), wrong=True)
        elif screen is app.tutor_screen:
            self.give_up(error)
        else:
            self.log_crash(error)

    def give_up(self, error: Exception) -> None:
        """End the program; `run` raises the error after the terminal has been restored."""
        if self.failure is None:
            self.failure = error
        fail(self._app, self.failure)
