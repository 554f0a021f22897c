"""A lesson: its pages one after the other, each with its prose and its stage or its question."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic

from rnntutor.course.blocks import Lesson, Link, Problem, Step
from rnntutor.course.errors import CourseError
from rnntutor.course.load import in_language
from rnntutor.failure import Failure
from rnntutor.pages import acts as acts_rows
from rnntutor.pages import faults as fault_rows
from rnntutor.pages import lesson as lesson_rows
from rnntutor.pages import lesson_end
from rnntutor.pages import question as question_rows
from rnntutor.pages.cover import one_line
from rnntutor.render.code_rows import goes_on
from rnntutor.render.primitives.wrap import wrap
from rnntutor.session import acts, contents, contrast, faults, fresh, notes, recall, records
from rnntutor.session import pages as page_list
from rnntutor.session import question as questions
from rnntutor.session import stage as stages
from rnntutor.session.acts import BECAUSE, PREDICT, READ
from rnntutor.session.links import sim_links, term_links
from rnntutor.session.pages import COVER, END, QUESTION, STEP, Page, is_listed
from rnntutor.session.question import QuestionState
from rnntutor.session.quiz import Quiz, wrong_at_last
from rnntutor.session.stage import Stage
from rnntutor.session.start import QuizRequest
from rnntutor.session.typed_number import ALONE
from rnntutor.spans import Row, Rows, Span, width
from rnntutor.study.log import local_now
from rnntutor.study.progress import Page as Key
from rnntutor.tui import commands, stage_commands
from rnntutor.tui.keys import Command
from rnntutor.tui.messages import GoHome, OpenGlossary, OpenNext
from rnntutor.tui.screen import AIRY
from rnntutor.tui.screens.step import StepScreen
from rnntutor.tui.visit import PROSE, STAGE, Visit


class LessonScreen(StepScreen):
    """lesson: in the present language. page_id: where it opens. listed: whether the lesson is one
    of the course, whose pages are kept in the log."""

    def __init__(self, lesson: Lesson, page_id: str = COVER, *, listed: bool = True) -> None:
        super().__init__()
        self.lesson = lesson
        self.listed = listed
        self.pages = page_list.pages(lesson)
        self.index = page_list.find(self.pages, page_id)
        self.visits: dict[str, Visit] = {}
        self._lit = -1
        self._faults: tuple[Problem, ...] | None = None  # until they are asked for
        self._back = False  # whether the questions from two lessons back have been drawn
        self._seeks = listed  # a file is read from its beginning, a lesson where it goes on

    # ---- where one is ---------------------------------------------------------------------------

    @property
    def page(self) -> Page:
        return self.pages[self.index]

    def _visited(self) -> Visit:
        """The visit of the present page, which begins when the page is come to first."""
        if self.page.id not in self.visits:
            try:
                self.visits[self.page.id] = self._first_visit(self.page)
            except Exception as error:
                # The page is there all the same, and the way to the next.
                trouble = self.tutor.crashed(error)
                self.visits[self.page.id] = Visit(started=monotonic(), trouble=trouble)
        return self.visits[self.page.id]

    def _first_visit(self, page: Page) -> Visit:
        """A page seen for the first time since the tutor was started."""
        visit = Visit(started=monotonic())
        if (page.lesson, page.id) == self.tutor.progress.place:
            visit.reading = self.tutor.progress.act in ("", READ)
            visit.focus = PROSE if visit.reading else STAGE
        if page.kind == QUESTION:
            visit.asked = self._ask(page)
        elif page.kind == STEP:
            try:
                visit.stage = fresh.stage_of(page, self.tutor.progress)
            except Failure as error:
                visit.trouble = error.sentence(self.words)
        elif page.kind == COVER:
            visit.cursor = contents.first_undone(self.pages, self.tutor.progress)
        return visit

    def _ask(self, page: Page) -> QuestionState | None:
        """The question of a page, in the variant that has not been seen yet."""
        assert page.question is not None
        return fresh.question_of(page.question, self.tutor.progress, self.tutor.variant_salt())

    def fresh(self, visit: Visit) -> QuestionState:
        visit.started = monotonic()
        asked = self._ask(self.page)
        return asked if asked is not None else self.asked

    def go(self, index: int) -> None:
        """To another page."""
        if not 0 <= index < len(self.pages):
            return
        index = self._recalled(index)
        self.leave()
        self.leaving()
        self.index = index
        self.zoomed = False
        self.tutor.say("")
        if self.listed and not self.page.extra:
            self.tutor.record("page", lesson=self.page.lesson, page=self.page.id)
        self.show_page()

    def _recalled(self, index: int) -> int:
        """The place that is gone to, once the questions from two lessons back are among the pages:
        when a question is left, so that no lesson waits for another one to be read."""
        if self._back or not self.listed or self.page.kind != QUESTION or index <= self.index:
            return index
        self._back = True
        tutor, lang = self.tutor, self.words.lang
        learner = tutor.progress, tutor.variant_salt()
        self.pages, index = recall.going(
            self.pages, self.index, index, tutor.course, lang, *learner
        )
        return index

    def show_page(self) -> None:
        """The present page, with its text field where it has one."""
        self.visit = self._visited()
        self.staying()
        self.rearrange()
        self.focus_entry()

    # ---- painting -------------------------------------------------------------------------------

    def headline(self) -> tuple[Row, Row]:
        right = lesson_rows.dots(self.pages, self.index, self.tutor.progress)
        right = (*self.note_signs(), *right)
        if self.visit.stage is not None and self.page.step is not None:
            right = acts_rows.headline(right, self.act, self.words)
        number = self.tutor.course.number(self.lesson.id)
        room = self.size.width - 6 - width(right)
        return lesson_rows.headline(
            self.lesson, self.page, number, self.words, room, self.course_view.context
        ), right

    def noted_page(self) -> tuple[Key, Row] | None:
        page = self.page
        if not self.listed:
            return None
        about = page.question or page.step
        title = about.title if about is not None else self.lesson.title
        return notes.key(page), one_line(title, self.course_view.context)

    def page_key(self) -> object:
        return self.page.id

    def lit(self) -> int:
        return self._lit if self.page.kind == COVER and self._seeks else -1

    def page_rows(self, cells: int) -> Rows:
        return (*self._page_rows(cells), *self.note_rows(cells))

    def _page_rows(self, cells: int) -> Rows:
        page, visit, words = self.page, self.visit, self.words
        context, progress = self.course_view.context, self.tutor.progress
        if self._only_reads:
            context = replace(context, code_from=visit.code_from)
        if page.kind == COVER:
            rows, self._lit = self.cover(cells, context).lit(visit.cursor)
            return rows
        if page.kind == END and not self.listed:
            return lesson_end.file_end_rows(self.lesson, words, cells, context)
        if page.kind == END:
            following = contents.following(self.tutor.course, self.lesson.id)
            name = self.course_view.title(following) if following else self.words("quiz.final")
            asked = self.tutor.course.entry(following).question if following else ()
            rows = lesson_end.end_rows(
                self.pages,
                progress,
                words,
                cells,
                context,
                local_now(),
                following=name,
                question=in_language(asked, words.lang),
            )
            invited = lesson_rows.invitation(self.exercises, words, cells)
            return (*rows, (), *invited) if invited else rows
        if visit.asked is not None:
            rows = question_rows.question_rows(visit.asked, words, cells, context)
            home = self.course_view.title(page.home) if page.home else ""
            why = lesson_rows.why_here(page, home, words)
            head = (*wrap((Span(why, "grey"),), cells), ()) if why else ()
            return ((), *head, *rows)
        if page.step is None or page.kind == QUESTION:
            said = visit.trouble or words("question.broken")
            return ((), *wrap((Span(said, "wrong"),), cells))
        rows = self._prose(page.step, cells, context)
        if visit.stage is None and (
            invited := lesson_rows.invitation(self.exercises, words, cells)
        ):
            rows = (*rows, (), *invited)
        wrong = wrap((Span(visit.trouble, "wrong"),), cells) if visit.trouble else ()
        own = faults.of_page(self.wrong_here(), self.lesson, page)
        wrong += fault_rows.fault_rows(own, words, cells)
        rows = (*rows, *([()] if rows else []), *wrong) if wrong else rows
        return ((), *rows) if self.size.height >= AIRY else rows

    def wrong_here(self) -> tuple[Problem, ...]:
        if self._faults is None:
            course = self.tutor.course
            self._faults = faults.of_lesson(course, self.lesson) if self.listed else ()
        return self._faults

    @property
    def _only_reads(self) -> bool:
        """Whether the page is a text alone, whose code is moved through and whose pictures are
        opened: keys that mean something else beside a stage or a question."""
        visit = self.visit
        return visit.asked is None and (visit.stage is None or self.reading)

    # ---- commands -------------------------------------------------------------------------------

    def ways_out(self) -> tuple[Command, ...]:
        return (commands.NEXT, commands.BACK, commands.OUT._replace(shown=True))

    def own_commands(self) -> tuple[Command, ...]:
        found = self.with_notes(self._commands_here())
        if self._told_elsewhere and not self.zoomed:
            at = 1 + next(n for n, c in enumerate(found) if c.name == commands.NEXT.name)
            again = Command("told_again", ("i",), "key.told-again")
            found = (*found[:at], again, *found[at:])
        if self.exercises and not self.zoomed:
            found = (*found, Command("build", ("b",), "key.build", shown=False))
        if self._only_reads:
            found = (*found, *commands.sideways(*goes_on(self.text_rows())))
            found = (*found, commands.PICTURE) if self._picture() else found
        if self.listed:
            return found
        return commands.of_a_file(found, end=self.page.kind == END, contents=self._has_contents)

    def _commands_here(self) -> tuple[Command, ...]:
        visit, page = self.visit, self.page
        if visit.asked is not None:
            sure, link = self.tutor.progress.asks_sure, bool(self.experiments())
            found = commands.question(visit.asked, link=link, sure=sure)
            return self.with_contrast(found)
        if page.kind == COVER and not any(is_listed(each) for each in self.pages):
            return commands.reading(more=self.rows("prose").more_below)
        if page.kind == COVER:
            return commands.cover(ALONE if self.listed else len(self._entries()[0]))
        if page.kind == END and self.listed:
            wrong = wrong_at_last(self.pages, self.tutor.progress)
            return commands.lesson_end(wrong=bool(wrong))
        if self.zoomed:
            return stage_commands.zoomed(visit)
        if self.reading:
            more = self.rows("prose").more_below
            return commands.reading_step(more=more, link=bool(self.experiments()))
        more = self._prose_shown and self.rows("prose").more_below
        if visit.stage is not None:
            found = stage_commands.step(visit, more=more)
            again = not self.wide and not self._short
            return commands.with_text(found) if again else found
        return stage_commands.step(visit, link=bool(self.experiments()), more=more)

    def taught_in(self) -> Step | None:
        return self.page.step

    def go_on(self) -> None:
        self.do_next("")

    def do_next(self, key: str) -> None:
        if self.show_contrast():
            return
        if self.act == PREDICT:
            self._predict_first(key)
            return
        if self.act == BECAUSE:
            self.tutor.say(self.words("because.first"))
            return
        if not self._may_go():
            return
        self._done()
        if self.index + 1 < len(self.pages):
            self.go(self.index + 1)
        else:
            self.app.post_message(OpenNext(self.lesson.id))

    def do_wrong_again(self, key: str) -> None:
        """The questions of this lesson that were not right at last, one after the other."""
        from rnntutor.tui.screens.quiz import QuizScreen

        items = wrong_at_last(self.pages, self.tutor.progress)
        self.app.push_screen(QuizScreen(QuizRequest(lesson=self.lesson.id), Quiz(items)))

    def do_skip_question(self, key: str) -> None:
        self.go(self.index + 1)

    def do_back(self, key: str) -> None:
        if self.index:
            self.go(self.index - 1)
        else:
            self.do_out(key)

    def do_out(self, key: str) -> None:
        if self.zoomed:
            self.do_zoom(key)
            return
        if self._has_contents:
            here = max((n for n in self._entries()[0] if n <= self.index), default=0)
            self._seeks = True
            self.go(0)
            self.visit.cursor = here
            self.show_page()
            return
        self.leave()
        self.leaving()
        self.app.post_message(GoHome())

    @property
    def _has_contents(self) -> bool:
        """Whether this is a page of a file that has a first page with its contents."""
        return not self.listed and self.index > 0 and self.pages[0].kind == COVER

    def do_glossary(self, key: str) -> None:
        """The glossary, at the first term that this page names."""
        page = self.page
        blocks = page.question.prompt if page.question is not None else ()
        step = page.step if page.question is None else None
        blocks = step.everything if step is not None else blocks
        terms = term_links(blocks)
        self.app.post_message(OpenGlossary(terms[0].target if terms else ""))

    def experiments(self) -> tuple[Link, ...]:
        """The simulations that the reason of this question, or this step's prose, links to."""
        page = self.page
        if page.question is not None:
            return sim_links(page.question.why)
        return sim_links(page.step.everything) if page.step is not None else ()

    def _predict_first(self, key: str) -> None:
        """The prediction comes first; who goes on a second time skips it."""
        if self.warned("act.unpredicted"):
            self.visit.warned = False
            self.do_skip(key)

    def _may_go(self) -> bool:
        """Whether the page may be left for the next one. What is not done yet is said once; a
        second time goes on."""
        stage = self.visit.stage
        if stage is None or acts.complete(stage):
            return True
        done = (self.page.lesson, self.page.id) in self.tutor.progress.done
        return done or self.warned("act.undone")

    # ---- the log --------------------------------------------------------------------------------

    def _done(self) -> None:
        """A step is done when every task of it is; one that is left before is passed by."""
        page = self.page
        if page.kind != STEP:
            return
        if acts.complete(self.visit.stage):
            self._record_done()
        elif self.listed and (page.lesson, page.id) not in self.tutor.progress.passed:
            self.tutor.record("passed", lesson=page.lesson, page=page.id)

    def _record_done(self) -> None:
        page = self.page
        if page.for_page:
            return
        if self.listed and (page.lesson, page.id) not in self.tutor.progress.done:
            self.tutor.record("done", lesson=page.lesson, page=page.id)

    def answered(self) -> None:
        self._record_done()
        verdict, tutor = self.asked.verdict, self.tutor
        if verdict is not None and contrast.sure_and_wrong(self.asked):
            pages, index, lang = self.pages, self.index, self.words.lang
            other = recall.on_its_idea(pages, index, verdict, tutor.course, lang, tutor.progress)
            self.pages = recall.with_again(pages, index, other)

    async def do_undo(self, key: str) -> None:
        self.pages = recall.without_again(self.pages, self.index)
        await super().do_undo(key)

    def stage_changed(self, old: Stage, new: Stage) -> None:
        if new.ready and not old.ready:
            self.visit.warned = False  # it was said of the prediction, not of the tasks
        super().stage_changed(old, new)
        if self.listed:
            for kind, data in records.changes(old, new, self.page):
                self.tutor.record(kind, **data)

    def stay_place(self) -> Key | None:
        page = self.page
        return (page.home or page.lesson, page.id.lstrip("<+")) if self.listed else None

    # ---- another language -----------------------------------------------------------------------

    def translate(self) -> None:
        """The same place in the same lesson, in the other language. A file has one language."""
        if not self.listed:
            return
        here = self.page.id
        self.lesson = lesson = self.tutor.course.lesson(self.lesson.id, self.words.lang)
        self.pages = recall.translated(self.pages, page_list.pages(lesson), self._lesson)
        by_id = {page.id: page for page in self.pages}
        for page_id, visit in list(self.visits.items()):
            page = by_id.get(page_id)
            if page is None:
                del self.visits[page_id]
                continue
            if visit.asked is not None and page.question is not None:
                visit.asked = questions.translated(
                    visit.asked, page.question, self.course_view.terms
                )
            if visit.stage is not None and page.step is not None and page.step.sim is not None:
                visit.stage = stages.translated(visit.stage, page.step.sim)
        self.index = page_list.find(self.pages, here)
        self._faults = None
        self.visit = self._visited()

    def _lesson(self, lesson: str) -> Lesson | None:
        """Another lesson in the present language, if it can be read."""
        try:
            return self.tutor.course.lesson(lesson, self.words.lang)
        except CourseError:
            return None

    def follow_page(self, target: str) -> None:
        self.go(page_list.find(self.pages, target))

    def opened(self) -> None:
        self.show_page()
