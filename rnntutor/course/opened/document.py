"""What was read of a file before it becomes a lesson."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Document:
    """name: of the file, as it is shown. text: what it says. folder: where its pictures are looked
    for; None for what stands in no directory. notice: the key of a word about how it was read, or
    ""; encoding: what that word names."""

    name: str
    text: str
    folder: Path | None = None
    notice: str = ""
    encoding: str = ""
