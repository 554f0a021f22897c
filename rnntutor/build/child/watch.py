"""Records the numbers that a function's lines compute, while it runs."""

from __future__ import annotations

import types
from typing import Any

from rnntutor.build.child.values import DEPTH, leaf

NAME = "<exercise>"
"""The file name that the learner's code is compiled under."""

Path = tuple[str, ...]  # a name, with the keys or indices of what is inside it


class TooMuch(Exception):
    """Raised when a function executes more lines, or makes more numbers, than a check records."""


class Watcher:
    """Records every value that a line computed, and the part of it that changed, without
    duplicates.

    Attributes:
        made: the recorded values as {"array", "shape"}, in order; arguments are not among them.
        line: the current line.
        most: number of lines that may still produce values.
        room: number of array entries that may still be recorded.

    Raises:
        TooMuch: one of the limits is exceeded.
    """

    def __init__(self, most: int, room: int) -> None:
        self.most, self.room = most, room
        self.made: list[Any] = []
        self.line = 0
        self._known: set[Any] = set()
        self._kept: set[Any] = set()
        self._frames: dict[int, tuple[bool, dict[Path, Any]]] = {}  # a line has run; the values

    def trace(self, frame: types.FrameType, event: str, argument: object) -> Any:
        """Record the values that each line of the learner's code produces (see `sys.settrace`)."""
        if frame.f_code.co_filename != NAME:
            return None
        key = id(frame)
        if event == "call":
            given = self._values(frame.f_locals)
            running, _ = self._frames.get(id(frame.f_back), (False, {}))
            if running:  # the learner's own call: what is given to it may have been made for it
                names = frame.f_code.co_varnames[: frame.f_code.co_argcount]
                self._keep({}, {path: value for path, value in given.items() if path[0] in names})
            self._frames[key] = (False, given)
            return self.trace
        if key not in self._frames:
            return None
        if event in ("line", "return"):
            running, before = self._frames[key]
            now = self._values(frame.f_locals)
            if running:
                self._keep(before, now)
            if event == "return":
                del self._frames[key]
                self._keep({}, self._values({"return": argument}))
            else:
                self.line = frame.f_lineno
                self._frames[key] = (True, now)
        return self.trace

    def _keep(self, before: dict[Path, Any], now: dict[Path, Any]) -> None:
        """Record what the last line changed.

        Args:
            before: identity and array of the values before it, by path.
            now: the same after it.
        """
        nothing = None, None
        new = [
            (before.get(path, nothing)[1], array)
            for path, (key, array) in now.items()
            if before.get(path, nothing)[0] != key
        ]
        if not new:
            return
        self.most -= 1
        if self.most < 0:
            raise TooMuch
        for there, array in new:
            self._add(changed_rows(there, array))
            self._add(array)

    def _add(self, array: Any) -> None:
        key = identity(array)
        if key not in self._kept:
            self._kept.add(key)
            self.made.append({"array": array.ravel().tolist(), "shape": list(array.shape)})

    def _values(self, names: dict[str, Any]) -> dict[Path, Any]:
        """Return (name, key, …) -> identity and array of every number in the variables."""
        found: dict[Path, Any] = {}
        for name, value in list(names.items()):
            self._collect((name,), value, found, 0)
        return found

    def _collect(self, path: Path, value: Any, found: dict[Path, Any], depth: int) -> None:
        array = leaf(value)
        if array is not None:
            key = identity(array)
            if key not in self._known:
                self._known.add(key)
                self.room -= array.size
                if self.room < 0:
                    raise TooMuch
            found[path] = key, array
        elif depth < DEPTH and isinstance(value, dict):
            for name, inner in list(value.items()):
                self._collect((*path, str(name)), inner, found, depth + 1)
        elif depth < DEPTH and isinstance(value, (list, tuple)):
            for n, inner in enumerate(value):
                self._collect((*path, str(n)), inner, found, depth + 1)
        elif depth < DEPTH and type(value).__module__ in ("exercise", "types"):
            self._collect(path, dict(getattr(value, "__dict__", {})), found, depth + 1)


def identity(array: Any) -> tuple[Any, bytes]:
    """Return a key that is equal for arrays of the same shape and numbers."""
    return array.shape, array.tobytes()


def changed_rows(before: Any, now: Any) -> Any:
    """Return the rows of an array that changed, or the whole array if it was not there before."""
    if before is None or before.shape != now.shape or now.ndim == 0:
        return now
    old = before.reshape(len(now), -1)
    new = now.reshape(len(now), -1)
    same = ((old == new) | ((old != old) & (new != new))).all(axis=1)
    return now if not same.any() or same.all() else now[~same].squeeze()
