"""Time spent on a page and operations on its stage, logged once when the page is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from time import monotonic

from rnntutor.session.records import LogEntry
from rnntutor.session.stage import Stage
from rnntutor.study.progress import PageKey

IDLE = 300.0
"""Seconds without activity after which the learner is assumed to be away."""

MOST = 100
"""Maximum number of operations in one log entry."""

SHORT = 40  # maximum length of a logged value, in characters
_PLAIN = (int, float, str)

Operation = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay on a page.

    Attributes:
        page: its lesson's id and its own.
        last: time of the last activity, in seconds.
        seconds: time spent up to then.
        did: operations, in order.
    """

    page: PageKey
    last: float
    seconds: float = 0.0
    did: tuple[Operation, ...] = ()

    @property
    def full(self) -> bool:
        """Whether the operations have to be logged now, because there are many."""
        return len(self.did) >= MOST


def add_activity(stay: Stay, now: float) -> Stay:
    """Return the stay after activity at time `now`; a pause counts as at most IDLE seconds."""
    passed = min(max(0.0, now - stay.last), IDLE)
    return replace(stay, last=now, seconds=stay.seconds + passed)


def did(stay: Stay, old: Stage, new: Stage, now: float) -> Stay:
    """Return the stay with the operations that changed the stage.

    Repeated turns of one knob, or repeated steps, are merged into one operation.
    """
    found = list(_operations(old, new))
    if not found:
        return stay
    stay, done = add_activity(stay, now), list(stay.did)
    for one in found:
        before = done[-1] if done else {}
        same = (before.get("do"), before.get("name")) == (one["do"], one.get("name"))
        if same and one["do"] != "run":
            times = before["times"]
            assert isinstance(times, int)
            done[-1] = {**before, **one, "times": times + 1, "second": before["second"]}
        else:
            done.append({**one, "times": 1, "second": round(stay.seconds, 1)})
    return replace(stay, did=tuple(done))


def stay_entry(stay: Stay, now: float) -> LogEntry:
    """Return the log entry of a stay that ends at time `now`."""
    stay = add_activity(stay, now)
    lesson, page = stay.page
    seconds = round(stay.seconds, 1)
    data = {"lesson": lesson, "page": page, "seconds": seconds, "did": [*map(dict, stay.did)]}
    return "stay", data


class Watch:
    """Tracks the stay on the present page.

    Args:
        tell: callback that receives each log entry.
    """

    def __init__(self, tell: Callable[[LogEntry], object]) -> None:
        self._tell = tell
        self._stay: Stay | None = None

    def begin(self, page: PageKey | None) -> None:
        """Begin a stay, unless one is in progress; None is a page that is not logged."""
        if self._stay is None and page is not None:
            self._stay = Stay(page, monotonic())

    def did(self, old: Stage, new: Stage) -> None:
        """Record operations on the page's stage, and log them once there are many."""
        if self._stay is not None:
            self._stay = did(self._stay, old, new, monotonic())
            if self._stay.full:
                page = self._stay.page
                self.end()
                self.begin(page)

    def end(self) -> None:
        """End the stay and log it, without waiting for the log."""
        if self._stay is not None:
            self._tell(stay_entry(self._stay, monotonic()))
        self._stay = None


def _operations(old: Stage, new: Stage) -> Iterator[Operation]:
    """Yield the learner's operations: knob and clamp changes, steps, starts of runs.

    Changes made by a running transport are not operations.
    """
    for name in sorted({*old.given, *new.given}):
        if old.given.get(name) != new.given.get(name):
            kind = "clamp" if name.startswith("clamp_") else "knob"
            value = new.given.get(name)
            to = {"to": value} if value is None or _is_short(value) else {}
            yield {"do": kind, "name": name, **to}
    before, after = old.transport, new.transport
    if after.running and not before.running:
        yield {"do": "run"}
    elif after.position != before.position and not before.running and old.given == new.given:
        yield {"do": "step", "to": new.cursor.t}
    was, now = old.training, new.training
    if now is not None and now.wanted and (was is None or not was.wanted):
        yield {"do": "run"}


def _is_short(value: object) -> bool:
    return isinstance(value, _PLAIN) and len(str(value)) <= SHORT
