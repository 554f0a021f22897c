"""Going through a lesson: from page to page, what each remembers, what the log is told of it."""

from __future__ import annotations

from time import monotonic

from rnntutor.course.blocks import Lesson
from rnntutor.course.errors import CourseError
from rnntutor.session import contents, records
from rnntutor.session import lesson as lessons
from rnntutor.session import pages as page_list
from rnntutor.session.acts import READ
from rnntutor.session.lesson import LessonSession
from rnntutor.session.pages import COVER, Page
from rnntutor.session.stage import Stage
from rnntutor.study.progress import Page as Key
from rnntutor.tui.screens.reading import ReadingScreen
from rnntutor.tui.visit import PROSE, STAGE, Visit


class WalkingScreen(ReadingScreen):
    """session: the lesson and where one is in it. visits: by the ids of their pages."""

    def __init__(self, session: LessonSession) -> None:
        super().__init__()
        self.session = session
        self.visits: dict[str, Visit] = {}

    # ---- where one is ---------------------------------------------------------------------------

    @property
    def lesson(self) -> Lesson:
        return self.session.lesson

    @property
    def listed(self) -> bool:
        return self.session.listed

    @property
    def pages(self) -> tuple[Page, ...]:
        return self.session.pages

    @property
    def index(self) -> int:
        return self.session.index

    @property
    def page(self) -> Page:
        return self.session.page

    def page_key(self) -> object:
        return self.page.id

    def _visited(self) -> Visit:
        """The visit of the present page, which begins when the page is come to first."""
        page = self.page
        if page.id not in self.visits:
            visit = Visit(started=monotonic())
            try:
                self._begin(visit)
            except Exception as error:
                # The page is there all the same, and the way to the next.
                visit = Visit(started=monotonic(), trouble=self.tutor.crashed(error))
            self.visits[page.id] = visit
        return self.visits[page.id]

    def _begin(self, visit: Visit) -> None:
        """A page seen for the first time since the tutor was started."""
        page, progress = self.page, self.tutor.progress
        if (page.lesson, page.id) == progress.place:
            visit.reading = progress.act in ("", READ)
            visit.focus = PROSE if visit.reading else STAGE
        if page.kind == COVER:
            visit.cursor = contents.first_undone(self.pages, progress)
        visit.begin(page, self.course_view, self.tutor.variant_salt)

    # ---- going ----------------------------------------------------------------------------------

    def go(self, index: int) -> None:
        """To another page."""
        if not 0 <= index < len(self.pages):
            return
        salt = self.tutor.variant_salt
        session = lessons.gone(self.session, index, self.course_view, salt)
        self.leave()
        self.leaving()
        self.session = session
        self.zoomed = False
        self.tutor.say("")
        self.tell(*lessons.come(session))
        self.show_page()

    def show_page(self) -> None:
        """The present page, with its text field where it has one."""
        self.visit = self._visited()
        self.staying()
        self.rearrange()
        self.focus_entry()

    def opened(self) -> None:
        self.show_page()

    def follow_page(self, target: str) -> None:
        self.go(page_list.find(self.pages, target))

    def may_go(self) -> bool:
        """Whether the page may be left for the next one. What is not done yet is said once; a
        second time goes on."""
        undone = lessons.is_undone(self.session, self.visit.stage, self.tutor.progress)
        return not undone or self.warned("act.undone")

    def step_left(self) -> None:
        """The page is left for the next one."""
        self.tell(*lessons.left(self.session, self.visit.stage, self.tutor.progress))

    # ---- what is done on a page -----------------------------------------------------------------

    def ask_again(self) -> None:
        self.visit.started = monotonic()
        self.visit.ask(self.page, self.course_view, self.tutor.variant_salt)

    def answered(self) -> None:
        self.tell(*lessons.done(self.session, self.tutor.progress))
        self.session = lessons.answered(self.session, self.asked, self.course_view)

    def taken_back(self) -> None:
        self.session = lessons.taken_back(self.session)

    def stage_changed(self, old: Stage, new: Stage) -> None:
        if new.ready and not old.ready:
            self.visit.warned = False  # it was said of the prediction, not of the tasks
        super().stage_changed(old, new)
        if self.listed:
            self.tell(*records.changes(old, new, self.page))

    def stay_place(self) -> Key | None:
        return self.session.stay_place

    # ---- another language -----------------------------------------------------------------------

    def translate(self) -> None:
        """The same place in the same lesson, in the other language."""
        try:
            self.session = lessons.translated(self.session, self.visits, self.course_view)
        except CourseError as error:
            self.tutor.say(error.sentence(self.words), wrong=True)
            return
        self.visit = self._visited()
