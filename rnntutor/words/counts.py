"""The form of a noun or verb beside a count: "1 question", "2 questions".

A text writes both forms, the one for 1 first: `{n} question{n:|s}`, `{n:is|are}`. `#` stands for
the number where only one of the forms has it: `{n:one step|all # steps}`.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from typing import Any

_BOTH_FORMS = re.compile(r"\{\w+:[^{}]*\|[^{}]*\}")


class _Formatter(string.Formatter):
    """Fills placeholders; one with two forms by the count that it names."""

    def format_field(self, value: Any, format_spec: str) -> str:
        one, bar, many = format_spec.partition("|")
        if not bar:
            return str(super().format_field(value, format_spec))
        return (one if str(value) == "1" else many).replace("#", str(value))


_FORMATTER = _Formatter()


def filled(text: str, values: Mapping[str, object]) -> str:
    """Return a text with its placeholders filled, and nouns and verbs in the form of their count.

    Raises:
        KeyError: A placeholder has no value.
    """
    if _BOTH_FORMS.search(text) is None:
        return text.format_map(values)
    return _FORMATTER.vformat(text, (), values)
