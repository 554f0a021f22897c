"""What cannot be opened at all, as one sentence."""

from __future__ import annotations

from rnntutor.course.clean import clean
from rnntutor.failure import Failure
from rnntutor.words import Words


class CourseError(Failure):
    """A course or file that cannot be opened."""

    def sentence(self, words: Words) -> str:
        """The error as the learner reads it: one line, in which no name acts on the terminal."""
        return clean(words(self.key, **self.values)).replace("\n", " ").replace("\t", " ")
