"""Writing the log: an event is on the disk before `append` returns."""

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
_BINARY = getattr(os, "O_BINARY", 0)  # Windows would make two bytes of a line feed


class LogError(Failure):
    """An event could not be kept."""


def local_now() -> datetime:
    """The time, with the learner's offset from UTC."""
    return datetime.now().astimezone()


def new_session() -> str:
    """The uuid of a session that begins."""
    return str(uuid.uuid4())


class Log:
    """One session's file, DIR/events/UUID.jsonl, made with its first event.

    No other process writes to it, so nothing is locked. `append` may be called from any thread.
    """

    _size: int  # bytes of the file, once it is open

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
        """Write an event and wait until the disk has it. Raises LogError if it cannot be kept."""
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
        """Let go of the file; a later event opens it again."""
        with self._lock:
            if self._file is not None:
                os.close(self._file)
                self._file = None

    def _next(self, kind: str, data: dict[str, object]) -> Event:
        now = self._clock()
        self._sequence += 1
        # A clock that is set back must not put an event before the one it follows.
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
        """All of the line or nothing: what a failure leaves is cut off, or ended by a line feed."""
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
    """A log where nothing can be kept: what happens counts until the session ends."""

    def append(self, kind: str, **data: object) -> Event:
        with self._lock:
            return self._next(kind, data)


def stamp(moment: datetime) -> str:
    """A moment as UTC text of fixed width."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def zone(moment: datetime) -> str:
    """The offset of an aware moment from UTC, "+09:00"."""
    return moment.isoformat(timespec="seconds")[19:]


def make_private_dir(directory: Path) -> None:
    """Make a directory that only the learner can read, or make an existing one so."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name == "posix" and directory.stat().st_mode & 0o077:
        with contextlib.suppress(OSError):
            directory.chmod(0o700)


def _sync_directory(directory: Path) -> None:
    """Make a new file's name durable too, where directories can be opened."""
    if hasattr(os, "O_DIRECTORY"):
        with contextlib.suppress(OSError):
            handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def error_kind(error: OSError) -> str:
    """What kind of error it is: "full", "denied" or "failed"."""
    if error.errno in _FULL:
        return "full"
    return "denied" if error.errno in _DENIED else "failed"
