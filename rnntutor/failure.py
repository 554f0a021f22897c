"""An error that is told to the learner in one sentence."""

from __future__ import annotations


class Failure(Exception):
    """key: of the sentence in `words` that says what is wrong; values: its placeholders."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
