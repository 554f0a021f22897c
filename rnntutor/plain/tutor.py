"""The state shared by all pages of the plain mode: words, course, learner, lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rnntutor.course.load import Course
from rnntutor.failure import Failure, Refused
from rnntutor.languages import following
from rnntutor.plain import glossary
from rnntutor.plain.commands import PlainCommand, find, help_lines
from rnntutor.plain.leaving import Leaving, Menu, Open, Quit
from rnntutor.plain.lines import Lines
from rnntutor.render.code_rows import WHOLE
from rnntutor.render.prose import Context
from rnntutor.session import contents
from rnntutor.session.course_view import CourseView
from rnntutor.session.learner import Learner
from rnntutor.session.records import LogEntry
from rnntutor.study.events import Event
from rnntutor.study.log import LogError
from rnntutor.study.progress import Progress
from rnntutor.words import Words, load

if TYPE_CHECKING:
    from concurrent.futures import Future

SLOW = 2.0  # seconds of saving after which a notice is printed


class PlainTutor:
    """The state shared by all pages.

    Attributes:
        words: the texts of the current language.
        lines: input and output.
        reading: id of the open lesson of the course; "" if none.
        data_dir: directory of the learner's files.
    """

    def __init__(
        self, words: Words, course: Course, learner: Learner, lines: Lines, data_dir: Path
    ) -> None:
        self.words = words
        lines.ascii_only = words.ascii_only
        self.course = course
        self.learner = learner
        self.lines = lines
        self.data_dir = data_dir
        self.reading = ""

    # ---- words --------------------------------------------------------------------------------

    def set_language(self, lang: str) -> None:
        """Switch the language."""
        self.words = load(lang, self.words.ascii_only)
        self.record(("setting", {"name": "language", "value": lang}))

    @property
    def view(self) -> CourseView:
        """The course as the learner currently sees it."""
        return CourseView(self.course, self.progress, self.words)

    def context(self) -> Context:
        """Return the context for laying out prose, with long lines of code in full."""
        return replace(self.view.context, code_from=WHOLE)

    def refuse(self, error: Failure) -> None:
        """Print the message of an error."""
        self.lines.say(error.sentence(self.words), "wrong")

    # ---- the learner ----------------------------------------------------------------------------

    @property
    def progress(self) -> Progress:
        """The learner's progress."""
        return self.learner.progress

    def variant_salt(self) -> str:
        """Return the seed of this learner's question variants."""
        return self.learner.variant_salt(self.record)

    def tell(self, told: LogEntry) -> Future[Event]:
        """Write an event to the log without waiting for it."""
        kind, data = told
        return self.learner.record(kind, **data)

    def record(self, *told: LogEntry) -> None:
        """Write events to the log and wait until they are on disk."""
        for one in told:
            self.save_event(one)

    def save_event(self, told: LogEntry) -> Event | None:
        """Write an event and wait until it is on disk.

        Returns:
            The event; None, after an error message, if it cannot be written.
        """
        future = self.tell(told)
        try:
            try:
                return future.result(timeout=SLOW)
            except TimeoutError:
                self.lines.say(self.words("status.saving"), "grey")
                return future.result()
        except LogError as error:
            self.refuse(error)
            return None
        finally:
            self.learner.catch_up()

    # ---- lines ----------------------------------------------------------------------------------

    def find(self, line: str, commands: Iterable[PlainCommand]) -> tuple[str, str]:
        """Return the name and argument of the command on a line (see `commands.find`)."""
        return find(line, commands, self.words)

    def common(self, name: str, argument: str, help_: Iterable[str]) -> bool:
        """Execute a command that works on every page.

        Returns:
            False if the command is not one of these.

        Raises:
            Leaving: the command leads away from the page.
            Refused: the command is not possible.
        """
        leaving: Mapping[str, type[Leaving]] = {"quit": Quit, "menu": Menu}
        if name in leaving:
            raise leaving[name]
        if name == "help":
            self.lines.say()
            for text in help_:
                self.lines.say(text)
        elif name == "language":
            self.set_language(following(self.words.lang))
        elif name == "glossary":
            glossary.show(self.view, argument, self.lines)
        elif name in ("card", "search"):
            from rnntutor.plain import looking_up

            {"card": looking_up.card, "search": looking_up.search}[name](self, argument)
        elif name == "go":
            raise self._exception_for(argument)
        else:
            return False
        return True

    def _exception_for(self, target: str) -> Exception:
        """Return the exception for "go LESSON.STEP": `Open`, or `Refused` without such a page."""
        lesson, _, page = target.partition(".")
        if contents.page_at(self.course, lesson, page or "cover", self.words.lang) is None:
            return Refused("plain.no_page", name=target)
        return Open(lesson, page or "cover")

    def unknown(self, line: str) -> Refused:
        """Return the message about a line that is not a command."""
        return Refused("plain.unknown", text=line)

    def help_of(self, commands: Iterable[PlainCommand], *first: str) -> tuple[str, ...]:
        """Return the help for a page.

        Args:
            commands: commands of the page.
            first: lines about its blank line and its answers, printed first.
        """
        return (*(text for text in first if text), *help_lines(commands, self.words))
