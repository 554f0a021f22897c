"""The learner at the tutor: progress in memory, every event on its way to the disk."""

from __future__ import annotations

import threading
from functools import cached_property
from typing import TYPE_CHECKING

from rnntutor.study.events import Event
from rnntutor.study.log import Log, LogError, Unkept, new_session
from rnntutor.study.progress import EMPTY, Progress, fold

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future, ThreadPoolExecutor

    from rnntutor.session.records import LogEntry
    from rnntutor.session.start import Start

Told = tuple[str, dict[str, object]]


def open_log(start: Start) -> Log:
    """The log of a new session; one that keeps nothing where nothing can be kept."""
    kind = Log if start.trouble is None else Unkept
    return kind(start.data_dir, new_session())


class Learner:
    """log: where events go. progress: all that has happened, this session included. last: the event
    that was recorded last, or None before the first.

    Events are written by one thread of their own, in the order in which they were recorded; what
    has been written is folded into `progress` by `catch_up`, on the thread of the interface.
    """

    def __init__(self, log: Log) -> None:
        self.log = log
        self.salt = ""  # what makes this learner's variants their own, once it is known
        self.progress: Progress = EMPTY
        self._lock = threading.Lock()  # of what has landed: two threads touch it
        self._landed: list[Event] = []
        self._before_load: list[Event] = []
        self._loaded = False
        self._waiting: list[Told] = []
        self.last: Future[Event] | None = None

    @cached_property
    def _writer(self) -> ThreadPoolExecutor:
        """Made with the first event: the home screen is not to wait for it."""
        from concurrent.futures.thread import ThreadPoolExecutor

        return ThreadPoolExecutor(1, "log")

    def record(self, kind: str, **data: object) -> Future[Event]:
        """Write an event; the future is done when the disk has it, or holds the LogError.

        An answer that could not be written is given back to the learner, who gives it again.
        Anything else waits, and goes to the disk before the next event that does.
        """
        self.last = self._writer.submit(self._write, kind, data)
        return self.last

    def _write(self, kind: str, data: dict[str, object]) -> Event:
        try:
            while self._waiting:
                self._append(self._waiting[0])
                del self._waiting[0]
            return self._append((kind, data))
        except LogError:
            if kind != "answer":
                self._waiting.append((kind, data))
            raise

    def _append(self, told: Told) -> Event:
        kind, data = told
        event = self.log.append(kind, **data)
        with self._lock:
            self._landed.append(event)
        return event

    def catch_up(self) -> Progress:
        """Fold what has been written up to now into `progress`, and return that. To be called
        after a write, on the thread of the interface."""
        with self._lock:
            events, self._landed = self._landed, []
        if events:
            self._before_load += [] if self._loaded else events
            self.progress = fold(events, self.progress)
        return self.progress

    def loaded(self, history: Progress) -> None:
        """The history before this session has been read; what happened since comes on top."""
        self.catch_up()
        last = history.last
        since = [e for e in self._before_load if last is None or e.key > last]
        self.progress = fold(since, history)
        self._loaded, self._before_load = True, []

    def variant_salt(self, record: Callable[[LogEntry], object]) -> str:
        """What makes this learner's variants their own; made up at the first call, and kept by
        `record`."""
        self.salt = self.salt or str(self.progress.settings.get("salt", ""))
        if not self.salt:
            self.salt = new_session()
            record(("setting", {"name": "salt", "value": self.salt}))
        return self.salt

    def close(self) -> None:
        """Wait until everything is on the disk."""
        self._writer.shutdown(wait=True)
        self.log.close()
