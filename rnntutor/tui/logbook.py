"""The learner's history: writing events to disk, and finding questions due for review."""

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

if TYPE_CHECKING:  # not imported for the home screen
    from concurrent.futures import Future

    from rnntutor.study.statistics import Statistics

ON_DISK = 0.3  # seconds that a new screen waits for the disk


def _due(progress: Progress, course: Course) -> tuple[str, ...]:
    """Return the questions due for review; the scheduler is imported only if any can be due."""
    if not (progress.questions or progress.missed):
        return ()
    from rnntutor.session.waiting import due_here

    return due_here(progress, course)


class Logbook:
    """The learner's log and the due questions of an application.

    Attributes:
        due: questions due for review, the longest waiting first.
    """

    def __init__(self, app: Navigation) -> None:
        self._app = app
        self.learner = Learner(open_log(app.start))
        self.due: tuple[str, ...] = ()
        self._read = False  # whether the history has been read

    def read_settings(self) -> Mapping[str, object]:
        """Return the stored settings before the history is read; empty if they are unreadable."""
        try:
            settings = cache.settings(self._app.start.data_dir)
        except OSError:
            return {}
        self.learner.salt = str(settings.get("salt", ""))
        return settings

    async def read_history(self) -> None:
        """Read the history in a thread, after the first screen has been painted."""
        # Objects loaded at startup are not garbage. Freezing them cuts a full collection, which
        # would delay a key, from 35 ms to 7 ms (`benchmarks/price.py`). The collector was off until
        # here.
        gc.freeze()
        gc.enable()
        app, start = self._app, self._app.start
        try:
            history = await asyncio.to_thread(cache.load, start.data_dir)
        except OSError as error:
            self.learner.set_history(EMPTY)
            app.tutor.say(
                app.words("status.history", reason=error.strerror or str(error)), wrong=True
            )
        else:
            self.learner.set_history(history)
            self.due = await asyncio.to_thread(_due, history, app.course)
            self._read = True
        if start.trouble is not None:
            app.tutor.say(start.trouble.sentence(app.words), wrong=True)
        # --lang is a choice of language too; do not ask for it again.
        if start.lang_known and self.learner.progress.settings.get("language") != start.lang:
            self.record("setting", name="language", value=start.lang)

    def statistics(self) -> Statistics:
        """Compute statistics over the whole history, which is read from disk.

        Raises:
            OSError: the history cannot be read.
        """
        from rnntutor.study.statistics import statistics

        return statistics(read(self._app.start.data_dir / "events"))

    def look_what_is_due(self) -> None:
        """Update `due` after new answers, once the history has been read."""
        if self._read:
            self.due = _due(self.learner.progress, self._app.course)

    def variant_salt(self) -> str:
        """Return the seed of this learner's question variants."""
        return self.learner.variant_salt(lambda told: self.record(told[0], **told[1]))

    def record(self, kind: str, **data: object) -> Future[Event]:
        """Write an event to the log; a failure is reported on the status line."""
        loop = asyncio.get_running_loop()

        def written(future: Future[Event]) -> None:
            """Run on the writer's thread; the loop may be closed when the last event is written."""
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self._count_written, future, context=context)

        context = contextvars.copy_context()
        future = self.learner.record(kind, **data)
        future.add_done_callback(written)
        return future

    def _count_written(self, future: Future[Event]) -> None:
        """Count an event that is now on disk, or report that it could not be written."""
        self.learner.catch_up()
        app = self._app
        if not app.is_running:
            return
        error = future.exception()
        if error is not None:
            said = error.sentence(app.words) if isinstance(error, Failure) else str(error)
            app.tutor.say(said, wrong=True)
        elif app.tutor_screen is not None:
            app.tutor_screen.paint_soon()  # its progress marks may have changed

    async def caught_up_with_disk(self) -> None:
        """Wait up to `ON_DISK` seconds until all events recorded so far are in `progress`."""
        if self.learner.last is not None:
            last = asyncio.shield(asyncio.wrap_future(self.learner.last))
            with contextlib.suppress(Exception):
                await asyncio.wait_for(last, ON_DISK)
        self.learner.catch_up()
