"""Navigation of the application: the first screen, and the screens opened by messages and keys.

Screens post messages (`messages`); this module maps each message to a screen.
"""

from __future__ import annotations

from contextlib import suppress
from typing import cast

from textual.app import ScreenStackError, UnknownModeError

from rnntutor.course.errors import CourseError
from rnntutor.course.load import Course
from rnntutor.failure import Failure
from rnntutor.session.start import FINAL, Start
from rnntutor.tui.key_queue import QueuedKeys
from rnntutor.tui.messages import (
    FollowLink,
    OpenBuild,
    OpenContrast,
    OpenExperiment,
    OpenGlossary,
    OpenLesson,
    OpenNext,
    OpenQuiz,
    OpenSimulation,
)
from rnntutor.tui.screen import TutorScreen
from rnntutor.tui.terminal.release_memory import release_later
from rnntutor.tui.terminal.textual_private import switch
from rnntutor.tui.tutor import Tutor
from rnntutor.words import Words


class Navigation(QueuedKeys):
    """The part of the application that opens screens, importing each on first use."""

    start: Start
    course: Course
    words: Words

    @property
    def tutor(self) -> Tutor:
        """The application, typed as the screens see it."""
        return cast("Tutor", self)

    @property
    def tutor_screen(self) -> TutorScreen | None:
        """The visible screen; None before the first screen is shown and during shutdown."""
        with suppress(ScreenStackError, UnknownModeError):
            if self.is_running and isinstance(self.screen, TutorScreen):
                return self.screen
        return None

    def tutor_screens(self) -> list[TutorScreen]:
        """Return all screens of the stack, the visible one last."""
        return [screen for screen in self.screen_stack if isinstance(screen, TutorScreen)]

    def repaint(self) -> None:
        """Paint the visible screen."""
        if isinstance(self.screen, TutorScreen):
            self.screen.paint()

    def first_screen(self) -> TutorScreen:
        """Return the first screen, as chosen by the command line."""
        if self.start.open_file is not None:
            from rnntutor.tui.screens.opening import OpeningScreen

            return OpeningScreen(self.start)
        if self.start.sim is not None:
            from rnntutor.tui.screens.experiment import ExperimentScreen

            return ExperimentScreen(
                self.start.sim, title="lab.title", start_point=self.start.start_point
            )
        if self.start.own is not None:
            from rnntutor.session.own import open_own
            from rnntutor.tui.screens.own import OwnScreen

            wanted = self.start.own
            exercise, _ = self.course.exercise(wanted.exercise, self.start.lang)
            own = open_own(wanted)
            return OwnScreen(
                exercise, own, settings=wanted.settings, start_point=self.start.start_point
            )
        if self.start.quiz is not None:
            from rnntutor.tui.screens.quiz import QuizScreen

            return QuizScreen(self.start.quiz)
        if not self.start.lang_known:
            from rnntutor.tui.screens.language import LanguageScreen

            return LanguageScreen()
        from rnntutor.tui.screens.home import HomeScreen

        return HomeScreen()

    # ---- messages -------------------------------------------------------------------------------

    async def on_go_home(self) -> None:
        from rnntutor.tui.screens.home import HomeScreen

        await self.tutor.caught_up_with_disk()
        self.tutor.say("")  # a page's message does not apply to another page
        if self.start.open_file is not None:
            self.run_worker(self.tutor.leave(0))
        elif len(self.screen_stack) > 1:
            self.pop_screen()
        else:
            switch(self, HomeScreen())

    async def on_close_screen(self) -> None:
        if len(self.screen_stack) > 1:
            self.pop_screen()
        elif self.start.quiz is not None:
            await self.on_go_home()  # a quiz belongs to the course, whatever the program began with
        else:
            self.run_worker(self.tutor.leave(0))

    async def on_open_lesson(self, message: OpenLesson) -> None:
        await self.tutor.caught_up_with_disk()
        self._open_lesson(message.lesson, message.page, over=message.over)

    def _open_lesson(self, lesson_id: str, page: str = "cover", *, over: bool = False) -> None:
        """Open a lesson at a page, directly above the home screen, or over the present one."""
        from rnntutor.tui.screens.lesson import LessonScreen

        try:
            lesson = self.course.lesson(lesson_id, self.words.lang)
        except CourseError as error:
            self.tutor.say(error.sentence(self.words), wrong=True)
            return
        self.tutor.say("")
        self.tutor.record("page", lesson=lesson_id, page=page)
        screen = LessonScreen(lesson, page)
        if over:
            self.push_screen(screen)
        else:
            self._show_over_home(screen)
        release_later(self)

    def _show_over_home(self, screen: TutorScreen) -> None:
        """Replace all screens above the first, without painting the first in between."""
        while len(self.screen_stack) > 2:
            self.pop_screen()
        if len(self.screen_stack) == 2:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    async def on_open_next(self, message: OpenNext) -> None:
        from rnntutor.session.contents import following as following_lesson

        if self.start.open_file is not None:
            await self.on_go_home()
            return
        await self.tutor.caught_up_with_disk()
        following = following_lesson(self.course, message.lesson)
        if following:
            self._open_lesson(following)
        else:
            from rnntutor.tui.screens.quiz import QuizScreen

            self._show_over_home(QuizScreen(FINAL))

    def on_follow_link(self, message: FollowLink) -> None:
        kind, _, target = message.link.partition(":")
        if kind == "term":
            self._open_glossary(target)
        elif kind == "step":
            lesson, _, page = target.partition(".")
            self._open_lesson(lesson, page)
        elif kind in ("http", "https"):
            self.tutor.say(message.link)

    def on_open_experiment(self, message: OpenExperiment) -> None:
        from rnntutor.tui.screens.experiment import ExperimentScreen

        try:
            self.push_screen(ExperimentScreen.of(message.link, self.words.lang))
        except Failure as error:
            self.tutor.say(error.sentence(self.words), wrong=True)

    def on_open_simulation(self, message: OpenSimulation) -> None:
        from rnntutor.session.opening import spec
        from rnntutor.tui.screens.experiment import ExperimentScreen

        opened = spec(message.name, (), lang=self.words.lang)
        self.push_screen(ExperimentScreen(opened, title="lab.title"))

    def on_open_quiz(self, message: OpenQuiz) -> None:
        from rnntutor.tui.screens.quiz import QuizScreen

        screen = QuizScreen(message.wanted, message.quiz)
        if message.instead:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def on_open_build(self, message: OpenBuild) -> None:
        from rnntutor.tui.screens.build import BuildScreen

        name = message.exercise.name
        opened = [isinstance(s, BuildScreen) and s.exercise.name == name for s in self.screen_stack]
        if not any(opened):
            self.push_screen(BuildScreen(message.exercise))
            return
        for _ in opened[opened.index(True) + 1 :]:  # its text is edited by one screen only
            self.pop_screen()

    def on_open_contrast(self, message: OpenContrast) -> None:
        from rnntutor.tui.screens.contrast import ContrastScreen

        screen = ContrastScreen(message.asked, message.stage)
        self.push_screen(screen, lambda _: message.after())

    def on_open_glossary(self, message: OpenGlossary) -> None:
        self._open_glossary(message.term)

    def _open_glossary(self, term: str = "") -> None:
        from rnntutor.tui.screens.glossary import GlossaryScreen

        self.push_screen(GlossaryScreen(term))

    def do_glossary(self, key: str) -> None:
        """Open the glossary."""
        self._open_glossary()

    def do_help(self, key: str) -> None:
        """Open the help on the keys of the visible screen."""
        from rnntutor.tui.screens.help import HelpScreen

        if isinstance(self.screen, TutorScreen):
            self.push_screen(HelpScreen(self.screen))

    def do_card(self, key: str) -> None:
        """Open the card of the current lesson, or else of the lesson visited last."""
        from rnntutor.tui.screens.card import CardScreen
        from rnntutor.tui.screens.lesson import LessonScreen

        ids = [entry.id for entry in self.course.entries]
        last_page = self.tutor.progress.last_page
        last = last_page[0] if last_page is not None else ""
        here = self.screen.lesson.id if isinstance(self.screen, LessonScreen) else last
        if isinstance(self.screen, TutorScreen):
            self.screen.halt()
            self.push_screen(CardScreen(here if here in ids else ids[0]))

    def do_search(self, key: str) -> None:
        """Open the search; a run or training run is paused."""
        from rnntutor.tui.screens.search import SearchScreen

        if isinstance(self.screen, TutorScreen):
            self.screen.halt()
            self.push_screen(SearchScreen(self.screen))
