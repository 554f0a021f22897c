"""Where the course and the assets are: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _find(name: str) -> Path:
    """The directory `name`, of the checkout if this is one, else of the installed wheel."""
    top = _PACKAGE.parent / name
    if (_PACKAGE.parent / "pyproject.toml").is_file() and top.is_dir():
        return top
    return _PACKAGE / "_data" / name


def lessons_dir() -> Path:
    """The course that comes with the program."""
    return _find("lessons")


def assets_dir() -> Path:
    """Figures, small data and trained weights."""
    return _find("assets")
