"""Standard output. That it cannot be written is an error of its own: no file of the learner's is
meant, and nothing unexpected has happened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from typing import Any, TextIO, cast


class OutputError(Exception):
    """Standard output cannot be written. reason: in the words of the system."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Output:
    """A stream as it is, but for the errors of writing. That nobody reads it any more stays a
    BrokenPipeError."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        with _told():
            return self._stream.write(text)

    def flush(self) -> None:
        with _told():
            self._stream.flush()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(error.strerror or str(error)) from error


@contextmanager
def watched(stream: TextIO | None) -> Iterator[None]:
    """Inside, whatever is printed goes to the stream, and all of it has at the end. Raises
    OutputError. stream: None where there is none."""
    if stream is None:
        yield
        return
    output = Output(stream)
    with redirect_stdout(cast("TextIO", output)):
        yield
    output.flush()
