"""The text of a file before it is parsed as a lesson."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Document:
    """A file that has been read.

    Attributes:
        name: File name to display.
        text: The text.
        folder: Directory to which the addresses of pictures are relative, None if there is none.
        notice: Key in words/ of a notice about the decoding, or "".
        encoding: Name of the encoding for that notice.
    """

    name: str
    text: str
    folder: Path | None = None
    notice: str = ""
    encoding: str = ""
