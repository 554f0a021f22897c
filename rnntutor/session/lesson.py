"""A lesson being read, independent of the interface: pages, navigation and log entries."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, replace

from rnntutor.course.blocks import Blocks, Link
from rnntutor.course.errors import CourseError
from rnntutor.course.lesson import Lesson
from rnntutor.session import acts, contrast, notes, recall
from rnntutor.session import pages as page_list
from rnntutor.session.course_view import CourseView
from rnntutor.session.links import sim_links, term_links
from rnntutor.session.page_state import PageStateType, translate
from rnntutor.session.pages import QUESTION, STEP, Page
from rnntutor.session.question import DONE, QuestionState
from rnntutor.session.records import LogEntry
from rnntutor.session.stage import Stage
from rnntutor.study.progress import PageKey, Progress


@dataclass(frozen=True, slots=True)
class LessonSession:
    """A lesson being read.

    Attributes:
        lesson: the lesson in the present language.
        pages: its pages, including questions inserted from elsewhere.
        index: index of the current page.
        listed: whether the lesson belongs to the course, so that its pages are logged.
        recalled: whether the questions from two lessons back have been inserted.
    """

    lesson: Lesson
    pages: tuple[Page, ...]
    index: int = 0
    listed: bool = True
    recalled: bool = False

    @property
    def page(self) -> Page:
        """The current page."""
        return self.pages[self.index]

    @property
    def stay_page(self) -> PageKey | None:
        """Lesson and page under which time on the page is logged; None if it is not logged."""
        page = self.page
        return (page.home or page.lesson, page.id.lstrip("<+")) if self.listed else None

    @property
    def noted_page(self) -> PageKey | None:
        """The page to which the learner's notes belong; None if notes are not kept."""
        return notes.key(self.page) if self.listed else None


def open_lesson(lesson: Lesson, page_id: str, *, listed: bool = True) -> LessonSession:
    """Open a lesson at a page; at its first page if it has none with that id."""
    found = page_list.pages(lesson)
    return LessonSession(lesson, found, page_list.find(found, page_id), listed)


# ---- navigation ------------------------------------------------------------------------------


def go(
    session: LessonSession, index: int, view: CourseView, salt: Callable[[], str]
) -> LessonSession:
    """Go to another page, by index.

    Moving on from a question inserts the questions from two lessons back. It is done this late so
    that opening a lesson does not read another one.
    """
    here, pages = session.index, session.pages
    if session.recalled or not session.listed or session.page.kind != QUESTION or index <= here:
        return replace(session, index=index)
    course, lang = view.course, view.words.lang
    pages, index = recall.going(pages, here, index, course, lang, view.progress, salt())
    return replace(session, pages=pages, index=index, recalled=True)


def after_answer(session: LessonSession, asked: QuestionState, view: CourseView) -> LessonSession:
    """Return the session after its page's question was answered.

    A confident wrong answer inserts the question again, or another one about the same idea.
    """
    if asked.verdict is None or not contrast.sure_and_wrong(asked):
        return session
    pages, index = session.pages, session.index
    about = view.course, view.words.lang, view.progress
    other = recall.on_its_idea(pages, index, asked.verdict, *about)
    return replace(session, pages=recall.with_again(pages, index, other))


def taken_back(session: LessonSession) -> LessonSession:
    """Return the session without the question that the answer, now taken back, had inserted."""
    return replace(session, pages=recall.without_again(session.pages, session.index))


def translate_session(
    session: LessonSession, page_states: MutableMapping[str, PageStateType], view: CourseView
) -> LessonSession:
    """Return the session, and update its page states, in the present language.

    A file outside the course has only one language.

    Raises:
        CourseError: the lesson cannot be read in that language.
    """
    if not session.listed:
        return session

    def other(name: str) -> Lesson | None:
        try:
            return view.course.lesson(name, view.words.lang)
        except CourseError:
            return None

    lesson = view.course.lesson(session.lesson.id, view.words.lang)
    pages = recall.translate_pages(session.pages, page_list.pages(lesson), other)
    index = page_list.find(pages, session.page.id)
    translate(page_states, pages, view.terms)
    return replace(session, lesson=lesson, pages=pages, index=index)


# ---- links of a page -------------------------------------------------------------------------


def experiments(page: Page, asked: QuestionState | None) -> tuple[Link, ...]:
    """Return the simulations that a page links to.

    For a step these are the links in its prose, for an answered question those in its explanation.
    """
    if page.question is not None:
        known = asked is not None and asked.state == DONE
        return sim_links(page.question.why) if known else ()
    return sim_links(page.step.everything) if page.step is not None else ()


def first_term(page: Page) -> str:
    """Return the first glossary term that the page links to, or ""."""
    blocks: Blocks = ()
    if page.question is not None:
        blocks = page.question.prompt
    elif page.step is not None:
        blocks = page.step.everything
    return next((link.target for link in term_links(blocks)), "")


# ---- log entries -----------------------------------------------------------------------------


def open_entry(session: LessonSession) -> tuple[LogEntry, ...]:
    """Return the log entry for opening the page."""
    page = session.page
    return (("page", _where(page)),) if session.listed and not page.extra else ()


def is_undone(session: LessonSession, stage: Stage | None, progress: Progress) -> bool:
    """Return whether the page's step has a task that was never completed."""
    page = session.page
    never = (page.lesson, page.id) not in progress.done
    return page.kind == STEP and not acts.complete(stage) and never


def leave_entry(
    session: LessonSession, stage: Stage | None, progress: Progress
) -> tuple[LogEntry, ...]:
    """Return the log entry for leaving a step: done if every task is complete, else passed."""
    page = session.page
    if page.kind != STEP:
        return ()
    if acts.complete(stage):
        return done(session, progress)
    fresh = session.listed and (page.lesson, page.id) not in progress.passed
    return (("passed", _where(page)),) if fresh else ()


def done(session: LessonSession, progress: Progress) -> tuple[LogEntry, ...]:
    """Return the log entry for completing the page."""
    page = session.page
    fresh = session.listed and (page.lesson, page.id) not in progress.done
    return (("done", _where(page)),) if fresh and not page.for_page else ()


def _where(page: Page) -> dict[str, str]:
    return {"lesson": page.lesson, "page": page.id}
