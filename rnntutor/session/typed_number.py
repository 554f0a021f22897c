"""A number typed digit by digit, to choose from a list numbered from 1."""

from __future__ import annotations

ALONE = 9
"""Maximum length of a list with only one-digit numbers."""


def append_digit(before: str, digit: str, count: int) -> str:
    """Return the text typed after another digit.

    This is the number with the digit appended, else the digit alone, else "" if the list has
    neither.

    Args:
        before: the digits typed so far.
        digit: the new digit.
        count: length of the list.
    """
    for text in (f"{before}{digit}", digit):
        if 1 <= int(text) <= count and text[0] != "0":
            return text
    return ""


def is_whole(text: str, count: int) -> bool:
    """Return whether the number is complete, so that it needs no key to confirm it.

    This applies only to lists with numbers of several digits.
    """
    return count > ALONE and len(text) == len(str(count))
