"""What becomes of an error that nobody expected."""

from __future__ import annotations

from rnntutor import crash
from rnntutor.failure import Failure
from rnntutor.tui.navigation import Navigation
from rnntutor.tui.screen import TutorScreen
from rnntutor.tui.terminal.textual_private import fail

MOST_FAILURES = 3  # between two keys


class Containment:
    """Ends a page with a sentence, not the tutor. failures: how many there were since the last key.
    failure: what ended the tutor all the same."""

    def __init__(self, app: Navigation) -> None:
        self._app = app
        self.failures = 0
        self._key = 0  # the last at which anything failed
        self.failure: Exception | None = None

    def crashed(self, error: Exception) -> str:
        """Keep the details of an error in the crash log; the sentence that says so. A failure that
        has its own sentence is no crash."""
        app = self._app
        if isinstance(error, Failure):
            return error.sentence(app.words)
        path = crash.record(app.start.data_dir, error)
        if path is not None:
            return app.words("cli.crash", path=path)
        path = app.start.data_dir / crash.NAME
        return app.words("cli.crash_unsaved", kind=type(error).__name__, path=path)

    def contain(self, error: Exception, screen: TutorScreen | None = None) -> None:
        """An error nobody expected ends the page with a sentence, not the tutor; unless it comes
        again and again, or there is no page to say it on. screen: where it came from, if not from
        the one that is seen."""
        app = self._app
        if app.keys.received != self._key:
            self._key, self.failures = app.keys.received, 0
        self.failures += not isinstance(error, Failure)
        screen = screen or app.tutor_screen
        if screen is None or self.failures > MOST_FAILURES:
            self.give_up(error)
        elif screen.is_shown:
            screen.trouble = self.crashed(error)
            screen.paint()
        elif screen is app.tutor_screen and len(app.screen_stack) > 1:
            app.pop_screen()
            app.tutor.say(self.crashed(error), wrong=True)
        elif screen is app.tutor_screen:
            self.give_up(error)
        else:
            self.crashed(error)

    def give_up(self, error: Exception) -> None:
        """End the program; `run` raises the error when the terminal has been given back."""
        if self.failure is None:
            self.failure = error
        fail(self._app, self.failure)
