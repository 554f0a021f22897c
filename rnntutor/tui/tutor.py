"""The protocol through which screens use the application."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from textual.events import Key

from rnntutor.course.load import Course
from rnntutor.session.start import Start
from rnntutor.spans import Row
from rnntutor.study.events import Event
from rnntutor.study.progress import Progress
from rnntutor.tui.terminal.flow_control import FlowControl
from rnntutor.words import Words

if TYPE_CHECKING:  # not imported for the home screen
    from concurrent.futures import Future

    from rnntutor.study.statistics import Statistics


class KeySink(Protocol):
    """A queue to which a screen adds keys ahead of all waiting ones."""

    def put_next(self, events: Iterable[Key]) -> None: ...


class Tutor(Protocol):
    """The application as its screens see it; navigation goes through `messages` instead."""

    start: Start
    """The parsed command line, with the learner's data directory."""
    words: Words
    """The texts of the current language."""
    course: Course
    theme_name: str
    """The name of the current theme."""
    motion: bool
    """Whether runs and training runs are animated."""
    flow: FlowControl
    due: tuple[str, ...]
    """The questions due for review, the longest waiting first."""

    @property
    def keys(self) -> KeySink: ...

    @property
    def progress(self) -> Progress:
        """Everything the learner has done that is already on disk."""

    def statistics(self) -> Statistics:
        """Compute statistics over the whole history, which is read from disk.

        Raises:
            OSError: the history cannot be read.
        """

    async def caught_up_with_disk(self) -> None:
        """Wait until all events recorded so far are in `progress`."""

    def look_what_is_due(self) -> None:
        """Update `due`, once the history has been read."""

    def surfaces(self) -> tuple[str, str]:
        """Return the background colours of page and stage."""

    def set_language(self, lang: str) -> None:
        """Switch the language of all open screens."""

    def variant_salt(self) -> str:
        """Return the seed of this learner's question variants, created on first use and stored."""

    def record(self, kind: str, **data: object) -> Future[Event]:
        """Write an event to the log; a failure is reported on the status line."""

    def say(self, text: str, *, wrong: bool = False) -> None:
        """Show a line above the footer, until the page changes or another one replaces it."""

    def status_row(self) -> Row:
        """Return the status line."""

    def copy(self, text: str) -> bool:
        """Send a text to the terminal's clipboard; whether it is accepted is not reported.

        Returns:
            False if the text is too long to be sent.
        """

    async def leave(self, status: int) -> None:
        """Shut the program down in an orderly way, with an exit status."""

    def log_crash(self, error: Exception) -> str:
        """Write an error's details to the crash log and return a sentence that names the log."""

    def contain(self, error: Exception, screen: object) -> None:
        """Replace the page that raised an error by a sentence, and keep the tutor running."""
