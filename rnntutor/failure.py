"""Errors that are told to the learner in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rnntutor.words import Words


class Failure(Exception):
    """key: of the sentence in `words` that says what is wrong; values: its placeholders."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(f"{key}: " + ", ".join(f"{k}={v!r}" for k, v in values.items()))
        self.key = key
        self.values = values

    def sentence(self, words: Words) -> str:
        """The error as the learner reads it."""
        return words(self.key, **self.values)


class Refused(Failure):
    """What was asked or typed cannot be."""
