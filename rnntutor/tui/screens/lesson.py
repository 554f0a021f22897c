"""The screen of a lesson: its pages in order, each with its prose and its stage or question."""

from __future__ import annotations

from rnntutor.course.lesson import Lesson, Step
from rnntutor.render.code_rows import goes_on
from rnntutor.session import acts
from rnntutor.session import lesson as lessons
from rnntutor.session.acts import BECAUSE, PREDICT
from rnntutor.session.pages import COVER, END, is_listed
from rnntutor.session.quiz import Quiz, wrong_at_last
from rnntutor.session.start import QuizRequest
from rnntutor.session.typed_number import ALONE
from rnntutor.tui import commands, stage_commands
from rnntutor.tui.keys import KeyCommand
from rnntutor.tui.messages import GoHome, OpenGlossary, OpenNext, OpenQuiz
from rnntutor.tui.screens.lesson_page import LessonPage


class LessonScreen(LessonPage):
    """A lesson.

    Args:
        lesson: the lesson in the current language.
        page_id: the page shown first.
        listed: whether the lesson is part of the course, so that its pages are recorded in the log.
    """

    def __init__(self, lesson: Lesson, page_id: str = COVER, *, listed: bool = True) -> None:
        super().__init__(lessons.open_lesson(lesson, page_id, listed=listed))

    def ways_out(self) -> tuple[KeyCommand, ...]:
        return (commands.NEXT, commands.BACK, commands.OUT._replace(shown=True))

    def own_commands(self) -> tuple[KeyCommand, ...]:
        found = self.with_notes(self._commands_here())
        if self._told_elsewhere and not self.zoomed:
            at = 1 + next(n for n, c in enumerate(found) if c.name == commands.NEXT.name)
            again = KeyCommand("told_again", ("i",), "key.told-again")
            found = (*found[:at], again, *found[at:])
        if self.exercises and not self.zoomed:
            found = (*found, KeyCommand("build", ("b",), "key.build", shown=False))
        if self._only_reads:
            found = (*found, *commands.sideways(*goes_on(self.text_rows())))
            found = (*found, commands.PICTURE) if self._picture() else found
        if self.listed:
            return found if self.leads_home else commands.returning(found)
        return commands.of_a_file(found, end=self.page.kind == END, contents=self._has_contents)

    def _commands_here(self) -> tuple[KeyCommand, ...]:
        page_state, page = self.page_state, self.page
        if page_state.asked is not None:
            sure, link = self.tutor.progress.asks_sure, bool(self.experiments())
            found = commands.question(page_state.asked, link=link, sure=sure)
            return self.with_contrast(found)
        if page.kind == COVER and not any(is_listed(each) for each in self.pages):
            return commands.reading(more=self.rows("prose").more_below)
        if page.kind == COVER:
            return commands.cover(ALONE if self.listed else len(self._entries()[0]))
        if page.kind == END and self.listed:
            wrong = wrong_at_last(self.pages, self.tutor.progress)
            return commands.lesson_end(wrong=bool(wrong))
        if self.zoomed:
            return stage_commands.zoomed(page_state)
        if self.reading:
            more = self.rows("prose").more_below
            act = acts.act(self.page_state.stage, reading=False)
            return commands.reading_step(act, more=more, link=bool(self.experiments()))
        more = self._prose_shown and self.rows("prose").more_below
        if page_state.stage is not None:
            found = stage_commands.step(page_state, more=more)
            again = not self.wide and not self._short
            return commands.with_text(found) if again else found
        return stage_commands.step(page_state, link=bool(self.experiments()), more=more)

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
        if not self.may_go():
            return
        self.record_leaving()
        if self.index + 1 < len(self.pages):
            self.go(self.index + 1)
        else:
            self.app.post_message(OpenNext(self.lesson.id))

    def do_wrong_again(self, key: str) -> None:
        """Open a quiz of the lesson's questions that were last answered wrong."""
        items = wrong_at_last(self.pages, self.tutor.progress)
        self.app.post_message(OpenQuiz(QuizRequest(lesson=self.lesson.id), Quiz(items)))

    def do_skip_question(self, key: str) -> None:
        """Go to the next page without answering."""
        self.go(self.index + 1)

    def do_back(self, key: str) -> None:
        """Go to the previous page; from the first page, leave the lesson."""
        if self.index:
            self.go(self.index - 1)
        else:
            self.do_out(key)

    def do_out(self, key: str) -> None:
        """Leave the full-size stage, else go to the contents of a file, else leave the lesson."""
        if self.zoomed:
            self.do_zoom(key)
            return
        if self._has_contents:
            here = max((n for n in self._entries()[0] if n <= self.index), default=0)
            self._seeks = True
            self.go(0)
            self.page_state.cursor = here
            self.show_page()
            return
        self.leave()
        self.leaving()
        self.app.post_message(GoHome())

    @property
    def _has_contents(self) -> bool:
        """Whether this is a later page of a file that begins with a contents page."""
        return not self.listed and self.index > 0 and self.pages[0].kind == COVER

    def do_glossary(self, key: str) -> None:
        """Open the glossary at the first term named on this page."""
        self.app.post_message(OpenGlossary(lessons.first_term(self.page)))

    def _predict_first(self, key: str) -> None:
        """Ask for the open prediction; a second request skips it."""
        if self.warned("act.unpredicted"):
            self.page_state.warned = False
            self.do_skip(key)
