"""The data directory of the learner."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_data_path

from rnntutor.failure import Failure
from rnntutor.study.log import error_kind, make_private_dir


class DataDirError(Failure):
    """Raised when the directory cannot be used."""


def data_dir(option: str | None = None, environ: Mapping[str, str] | None = None) -> Path:
    """Return the data directory: `option` (--data-dir), else RNNTUTOR_DATA, else the platform's."""
    named = option or (os.environ if environ is None else environ).get("RNNTUTOR_DATA")
    if named:
        try:
            return Path(named).expanduser().absolute()
        except RuntimeError:  # no home directory
            return Path(named).absolute()

    return user_data_path("rnntutor", appauthor=False)


def prepare(directory: Path) -> Path:
    """Create the directory and its subdirectory for events, and check that it is writable.

    Raises:
        DataDirError: The directory cannot be used.
    """
    events = directory / "events"
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        make_private_dir(events)
        # Checking the permissions is not enough: on network file systems only a trial shows it.
        trial = events / f".trial-{os.getpid()}"
        trial.touch(mode=0o600)
        trial.unlink()
    except OSError as error:
        reason = error.strerror or str(error)
        key = f"study.data_dir_{error_kind(error)}"
        raise DataDirError(key, dir=directory, reason=reason) from error
    return directory
