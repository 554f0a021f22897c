"""Texts of words/ in the form in which tests search for them, without what is filled in."""

from __future__ import annotations

import re

_FILLED = r"\{[^{}]*\}|\(으\)로|[을이은와]\([를가는과]\)"


def constant_parts(text: str) -> list[str]:
    """Return the parts of a text that are the same whatever is filled in.

    Placeholders and the words and particles whose form depends on them are left out.
    """
    return [part for part in re.split(_FILLED, text) if part]
