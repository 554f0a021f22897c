"""Errors that are told to the learner in one sentence."""

from __future__ import annotations


class Failure(Exception):
    """key: of the sentence in `words` that says what is wrong; values: its placeholders."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(f"{key}: " + ", ".join(f"{k}={v!r}" for k, v in values.items()))
        self.key = key
        self.values = values


class Refused(Failure):
    """What was asked or typed cannot be."""
