"""Texts of words/ as tests search for them: without their placeholders."""

from __future__ import annotations

import re

_FILLED = r"\{[^{}]*\}|\(으\)로|[을이은와]\([를가는과]\)"


def constant_parts(text: str) -> list[str]:
    """Return the parts of a text that do not depend on the inserted values.

    Placeholders, and words and particles that depend on them, are left out.
    """
    return [part for part in re.split(_FILLED, text) if part]
