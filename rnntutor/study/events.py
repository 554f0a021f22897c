"""Events as they stand in the files: one JSON object a line, read so that no damage spreads."""

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
    """One thing that happened. time: UTC, of fixed width, so that text order is time order."""

    session: str
    sequence: int
    time: str
    zone: str
    kind: str
    data: Mapping[str, object]

    @property
    def key(self) -> Key:
        """What events are ordered by."""
        return (self.time, self.session, self.sequence)

    def line(self) -> bytes:
        """The event as a line of its file. Raises TypeError, ValueError if JSON cannot hold it."""
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
        # Half a surrogate pair, which a terminal may send, becomes a JSON escape.
        return text.encode("utf-8", "backslashreplace") + b"\n"


def parse(line: bytes) -> Event | None:
    """The event of a line; None for a damaged line and for one that a newer version wrote."""
    try:
        # Without json.loads, which looks for the encoding of each line anew.
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
    """The event files under `directory` by name, with their sizes in bytes."""
    try:
        with os.scandir(directory) as entries:
            # Only plain files: a pipe would never end, and a link may lead nowhere.
            found = {
                e.name: e.stat().st_size for e in entries if e.name.endswith(SUFFIX) and e.is_file()
            }
    except FileNotFoundError:
        return {}
    return dict(sorted(found.items()))


def tail(path: Path, start: int = 0, only: bytes = b"") -> tuple[list[Event], int]:
    """The events of a file from byte `start` on, and where its last whole line ends. only: what
    a line has to contain to be looked at.

    A last line without its line feed was cut off, or is just being written: it is left alone, on
    disk too, and looked at again next time.
    """
    with path.open("rb") as file:
        file.seek(start)
        content = file.read()
    end = content.rfind(b"\n") + 1
    lines = _lines_with(content, only, end) if only else content[:end].splitlines()
    found = (parse(line) for line in lines if line)
    return [event for event in found if event is not None], start + end


def _lines_with(content: bytes, wanted: bytes, end: int) -> Iterator[bytes]:
    """The lines before `end` that contain `wanted`, found without looking at the others."""
    place = content.find(wanted, 0, end)
    while place >= 0:
        after = content.index(b"\n", place)
        yield content[content.rfind(b"\n", 0, place) + 1 : after]
        place = content.find(wanted, after, end)


def read(directory: Path) -> Iterator[Event]:
    """All events of all sessions in their order: by time, then session, then sequence."""
    return iter(ordered(e for name in files(directory) for e in tail(directory / name)[0]))


def ordered(events: Iterable[Event]) -> list[Event]:
    """The events by their key, each once, for a file that was copied beside itself holds the same
    ones. Of two with one key the later counts."""
    return sorted({e.key: e for e in events}.values(), key=lambda event: event.key)


def standing(events: Iterable[Event]) -> Iterator[Event]:
    """The answers that were not taken back, in the order of the events."""
    answers = [event for event in events if event.kind in ("answer", "undo")]
    undone = {
        (str(e.data.get("session", e.session)), e.data.get("sequence"))
        for e in answers
        if e.kind == "undo"
    }
    for event in answers:
        if event.kind == "answer" and (event.session, event.sequence) not in undone:
            yield event
