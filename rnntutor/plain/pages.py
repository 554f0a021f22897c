"""Moving through the pages of a lesson, and the state of each page."""

from __future__ import annotations

from abc import ABC, abstractmethod
from time import monotonic

from rnntutor.course.blocks import Link
from rnntutor.course.errors import CourseError
from rnntutor.course.lesson import Lesson
from rnntutor.failure import Refused
from rnntutor.pages.notes import note_rows
from rnntutor.plain.leaving import Menu, Open
from rnntutor.plain.lines import COLUMNS
from rnntutor.plain.page_state import PlainPageState
from rnntutor.plain.tutor import PlainTutor
from rnntutor.session import contents, notes
from rnntutor.session import lesson as lessons
from rnntutor.session.pages import Page
from rnntutor.session.question import QuestionState
from rnntutor.session.stage import Stage
from rnntutor.session.stay import Watch
from rnntutor.study.progress import PageKey


class PlainPages(ABC):
    """The pages of a lesson.

    Args:
        tutor: the tutor.
        lesson: the lesson in the current language.
        page: id of the page opened first.
        listed: whether the lesson is part of the course, so that its pages are recorded in the log.
    """

    def __init__(
        self, tutor: PlainTutor, lesson: Lesson, page: str, *, listed: bool = True
    ) -> None:
        self.tutor = tutor
        self.session = lessons.open_lesson(lesson, page, listed=listed)
        tutor.reading = lesson.id if listed else ""
        self._watch = Watch(tutor.tell)
        self.page_states: dict[str, PlainPageState] = {}
        self.page_state = PlainPageState(started=monotonic())
        self.words = tutor.words

    @abstractmethod
    def show_page(self) -> None:
        """Print the current page, beginning with its headline."""

    def show(self) -> None:
        """Print the current page, whose state is created when it is first shown."""
        page, tutor = self.page, self.tutor
        if page.id not in self.page_states:
            self.page_states[page.id] = page_state = PlainPageState(started=monotonic())
            page_state.begin(page, tutor.view, tutor.variant_salt)
        self.page_state = self.page_states[page.id]
        self.show_page()

    @property
    def page(self) -> Page:
        return self.session.page

    def experiments(self) -> tuple[Link, ...]:
        """Return the links to simulations on this page."""
        return lessons.experiments(self.page, self.page_state.asked)

    def go(self, index: int) -> None:
        """Open another page.

        Raises:
            Refused: there is no page with this index.
        """
        if not 0 <= index < len(self.session.pages):
            raise Refused("plain.first_page")
        self.leave_page()
        tutor = self.tutor
        self.session = lessons.go(self.session, index, tutor.view, tutor.variant_salt)
        self.begin_stay()
        tutor.record(*lessons.open_entry(self.session))
        self.show()

    def next(self) -> None:
        """Open the next page, or after the last one the next lesson or the list of lessons.

        A step is done once the learner moves on from it.

        Raises:
            Refused: something on the page is not done; raised only once.
            Leaving: the lesson has ended.
        """
        stage, progress = self.page_state.stage, self.tutor.progress
        if lessons.is_undone(self.session, stage, progress):
            self._warn("plain.task_open")
        self.tutor.record(*lessons.leave_entry(self.session, stage, progress))
        if self.session.index + 1 < len(self.session.pages):
            self.go(self.session.index + 1)
            return
        listed, lesson = self.session.listed, self.session.lesson.id
        following = contents.following(self.tutor.course, lesson) if listed else ""
        raise Open(*contents.start_of(following)) if following else Menu

    def _warn(self, key: str) -> None:
        """Refuse once because something is not done; a second blank line goes on.

        Raises:
            Refused: the learner has not been warned yet.
        """
        if self.page_state.warn():
            raise Refused(key)

    def after_answer(self, asked: QuestionState) -> None:
        """Record that the page's question has its verdict."""
        self.tutor.record(*lessons.done(self.session, self.tutor.progress))
        self.session = lessons.after_answer(self.session, asked, self.tutor.view)

    def taken_back(self) -> None:
        """Update the lesson after the page's answer has been undone."""
        self.session = lessons.taken_back(self.session)

    def translate(self) -> None:
        """Keep the current page, in the tutor's new language."""
        self.words = self.tutor.words
        try:
            self.session = lessons.translate_session(
                self.session, self.page_states, self.tutor.view
            )
        except CourseError as error:
            self.tutor.refuse(error)

    # ---- how long, and what was done ------------------------------------------------------------

    def stay_page(self) -> PageKey | None:
        """Return the lesson and page recorded with the time spent; None if it is not recorded."""
        return self.session.stay_page

    def begin_stay(self) -> None:
        """Start measuring the time spent on the page."""
        self._watch.begin(self.stay_page())

    def done_on_stage(self, old: Stage, new: Stage) -> None:
        """Record the operation that changed the stage for the log."""
        self._watch.did(old, new)

    def leave_page(self) -> None:
        """Log the time spent on the page."""
        self._watch.end()

    # ---- notes ----------------------------------------------------------------------------------

    def noted_page(self) -> PageKey | None:
        """Return the key of the page for notes; None if notes are not kept here."""
        return self.session.noted_page

    def tell_notes(self) -> None:
        """Print the learner's note on this page."""
        where = self.noted_page()
        if where is not None:
            tutor = self.tutor
            tutor.lines.rows(note_rows(where, tutor.progress, tutor.words, COLUMNS))

    def note(self, name: str, text: str) -> bool:
        """Execute "note TEXT" or "unclear".

        Returns:
            False for any other command.

        Raises:
            Refused: notes are not kept for the page, or there is no text and no note to print.
        """
        if name not in ("note", "unclear"):
            return False
        where, tutor = self.noted_page(), self.tutor
        if where is None:
            raise Refused("plain.no_notes")
        if name == "unclear":
            told = notes.flag_entry(where, tutor.progress)
            tutor.record(told)
            tutor.lines.say(tutor.words("note.flagged" if told[1]["on"] else "note.unflagged"))
        elif text:
            tutor.record(notes.note_entry(where, "" if text == "-" else text))
            tutor.lines.say(tutor.words("plain.note_gone" if text == "-" else "plain.note_kept"))
        elif where in tutor.progress.notes:
            self.tell_notes()
        else:
            raise Refused("plain.note_how")
        return True
