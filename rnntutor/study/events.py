"""The events in the log files: one JSON object per line, parsed so that damage stays local."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

VERSION = 1
_DECODE = json.JSONDecoder().decode
SUFFIX = ".jsonl"

Key = tuple[str, str, int]


class Event(NamedTuple):
    """One event. `time` is UTC in a fixed width, so that text order is time order."""

    session: str
    sequence: int
    time: str
    zone: str
    kind: str
    data: Mapping[str, object]

    @property
    def key(self) -> Key:
        """Return the sort key."""
        return (self.time, self.session, self.sequence)

    def line(self) -> bytes:
        """Return the event as a line of its file.

        Raises:
            TypeError: The data cannot be represented in JSON.
            ValueError: The data contains NaN or infinity.
        """
        fields = {
            "v": VERSION,
            "session": self.session,
            "sequence": self.sequence,
            "time": self.time,
            "zone": self.zone,
            "kind": self.kind,
            "data": dict(self.data),
        }
        text = json.dumps(fields, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        # A lone surrogate, which a terminal may send, becomes a JSON escape.
        return text.encode("utf-8", "backslashreplace") + b"\n"


def parse(line: bytes) -> Event | None:
    """Parse a line; return None if it is damaged or written by a newer version."""
    try:
        # Not json.loads, which detects the encoding of each line again.
        fields = _DECODE(line.decode("utf-8", "surrogatepass"))
        if fields["v"] != VERSION:
            return None
        session, sequence = fields["session"], fields["sequence"]
        time, zone, kind, data = fields["time"], fields["zone"], fields["kind"], fields["data"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    texts = isinstance(session, str) and isinstance(time, str) and isinstance(zone, str)
    if not (texts and isinstance(kind, str) and type(sequence) is int and isinstance(data, dict)):
        return None
    return Event(session, sequence, time, zone, kind, data)


def files(directory: Path) -> dict[str, int]:
    """Return the sizes in bytes of the event files in `directory`, by name."""
    try:
        with os.scandir(directory) as entries:
            # Only regular files: a pipe would block, and a link may be broken.
            found = {
                e.name: e.stat().st_size for e in entries if e.name.endswith(SUFFIX) and e.is_file()
            }
    except FileNotFoundError:
        return {}
    return dict(sorted(found.items()))


def tail(path: Path, start: int = 0, only: bytes = b"") -> tuple[list[Event], int]:
    """Return the events of a file from an offset on, and the offset after its last complete line.

    A last line without a line feed is incomplete or still being written. It is skipped, not
    removed, and read the next time.

    Args:
        path: The file.
        start: Offset in bytes.
        only: If given, only lines that contain these bytes are parsed.
    """
    with path.open("rb") as file:
        file.seek(start)
        content = file.read()
    end = content.rfind(b"\n") + 1
    lines = _lines_with(content, only, end) if only else content[:end].splitlines()
    found = (parse(line) for line in lines if line)
    return [event for event in found if event is not None], start + end


def _lines_with(content: bytes, wanted: bytes, end: int) -> Iterator[bytes]:
    """Yield the lines before `end` that contain `wanted`, without splitting the others."""
    offset = content.find(wanted, 0, end)
    while offset >= 0:
        after = content.index(b"\n", offset)
        yield content[content.rfind(b"\n", 0, offset) + 1 : after]
        offset = content.find(wanted, after, end)


def read(directory: Path) -> Iterator[Event]:
    """Return all events of all sessions, sorted by time, session and sequence."""
    return iter(sort_events(e for name in files(directory) for e in tail(directory / name)[0]))


def sort_events(events: Iterable[Event]) -> list[Event]:
    """Return the events sorted by key, each once.

    Files may contain the same events if one is a copy of another; of two with the same key the
    later one is kept.
    """
    return sorted({e.key: e for e in events}.values(), key=lambda event: event.key)


def standing(events: Iterable[Event]) -> Iterator[Event]:
    """Yield the answers that were not undone, in the order of the events."""
    answers = [event for event in events if event.kind in ("answer", "undo")]
    undone = {
        (str(e.data.get("session", e.session)), e.data.get("sequence"))
        for e in answers
        if e.kind == "undo"
    }
    for event in answers:
        if event.kind == "answer" and (event.session, event.sequence) not in undone:
            yield event
