"""A separate process for a learner's code, bounded in time, memory and output.

This is the only module that starts a process. Whatever the code does, either an answer arrives in
time or the process is killed together with everything that it started.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

SECONDS = 2  # of processor time, for each request
WALL = 6.0  # seconds on the clock, for a function that sleeps
LOOK = 0.05  # seconds between two looks at whether it is to be ended
ANSWER = 48 * 2**20  # bytes of the answer


@dataclass(frozen=True)
class Trouble:
    """Why a call has no result.

    Attributes:
        kind: key of the message in the words, under `build.`.
        line: the line of the learner's code, or 0.
        error: name of the exception.
        text: its message.
        shapes: shapes of the arrays that the line reads, by name.
    """

    kind: str
    line: int = 0
    error: str = ""
    text: str = ""
    shapes: Mapping[str, tuple[int, ...]] | None = None


class Process:
    """A child process that answers requests one after the other; a request that fails or times out
    ends it."""

    def __init__(self) -> None:
        quiet = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL")}
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "PATH") if name in os.environ}
        program = Path(__file__).with_name("child") / "__main__.py"
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-X", "utf8", str(program)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=kept | quiet,
            start_new_session=True,
        )
        self.alive = True

    def ask(
        self, request: Mapping[str, Any], stop: threading.Event | None = None, wall: float = WALL
    ) -> Any:
        """Send a request and wait for the answer.

        Args:
            request: data that JSON can encode.
            stop: gives up when set.
            wall: time limit in seconds.

        Returns:
            The decoded answer, or the Trouble that prevented one.
        """
        answer = bytearray()
        text = json.dumps(request).encode() + b"\n"
        talk = threading.Thread(target=self._talk, args=(text, answer), daemon=True)
        talk.start()
        until = monotonic() + wall
        while talk.is_alive() and monotonic() < until and not (stop and stop.is_set()):
            talk.join(LOOK)
        if talk.is_alive():
            self.end()
            talk.join()
            return Trouble("slow")
        if len(answer) > ANSWER:
            self.end()
            return Trouble("too_much")
        try:
            if answer.endswith(b"\n"):
                return json.loads(answer)
        except (ValueError, RecursionError):
            pass
        return Trouble(_why(self.end()))

    def _talk(self, text: bytes, answer: bytearray) -> None:
        process = self._process
        assert process.stdin is not None and process.stdout is not None
        try:
            process.stdin.write(text)
            process.stdin.flush()
            while len(answer) <= ANSWER and not answer.endswith(b"\n"):
                chunk = os.read(process.stdout.fileno(), 1 << 16)
                if not chunk:
                    return
                answer += chunk
        except (BrokenPipeError, ValueError, OSError):
            return

    def end(self) -> int:
        """Kill the process and everything that it started; return its exit status."""
        self.alive = False
        process = self._process
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if process.poll() is None or sys.platform != "win32":
                _kill(process)
        status = process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what was not read any more
                    pipe.close()
        return status


def _kill(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)


def _why(status: int) -> str:
    if sys.platform != "win32" and status == -signal.SIGXCPU:
        return "slow"
    return "ended"
