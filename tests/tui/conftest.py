"""The application, driven without a terminal, at 80×24 unless a test says otherwise."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from textual import app as textual_app
from textual import pilot
from textual.pilot import Pilot

from rnntutor.course.load import Course, open_course
from rnntutor.places import lessons_dir
from rnntutor.session.start import Start
from rnntutor.tui.app import TutorApp
from rnntutor.tui.messages import OpenLesson
from rnntutor.tui.screens.lesson import LessonScreen
from rnntutor.words import load


async def idle(*_: float) -> None:
    """Until nothing is left that could go on now: whatever is under way waits for a thread, for a
    timer, or for a key. What has to be waited for beyond that is waited for by name in `press` and
    `settle`. (Textual sleeps for 20 ms and looks whether the process computed meanwhile.)"""
    ready = asyncio.get_running_loop()._ready
    await asyncio.sleep(0)
    while ready:
        await asyncio.sleep(0)


textual_app.wait_for_idle = pilot.wait_for_idle = idle


@dataclass
class Tutor:
    """The running application and the learner's hands."""

    app: TutorApp
    pilot: Pilot[None]

    @property
    def text(self) -> str:
        """What the screen shows, as lines of text."""
        lines = self.app.screen._compositor.render_strips()
        return "\n".join("".join(s.text for s in strip).rstrip() for strip in lines)

    @property
    def lesson(self) -> LessonScreen:
        assert isinstance(self.app.screen, LessonScreen)
        return self.app.screen

    async def settle(self) -> None:
        """Until everything that was asked for is on the screen and in the log."""
        await self.pilot.pause()
        await self.app.keys.join()
        await self.app.workers.wait_for_complete()
        self.app.logbook.learner._writer.submit(lambda: None).result()
        await self.pilot.pause()
        while self._frame_is_due:
            await self.pilot.pause()  # it draws the frame now, which may ask for another

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
        """Another size of the window, until the screen has it."""
        await self.pilot.resize_terminal(columns, rows)
        while self.app.screen._compositor.size != (columns, rows):
            await asyncio.sleep(0.001)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type `text`, character by character."""
        await self.press(*("space" if c == " " else c for c in text))

    async def open(self, lesson: str, page: str = "cover", *, reading: bool = False) -> None:
        """A page of a lesson; at its stage, unless its text is to be read first."""
        self.app.post_message(OpenLesson(lesson, page))
        await self.settle()
        screen = self.app.screen
        if isinstance(screen, LessonScreen) and screen.reading and not reading:
            await self.press("n")

    def logged(self, kind: str) -> list[dict[str, object]]:
        """What the log holds of one kind, as it stands on the disk."""
        from rnntutor.study.events import read

        events = read(self.app.start.data_dir / "events")
        return [dict(event.data) for event in events if event.kind == kind]


@cache
def own_course(lang: str) -> Course:
    """The course that comes with the program: what it has read of its files it keeps."""
    return open_course(lessons_dir(), load(lang))


Opener = Callable[..., AbstractAsyncContextManager[Tutor]]


@pytest.fixture
def tutor(tmp_path: Path) -> Opener:
    """`async with tutor("ko") as t:` runs the application on a directory of the test's own."""

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
    ) -> AsyncIterator[Tutor]:
        shown = own_course(lang) if course is None else open_course(course, load(lang))
        start = Start(lang, lang_known, tmp_path / folder, shown, open_file)
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
