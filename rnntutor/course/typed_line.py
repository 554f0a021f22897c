"""Parse integers typed on one line."""

from __future__ import annotations

import unicodedata


def wholes(text: str) -> tuple[int, ...] | None:
    """Parse integers separated by spaces or commas ("1 3", "1, 3", "2.").

    Returns:
        The integers, or None if the line contains anything else.
    """
    parts = unicodedata.normalize("NFKC", text).replace(",", " ").split()
    bare = [part.rstrip(".)") for part in parts]
    if not bare or not all(part.isdecimal() and len(part) < 10 for part in bare):
        return None
    return tuple(int(part) for part in bare)
