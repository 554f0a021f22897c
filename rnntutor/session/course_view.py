"""A course as a learner has it: what has been done of it, in the words of a language."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rnntutor.course.entries import LessonEntry
from rnntutor.course.errors import CourseError
from rnntutor.course.load import Course, in_language, shown
from rnntutor.study.progress import Progress
from rnntutor.words import LANGUAGES, Words

if TYPE_CHECKING:  # the home screen waits for none of these
    from rnntutor.course.term import GlossaryTerm
    from rnntutor.render.prose import Context


class CourseView(NamedTuple):
    """What is called how, and how far one is: for all that is told of a course."""

    course: Course
    progress: Progress
    words: Words

    def said(self, texts: tuple[tuple[str, str], ...]) -> str:
        """A text of the course, in the present language."""
        return in_language(texts, self.words.lang)

    def title(self, lesson: str) -> str:
        """A lesson's title. Raises CourseError for one that the course does not have."""
        return self.said(self.course.entry(lesson).title)

    def page_title(self, lesson: str, page: str) -> str:
        """What a page is called: its step's title; for a question, its step and that it is one; the
        last page of a lesson has a name of its own, its first one none."""
        from rnntutor.session.contents import page_at  # the home screen waits for no lesson
        from rnntutor.session.pages import END

        here = page_at(self.course, lesson, page, self.words.lang)
        if here is not None and here.kind == END:
            return self.words("lesson.end")
        if here is None or here.step is None:
            return ""
        title = shown(here.step.title)
        return f"{title} · {self.words('home.question')}" if here.question is not None else title

    def place_title(self, lesson: str, page: str) -> str:
        """A page with its lesson: both titles. Of a lesson that is not there, the ids."""
        if all(entry.id != lesson for entry in self.course.every):
            return f"{lesson}.{page}"
        own = self.page_title(lesson, page)
        return f"{self.title(lesson)} · {own}" if own else self.title(lesson)

    @property
    def place(self) -> tuple[str, str] | None:
        """Lesson and page where the learner was, if that lesson is still in the course."""
        place = self.progress.place
        there = {entry.id for entry in self.course.every}
        return place if place is not None and place[0] in there else None

    def topic(self, topic: str) -> str:
        """What a topic is called; its id if the course does not name it."""
        return next((self.said(t.name) for t in self.course.topics if t.id == topic), topic)

    def known_topics(self) -> list[tuple[str, int, int]]:
        """Of each topic that was asked: its name, how many questions are known, of how many."""
        known, named = self.progress.topics(), self.course.topics
        return [(self.said(t.name), *known[t.id]) for t in named if t.id in known]

    @property
    def terms(self) -> tuple[GlossaryTerm, ...]:
        """The terms of the course; none where its glossary cannot be read."""
        try:
            return self.course.terms
        except CourseError:
            return ()

    @property
    def context(self) -> Context:
        """What prose needs to be drawn: words, the names of terms and of steps."""
        return _context(self.course, self.words)

    def counted(self, entry: LessonEntry) -> tuple[int, int]:
        """Pages of the lecture that are done, and all of them. Asks for the lesson's text."""
        from rnntutor.session.contents import counted  # the home screen waits for no lesson

        return counted(self.course, entry, self.words.lang, self.progress)

    def answered(self, entry: LessonEntry) -> tuple[int, int, int]:
        """Questions known, asked, and all of them. Asks for the lesson's text."""
        from rnntutor.session.contents import answered

        return answered(self.course, entry, self.words.lang, self.progress)


@lru_cache(maxsize=len(LANGUAGES))
def _context(course: Course, words: Words) -> Context:
    from rnntutor.render.prose import Context

    try:
        names, roles = course.names(words.lang), course.roles
    except CourseError:
        names, roles = {}, {}

    def step_name(target: str) -> str:
        return course.step_name(target, "", words.lang)

    return Context(words, names, roles, steps=step_name)
