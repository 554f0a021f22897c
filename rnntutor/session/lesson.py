"""A lesson that is read, whoever shows it: its pages, where one is among them, going on and back,
and what the log is told of that."""

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
from rnntutor.study.progress import Page as Key
from rnntutor.study.progress import Progress


@dataclass(frozen=True, slots=True)
class LessonSession:
    """lesson: in the present language. index: of the page that is shown. listed: whether the lesson
    is one of the course, whose pages are kept in the log. recalled: whether the questions from two
    lessons back have been drawn."""

    lesson: Lesson
    pages: tuple[Page, ...]
    index: int = 0
    listed: bool = True
    recalled: bool = False

    @property
    def page(self) -> Page:
        return self.pages[self.index]

    @property
    def stay_place(self) -> Key | None:
        """Lesson and page that the log is told of; None where it is told nothing."""
        page = self.page
        return (page.home or page.lesson, page.id.lstrip("<+")) if self.listed else None

    @property
    def noted_page(self) -> Key | None:
        """The page that notes of one's own belong to; None where nothing is kept."""
        return notes.key(self.page) if self.listed else None


def opened(lesson: Lesson, page_id: str, *, listed: bool = True) -> LessonSession:
    """A lesson at one of its pages; at the first if it has none such any more."""
    found = page_list.pages(lesson)
    return LessonSession(lesson, found, page_list.find(found, page_id), listed)


# ---- going -----------------------------------------------------------------------------------


def gone(
    session: LessonSession, index: int, view: CourseView, salt: Callable[[], str]
) -> LessonSession:
    """At another page, by its place. When a question is left for what follows it, the questions
    from two lessons back come among the pages: no lesson waits for another one to be read."""
    here, pages = session.index, session.pages
    if session.recalled or not session.listed or session.page.kind != QUESTION or index <= here:
        return replace(session, index=index)
    course, lang = view.course, view.words.lang
    pages, index = recall.going(pages, here, index, course, lang, view.progress, salt())
    return replace(session, pages=pages, index=index, recalled=True)


def answered(session: LessonSession, asked: QuestionState, view: CourseView) -> LessonSession:
    """The question of the page has been answered: what was wrong for sure comes once more, or
    another question on its idea."""
    if asked.verdict is None or not contrast.sure_and_wrong(asked):
        return session
    pages, index = session.pages, session.index
    about = view.course, view.words.lang, view.progress
    other = recall.on_its_idea(pages, index, asked.verdict, *about)
    return replace(session, pages=recall.with_again(pages, index, other))


def taken_back(session: LessonSession) -> LessonSession:
    """The answer on the page has been taken back: what it brought is gone."""
    return replace(session, pages=recall.without_again(session.pages, session.index))


def translated(
    session: LessonSession, page_states: MutableMapping[str, PageStateType], view: CourseView
) -> LessonSession:
    """The same place in the same lesson, in the present language, and what its pages remember. A
    file has one language. Raises CourseError where the lesson cannot be read in it."""
    if not session.listed:
        return session

    def other(name: str) -> Lesson | None:
        try:
            return view.course.lesson(name, view.words.lang)
        except CourseError:
            return None

    lesson = view.course.lesson(session.lesson.id, view.words.lang)
    pages = recall.translated(session.pages, page_list.pages(lesson), other)
    index = page_list.find(pages, session.page.id)
    translate(page_states, pages, view.terms)
    return replace(session, lesson=lesson, pages=pages, index=index)


# ---- what a page leads to --------------------------------------------------------------------


def experiments(page: Page, asked: QuestionState | None) -> tuple[Link, ...]:
    """The simulations that a step's prose links to; of a question its reason, once it is told."""
    if page.question is not None:
        known = asked is not None and asked.state == DONE
        return sim_links(page.question.why) if known else ()
    return sim_links(page.step.everything) if page.step is not None else ()


def first_term(page: Page) -> str:
    """The first term that the page names; "" for none."""
    blocks: Blocks = ()
    if page.question is not None:
        blocks = page.question.prompt
    elif page.step is not None:
        blocks = page.step.everything
    return next((link.target for link in term_links(blocks)), "")


# ---- the log ---------------------------------------------------------------------------------


def come(session: LessonSession) -> tuple[LogEntry, ...]:
    """That the page has been opened."""
    page = session.page
    return (("page", _where(page)),) if session.listed and not page.extra else ()


def is_undone(session: LessonSession, stage: Stage | None, progress: Progress) -> bool:
    """Whether the step of the page has a task that is not done and never was."""
    page = session.page
    never = (page.lesson, page.id) not in progress.done
    return page.kind == STEP and not acts.complete(stage) and never


def left(session: LessonSession, stage: Stage | None, progress: Progress) -> tuple[LogEntry, ...]:
    """A step that is left for the next page is done when every task of it is; else passed by."""
    page = session.page
    if page.kind != STEP:
        return ()
    if acts.complete(stage):
        return done(session, progress)
    fresh = session.listed and (page.lesson, page.id) not in progress.passed
    return (("passed", _where(page)),) if fresh else ()


def done(session: LessonSession, progress: Progress) -> tuple[LogEntry, ...]:
    """What the page asks for has been done."""
    page = session.page
    fresh = session.listed and (page.lesson, page.id) not in progress.done
    return (("done", _where(page)),) if fresh and not page.for_page else ()


def _where(page: Page) -> dict[str, str]:
    return {"lesson": page.lesson, "page": page.id}
