"""Keeps the values of a function's variables, line by line, while it runs."""

from __future__ import annotations

import types
from typing import Any

from rnntutor.build.child.lines import Lines, Path
from rnntutor.build.child.values import DEPTH, leaf

NAME = "<exercise>"
"""The file name that the learner's code is compiled under."""


class TooMuch(Exception):
    """More lines or values than a check looks at."""


class Watcher:
    """Keeps, for each line that ran, which values it read and which it made.

    leaves: every value once, as {"array", "shape"}. events: [line, [[name, the value made or the
    part of it that changed, the whole value, [[value read for it, its variable], …]], …]], in the
    order of computation.
    """

    def __init__(self, lines: Lines, events: int, numbers: int) -> None:
        self.lines, self.most, self.room = lines, events, numbers
        self.events: list[Any] = []
        self.leaves: list[Any] = []
        self._known: dict[Any, Any] = {}
        self._frames: dict[Any, Any] = {}
        self.line = 0

    def trace(self, frame: types.FrameType, event: str, argument: object) -> Any:
        if frame.f_code.co_filename != NAME:
            return None
        key = id(frame)
        if event == "call":
            self._frames[key] = (0, {})
            caller = self._frames.get(id(frame.f_back))
            before = self._values(frame.f_locals)
            if caller and caller[0]:
                names = frame.f_code.co_varnames[: frame.f_code.co_argcount]
                own = {path: value for path, value in before.items() if path[0] in names}
                self._event(caller[0], caller[1], {}, own, caller[2])
            self._frames[key] = (0, before, {})
            return self.trace
        if key not in self._frames:
            return None
        if event in ("line", "return"):
            self._finish(key, frame)
            if event == "return":
                line, before, variables = self._frames.pop(key)
                made = self._values({"return": argument})
                self._event(line, before, {}, made, variables)
            else:
                self.line = frame.f_lineno
                line = self.lines.first.get(frame.f_lineno, frame.f_lineno)
                self._frames[key] = (line, self._frames[key][1], keys_of(frame))
        return self.trace

    def _finish(self, key: int, frame: types.FrameType) -> None:
        """The line that ran last in this frame is over: what has it made?"""
        line, before, _ = self._frames[key]
        now = self._values(frame.f_locals)
        keys = keys_of(frame)
        if line:
            self._event(line, before, before, now, keys)
        self._frames[key] = (line, now, keys)

    def _event(
        self,
        line: int,
        there: dict[Any, Any],
        before: dict[Any, Any],
        now: dict[Any, Any],
        variables: dict[Any, Any],
    ) -> None:
        """A line has run. there: the values that it could read; before, now: the values at the
        paths that it could change; variables: the words and whole numbers that may be keys."""
        made = []
        for path, (place, array) in now.items():
            if path in before and before[path][0] == place:
                continue
            wanted = self.lines.read(line, path, variables)
            read = {
                (p, q[0]) for q, (p, _) in there.items() if any(q[: len(w)] == w for w in wanted)
            }
            part = self._changed(before.get(path), array, place)
            made.append([path[0], part, place, sorted(read)])
        if made:
            if len(self.events) >= self.most:
                raise TooMuch
            self.events.append([line, made])

    def _changed(self, before: Any, now: Any, place: int) -> int:
        """The part of an array that is new, if it was there before and is otherwise the same."""
        if before is None or before[1].shape != now.shape or now.ndim == 0:
            return place
        old = before[1].reshape(len(now), -1)
        new = now.reshape(len(now), -1)
        same = ((old == new) | ((old != old) & (new != new))).all(axis=1)
        if not same.any() or same.all():
            return place
        return self._place(now[~same].squeeze())

    def _values(self, names: dict[Any, Any]) -> dict[Any, Any]:
        """(name, key, …) -> (place in leaves, array) of every number in the variables."""
        found: dict[Any, Any] = {}
        for name, value in list(names.items()):
            self._collect((name,), value, found, 0)
        return found

    def _collect(self, path: Path, value: Any, found: dict[Any, Any], depth: int) -> None:
        array = leaf(value)
        if array is not None:
            found[path] = (self._place(array), array)
        elif depth < DEPTH and isinstance(value, dict):
            for key, inner in list(value.items()):
                self._collect((*path, str(key)), inner, found, depth + 1)
        elif depth < DEPTH and isinstance(value, (list, tuple)):
            for n, inner in enumerate(value):
                self._collect((*path, str(n)), inner, found, depth + 1)
        elif depth < DEPTH and type(value).__module__ in ("exercise", "types"):
            self._collect(path, dict(getattr(value, "__dict__", {})), found, depth + 1)

    def _place(self, array: Any) -> int:
        key = (array.shape, array.tobytes())
        if key not in self._known:
            self.room -= array.size
            if self.room < 0:
                raise TooMuch
            self._known[key] = len(self.leaves)
            self.leaves.append({"array": array.ravel().tolist(), "shape": list(array.shape)})
        place: int = self._known[key]
        return place


def keys_of(frame: types.FrameType) -> dict[Any, Any]:
    """The variables of a frame that may be keys of entries."""
    return {k: v for k, v in list(frame.f_locals.items()) if isinstance(v, (str, int))}
