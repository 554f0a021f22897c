"""The directories of the course and the assets: in the checkout, or inside an installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _find(name: str) -> Path:
    """Return the directory `name` of the checkout, or else of the installed wheel."""
    top = _PACKAGE.parent / name
    if (_PACKAGE.parent / "pyproject.toml").is_file() and top.is_dir():
        return top
    return _PACKAGE / "_data" / name


def lessons_dir() -> Path:
    """Return the directory of the course that comes with the program."""
    return _find("lessons")


def assets_dir() -> Path:
    """Return the directory of figures, small data files and trained weights."""
    return _find("assets")
