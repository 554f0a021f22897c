"""Runs a learner's function with given arguments, and reads what became of it."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnntutor.build.process import SECONDS, WALL, Process, Trouble
from rnntutor.nn.arrays import Array

MEMORY = 1536 * 2**20
LINES, NUMBERS = 4000, 400_000  # lines that made something, and their numbers, of each run
BOUNDS: Mapping[str, Any] = {
    "seconds": SECONDS,
    "bytes": MEMORY,
    "lines": LINES,
    "numbers": NUMBERS,
}


@dataclass(frozen=True)
class CallResult:
    """What the function did with one set of arguments. value: what it returned, as arrays in
    dictionaries and tuples; something that is no number is a str that names its type. made: every
    value that its lines made, and the new parts of those that changed, each once. overflow: the
    line at which a number overflowed, else 0."""

    value: Any
    made: tuple[Array, ...]
    trouble: Trouble | None = None
    overflow: int = 0


@dataclass(frozen=True)
class CallResults:
    """All runs of one check; trouble: why there are none. printed: the first of what it printed."""

    runs: tuple[CallResult, ...]
    trouble: Trouble | None = None
    printed: str = ""


def run(
    source: str, name: str, arguments: Sequence[Sequence[Any]], stop: threading.Event | None = None
) -> CallResults:
    """Run function `name` of `source` once with each of `arguments`. stop: ends it when set."""
    process = Process()
    try:
        return asked(process, request(source, name, arguments), stop)
    finally:
        process.end()


class Kept:
    """A learner's function in a process that is kept, so that it can be called again and again. If
    it has ended, the next call starts another."""

    def __init__(self, source: str, name: str) -> None:
        self._source, self._name = source, name
        self._process: Process | None = None

    def call(self, arguments: Sequence[Any], wall: float) -> CallResult:
        """One run of the function, within so many seconds."""
        wanted = request(self._source, self._name, [arguments])
        if self._process is None or not self._process.alive:
            self._process = Process()
        else:
            del wanted["source"]
        ran = asked(self._process, wanted, wall=wall)
        return CallResult("", (), ran.trouble) if ran.trouble else ran.runs[0]

    def end(self) -> None:
        """End its process, if there is one."""
        if self._process is not None and self._process.alive:
            self._process.end()


def asked(
    process: Process,
    wanted: Mapping[str, Any],
    stop: threading.Event | None = None,
    wall: float = WALL,
) -> CallResults:
    """What became of a request to a process."""
    answer = process.ask(wanted, stop, wall)
    if isinstance(answer, Trouble):
        return CallResults((), answer)
    try:
        ran = read(answer)
        there = ran.trouble or len(ran.runs) == len(wanted["runs"])
        return ran if there else CallResults((), Trouble("ended"))
    except (ValueError, KeyError, TypeError, IndexError):
        return CallResults((), Trouble("ended"))


def request(source: str, name: str, arguments: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """What the process is asked: plain numbers and text."""
    runs = [[encoded(value) for value in given] for given in arguments]
    return {**BOUNDS, "source": source, "name": name, "runs": runs}


def encoded(value: Any) -> Any:
    """Arrays, alone or in dictionaries and lists, as JSON writes them."""
    if isinstance(value, np.ndarray):
        return {"array": value.ravel().tolist(), "shape": list(value.shape)}
    if isinstance(value, Mapping):
        return {"table": {key: encoded(inner) for key, inner in value.items()}}
    if isinstance(value, list):
        return [encoded(inner) for inner in value]
    return value


def read(answer: Mapping[str, Any]) -> CallResults:
    """The answer of the process. Raises ValueError, KeyError or TypeError for one that is none."""
    if "error" in answer:
        return CallResults((), told_trouble(answer["error"]))
    return CallResults(tuple(_read_run(r) for r in answer["runs"]), None, str(answer["printed"]))


def _read_run(found: Mapping[str, Any]) -> CallResult:
    made = tuple(_array(value) for value in found["made"])
    trouble = told_trouble(found["error"]) if "error" in found else None
    overflow = int(found["overflow"][0]) if found["overflow"] else 0
    return CallResult(decoded(found.get("value", {})), made, trouble, overflow)


def _array(value: Mapping[str, Any]) -> Array:
    return np.array(value["array"], np.float64).reshape(value["shape"])


def decoded(value: Mapping[str, Any]) -> Any:
    """The way back; what is no number is the name of its type."""
    if "array" in value:
        return _array(value)
    if "table" in value:
        return {str(key): decoded(inner) for key, inner in value["table"].items()}
    if "items" in value:
        return tuple(decoded(inner) for inner in value["items"])
    return str(value.get("other", ""))


def told_trouble(error: Mapping[str, Any]) -> Trouble:
    """What the process says went wrong."""
    shapes = {str(n): tuple(int(k) for k in s) for n, s in error.get("shapes", {}).items()}
    return Trouble(
        str(error["kind"]),
        int(error.get("line", 0)),
        str(error.get("error", "")),
        str(error.get("text", "")),
        shapes,
    )
