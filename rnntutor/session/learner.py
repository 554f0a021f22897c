"""The learner at the tutor: progress in memory, every event on its way to the disk."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from rnntutor.study.events import Event
from rnntutor.study.log import Log
from rnntutor.study.progress import EMPTY, Progress, fold


@dataclass
class Learner:
    """log: where events go. progress: all that has happened, this session included.

    Events are written by one thread of their own, in the order in which they were recorded; what
    has been written is folded into `progress` by `landed`, on the thread of the interface.
    """

    log: Log
    progress: Progress = EMPTY
    troubled: Callable[[Exception], None] = lambda error: None
    _writer: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "log"))
    _landed: list[Event] = field(default_factory=list)
    _before_load: list[Event] = field(default_factory=list)
    _loaded: bool = False

    def record(self, kind: str, **data: object) -> Future[Event]:
        """Write an event; the future is done when the disk has it, or holds the LogError."""
        return self._writer.submit(self._write, kind, data)

    def _write(self, kind: str, data: dict[str, object]) -> Event:
        try:
            event = self.log.append(kind, **data)
        except Exception as error:
            self.troubled(error)
            raise
        self._landed.append(event)
        return event

    def landed(self) -> Progress:
        """The progress with every event that has been written up to now."""
        events, self._landed[:] = list(self._landed), []
        self._before_load += [] if self._loaded else events
        self.progress = fold(events, self.progress)
        return self.progress

    def loaded(self, history: Progress) -> None:
        """The history before this session has been read; what happened since comes on top."""
        self.landed()
        last = history.last
        since = [e for e in self._before_load if last is None or e.key > last]
        self.progress = fold(since, history)
        self._loaded, self._before_load = True, []

    def close(self) -> None:
        """Wait until everything is on the disk."""
        self._writer.shutdown(wait=True)
        self.log.close()
