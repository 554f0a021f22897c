"""The pages of a lesson: which one it is, what it remembers, going to another."""

from __future__ import annotations

from time import monotonic

from rnntutor.course.blocks import Lesson, Link
from rnntutor.course.errors import CourseError
from rnntutor.failure import Failure, Refused
from rnntutor.pages.notes import note_rows
from rnntutor.plain.leaving import Menu, Open
from rnntutor.plain.lines import COLUMNS
from rnntutor.plain.tutor import Tutor
from rnntutor.plain.visit import Visit
from rnntutor.session import acts, contents, fresh, notes, recall, stay
from rnntutor.session import pages as page_list
from rnntutor.session import question as questions
from rnntutor.session import stage as stages
from rnntutor.session.links import sim_links
from rnntutor.session.pages import QUESTION, STEP, Page
from rnntutor.session.question import DONE, QuestionState
from rnntutor.session.stage import Stage
from rnntutor.session.stay import Stay
from rnntutor.study.progress import Page as Key


class Pages:
    """lesson: in the present language. listed: whether it is one of the course, whose pages are
    kept in the log."""

    def __init__(self, tutor: Tutor, lesson: Lesson, page: str, *, listed: bool = True) -> None:
        self.tutor = tutor
        self.lesson = lesson
        self.listed = listed
        tutor.reading = lesson.id if listed else ""
        self.pages = page_list.pages(lesson)
        self.index = page_list.find(self.pages, page)
        self._stay: Stay | None = None
        self._back = False  # whether the questions from two lessons back have been drawn
        self.visits: dict[str, Visit] = {}
        self.visit = Visit(monotonic())
        self.words = tutor.words

    def show_page(self) -> None:
        """The present page, from its headline on."""
        raise NotImplementedError

    def show(self) -> None:
        """The present page, whose visit begins when it is come to first."""
        if self.page.id not in self.visits:
            self.visits[self.page.id] = self._open(self.page)
        self.visit = self.visits[self.page.id]
        self.show_page()

    @property
    def page(self) -> Page:
        return self.pages[self.index]

    def _open(self, page: Page) -> Visit:
        """A page seen for the first time since the lesson was opened."""
        visit = Visit(monotonic())
        if page.kind == QUESTION:
            visit.asked = self.ask()
        elif page.kind == STEP:
            try:
                visit.stage = fresh.stage_of(page, self.tutor.progress)
            except Failure as error:
                visit.trouble = error.sentence(self.tutor.words)
        return visit

    def ask(self) -> QuestionState | None:
        """The question of the page, in the variant that has not been seen yet; None if it cannot
        be asked."""
        question = self.page.question
        assert question is not None
        return fresh.question_of(question, self.tutor.progress, self.tutor.variant_salt())

    def experiments(self) -> tuple[Link, ...]:
        """The simulations that the reason of this question, or this step's prose, links to."""
        page, asked = self.page, self.visit.asked
        if page.question is not None:
            known = asked is not None and asked.state == DONE
            return sim_links(page.question.why) if known else ()
        return sim_links(page.step.everything) if page.step is not None else ()

    def go(self, index: int) -> None:
        """To another page. Raises Refused before the first."""
        if not 0 <= index < len(self.pages):
            raise Refused("plain.first_page")
        self.leave_page()
        self.index = self._recalled(index)
        self.begin_stay()
        if self.listed and not self.page.extra:
            self.tutor.record(("page", {"lesson": self.page.lesson, "page": self.page.id}))
        self.show()

    def _recalled(self, index: int) -> int:
        """The place that is gone to, once the questions from two lessons back are among the
        pages: when a question is left."""
        if self._back or not self.listed or self.page.kind != QUESTION or index <= self.index:
            return index
        self._back = True
        tutor, lang = self.tutor, self.words.lang
        learner = tutor.progress, tutor.variant_salt()
        self.pages, index = recall.going(
            self.pages, self.index, index, tutor.course, lang, *learner
        )
        return index

    def next(self) -> None:
        """The next page; after the last one the next lesson, or the menu. A step that is passed is
        done. Raises Leaving, and Refused once where something is not done yet."""
        page = self.page
        if page.kind == STEP:
            if acts.complete(self.visit.stage):
                self.done()
            else:
                if (page.lesson, page.id) not in self.tutor.progress.done:
                    self._warn("plain.task_open")
                self._passed()
        if self.index + 1 < len(self.pages):
            self.go(self.index + 1)
            return
        following = contents.following(self.tutor.course, self.lesson.id) if self.listed else ""
        raise Open(*contents.start_of(following)) if following else Menu

    def _warn(self, key: str) -> None:
        """Say once what is not done yet; a second blank line goes on. Raises Refused."""
        if not self.visit.warned:
            self.visit.warned = True
            raise Refused(key)

    def _passed(self) -> None:
        """The page is left before everything on it has been done."""
        page = self.page
        if self.listed and (page.lesson, page.id) not in self.tutor.progress.passed:
            self.tutor.record(("passed", {"lesson": page.lesson, "page": page.id}))

    def done(self) -> None:
        """What the page asks for has been done."""
        page = self.page
        if page.for_page:
            return
        if self.listed and (page.lesson, page.id) not in self.tutor.progress.done:
            self.tutor.record(("done", {"lesson": page.lesson, "page": page.id}))

    def translate(self) -> None:
        """The same place in the same lesson, in the tutor's present language."""
        self.words = self.tutor.words
        if not self.listed:
            return
        here = self.page.id
        try:
            self.lesson = self.tutor.course.lesson(self.lesson.id, self.words.lang)
        except CourseError as error:
            self.tutor.refuse(error)
            return
        self.pages = recall.translated(self.pages, page_list.pages(self.lesson), self._lesson)
        by_id = {page.id: page for page in self.pages}
        for page_id, visit in list(self.visits.items()):
            page = by_id.get(page_id)
            if page is None:
                del self.visits[page_id]
                continue
            if visit.asked is not None and page.question is not None:
                visit.asked = questions.translated(
                    visit.asked, page.question, self.tutor.view.terms
                )
            if visit.stage is not None and page.step is not None and page.step.sim is not None:
                visit.stage = stages.translated(visit.stage, page.step.sim)
        self.index = page_list.find(self.pages, here)

    # ---- how long, and what was done ------------------------------------------------------------

    def stay_place(self) -> Key | None:
        """Lesson and page that the log is told of; None where it is told nothing."""
        page = self.page
        return (page.home or page.lesson, page.id.lstrip("<+")) if self.listed else None

    def begin_stay(self) -> None:
        """The page is looked at from now on."""
        place = self.stay_place()
        self._stay = Stay(place, monotonic()) if place is not None else None

    def done_on_stage(self, old: Stage, new: Stage) -> None:
        if self._stay is not None:
            self._stay = stay.did(self._stay, old, new, monotonic())

    def leave_page(self) -> None:
        """The log is told how long the page was looked at, and what was done there. Nothing waits
        for that."""
        if self._stay is not None:
            kind, data = stay.told(self._stay, monotonic())
            self.tutor.learner.record(kind, **data)
        self._stay = None

    # ---- notes ----------------------------------------------------------------------------------

    def noted_page(self) -> Key | None:
        """The page that notes of one's own belong to; None where nothing is kept."""
        return notes.key(self.page) if self.listed else None

    def tell_notes(self) -> None:
        """What the learner has noted on this page."""
        where = self.noted_page()
        if where is not None:
            tutor = self.tutor
            tutor.lines.rows(note_rows(where, tutor.progress, tutor.words, COLUMNS))

    def note(self, name: str, text: str) -> bool:
        """`note TEXT` and that the page is unclear; False for another command. Raises Refused."""
        if name not in ("note", "unclear"):
            return False
        where, tutor = self.noted_page(), self.tutor
        if where is None:
            raise Refused("plain.no_notes")
        if name == "unclear":
            told = notes.flagged(where, tutor.progress)
            tutor.record(told)
            tutor.lines.say(tutor.words("note.flagged" if told[1]["on"] else "note.unflagged"))
        elif text:
            tutor.record(notes.noted(where, "" if text == "-" else text))
            tutor.lines.say(tutor.words("plain.note_gone" if text == "-" else "plain.note_kept"))
        elif where in tutor.progress.notes:
            self.tell_notes()
        else:
            raise Refused("plain.note_how")
        return True

    def _lesson(self, lesson: str) -> Lesson | None:
        """Another lesson in the present language, if it can be read."""
        try:
            return self.tutor.course.lesson(lesson, self.words.lang)
        except CourseError:
            return None
