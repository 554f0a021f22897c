"""Fixtures that drive the application without a terminal, at 80×24 unless stated otherwise."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from functools import cache
from inspect import signature
from pathlib import Path
from types import FunctionType, MethodType
from typing import Any

import pytest
from textual import _callback, pilot
from textual import app as textual_app
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.message import Message
from textual.message_pump import MessagePump
from textual.pilot import Pilot

from rnntutor.course.load import Course, open_course
from rnntutor.package_data import lessons_dir
from rnntutor.session.start import QuizRequest, Start
from rnntutor.tui.app import TutorApp
from rnntutor.tui.messages import OpenLesson
from rnntutor.tui.screens.lesson import LessonScreen
from rnntutor.words import load


async def idle(*_: float) -> None:
    """Wait until the event loop has no ready callbacks, so that all tasks wait for something
    external.

    `press` and `settle` then wait for keys, workers and the log explicitly. (Textual's own version
    sleeps for 20 ms and checks the process's CPU time.)
    """
    ready = asyncio.get_running_loop()._ready
    await asyncio.sleep(0)
    while ready:
        await asyncio.sleep(0)


async def taken(of: Pilot[None], timeout: float = 30.0) -> bool:
    """Wait until the application and its screen have processed all that they were sent.

    Textual's own version asks every widget, several times for each key, which takes half of the
    time of a test that types. What a widget was sent is processed once the loop is idle.
    """
    app, done = of.app, asyncio.Event()
    pumps = [pump for pump in (app, *app.screen_stack[-1:]) if pump.is_running]
    left = 0

    def processed() -> None:
        nonlocal left
        left -= 1
        if not left:
            done.set()

    left = sum(pump.call_later(processed) for pump in pumps)
    if left:
        ends = [asyncio.create_task(event.wait()) for event in (done, app._exception_event)]
        _, late = await asyncio.wait(ends, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
        for task in late:
            task.cancel()
        assert len(late) < len(ends), "the application does not answer"
    await idle()
    return not left


def shared_rules(self: Stylesheet, css: str, *where: Any, **how: Any) -> list[RuleSet]:
    """Parse the style sheets of a class once for all applications; nothing changes the rules."""
    key = (css, where, *sorted(how.items()), *self._variables.items())
    if key not in RULES:
        RULES[key] = parse_rules(self, css, *where, **how)
    return RULES[key]


def shared_handlers(self: MessagePump, name: str, message: Message) -> Iterable[Any]:
    """Yield the handlers of a message, and find the classes that have one only once.

    Textual's own version asks every base class of a widget again for each message. It is still
    used where a class has handlers that are decorated.
    """
    key = (type(self), name, type(message))
    if key not in HANDLING:
        bases = type(self).__mro__
        decorated = {kind for base in bases for kind in vars(base).get("_decorated_handlers", ())}
        HANDLING[key] = (
            None
            if decorated.intersection(type(message).__mro__)
            else [base for base in bases if f"_{name}" in vars(base) or name in vars(base)]
        )
    handling = HANDLING[key]
    if handling is None:
        yield from all_handlers(self, name, message)
        return
    for base in handling:
        if message._no_default_action:
            return
        method = vars(base).get(f"_{name}") or vars(base).get(name)
        if method is not None and not getattr(method, "_textual_on", None):
            yield base, method.__get__(self, base)


def shared_counts(called: Callable[..., Any]) -> int:
    """Count the parameters of a function once; a closure is a new function each time."""
    if type(called) not in (FunctionType, MethodType) or hasattr(called, "__wrapped__"):
        return len(signature(called).parameters)
    key = (type(called), called.__code__)
    if key not in COUNTS:
        COUNTS[key] = len(signature(called).parameters)
    return COUNTS[key]


RULES: dict[tuple[Any, ...], list[RuleSet]] = {}
HANDLING: dict[tuple[type, str, type], Sequence[type] | None] = {}
COUNTS: dict[tuple[Any, ...], int] = {}
_callback._count_parameters = shared_counts
all_handlers = MessagePump._get_dispatch_methods
MessagePump._get_dispatch_methods = shared_handlers
parse_rules = Stylesheet._parse_rules
Stylesheet._parse_rules = shared_rules
textual_app.wait_for_idle = pilot.wait_for_idle = idle
Pilot._wait_for_screen = taken


@dataclass
class Tutor:
    """The running application, with methods that act like a learner."""

    app: TutorApp
    pilot: Pilot[None]

    @property
    def text(self) -> str:
        """The screen's contents as lines of text."""
        lines = self.app.screen._compositor.render_strips()
        return "\n".join("".join(s.text for s in strip).rstrip() for strip in lines)

    @property
    def unwrapped(self) -> str:
        """The screen's contents in one line, for sentences with a path, whose length differs."""
        return " ".join(self.text.split())

    @property
    def lesson(self) -> LessonScreen:
        assert isinstance(self.app.screen, LessonScreen)
        return self.app.screen

    async def settle(self) -> None:
        """Wait until all pending work is on the screen and in the log."""
        await self.pilot.pause()
        await self.app.keys.join()
        await self.app.workers.wait_for_complete()
        self.app.logbook.learner._writer.submit(lambda: None).result()
        await self.pilot.pause()
        while self._frame_is_due:
            await self.pilot.pause()  # draws the frame, which may request another

    @property
    def _frame_is_due(self) -> bool:
        screen = self.app.screen
        return bool(screen._callbacks) or screen._update_timer._active.is_set()

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.app.keys.join()
        await self.settle()

    async def resize(self, columns: int, rows: int) -> None:
        """Resize the window and wait until the screen has the new size."""
        await self.pilot.resize_terminal(columns, rows)
        while self.app.screen._compositor.size != (columns, rows):
            await asyncio.sleep(0.001)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type `text`, character by character."""
        await self.press(*("space" if c == " " else c for c in text))

    async def open(self, lesson: str, page: str = "cover", *, reading: bool = False) -> None:
        """Open a page of a lesson, past the text to its simulation unless `reading`."""
        self.app.post_message(OpenLesson(lesson, page))
        await self.settle()
        screen = self.app.screen
        if isinstance(screen, LessonScreen) and screen.reading and not reading:
            await self.press("n")

    def logged(self, kind: str) -> list[dict[str, object]]:
        """Return the data of all events of one kind in the log on the disk."""
        from rnntutor.study.events import read

        events = read(self.app.start.data_dir / "events")
        return [dict(event.data) for event in events if event.kind == kind]


@cache
def own_course(lang: str) -> Course:
    """Return the installed course; it is shared, with the files it has read."""
    return open_course(lessons_dir(), load(lang))


Opener = Callable[..., AbstractAsyncContextManager[Tutor]]


@pytest.fixture
def tutor(tmp_path: Path) -> Opener:
    """Run the application with a data directory of its own: `async with tutor("ko") as t:`."""

    @asynccontextmanager
    async def opened(
        lang: str = "ko",
        size: tuple[int, int] = (80, 24),
        *,
        lang_known: bool = True,
        open_file: Path | None = None,
        course: Path | None = None,
        crashing: bool = False,
        folder: str = "learner",
        quiz: QuizRequest | None = None,
    ) -> AsyncIterator[Tutor]:
        shown = own_course(lang) if course is None else open_course(course, load(lang))
        start = Start(lang, lang_known, tmp_path / folder, shown, open_file, quiz=quiz)
        app = TutorApp(start)
        async with app.run_test(size=size) as pilot:
            made = Tutor(app, pilot)
            await made.settle()
            learner = app.logbook.learner
            learner.salt = learner.salt or "tests"  # the same variants in every run
            yield made
        if app.errors.failure is not None:
            raise app.errors.failure
        crashes = start.data_dir / "crash.log"
        assert crashing or not crashes.exists(), crashes.read_text()

    return opened
