"""The cached fold of the whole log, so that a long history loads as fast as an empty one.

DIR/cache/progress.jsonl may be deleted at any time. Its first line holds the settings, the names of
the event files and the offset up to which each was folded; its second line holds the other
progress. Events written since then are folded on top if all of them are newer than the cached ones;
otherwise the whole log is folded again.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from rnntutor.study.events import Event, files, sort_events, tail
from rnntutor.study.log import make_private_dir
from rnntutor.study.progress import EMPTY, Answer, Progress, Record, Review, fold

CACHE_VERSION = 10
"""Version of the cache; a cache with another version is not used.

Increase it whenever `fold` gives another result for the same events.
"""


def load(data_dir: Path) -> Progress:
    """Load the progress from the cache and the events after it.

    Errors of reading or writing the cache are ignored.

    Raises:
        OSError: The log cannot be read.
    """
    directory, path = data_dir / "events", _path(data_dir)
    sizes = files(directory)
    progress, known = _read(path)
    if _has_shrunk(sizes, known):
        progress, known = EMPTY, {}
    new, ends = _since(directory, sizes, known)
    if ends == known:
        return progress
    if new and progress.last is not None and new[0].key <= progress.last:
        progress = EMPTY
        new, ends = _since(directory, sizes, {})
    progress = fold(new, progress)
    _write(path, progress, ends)
    return progress


def load_or_empty(data_dir: Path) -> Progress:
    """Load the progress, or return an empty one if the log is unreadable.

    The writer of the log reports that error.
    """
    try:
        return load(data_dir)
    except OSError:
        return EMPTY


def settings(data_dir: Path) -> Mapping[str, object]:
    """Load only the learner's settings, fast enough for the first screen even after years.

    They equal those of `load`, unless events of an older session have just been added.

    Raises:
        OSError: The log cannot be read.
    """
    directory = data_dir / "events"
    sizes = files(directory)
    try:
        with _open(_path(data_dir)) as file:
            kept, known = _head(file.readline())
    except _UNREADABLE:
        return _all_settings(directory, sizes)
    if _has_shrunk(sizes, known):
        return _all_settings(directory, sizes)
    return fold(_since(directory, sizes, known)[0], Progress(kept)).settings


def _all_settings(directory: Path, sizes: Mapping[str, int]) -> Mapping[str, object]:
    """Return the settings from the whole log by parsing only the events of settings.

    Folding years of events would take seconds, during which the first screen would be blank.
    """
    chosen = [event for name in sizes for event in tail(directory / name, only=b'"setting"')[0]]
    return fold(sort_events(chosen)).settings


def _open(path: Path) -> BinaryIO:
    """Open the cache if it is a regular file (a pipe would block).

    Raises:
        OSError: The cache is missing or unreadable.
    """
    if not path.is_file():
        raise FileNotFoundError(path)
    return path.open("rb")


def _path(data_dir: Path) -> Path:
    return data_dir / "cache" / "progress.jsonl"


def _has_shrunk(sizes: Mapping[str, int], known: Mapping[str, int]) -> bool:
    """Return whether a file that was folded is missing or has become shorter."""
    return any(sizes.get(name, -1) < end for name, end in known.items())


def _since(
    directory: Path, sizes: dict[str, int], known: dict[str, int]
) -> tuple[list[Event], dict[str, int]]:
    """Return the events after the `known` offsets in order, and the new offsets."""
    new: list[Event] = []
    ends = dict(known)
    for name, size in sizes.items():
        start = known.get(name, 0)
        if size > start:
            events, ends[name] = tail(directory / name, start)
            new += events
    return sort_events(new), ends


_UNREADABLE = (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)


def _read(path: Path) -> tuple[Progress, dict[str, int]]:
    """Return the cached progress and offsets; empty ones if the cache is missing or damaged."""
    try:
        with _open(path) as file:
            head, body = file.read().splitlines()
        kept, ends = _head(head)
        return _progress(kept, json.loads(body)), ends
    except _UNREADABLE:
        return EMPTY, {}


def _head(line: bytes) -> tuple[dict[str, object], dict[str, int]]:
    """Parse the first line of the cache: the settings and the offsets.

    Raises:
        ValueError: The cache has another version.
    """
    head = json.loads(line)
    if head["form"] != CACHE_VERSION:
        raise ValueError(head["form"])
    ends = {str(name): int(end) for name, end in head["files"].items()}
    return {str(name): value for name, value in head["settings"].items()}, ends


def _write(path: Path, progress: Progress, ends: dict[str, int]) -> None:
    """Replace the cache atomically, so that two sessions cannot mix their contents."""
    head = {"form": CACHE_VERSION, "files": ends, "settings": dict(progress.settings)}
    lines = [json.dumps(part, separators=(",", ":")) for part in (head, _plain(progress))]
    with contextlib.suppress(OSError):
        make_private_dir(path.parent)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix="progress-", suffix=".new")
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.writelines(f"{line}\n" for line in lines)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


_PAGES = ("visited", "done", "tried", "passed", "flags")
_OF_PAGES = ("predicted", "notes", "unexplained")
"""The fields that are sets of pages, and the fields that map pages to values."""


def _plain(progress: Progress) -> dict[str, Any]:
    kept = progress._asdict()
    del kept["settings"]
    for name in (*_PAGES, "ticks"):
        kept[name] = sorted(kept[name])
    for name in _OF_PAGES:
        kept[name] = [[*page, said] for page, said in kept[name].items()]
    return kept


def _progress(chosen: dict[str, object], kept: dict[str, Any]) -> Progress:
    page, last = kept["last_page"], kept["last"]
    pages: dict[str, Any] = {
        name: frozenset((lesson, page) for lesson, page in kept[name]) for name in _PAGES
    }
    return Progress(
        chosen,
        last_page=None if page is None else (page[0], page[1]),
        predicted={(lesson, page): right for lesson, page, right in kept["predicted"]},
        ticks=frozenset((lesson, page, name) for lesson, page, name in kept["ticks"]),
        questions={name: _record(record) for name, record in kept["questions"].items()},
        last=None if last is None else (last[0], last[1], last[2]),
        builds={str(name): bool(passed) for name, passed in kept["builds"].items()},
        act=str(kept["act"]),
        missed={str(name): int(day) for name, day in kept["missed"].items()},
        notes={(lesson, page): str(text) for lesson, page, text in kept["notes"]},
        unexplained={(lesson, page): int(given) for lesson, page, given in kept["unexplained"]},
        **pages,
    )


def _record(kept: list[Any]) -> Record:
    rev, recent, older, older_best, older_reviews = kept
    return Record(
        rev,
        tuple(Answer(*answer) for answer in recent),
        older,
        older_best,
        tuple(Review(*review) for review in older_reviews),
    )
