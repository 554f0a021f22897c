"""What the learner has done: events on their way to the disk, and what waits to be reviewed."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import gc
from collections.abc import Mapping
from typing import TYPE_CHECKING

from rnntutor.course.load import Course
from rnntutor.failure import Failure
from rnntutor.session.learner import Learner, open_log
from rnntutor.study import cache
from rnntutor.study.events import Event, read
from rnntutor.study.progress import EMPTY, Progress
from rnntutor.tui.navigation import Navigation

if TYPE_CHECKING:  # the home screen waits for none of these
    from concurrent.futures import Future

    from rnntutor.study.statistics import Statistics

ON_DISK = 0.3  # seconds that a screen waits for the disk


def _due(progress: Progress, course: Course) -> tuple[str, ...]:
    """What is due. Whoever has nothing that comes back waits for no scheduler to be loaded."""
    if not (progress.questions or progress.missed):
        return ()
    from rnntutor.session.waiting import due_here

    return due_here(progress, course)


class Logbook:
    """The learner of an application. due: questions that wait to be reviewed, the longest
    first."""

    def __init__(self, app: Navigation) -> None:
        self._app = app
        self.learner = Learner(open_log(app.start))
        self.due: tuple[str, ...] = ()
        self._read = False  # whether the history has been read

    def read_settings(self) -> Mapping[str, object]:
        """The learner's settings, before the history has been read; none if they cannot be."""
        try:
            settings = cache.settings(self._app.start.data_dir)
        except OSError:
            return {}
        self.learner.salt = str(settings.get("salt", ""))
        return settings

    async def read_history(self) -> None:
        """Read it beside the interface. The first screen has been painted."""
        # What was loaded at the start is no garbage: a full collection takes 5 to 7 ms
        # in place of 20 to 30 (`benchmarks/price.py`), which a key would wait for. Until here the
        # collector was off.
        gc.freeze()
        gc.enable()
        app, start = self._app, self._app.start
        try:
            history = await asyncio.to_thread(cache.load, start.data_dir)
        except OSError as error:
            self.learner.loaded(EMPTY)
            app.tutor.say(
                app.words("status.history", reason=error.strerror or str(error)), wrong=True
            )
        else:
            self.learner.loaded(history)
            self.due = await asyncio.to_thread(_due, history, app.course)
            self._read = True
        if start.trouble is not None:
            app.tutor.say(start.trouble.sentence(app.words), wrong=True)
        # What --lang says is a choice too: it is not asked for again.
        if start.lang_known and self.learner.progress.settings.get("language") != start.lang:
            self.record("setting", name="language", value=start.lang)

    def statistics(self) -> Statistics:
        """What the whole history says; it is read from the disk for it. Raises OSError."""
        from rnntutor.study.statistics import statistics

        return statistics(read(self._app.start.data_dir / "events"))

    def look_what_is_due(self) -> None:
        """Find anew what is due, once the history has been read: answers have changed it since."""
        if self._read:
            self.due = _due(self.learner.progress, self._app.course)

    def variant_salt(self) -> str:
        """What makes this learner's variants their own."""
        return self.learner.variant_salt(lambda told: self.record(told[0], **told[1]))

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

    def _written(self, future: Future[Event]) -> None:
        """An event is on the disk and counts from now on, or could not be kept."""
        self.learner.catch_up()
        app = self._app
        if not app.is_running:
            return
        error = future.exception()
        if error is not None:
            said = error.sentence(app.words) if isinstance(error, Failure) else str(error)
            app.tutor.say(said, wrong=True)
        elif app.tutor_screen is not None:
            app.tutor_screen.paint_soon()  # its dots and ticks may be others now

    async def caught_up_with_disk(self) -> None:
        """Until what was recorded so far is in `progress`, for a screen that opens where one was. A
        disk that does not answer is not waited for."""
        if self.learner.last is not None:
            last = asyncio.shield(asyncio.wrap_future(self.learner.last))
            with contextlib.suppress(Exception):
                await asyncio.wait_for(last, ON_DISK)
        self.learner.catch_up()
