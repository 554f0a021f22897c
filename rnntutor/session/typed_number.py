"""A number that is typed digit by digit, to choose from a list that is numbered from 1."""

from __future__ import annotations

ALONE = 9
"""The longest list whose every number is one digit."""


def typed(before: str, digit: str, count: int) -> str:
    """What stands typed after another digit: the number that it makes with the digits before, else
    the digit alone, else "" where the list of `count` has neither."""
    for text in (f"{before}{digit}", digit):
        if 1 <= int(text) <= count and text[0] != "0":
            return text
    return ""


def is_whole(text: str, count: int) -> bool:
    """Whether no further digit can belong to the number, in a list that is longer than one digit
    counts: then it needs no key to confirm it."""
    return count > ALONE and len(text) == len(str(count))
