"""Runs a learner's function in a process of its own, bounded in time, memory and output.

This is the only place that starts a process. Whatever the function does, the answer comes within
`WALL` seconds, and nothing of it is left afterwards.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np

from rnntutor.nn.arrays import Array

SECONDS = 2  # of processor time
WALL = 6.0  # seconds on the clock, for a function that sleeps
MEMORY = 1536 * 2**20
EVENTS, NUMBERS = 4000, 400_000  # lines that ran and numbers that they made, of each run
LOOK = 0.05  # seconds between two looks at whether it is to be ended
ANSWER = 48 * 2**20  # bytes of the answer


@dataclass(frozen=True)
class Trouble:
    """Why there is no result. kind: a key of the words under `build.`; line: 0 if it has none;
    shapes: of the arrays that the line reads, by name."""

    kind: str
    line: int = 0
    error: str = ""
    text: str = ""
    shapes: Mapping[str, tuple[int, ...]] | None = None


@dataclass(frozen=True)
class Made:
    """A value that a line made. name: of the variable, or "return"; part: the place in the leaves
    of what is new in it; whole: of the whole value; read: of the values from which it was made,
    each with the variable in which it stood."""

    name: str
    part: int
    whole: int
    read: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Event:
    """One line that ran, with the values that it made."""

    line: int
    made: tuple[Made, ...]


@dataclass(frozen=True)
class Run:
    """What the function did with one set of arguments. value: what it returned, as arrays in
    dictionaries and tuples; something that is no number is a str that names its type. overflow: the
    line at which a number overflowed, else 0."""

    value: Any
    leaves: tuple[Array, ...]
    events: tuple[Event, ...]
    trouble: Trouble | None = None
    overflow: int = 0


@dataclass(frozen=True)
class Ran:
    """All runs of one check; trouble: why there are none. printed: the first of what it printed."""

    runs: tuple[Run, ...]
    trouble: Trouble | None = None
    printed: str = ""


def run(
    source: str,
    name: str,
    arguments: Sequence[Sequence[Any]],
    stop: threading.Event | None = None,
) -> Ran:
    """Run function `name` of `source` once with each of `arguments`. stop: ends it when set."""
    answer, trouble = _asked(json.dumps(request(source, name, arguments)).encode(), stop)
    if trouble is not None:
        return Ran((), trouble)
    try:
        ran = read(json.loads(answer))
        return ran if ran.trouble or len(ran.runs) == len(arguments) else Ran((), Trouble("ended"))
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        return Ran((), Trouble("ended"))


def request(source: str, name: str, arguments: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """What the process is asked: plain numbers and text."""
    return {
        "source": source,
        "name": name,
        "runs": [[_encoded(value) for value in given] for given in arguments],
        "seconds": SECONDS,
        "bytes": MEMORY,
        "events": EVENTS,
        "numbers": NUMBERS,
    }


def _asked(request: bytes, stop: threading.Event | None) -> tuple[bytes, Trouble | None]:
    """The bytes that the process wrote, and what came between."""
    quiet = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL")}
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "PATH") if name in os.environ}
    process = subprocess.Popen(
        [sys.executable, "-I", "-X", "utf8", str(Path(__file__).with_name("child.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=kept | quiet,
        start_new_session=True,
    )
    answer = bytearray()
    reader = threading.Thread(target=_talk, args=(process, request, answer), daemon=True)
    reader.start()
    until = monotonic() + WALL
    while reader.is_alive() and monotonic() < until and not (stop and stop.is_set()):
        reader.join(LOOK)
    slow, long = reader.is_alive(), len(answer) > ANSWER
    _end(process)
    reader.join()
    status = process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):  # what was not read any more
                pipe.close()
    if slow:
        return b"", Trouble("slow")
    if long:
        return b"", Trouble("too_much")
    if status == 0 and answer:
        return bytes(answer), None
    return b"", Trouble(_why(status))


def _talk(process: subprocess.Popen[bytes], request: bytes, answer: bytearray) -> None:
    assert process.stdin is not None and process.stdout is not None
    try:
        process.stdin.write(request)
        process.stdin.close()
        while len(answer) <= ANSWER and (chunk := os.read(process.stdout.fileno(), 1 << 16)):
            answer += chunk
    except (BrokenPipeError, ValueError, OSError):
        return


def _end(process: subprocess.Popen[bytes]) -> None:
    """Nothing of it is left: the process and all that it started."""
    try:
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        process.poll()


def _why(status: int) -> str:
    if sys.platform != "win32" and status == -signal.SIGXCPU:
        return "slow"
    return "ended"


def _encoded(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return {"array": value.ravel().tolist(), "shape": list(value.shape)}
    if isinstance(value, Mapping):
        return {"table": {key: _encoded(inner) for key, inner in value.items()}}
    if isinstance(value, list):
        return [_encoded(inner) for inner in value]
    return value


def read(answer: Mapping[str, Any]) -> Ran:
    """The answer of the process. Raises ValueError, KeyError or TypeError for one that is none."""
    if "error" in answer:
        return Ran((), _trouble(answer["error"]))
    return Ran(tuple(_read_run(r) for r in answer["runs"]), None, str(answer["printed"]))


def _read_run(found: Mapping[str, Any]) -> Run:
    leaves = tuple(_array(value) for value in found["leaves"])
    events = tuple(
        Event(
            int(line),
            tuple(
                Made(str(name), int(part), int(whole), tuple((int(p), str(n)) for p, n in read))
                for name, part, whole, read in made
            ),
        )
        for line, made in found["events"]
    )
    trouble = _trouble(found["error"]) if "error" in found else None
    overflow = int(found["overflow"][0]) if found["overflow"] else 0
    return Run(_decoded(found.get("value", {})), leaves, events, trouble, overflow)


def _array(value: Mapping[str, Any]) -> Array:
    return np.array(value["array"], np.float64).reshape(value["shape"])


def _decoded(value: Mapping[str, Any]) -> Any:
    if "array" in value:
        return _array(value)
    if "table" in value:
        return {str(key): _decoded(inner) for key, inner in value["table"].items()}
    if "items" in value:
        return tuple(_decoded(inner) for inner in value["items"])
    return str(value.get("other", ""))


def _trouble(error: Mapping[str, Any]) -> Trouble:
    shapes = {str(n): tuple(int(k) for k in s) for n, s in error.get("shapes", {}).items()}
    return Trouble(
        str(error["kind"]),
        int(error.get("line", 0)),
        str(error.get("error", "")),
        str(error.get("text", "")),
        shapes,
    )
