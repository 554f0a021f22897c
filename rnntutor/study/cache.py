"""The fold of the whole log, kept so that a long history starts as fast as an empty one.

DIR/cache/progress.jsonl may be deleted at any moment. Its first line names the event files that
went into it and how far each was read, and holds the settings; its second the rest. What was
written since is folded on top if it is all newer than what is there; else all is folded again.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from rnntutor.study.events import Event, files, ordered, tail
from rnntutor.study.log import make_private_dir
from rnntutor.study.progress import EMPTY, Answer, Progress, Record, Review, fold

CACHE_VERSION = 9
"""To be raised whenever `fold` makes something else of the same events: a cache with another number
is not read."""


def load(data_dir: Path) -> Progress:
    """The learner's progress, from the cache as far as it reaches and from the log beyond it.

    Raises OSError if the log cannot be read. A cache that cannot be read or written is no error.
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


def known(data_dir: Path) -> Progress:
    """As `load`; nothing where the log cannot be read, which is told where it is written."""
    try:
        return load(data_dir)
    except OSError:
        return EMPTY


def settings(data_dir: Path) -> Mapping[str, object]:
    """The learner's settings alone, soon enough for the first screen even after years.

    They are what `load` gives, unless an older session's events have only just arrived.
    Raises OSError if the log cannot be read.
    """
    directory = data_dir / "events"
    sizes = files(directory)
    try:
        with _opened(_path(data_dir)) as file:
            kept, known = _head(file.readline())
    except _UNREADABLE:
        return _all_settings(directory, sizes)
    if _has_shrunk(sizes, known):
        return _all_settings(directory, sizes)
    return fold(_since(directory, sizes, known)[0], Progress(kept)).settings


def _all_settings(directory: Path, sizes: Mapping[str, int]) -> Mapping[str, object]:
    """The settings from the whole log, of which nothing else is parsed: to add up years of events
    takes seconds, and the first screen does not wait for that."""
    chosen = [event for name in sizes for event in tail(directory / name, only=b'"setting"')[0]]
    return fold(ordered(chosen)).settings


def _opened(path: Path) -> BinaryIO:
    """The cache, opened if it is a plain file (a pipe would never end). Raises OSError."""
    if not path.is_file():
        raise FileNotFoundError(path)
    return path.open("rb")


def _path(data_dir: Path) -> Path:
    return data_dir / "cache" / "progress.jsonl"


def _has_shrunk(sizes: Mapping[str, int], known: Mapping[str, int]) -> bool:
    """Whether a file that was read is gone or has become shorter."""
    return any(sizes.get(name, -1) < end for name, end in known.items())


def _since(
    directory: Path, sizes: dict[str, int], known: dict[str, int]
) -> tuple[list[Event], dict[str, int]]:
    """The events beyond what is `known` of each file, in their order, and how far that reaches."""
    new: list[Event] = []
    ends = dict(known)
    for name, size in sizes.items():
        start = known.get(name, 0)
        if size > start:
            events, ends[name] = tail(directory / name, start)
            new += events
    return ordered(new), ends


_UNREADABLE = (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)


def _read(path: Path) -> tuple[Progress, dict[str, int]]:
    """The cached progress and how far each file is in it; nothing, if it is missing or damaged."""
    try:
        with _opened(path) as file:
            head, body = file.read().splitlines()
        kept, ends = _head(head)
        return _progress(kept, json.loads(body)), ends
    except _UNREADABLE:
        return EMPTY, {}


def _head(line: bytes) -> tuple[dict[str, object], dict[str, int]]:
    """The settings, and how far each file was read, of the cache's first line."""
    head = json.loads(line)
    if head["form"] != CACHE_VERSION:
        raise ValueError(head["form"])
    ends = {str(name): int(end) for name, end in head["files"].items()}
    return {str(name): value for name, value in head["settings"].items()}, ends


def _write(path: Path, progress: Progress, ends: dict[str, int]) -> None:
    """Replace the cache in one step, so that two sessions never mix theirs."""
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
"""The fields that are sets of pages, and those that say something of each."""


def _plain(progress: Progress) -> dict[str, Any]:
    kept = progress._asdict()
    del kept["settings"]
    for name in (*_PAGES, "ticks"):
        kept[name] = sorted(kept[name])
    for name in _OF_PAGES:
        kept[name] = [[*page, said] for page, said in kept[name].items()]
    return kept


def _progress(chosen: dict[str, object], kept: dict[str, Any]) -> Progress:
    place, last = kept["place"], kept["last"]
    pages: dict[str, Any] = {
        name: frozenset((lesson, page) for lesson, page in kept[name]) for name in _PAGES
    }
    return Progress(
        chosen,
        place=None if place is None else (place[0], place[1]),
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
