"""Standard output with an exception of its own for write errors.

Such an error concerns none of the learner's files and is not a bug.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from typing import Any, TextIO, cast


class OutputError(Exception):
    """Raised when standard output cannot be written.

    Attributes:
        reason: message of the operating system.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Output:
    """A stream wrapper that raises OutputError on write errors, except BrokenPipeError."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        with _report_closed_output():
            return self._stream.write(text)

    def flush(self) -> None:
        with _report_closed_output():
            self._stream.flush()


@contextmanager
def _report_closed_output() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(error.strerror or str(error)) from error


@contextmanager
def redirect_output(stream: TextIO | None) -> Iterator[None]:
    """Redirect printing to `stream`, and flush it at the end.

    Args:
        stream: the stream; None if the process has none.

    Raises:
        OutputError: the stream cannot be written.
    """
    if stream is None:
        yield
        return
    output = Output(stream)
    with redirect_stdout(cast("TextIO", output)):
        yield
    output.flush()
