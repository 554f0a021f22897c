"""A course as a learner has it: what has been done of it, in the words of a language."""

from __future__ import annotations

from typing import NamedTuple

from rnntutor.course.entries import LessonEntry
from rnntutor.course.load import Course, in_language
from rnntutor.study.progress import Progress
from rnntutor.words import Words


class CourseView(NamedTuple):
    """What pages about the whole course are made of."""

    course: Course
    progress: Progress
    words: Words

    def said(self, texts: tuple[tuple[str, str], ...]) -> str:
        """A text of the course, in the present language."""
        return in_language(texts, self.words.lang)

    def counted(self, entry: LessonEntry) -> tuple[int, int]:
        """Pages of the lecture that are done, and all of them. Asks for the lesson's text."""
        from rnntutor.session.contents import counted  # the home screen waits for no lesson

        return counted(self.course, entry, self.words.lang, self.progress)

    def answered(self, entry: LessonEntry) -> tuple[int, int, int]:
        """Questions known, asked, and all of them. Asks for the lesson's text."""
        from rnntutor.session.contents import answered

        return answered(self.course, entry, self.words.lang, self.progress)
