"""What a screen needs of the application, and nothing else of it."""

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

if TYPE_CHECKING:  # the home screen waits for none of these
    from concurrent.futures import Future

    from rnntutor.study.statistics import Statistics


class KeySink(Protocol):
    """Where a screen puts keys that come before all that wait."""

    def put_next(self, events: Iterable[Key]) -> None: ...


class Tutor(Protocol):
    """The application as its screens see it. Where to go is asked for by messages (`messages`)."""

    start: Start
    """What was asked for: the learner's directory is named there."""
    words: Words
    """The words of the present language."""
    course: Course
    theme_name: str
    """The name of the present theme."""
    motion: bool
    """Whether runs and trainings are seen moving."""
    flow: FlowControl
    due: tuple[str, ...]
    """The questions that wait to be reviewed, the longest first."""

    @property
    def keys(self) -> KeySink: ...

    @property
    def progress(self) -> Progress:
        """All that the learner has done, as far as it is on the disk."""

    def statistics(self) -> Statistics:
        """What the whole history says; it is read from the disk for it. Raises OSError."""

    async def caught_up_with_disk(self) -> None:
        """Wait until what was recorded so far is in `progress`."""

    def look_what_is_due(self) -> None:
        """Look again for `due`, once the history has been read."""

    def surfaces(self) -> tuple[str, str]:
        """The colours of page and stage."""

    def set_language(self, lang: str) -> None:
        """Use another language from here on, in place."""

    def variant_salt(self) -> str:
        """What makes this learner's variants their own; made up at the first call and kept."""

    def record(self, kind: str, **data: object) -> Future[Event]:
        """Write an event to the log; what cannot be kept is said on the status line."""

    def say(self, text: str, *, wrong: bool = False) -> None:
        """One line above the footer, until the page changes or something else is said."""

    def said(self) -> Row:
        """The status line."""

    def copy(self, text: str) -> bool:
        """Hand a text to the terminal for the clipboard; False for one that is too long. Whether
        the terminal takes it is not known."""

    async def leave(self, status: int) -> None:
        """End the program in good order, with an exit status."""

    def crashed(self, error: Exception) -> str:
        """Keep the details of an error in the crash log; the sentence that says so."""

    def contain(self, error: Exception, screen: object) -> None:
        """End the page that an unexpected error came from with a sentence, not the tutor."""
