"""The content of a lesson's pages: prose with a stage or a question."""

from __future__ import annotations

from dataclasses import replace

from rnntutor.course.blocks import Link
from rnntutor.course.load import in_language
from rnntutor.pages import acts as acts_rows
from rnntutor.pages import faults as fault_rows
from rnntutor.pages import lesson as lesson_rows
from rnntutor.pages import lesson_end
from rnntutor.pages import question as question_rows
from rnntutor.pages.cover import one_line
from rnntutor.render.primitives.wrap import wrap
from rnntutor.session import contents, faults
from rnntutor.session import lesson as lessons
from rnntutor.session.lesson import LessonSession
from rnntutor.session.pages import COVER, END, QUESTION
from rnntutor.spans import Row, Rows, Span, width
from rnntutor.study.log import local_now
from rnntutor.study.progress import PageKey
from rnntutor.tui.screen import AIRY
from rnntutor.tui.screens.step import StepScreen


class LessonPage(StepScreen):
    """The pages of a lesson without their commands, which subclasses add."""

    def __init__(self, session: LessonSession) -> None:
        super().__init__(session)
        self._lit = -1
        self._seeks = self.listed  # a file opens at its beginning, a lesson where it was left

    def headline(self) -> tuple[Row, Row]:
        right = lesson_rows.dots(self.pages, self.index, self.tutor.progress)
        right = (*self.note_signs(), *right)
        if self.page_state.stage is not None and self.page.step is not None:
            right = acts_rows.headline(right, self.act, self.words)
        number = self.tutor.course.number(self.lesson.id)
        room = self.size.width - 6 - width(right)
        return lesson_rows.headline(
            self.lesson, self.page, number, self.words, room, self.course_view.context
        ), right

    def noted_page(self) -> tuple[PageKey, Row] | None:
        where = self.session.noted_page
        if where is None:
            return None
        about = self.page.question or self.page.step
        title = about.title if about is not None else self.lesson.title
        return where, one_line(title, self.course_view.context)

    def experiments(self) -> tuple[Link, ...]:
        return lessons.experiments(self.page, self.page_state.asked)

    def lit_row(self) -> int:
        return self._lit if self.page.kind == COVER and self._seeks else -1

    def page_rows(self, cells: int) -> Rows:
        return (*self._page_rows(cells), *self.note_rows(cells))

    def _page_rows(self, cells: int) -> Rows:
        page, page_state, words = self.page, self.page_state, self.words
        context, progress = self.course_view.context, self.tutor.progress
        if self._only_reads:
            context = replace(context, code_from=page_state.code_from)
        if page.kind == COVER:
            rows, self._lit = self.cover(cells, context).highlight(page_state.cursor)
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
        if page_state.asked is not None:
            rows = question_rows.question_rows(page_state.asked, words, cells, context)
            home = self.course_view.title(page.home) if page.home else ""
            why = lesson_rows.why_here(page, home, words)
            head = (*wrap((Span(why, "grey"),), cells), ()) if why else ()
            return ((), *head, *rows)
        if page.step is None or page.kind == QUESTION:
            said = page_state.trouble or words("question.broken")
            return ((), *wrap((Span(said, "wrong"),), cells))
        rows = self._prose(page.step, cells, context)
        if page_state.stage is None and (
            invited := lesson_rows.invitation(self.exercises, words, cells)
        ):
            rows = (*rows, (), *invited)
        wrong = wrap((Span(page_state.trouble, "wrong"),), cells) if page_state.trouble else ()
        own = faults.of_page(self.wrong_here(), self.lesson, page)
        wrong += fault_rows.fault_rows(own, words, cells)
        rows = (*rows, *([()] if rows else []), *wrong) if wrong else rows
        return ((), *rows) if self.size.height >= AIRY else rows

    @property
    def _only_reads(self) -> bool:
        """Whether the page is text alone, so that keys scroll its code and open its pictures.

        Beside a stage or a question the same keys have other meanings.
        """
        page_state = self.page_state
        return page_state.asked is None and (page_state.stage is None or self.reading)
