"""The application: it ties course, learner and screens together, and gives the terminal back."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import gc
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.worker import WorkerFailed

from rnntutor import crash
from rnntutor.course.errors import CourseError
from rnntutor.course.load import Course, in_language, open_course
from rnntutor.failure import Failure
from rnntutor.render.theme import THEMES
from rnntutor.session.learner import Learner, open_log
from rnntutor.session.start import Start, motion
from rnntutor.spans import Row, Span
from rnntutor.study import cache
from rnntutor.study.events import Event
from rnntutor.study.log import new_session
from rnntutor.study.progress import EMPTY, Progress
from rnntutor.tui.key_queue import KeyQueue
from rnntutor.tui.navigation import Navigation
from rnntutor.tui.screen import TutorScreen
from rnntutor.tui.terminal.cell_diff import Shown
from rnntutor.tui.terminal.clipboard import copying
from rnntutor.tui.terminal.compatible import steady
from rnntutor.tui.terminal.flow_control import Pacer
from rnntutor.tui.terminal.gil_priority import interface_loop
from rnntutor.tui.terminal.textual_private import (
    caught_up,
    fail,
    send_only_what_is_new,
    write,
)
from rnntutor.words import LANGUAGES, load

if TYPE_CHECKING:  # the home screen waits for none of these
    from concurrent.futures import Future

    from rnntutor.course.blocks import Term
    from rnntutor.render.prose import Context
    from rnntutor.study.statistics import Statistics

MOST_FAILURES = 3  # between two keys
ON_DISK = 0.3  # seconds that a screen waits for the disk


def run(start: Start) -> int:
    """Show the tutor until the learner leaves; the exit status. Raises CourseError for a course
    that cannot be opened, and what went wrong inside once the terminal has been given back."""
    course = open_course(start.course_dir, load(start.lang))
    app = TutorApp(start, course, send_only_what_is_new())
    with asyncio.Runner(loop_factory=interface_loop) as runner:
        app.run(loop=runner.get_loop())
    if app.failure is not None:
        raise app.failure
    return app.return_code or 0


def _due(progress: Progress, course: Course) -> tuple[str, ...]:
    """What is due. Whoever has nothing that comes back waits for no scheduler to be loaded."""
    if not (progress.questions or progress.missed):
        return ()
    from rnntutor.session.waiting import due_here

    return due_here(progress, course)


class TutorApp(Navigation):
    """words: of the present language. look: the present theme's name."""

    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "leave", show=False, priority=True),
        Binding("ctrl+q", "leave", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", show=False, priority=True),
    ]

    def __init__(self, start: Start, course: Course, shown: Shown | None = None) -> None:
        """shown: what the terminal shows, where that is known."""
        super().__init__()
        self.shown = shown or Shown()
        self.driver_class = steady(self.driver_class)
        self.start = start
        self.course = course
        self.words = load(start.lang, start.ascii_only)
        self.look = "dark"
        self.motion = True
        self.learner = Learner(open_log(start))
        self.pacer = Pacer(lambda text: write(self, text))
        self.keys = KeyQueue(self)
        self.failure: Exception | None = None
        self._failures = 0  # since the last key
        self._said: Row = ()
        self._salt = ""
        self.due: tuple[str, ...] = ()  # questions that wait to be reviewed, the longest first
        self._history_read = False
        self._sending: Timer | None = None
        self._prose: Context | None = None

    # ---- coming and going -----------------------------------------------------------------------

    def get_default_screen(self) -> TutorScreen:
        """The first screen, with nothing below it."""
        settings = self._settings()
        self._wear(str(settings.get("theme", "dark")))
        self.motion = motion(os.environ, settings)
        self._salt = str(settings.get("salt", ""))
        return self.first_screen()

    def on_mount(self) -> None:
        self.keys.start()
        self.app_resume_signal.subscribe(self, lambda _: self.send_all())
        # Whoever leaves at once waits for what else the terminal was asked at the start, too.
        self.call_after_refresh(self.pacer.drawn)
        # The history is read after the first screen has been painted.
        self.call_after_refresh(self.run_worker, self._load, exclusive=True)

    def _settings(self) -> Mapping[str, object]:
        try:
            return cache.settings(self.start.data_dir)
        except OSError:
            return {}

    async def _load(self) -> None:
        """Read the history, beside the interface. The first screen has been painted."""
        gc.freeze()
        gc.enable()
        try:
            history = await asyncio.to_thread(cache.load, self.start.data_dir)
        except OSError as error:
            self.learner.loaded(EMPTY)
            self.say(self.words("status.history", reason=error.strerror or str(error)), wrong=True)
        else:
            self.learner.loaded(history)
            self.due = await asyncio.to_thread(_due, history, self.course)
            self._history_read = True
        if self.start.trouble is not None:
            self.say(self.sentence(self.start.trouble), wrong=True)
        # What --lang says is a choice too: it is not asked for again.
        if self.start.lang_known and self.progress.settings.get("language") != self.start.lang:
            self.record("setting", name="language", value=self.start.lang)
        if self.tutor_screen is not None:
            self.tutor_screen.loaded()
            self.tutor_screen.paint()
        self.keys.open()

    @property
    def tutor_screen(self) -> TutorScreen | None:
        """The screen that is seen; None before there is one, and at the end."""
        stack = self._screen_stacks.get(self._current_mode) if self.is_running else None
        screen = stack[-1] if stack else None
        return screen if isinstance(screen, TutorScreen) else None

    async def caught_up(self) -> None:
        """Wait until all messages so far have been handled."""
        await caught_up(self)

    async def on_event(self, event: events.Event) -> None:
        """Keys and pastes wait in line; all else goes Textual's way."""
        if not isinstance(event, events.Key | events.Paste):
            await super().on_event(event)
            return
        self.app_focus = True
        bound = isinstance(event, events.Key) and await self._check_bindings(event.key, True)
        if not bound:
            self._failures = 0
            self.keys.put(event)

    async def action_leave(self) -> None:
        await self.leave(0)

    async def leave(self, status: int) -> None:
        """End: the last frame is awaited, so that its answer is not typed into the shell."""
        for screen in self.screen_stack:
            if isinstance(screen, TutorScreen):
                screen.leaving()
        await self.pacer.rest()
        self.exit(return_code=status)

    async def do_quit(self, key: str) -> None:
        await self.leave(0)

    async def on_unmount(self) -> None:
        self.keys.stop()
        await asyncio.to_thread(self.learner.close)

    def on_cursor_position(self, event: events.CursorPosition) -> None:
        self.pacer.acknowledged()

    # ---- what nobody expected -------------------------------------------------------------------

    def crashed(self, error: Exception) -> str:
        """Keep the details of an error in the crash log; the sentence that says so. A failure that
        has its own sentence is no crash."""
        if isinstance(error, Failure):
            return self.sentence(error)
        path = crash.record(self.start.data_dir, error)
        if path is not None:
            return self.words("cli.crash", path=path)
        path = self.start.data_dir / crash.NAME
        return self.words("cli.crash_unsaved", kind=type(error).__name__, path=path)

    def contain(self, error: Exception, screen: TutorScreen | None = None) -> None:
        """An error nobody expected ends the page with a sentence, not the tutor; unless it comes
        again and again, or there is no page to say it on. screen: where it came from, if not from
        the one that is seen."""
        self._failures += not isinstance(error, Failure)
        screen = screen or self.tutor_screen
        if screen is None or self._failures > MOST_FAILURES:
            self.give_up(error)
        elif screen.is_shown:
            screen.trouble = self.crashed(error)
            screen.paint()
        elif screen is self.tutor_screen and len(self.screen_stack) > 1:
            self.pop_screen()
            self.say(self.crashed(error), wrong=True)
        elif screen is self.tutor_screen:
            self.give_up(error)
        else:
            self.crashed(error)

    def give_up(self, error: Exception) -> None:
        """End the program; `run` raises the error when the terminal has been given back."""
        if self.failure is None:
            self.failure = error
        fail(self, self.failure)

    def _handle_exception(self, error: Exception) -> None:
        if isinstance(error, WorkerFailed) and isinstance(error.error, Exception):
            error = error.error
        self.contain(error)

    # ---- words and looks ------------------------------------------------------------------------

    def surfaces(self) -> tuple[str, str]:
        """The colours of page and stage."""
        look = THEMES[self.look]
        return look.page, look.stage

    def _wear(self, look: str) -> None:
        self.look = look if look in THEMES else "dark"
        self.theme = "textual-light" if self.look == "light" else "textual-dark"

    def do_theme(self, key: str) -> None:
        names = list(THEMES)
        self._wear(names[(names.index(self.look) + 1) % len(names)])
        self.record("setting", name="theme", value=self.look)
        for screen in self.screen_stack:
            if isinstance(screen, TutorScreen):
                screen.restyle()
        self.repaint()

    def do_motion(self, key: str) -> None:
        self.motion = not self.motion
        self.record("setting", name="motion", value="on" if self.motion else "off")
        self.say(self.words("status.moving" if self.motion else "status.still"))

    def do_language(self, key: str) -> None:
        lang = LANGUAGES[(LANGUAGES.index(self.words.lang) + 1) % len(LANGUAGES)]
        self.set_language(lang)

    def set_language(self, lang: str) -> None:
        """Use another language from here on, in place."""
        self.words = load(lang, self.words.ascii_only)
        self.record("setting", name="language", value=lang)
        for screen in self.screen_stack:
            if isinstance(screen, TutorScreen):
                screen.translate()
        self.repaint()

    def on_resize(self) -> None:
        self.shown.forget()

    def send_all_soon(self, seconds: float) -> None:
        """Send the whole screen once this has not been called for so many seconds."""
        if self._sending is not None:
            self._sending.stop()
        self._sending = self.set_timer(seconds, self.send_all)

    def send_all(self) -> None:
        """Send the whole screen: the terminal may have lost what it showed."""
        self.shown.forget()
        self.screen.refresh()

    def repaint(self) -> None:
        if isinstance(self.screen, TutorScreen):
            self.screen.paint()

    def sentence(self, error: Exception) -> str:
        """An error with a key as a sentence; another as its own text."""
        key, values = getattr(error, "key", ""), getattr(error, "values", {})
        return self.words(key, **values) if key in self.words else str(error)

    def context(self) -> Context:
        """What prose needs to be drawn: words and the names of terms."""
        if self._prose is None or self._prose.words is not self.words:
            from rnntutor.render.prose import Context

            lang, course = self.words.lang, self.course
            try:
                names, roles = course.names(lang), course.roles
            except CourseError:
                names, roles = {}, {}

            def step_name(target: str) -> str:
                return course.step_name(target, "", lang)

            self._prose = Context(self.words, names, roles, steps=step_name)
        return self._prose

    # ---- the status line ------------------------------------------------------------------------

    def say(self, text: str, *, wrong: bool = False) -> None:
        """One line above the footer, until the page changes or something else is said."""
        self._said = (Span(text, "wrong" if wrong else "grey"),) if text else ()
        if text:
            self.repaint()

    def said(self) -> Row:
        return self._said

    def copy(self, text: str) -> bool:
        """Hand a text to the terminal for the clipboard; False for one that is too long. Whether
        the terminal takes it is not known."""
        sequence = copying(text, os.environ)
        if sequence:
            write(self, sequence)
        return bool(sequence)

    # ---- the learner ----------------------------------------------------------------------------

    def statistics(self) -> Statistics:
        """What the whole history says; it is read from the disk for it. Raises OSError."""
        from rnntutor.study.events import read
        from rnntutor.study.statistics import statistics

        return statistics(read(self.start.data_dir / "events"))

    def look_what_is_due(self) -> None:
        """Look again, once the history has been read: answers have changed it since."""
        if self._history_read:
            self.due = _due(self.progress, self.course)

    @property
    def progress(self) -> Progress:
        return self.learner.progress

    def variant_salt(self) -> str:
        """What makes this learner's variants their own; made up once and kept."""
        if not self._salt:
            self._salt = new_session()
            self.record("setting", name="salt", value=self._salt)
        return self._salt

    def record(self, kind: str, **data: object) -> Future[Event]:
        """Write an event; what cannot be kept is said."""
        loop = asyncio.get_running_loop()

        def written(future: Future[Event]) -> None:
            """On the writer's thread; the loop is closed when the last event is written."""
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self._written, future, context=context)

        context = contextvars.copy_context()
        future = self.learner.record(kind, **data)
        future.add_done_callback(written)
        return future

    async def caught_up_with_disk(self) -> None:
        """Until what was recorded so far is in `progress`, for a screen that opens where one was. A
        disk that does not answer is not waited for."""
        if self.learner.last is not None:
            last = asyncio.shield(asyncio.wrap_future(self.learner.last))
            with contextlib.suppress(Exception):
                await asyncio.wait_for(last, ON_DISK)
        self.learner.catch_up()

    def _written(self, future: Future[Event]) -> None:
        """An event is on the disk and counts from now on, or could not be kept."""
        self.learner.catch_up()
        if not self.is_running:
            return
        error = future.exception()
        if error is not None:
            self.say(self.sentence(error), wrong=True)  # type: ignore[arg-type]
        elif self.tutor_screen is not None:
            self.tutor_screen.paint_soon()  # its dots and ticks may be others now

    def lesson_title(self, lesson_id: str) -> str:
        return in_language(self.course.entry(lesson_id).title, self.words.lang)

    def glossary_terms(self) -> tuple[Term, ...]:
        try:
            return self.course.terms
        except CourseError:
            return ()
