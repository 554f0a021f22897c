"""Move a history between machines: every event unchanged, none twice."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import tarfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from rnntutor.failure import Failure
from rnntutor.study.events import SUFFIX, VERSION, Event, parse, read, sort_events
from rnntutor.study.new_file import PRIVATE, create

SCHEMA = "rnntutor-history"
KEPT = ("events", "build")
"""Subdirectories with the learner's files."""

MOST = 256 * 2**20
"""Largest file that is imported, in bytes."""


class TransferError(Failure):
    """Raised when a history cannot be written or read."""


def export(directory: Path) -> dict[str, Any]:
    """Return the whole history: {"schema", "version", "events"}, with events as in the log."""
    events = [json.loads(event.line()) for event in read(directory)]
    return {"schema": SCHEMA, "version": VERSION, "events": events}


def merge(file: Path, directory: Path) -> tuple[int, int]:
    """Add the events of an exported history that are not yet in `directory`.

    Returns:
        The number of new events and of those already present.

    Raises:
        TransferError: The file is not a history.
        OSError: The events cannot be written.
    """
    events = _read_back(file)
    known = {event.key for event in read(directory)}
    new = [event for event in events if event.key not in known]
    if new:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(directory, new)
    return len(new), len(events) - len(new)


def read_json(file: Path, most: int, failure: Callable[[str], Failure]) -> Any:
    """Return the content of a JSON file.

    Args:
        file: A regular file.
        most: Largest accepted size in bytes.
        failure: Makes the exception for "no_file", "large" or "not_one" (not valid JSON).

    Raises:
        Failure: The exception that `failure` makes.
    """
    try:
        if not file.is_file():
            raise failure("no_file")
        if file.stat().st_size > most:
            raise failure("large")
        return json.loads(file.read_bytes())
    except OSError as error:
        raise failure("no_file") from error
    except (ValueError, RecursionError) as error:
        raise failure("not_one") from error


def _read_back(file: Path) -> list[Event]:
    found = read_json(file, MOST, lambda why: TransferError(f"transfer.{why}", path=file))
    named = found.get("schema") if isinstance(found, Mapping) else None
    listed = found.get("events") if isinstance(found, Mapping) else None
    if named != SCHEMA or not isinstance(listed, list):
        raise TransferError("transfer.not_one", path=file)
    events = [parse(json.dumps(one).encode()) for one in listed]
    return sort_events(event for event in events if event is not None)


def _write(directory: Path, events: Iterable[Event]) -> None:
    """Write events to a new file, which gets its name only when it is complete."""
    name = f"imported-{uuid4()}{SUFFIX}"
    unfinished = directory / f"{name}.part"
    with create(unfinished, PRIVATE) as out:
        out.writelines(event.line() for event in events)
        out.flush()
        os.fsync(out.fileno())
    unfinished.replace(directory / name)


def learner_files(data_dir: Path) -> list[Path]:
    """Return the learner's files: the history and the code they wrote.

    Derived files and files of other programs are not included.
    """
    found = [path for name in KEPT for path in (data_dir / name).rglob("*") if path.is_file()]
    return sorted(found)


def backup(data_dir: Path, file: Path) -> int:
    """Write the learner's files to a .tar.gz that only the learner can read.

    Returns:
        The number of files.

    Raises:
        OSError: The file exists or cannot be written.
    """
    files = learner_files(data_dir)
    with create(file, PRIVATE) as out, tarfile.open(fileobj=out, mode="w:gz") as archive:
        for path in files:
            archive.add(path, path.relative_to(data_dir).as_posix(), recursive=False)
    return len(files)


def restore(file: Path, data_dir: Path) -> int:
    """Restore the files of a backup that do not exist; existing files are not replaced.

    Returns:
        The number of files restored.

    Raises:
        TransferError: The file is not a backup.
        OSError: The backup cannot be read or a file cannot be written.
    """
    if not file.is_file():
        raise TransferError("transfer.no_file", path=file)
    try:
        with tarfile.open(file, "r:gz") as archive:
            return sum(_put_back(archive, member, data_dir) for member in archive)
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise TransferError("transfer.no_backup", path=file) from error


def _put_back(archive: tarfile.TarFile, member: tarfile.TarInfo, data_dir: Path) -> bool:
    """Restore a regular file inside the data directory; return whether it was restored."""
    inside = Path(member.name)
    own = member.isfile() and bool(inside.parts) and inside.parts[0] in KEPT
    if not own or ".." in inside.parts or member.size > MOST:
        return False
    source, target = archive.extractfile(member), data_dir / inside
    if source is None or target.exists():
        return False
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with create(target, PRIVATE) as out:
        shutil.copyfileobj(source, out)
    return True


def forget(data_dir: Path) -> int:
    """Delete the learner's files and everything derived from them; other files remain.

    Returns:
        The number of files of the learner.
    """
    count = len(learner_files(data_dir))
    for name in (*KEPT, "cache"):
        shutil.rmtree(data_dir / name, ignore_errors=True)
    (data_dir / "crash.log").unlink(missing_ok=True)
    return count
