"""Moving through a lesson: changing pages, the state of each page, recording visits."""

from __future__ import annotations

from time import monotonic

from rnntutor.course.errors import CourseError
from rnntutor.course.lesson import Lesson
from rnntutor.session import contents, records
from rnntutor.session import lesson as lessons
from rnntutor.session import pages as page_list
from rnntutor.session.acts import READ
from rnntutor.session.lesson import LessonSession
from rnntutor.session.pages import COVER, Page
from rnntutor.session.stage import Stage
from rnntutor.study.progress import PageKey
from rnntutor.tui.page_state import PROSE, STAGE, ScreenPageState
from rnntutor.tui.screens.reading import ReadingScreen


class WalkingScreen(ReadingScreen):
    """A screen that moves through the pages of a lesson.

    Attributes:
        session: the lesson and the current page.
        page_states: state of each visited page, by page id.
    """

    def __init__(self, session: LessonSession) -> None:
        super().__init__()
        self.session = session
        self.page_states: dict[str, ScreenPageState] = {}

    # ---- where one is ---------------------------------------------------------------------------

    @property
    def lesson(self) -> Lesson:
        """The lesson being read."""
        return self.session.lesson

    @property
    def listed(self) -> bool:
        """Whether the lesson belongs to the course."""
        return self.session.listed

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages of the lesson."""
        return self.session.pages

    @property
    def index(self) -> int:
        """The index of the current page."""
        return self.session.index

    @property
    def page(self) -> Page:
        """The current page."""
        return self.session.page

    def page_key(self) -> object:
        return self.page.id

    def _present_state(self) -> ScreenPageState:
        """Return the state of the current page, created at the first visit."""
        page = self.page
        if page.id not in self.page_states:
            page_state = ScreenPageState(started=monotonic())
            try:
                self._begin(page_state)
            except Exception as error:
                # Show the page anyway, so that the next one can be reached.
                page_state = ScreenPageState(
                    started=monotonic(), trouble=self.tutor.log_crash(error)
                )
            self.page_states[page.id] = page_state
        return self.page_states[page.id]

    def _begin(self, page_state: ScreenPageState) -> None:
        """Initialise the state of a page at its first visit since the tutor was started."""
        page, progress = self.page, self.tutor.progress
        if (page.lesson, page.id) == progress.last_page:
            page_state.reading = progress.act in ("", READ)
            page_state.focus = PROSE if page_state.reading else STAGE
        if page.kind == COVER:
            page_state.cursor = contents.first_undone(self.pages, progress)
        page_state.begin(page, self.course_view, self.tutor.variant_salt)

    # ---- going ----------------------------------------------------------------------------------

    def go(self, index: int) -> None:
        """Open another page."""
        if not 0 <= index < len(self.pages):
            return
        salt = self.tutor.variant_salt
        session = lessons.go(self.session, index, self.course_view, salt)
        self.leave()
        self.leaving()
        self.session = session
        self.zoomed = False
        self.tutor.say("")
        self.tell(*lessons.open_entry(session))
        self.show_page()

    def show_page(self) -> None:
        """Show the current page and focus its text field if it has one."""
        self.page_state = self._present_state()
        self.staying()
        self.rearrange()
        self.focus_entry()

    def after_open(self) -> None:
        self.show_page()

    def follow_page(self, target: str) -> None:
        """Open the clicked page."""
        self.go(page_list.find(self.pages, target))

    def may_go(self) -> bool:
        """Return whether the page may be left for the next one.

        An unfinished page causes a notice; a second request leaves it.
        """
        undone = lessons.is_undone(self.session, self.page_state.stage, self.tutor.progress)
        return not undone or self.warned("act.undone")

    def record_leaving(self) -> None:
        """Record that the page is left for the next one."""
        self.tell(*lessons.leave_entry(self.session, self.page_state.stage, self.tutor.progress))

    # ---- what is done on a page -----------------------------------------------------------------

    def ask_again(self) -> None:
        self.page_state.started = monotonic()
        self.page_state.ask(self.page, self.course_view, self.tutor.variant_salt)

    def after_answer(self) -> None:
        self.tell(*lessons.done(self.session, self.tutor.progress))
        self.session = lessons.after_answer(self.session, self.asked, self.course_view)

    def taken_back(self) -> None:
        self.session = lessons.taken_back(self.session)

    def after_stage_change(self, old: Stage, new: Stage) -> None:
        if new.ready and not old.ready:
            self.page_state.warned = False  # the warning was about the prediction, not the tasks
        super().after_stage_change(old, new)
        if self.listed:
            self.tell(*records.changes(old, new, self.page))

    def stay_page(self) -> PageKey | None:
        return self.session.stay_page

    # ---- another language -----------------------------------------------------------------------

    def translate(self) -> None:
        """Keep the current page, in the new language."""
        try:
            self.session = lessons.translate_session(
                self.session, self.page_states, self.course_view
            )
        except CourseError as error:
            self.tutor.say(error.sentence(self.words), wrong=True)
            return
        self.page_state = self._present_state()
