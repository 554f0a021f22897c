"""A course as one learner sees it, in one language."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rnntutor.course.entries import LessonEntry
from rnntutor.course.errors import CourseError
from rnntutor.course.load import Course, in_language, plain_text
from rnntutor.study.progress import Progress
from rnntutor.words import LANGUAGES, Words

if TYPE_CHECKING:  # the home screen must not import these
    from rnntutor.course.term import GlossaryTerm
    from rnntutor.render.prose import Context


class CourseView(NamedTuple):
    """A course with the learner's progress and language: titles, counts and terms."""

    course: Course
    progress: Progress
    words: Words

    def text(self, texts: tuple[tuple[str, str], ...]) -> str:
        """Return a text of the course in the present language."""
        return in_language(texts, self.words.lang)

    def title(self, lesson: str) -> str:
        """Return the title of a lesson.

        Raises:
            CourseError: the course does not have the lesson.
        """
        return self.text(self.course.entry(lesson).title)

    def page_title(self, lesson: str, page: str) -> str:
        """Return the title of a page.

        A question has its step's title and the word for a question, the last page of a lesson a
        title of its own, and the cover "".
        """
        from rnntutor.session.contents import page_at  # the home screen must not import lessons
        from rnntutor.session.pages import END

        here = page_at(self.course, lesson, page, self.words.lang)
        if here is not None and here.kind == END:
            return self.words("lesson.end")
        if here is None or here.step is None:
            return ""
        title = plain_text(here.step.title)
        return f"{title} · {self.words('home.question')}" if here.question is not None else title

    def full_page_title(self, lesson: str, page: str) -> str:
        """Return the titles of lesson and page, or the ids if the course lacks the lesson."""
        if all(entry.id != lesson for entry in self.course.every):
            return f"{lesson}.{page}"
        own = self.page_title(lesson, page)
        return f"{self.title(lesson)} · {own}" if own else self.title(lesson)

    @property
    def last_page(self) -> tuple[str, str] | None:
        """The learner's last lesson and page, or None if the course lacks that lesson."""
        page = self.progress.last_page
        there = {entry.id for entry in self.course.every}
        return page if page is not None and page[0] in there else None

    def topic(self, topic: str) -> str:
        """Return the name of a topic, or its id if the course does not name it."""
        return next((self.text(t.name) for t in self.course.topics if t.id == topic), topic)

    def known_topics(self) -> list[tuple[str, int, int]]:
        """Return (name, questions known, questions asked) for each topic asked about so far."""
        known, named = self.progress.topics(), self.course.topics
        return [(self.text(t.name), *known[t.id]) for t in named if t.id in known]

    @property
    def terms(self) -> tuple[GlossaryTerm, ...]:
        """The glossary terms of the course; none if the glossary cannot be read."""
        try:
            return self.course.terms
        except CourseError:
            return ()

    @property
    def context(self) -> Context:
        """The context for rendering prose: words, and the names of terms and steps."""
        return _context(self.course, self.words)

    def page_counts(self, entry: LessonEntry) -> tuple[int, int]:
        """Return how many required pages of a lesson are done, and how many it has.

        This reads the lesson's file.
        """
        from rnntutor.session.contents import page_counts  # the home screen must not import lessons

        return page_counts(self.course, entry, self.words.lang, self.progress)

    def answer_counts(self, entry: LessonEntry) -> tuple[int, int, int]:
        """Return how many questions of a lesson are known, were asked, and exist.

        This reads the lesson's file.
        """
        from rnntutor.session.contents import answer_counts

        return answer_counts(self.course, entry, self.words.lang, self.progress)


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
