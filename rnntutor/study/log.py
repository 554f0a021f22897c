"""Write the log: an event is on disk before `append` returns."""

from __future__ import annotations

import contextlib
import errno
import os
import threading
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from rnntutor.failure import Failure
from rnntutor.study.events import SUFFIX, Event

Clock = Callable[[], datetime]

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
_BINARY = getattr(os, "O_BINARY", 0)  # Windows would write a line feed as two bytes


class LogError(Failure):
    """Raised when an event cannot be written."""


def local_now() -> datetime:
    """Return the local time with its offset from UTC."""
    return datetime.now().astimezone()


def new_session() -> str:
    """Return the UUID of a new session."""
    return str(uuid.uuid4())


class Log:
    """The file of one session, DIR/events/UUID.jsonl, created with its first event.

    No other process writes to it, so the file needs no lock. `append` may be called from any
    thread.
    """

    _size: int  # bytes; set when the file is opened

    def __init__(self, data_dir: Path, session: str, clock: Clock = local_now) -> None:
        self.directory = data_dir / "events"
        self.path = self.directory / f"{session}{SUFFIX}"
        self.session = session
        self._clock = clock
        self._lock = threading.Lock()
        self._file: int | None = None
        self._sequence = 0
        self._time = ""

    def append(self, kind: str, **data: object) -> Event:
        """Write an event and wait until it is on disk.

        Raises:
            LogError: The event cannot be written.
        """
        with self._lock:
            event = self._next(kind, data)
            line = event.line()
            try:
                file = self._open()
                self._write(file, line)
            except OSError as error:
                reason = error.strerror or str(error)
                key = f"study.{error_kind(error)}"
                raise LogError(key, dir=self.directory, reason=reason) from error
            return event

    def close(self) -> None:
        """Close the file; a later event opens it again."""
        with self._lock:
            if self._file is not None:
                os.close(self._file)
                self._file = None

    def _next(self, kind: str, data: dict[str, object]) -> Event:
        now = self._clock()
        self._sequence += 1
        # Keeps the events in order even if the clock is set back.
        self._time = max(self._time, stamp(now))
        return Event(self.session, self._sequence, self._time, zone(now), kind, data)

    def _open(self) -> int:
        if self._file is None:
            make_private_dir(self.directory)
            new = not self.path.exists()
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | _BINARY
            self._file = os.open(self.path, flags, 0o600)
            self._size = os.fstat(self._file).st_size
            if new:
                _sync_directory(self.directory)
        return self._file

    def _write(self, file: int, line: bytes) -> None:
        """Write the complete line or nothing: after a failure the partial line is truncated.

        If that is not possible, the next line begins with a line feed.

        Raises:
            OSError: The line cannot be written.
        """
        if os.fstat(file).st_size != self._size:
            line = b"\n" + line
        try:
            left = memoryview(line)
            while left:
                left = left[os.write(file, left) :]
            os.fsync(file)
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(file, self._size)
            raise
        self._size = os.fstat(file).st_size


class Unkept(Log):
    """A log that writes nothing: events count only until the session ends."""

    def append(self, kind: str, **data: object) -> Event:
        with self._lock:
            return self._next(kind, data)


def stamp(moment: datetime) -> str:
    """Return a time as UTC text of fixed width."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def zone(moment: datetime) -> str:
    """Return the offset of an aware time from UTC, "+09:00"."""
    return moment.isoformat(timespec="seconds")[19:]


def make_private_dir(directory: Path) -> None:
    """Create a directory that only the learner can read, or restrict an existing one."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name == "posix" and directory.stat().st_mode & 0o077:
        with contextlib.suppress(OSError):
            directory.chmod(0o700)


def _sync_directory(directory: Path) -> None:
    """Sync a directory where the platform supports it, so that a new file's name is durable."""
    if hasattr(os, "O_DIRECTORY"):
        with contextlib.suppress(OSError):
            handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def error_kind(error: OSError) -> str:
    """Return "full", "denied" or "failed"."""
    if error.errno in _FULL:
        return "full"
    return "denied" if error.errno in _DENIED else "failed"
