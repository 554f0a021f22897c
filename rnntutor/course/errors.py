"""What cannot be opened at all, as one sentence."""

from __future__ import annotations

from rnntutor.course.clean import clean
from rnntutor.words import Words


class CourseError(Exception):
    """A course or file that cannot be opened.

    key: of the sentence for it in words/ ("course.error.…"); values: what that sentence names.
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(f"{key}: " + ", ".join(f"{k}={v!r}" for k, v in values.items()))
        self.key = key
        self.values = values

    def sentence(self, words: Words) -> str:
        """The error as the learner reads it: one line, in which no name acts on the terminal."""
        return clean(words(self.key, **self.values)).replace("\n", " ").replace("\t", " ")
