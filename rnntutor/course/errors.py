"""The error raised when a course or file cannot be opened."""

from __future__ import annotations

from rnntutor.course.clean import clean
from rnntutor.failure import Failure
from rnntutor.words import Words


class CourseError(Failure):
    """Raised when a course or file cannot be opened."""

    def sentence(self, words: Words) -> str:
        """Return the error as one line for the learner; control characters become visible."""
        return clean(words(self.key, **self.values)).replace("\n", " ").replace("\t", " ")
