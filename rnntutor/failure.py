"""Errors reported to the learner in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rnntutor.words import Words


class Failure(Exception):
    """An error reported in one sentence.

    Attributes:
        key: key of the sentence in `words`.
        values: its placeholders.
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(f"{key}: " + ", ".join(f"{k}={v!r}" for k, v in values.items()))
        self.key = key
        self.values = values

    def sentence(self, words: Words) -> str:
        """Return the error message for the learner."""
        return words(self.key, **self.values)


class Refused(Failure):
    """A request or input that cannot be fulfilled."""
