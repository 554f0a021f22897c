"""Figures, small data and trained weights that come with the program, read from their files."""

from __future__ import annotations

import tomllib
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnntutor.failure import Failure
from rnntutor.languages import FALLBACK, in_order
from rnntutor.nn.arrays import read_only
from rnntutor.places import assets_dir

DAMAGED = (ValueError, EOFError, zipfile.BadZipFile)  # what the readers of a file say of one


class AssetError(Failure):
    """A file of the program is missing or damaged. Keys: "asset.missing", "asset.damaged"; value:
    file, its path."""


def names(directory: str) -> tuple[str, ...]:
    """What the files of assets/DIRECTORY are called, without their endings."""
    return tuple(sorted(file.stem for file in (assets_dir() / directory).glob("*")))


def languages(*of: str) -> tuple[str, ...]:
    """The languages in which there are assets/data/NAME.LANG.* of each of these names. The fallback
    is always among them: should its file be missing, the reading of it says so."""
    there = [name.partition(".") for name in names("data")]
    found = [{lang for name, _, lang in there if name == each and lang} for each in of]
    return in_order(set.intersection(*found) | {FALLBACK})


def text(directory: str, name: str) -> str:
    """The text file assets/DIRECTORY/NAME. Raises AssetError."""
    file = assets_dir() / directory / name
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, *DAMAGED) as error:
        raise _failed(file, error) from error


def table(directory: str, name: str) -> dict[str, Any]:
    """The TOML file assets/DIRECTORY/NAME. Raises AssetError."""
    try:
        return tomllib.loads(text(directory, name))
    except tomllib.TOMLDecodeError as error:
        raise _failed(assets_dir() / directory / name, error) from error


def weights(name: str) -> dict[str, NDArray[Any]]:
    """The arrays of assets/weights/NAME.npz, read-only. Raises AssetError."""
    file = assets_dir() / "weights" / f"{name}.npz"
    try:
        with np.load(file, allow_pickle=False) as arrays:
            return {name: read_only(array) for name, array in arrays.items()}
    except (OSError, *DAMAGED) as error:
        raise _failed(file, error) from error


def no_weights(name: str) -> AssetError:
    """What is raised where assets/weights/NAME.npz lacks a net."""
    return AssetError("asset.damaged", file=assets_dir() / "weights" / f"{name}.npz")


def _failed(file: Path, error: Exception) -> AssetError:
    there = not isinstance(error, OSError) or file.is_file()
    return AssetError("asset.damaged" if there else "asset.missing", file=file)
