"""Run a learner's function with given arguments and read its result."""

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
    """The result of calling the function once.

    Attributes:
        value: the return value, as arrays in dictionaries and tuples; anything else is the name of
            its type (str).
        made: every value that a line of the function produced or changed, without duplicates.
        trouble: why there is no value, if so.
        overflow: the line at which a number overflowed, or 0.
    """

    value: Any
    made: tuple[Array, ...]
    trouble: Trouble | None = None
    overflow: int = 0


@dataclass(frozen=True)
class CallResults:
    """The results of all calls of one request.

    Attributes:
        runs: one result a call.
        trouble: why there are no results, if so.
        printed: the beginning of the function's output.
    """

    runs: tuple[CallResult, ...]
    trouble: Trouble | None = None
    printed: str = ""


def run(
    source: str, name: str, arguments: Sequence[Sequence[Any]], stop: threading.Event | None = None
) -> CallResults:
    """Call function `name` of `source` once with each list of arguments, in a new process.

    Args:
        source: the learner's code.
        name: the function.
        arguments: one list of arguments a call.
        stop: ends the process when set.
    """
    process = Process()
    try:
        return request_runs(process, request(source, name, arguments), stop)
    finally:
        process.end()


class Kept:
    """A learner's function in a process that stays alive between calls; a process that has ended is
    replaced at the next call."""

    def __init__(self, source: str, name: str) -> None:
        self._source, self._name = source, name
        self._process: Process | None = None

    def call(self, arguments: Sequence[Any], wall: float) -> CallResult:
        """Call the function once, within `wall` seconds."""
        wanted = request(self._source, self._name, [arguments])
        if self._process is None or not self._process.alive:
            self._process = Process()
        else:
            del wanted["source"]
        ran = request_runs(self._process, wanted, wall=wall)
        return CallResult("", (), ran.trouble) if ran.trouble else ran.runs[0]

    def end(self) -> None:
        """End the process, if there is one."""
        if self._process is not None and self._process.alive:
            self._process.end()


def request_runs(
    process: Process,
    wanted: Mapping[str, Any],
    stop: threading.Event | None = None,
    wall: float = WALL,
) -> CallResults:
    """Send a request to a process and read the answer."""
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
    """Return the request for a process: plain numbers and text."""
    runs = [[encode(value) for value in given] for given in arguments]
    return {**BOUNDS, "source": source, "name": name, "runs": runs}


def encode(value: Any) -> Any:
    """Encode arrays, also within dictionaries and lists, for JSON."""
    if isinstance(value, np.ndarray):
        return {"array": value.ravel().tolist(), "shape": list(value.shape)}
    if isinstance(value, Mapping):
        return {"table": {key: encode(inner) for key, inner in value.items()}}
    if isinstance(value, list):
        return [encode(inner) for inner in value]
    return value


def read(answer: Mapping[str, Any]) -> CallResults:
    """Decode the answer of a process.

    Raises:
        ValueError, KeyError, TypeError: the answer is malformed.
    """
    if "error" in answer:
        return CallResults((), told_trouble(answer["error"]))
    return CallResults(tuple(_read_run(r) for r in answer["runs"]), None, str(answer["printed"]))


def _read_run(found: Mapping[str, Any]) -> CallResult:
    made = tuple(_array(value) for value in found["made"])
    trouble = told_trouble(found["error"]) if "error" in found else None
    overflow = int(found["overflow"][0]) if found["overflow"] else 0
    return CallResult(decode(found.get("value", {})), made, trouble, overflow)


def _array(value: Mapping[str, Any]) -> Array:
    return np.array(value["array"], np.float64).reshape(value["shape"])


def decode(value: Mapping[str, Any]) -> Any:
    """Decode a value; anything that is not a number becomes the name of its type."""
    if "array" in value:
        return _array(value)
    if "table" in value:
        return {str(key): decode(inner) for key, inner in value["table"].items()}
    if "items" in value:
        return tuple(decode(inner) for inner in value["items"])
    return str(value.get("other", ""))


def told_trouble(error: Mapping[str, Any]) -> Trouble:
    """Decode an error reported by the process."""
    shapes = {str(n): tuple(int(k) for k in s) for n, s in error.get("shapes", {}).items()}
    return Trouble(
        str(error["kind"]),
        int(error.get("line", 0)),
        str(error.get("error", "")),
        str(error.get("text", "")),
        shapes,
    )
