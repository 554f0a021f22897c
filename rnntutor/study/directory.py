"""The directory that holds what a learner did."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_data_path

from rnntutor.failure import Failure
from rnntutor.study.log import error_kind, make_private_dir


class DataDirError(Failure):
    """The directory cannot be used."""


def data_dir(option: str | None = None, environ: Mapping[str, str] | None = None) -> Path:
    """The learner's directory: --data-dir (`option`), else RNNTUTOR_DATA, else the platform's."""
    named = option or (os.environ if environ is None else environ).get("RNNTUTOR_DATA")
    if named:
        try:
            return Path(named).expanduser().absolute()
        except RuntimeError:  # no home directory
            return Path(named).absolute()

    return user_data_path("rnntutor", appauthor=False)


def prepare(directory: Path) -> Path:
    """Make the directory and what it holds ready for events; DataDirError if it cannot be."""
    events = directory / "events"
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        make_private_dir(events)
        # Asking for permission is not enough: on network homes only a try tells.
        trial = events / f".trial-{os.getpid()}"
        trial.touch(mode=0o600)
        trial.unlink()
    except OSError as error:
        reason = error.strerror or str(error)
        key = f"study.place_{error_kind(error)}"
        raise DataDirError(key, dir=directory, reason=reason) from error
    return directory
