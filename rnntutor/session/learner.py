"""The learner: progress in memory, and the event log on disk."""

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


def open_log(start: Start) -> Log:
    """Open the log of a new session; it keeps nothing if the data directory is not writable."""
    kind = Log if start.trouble is None else Unkept
    return kind(start.data_dir, new_session())


class Learner:
    """Records events and holds the progress that they add up to.

    One thread writes the events, in the order in which they were recorded. `catch_up`, on the
    interface's thread, folds the written events into `progress`.

    Attributes:
        log: where events are written.
        salt: seeds this learner's question variants; "" until it is known.
        progress: progress of all sessions, including this one.
        last: future of the last recorded event, or None before the first.
    """

    def __init__(self, log: Log) -> None:
        self.log = log
        self.salt = ""
        self.progress: Progress = EMPTY
        self._lock = threading.Lock()  # guards _unfolded, which two threads use
        self._unfolded: list[Event] = []
        self._before_load: list[Event] = []
        self._loaded = False
        self._waiting: list[LogEntry] = []
        self.last: Future[Event] | None = None

    @cached_property
    def _writer(self) -> ThreadPoolExecutor:
        """The writer's thread pool, created with the first event to keep start-up short."""
        from concurrent.futures.thread import ThreadPoolExecutor

        return ThreadPoolExecutor(1, "log")

    def record(self, kind: str, **data: object) -> Future[Event]:
        """Write an event to disk, asynchronously.

        If writing fails, an answer is dropped, for the learner can give it again. Any other event
        is kept and written before the next one.

        Returns:
            A future that is done when the event is on disk; it raises LogError if writing failed.
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

    def _append(self, entry: LogEntry) -> Event:
        kind, data = entry
        event = self.log.append(kind, **data)
        with self._lock:
            self._unfolded.append(event)
        return event

    def catch_up(self) -> Progress:
        """Fold the events written so far into `progress`, and return it.

        Call this after a write, on the interface's thread.
        """
        with self._lock:
            events, self._unfolded = self._unfolded, []
        if events:
            self._before_load += [] if self._loaded else events
            self.progress = fold(events, self.progress)
        return self.progress

    def set_history(self, history: Progress) -> None:
        """Set the history of earlier sessions, and fold this session's events into it."""
        self.catch_up()
        last = history.last
        since = [e for e in self._before_load if last is None or e.key > last]
        self.progress = fold(since, history)
        self._loaded, self._before_load = True, []

    def variant_salt(self, record: Callable[[LogEntry], object]) -> str:
        """Return the salt of this learner's question variants.

        The first call generates it and keeps it through `record`.
        """
        self.salt = self.salt or str(self.progress.settings.get("salt", ""))
        if not self.salt:
            self.salt = new_session()
            record(("setting", {"name": "salt", "value": self.salt}))
        return self.salt

    def close(self) -> None:
        """Wait until every event is on disk, and close the log."""
        self._writer.shutdown(wait=True)
        self.log.close()
