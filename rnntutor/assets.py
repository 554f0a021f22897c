"""Reading figures, small data files and trained weights that come with the program."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnntutor.failure import Failure
from rnntutor.languages import FALLBACK, in_order
from rnntutor.nn.arrays import read_only
from rnntutor.package_data import assets_dir


class AssetError(Failure):
    """A file of the program is missing ("asset.missing") or damaged ("asset.damaged").

    The placeholder `file` is its path.
    """


def names(directory: str) -> tuple[str, ...]:
    """Return the names of the files in assets/DIRECTORY, without suffixes."""
    return tuple(sorted(file.stem for file in (assets_dir() / directory).glob("*")))


def languages(*of: str) -> tuple[str, ...]:
    """Return the languages for which all of assets/data/NAME.LANG.* exist.

    The fallback language is always included; a missing file of it is reported when it is read.

    Args:
        of: the names.
    """
    there = [name.partition(".") for name in names("data")]
    found = [{lang for name, _, lang in there if name == each and lang} for each in of]
    return in_order(set.intersection(*found) | {FALLBACK})


def text(directory: str, name: str) -> str:
    """Return the content of the text file assets/DIRECTORY/NAME.

    Raises:
        AssetError: the file is missing or damaged.
    """
    file = assets_dir() / directory / name
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise _error_of(file, error) from error


def table(directory: str, name: str) -> dict[str, Any]:
    """Return the content of the TOML file assets/DIRECTORY/NAME.

    Raises:
        AssetError: the file is missing or damaged.
    """
    try:
        return tomllib.loads(text(directory, name))
    except tomllib.TOMLDecodeError as error:
        raise _error_of(assets_dir() / directory / name, error) from error


def weights(name: str) -> dict[str, NDArray[Any]]:
    """Return the read-only arrays of assets/weights/NAME.npz.

    Raises:
        AssetError: the file is missing or damaged.
    """
    from zipfile import BadZipFile

    file = assets_dir() / "weights" / f"{name}.npz"
    try:
        with np.load(file, allow_pickle=False) as arrays:
            return {name: read_only(array) for name, array in arrays.items()}
    except (OSError, ValueError, EOFError, BadZipFile) as error:
        raise _error_of(file, error) from error


def no_weights(name: str) -> AssetError:
    """Return the error to raise if assets/weights/NAME.npz lacks a net."""
    return AssetError("asset.damaged", file=assets_dir() / "weights" / f"{name}.npz")


def _error_of(file: Path, error: Exception) -> AssetError:
    there = not isinstance(error, OSError) or file.is_file()
    return AssetError("asset.damaged" if there else "asset.missing", file=file)
