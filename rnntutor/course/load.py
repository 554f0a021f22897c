"""A course on disk. Only course.toml is read at once; lessons are parsed lazily and cached."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from rnntutor.course import files
from rnntutor.course.entries import ByLanguage, ConfusablePair, LessonEntry, Topic, read_contents
from rnntutor.course.errors import CourseError
from rnntutor.spans import plain
from rnntutor.words import FALLBACK, LANGUAGES, Words, load

if TYPE_CHECKING:  # the home screen does not need the lesson types
    from rnntutor.course.blocks import Inline
    from rnntutor.course.exercise import Exercise
    from rnntutor.course.lesson import Lesson
    from rnntutor.course.report import Problem
    from rnntutor.course.symbols import Symbol
    from rnntutor.course.term import GlossaryTerm

KEPT = 2  # parsed lessons in the cache: the current one in both languages
Fact = TypeVar("Fact")


def open_course(directory: Path, words: Words) -> Course:
    """Open the course in `directory`.

    Args:
        directory: Directory with a course.toml.
        words: Words in the language of error messages and problems.

    Raises:
        CourseError: There is no such directory, or its course.toml is wrong.
    """
    if not os.path.isdir(directory):  # noqa: PTH112, never raises
        raise CourseError("course.error.no_course", path=directory)
    return Course(directory, words)


def in_language(texts: ByLanguage, lang: str) -> str:
    """Return the text in `lang`, else in English, else in the first language available."""
    found = dict(texts)
    return found.get(lang) or found.get(FALLBACK) or next(iter(found.values()), "")


def in_another(values: ByLanguage, lang: str) -> str:
    """Return the text in another language than `lang`, English first; "" if there is none."""
    there = dict(values)
    others = (other for other in (FALLBACK, *LANGUAGES) if other != lang and other in there)
    return next((there[other] for other in others), "")


def plain_text(inline: Inline, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return inline content as plain text, with formulas in one line of Unicode.

    Args:
        inline: The content.
        names: Names for links without text, by target; the default is the target itself.
    """
    from rnntutor.course.blocks import Maths, Text
    from rnntutor.maths.inline import MathsError, inline_spans

    out = ""
    for part in inline:
        if isinstance(part, Maths):
            try:
                out += plain(inline_spans(part.source))
            except MathsError:
                out += part.source
        elif isinstance(part, Text):
            target = part.link.target if part.link is not None else ""
            out += part.text or names.get(target, target)
    return out


class Course:
    """A course on disk.

    Terms are read on demand and cached. Of the lessons, about a megabyte each, only the last KEPT
    are cached.

    Attributes:
        dir: Directory of the course.
        words: Words in the language of error messages and problems.
        title, entries, topics, pairs, builds, start: The content of course.toml.
    """

    def __init__(self, directory: Path, words: Words) -> None:
        contents = read_contents(directory / "course.toml")
        self.dir = directory
        self.words = words
        self.title = contents.title
        self.entries: tuple[LessonEntry, ...] = contents.entries
        self.topics: tuple[Topic, ...] = contents.topics
        self.pairs: tuple[ConfusablePair, ...] = contents.pairs
        self.builds: tuple[str, ...] = contents.builds
        self.start: LessonEntry | None = contents.start
        self._by_id = {entry.id: entry for entry in self.every}
        self._read: dict[tuple[str, str], tuple[Lesson, tuple[Problem, ...]]] = {}
        self._exercises: dict[str, tuple[Exercise, ...]] = {}
        self._facts: dict[tuple[str, str, Callable[[Lesson], object]], object] = {}

    @property
    def every(self) -> tuple[LessonEntry, ...]:
        """Return the preparatory lesson, if there is one, and all lessons."""
        return self.entries if self.start is None else (self.start, *self.entries)

    def entry(self, lesson: str) -> LessonEntry:
        """Return the entry of the lesson in course.toml.

        Raises:
            CourseError: The id is unknown.
        """
        if lesson not in self._by_id:
            known = ", ".join(self._by_id)
            raise CourseError("course.error.lesson", id=lesson, known=known)
        return self._by_id[lesson]

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """Return the displayed number of each lesson.

        This is the number in its file name ("06-cell.md" is 6), or the position in the course if a
        file name has no number or two have the same.
        """
        leads = [entry.file.partition("-")[0] for entry in self.entries]
        found = [str(int(lead)) for lead in leads if lead.isdecimal()]
        if len(set(found)) == len(leads):
            return tuple(found)
        return tuple(str(n + 1) for n in range(len(leads)))

    def number(self, lesson: str) -> str:
        """Return a lesson's number, "0" for the preparatory lesson and "" for an unknown one."""
        if self.start is not None and lesson == self.start.id:
            return "0"
        ids = [entry.id for entry in self.entries]
        return self.numbers[ids.index(lesson)] if lesson in ids else ""

    def path(self, lesson: str, lang: str) -> Path:
        """Return the file of the lesson in `lang`.

        Raises:
            CourseError: The lesson is unknown, or its file name leads out of the directory.
        """
        return files.inside(self.dir / lang, self.entry(lesson).file)

    def lesson(self, lesson: str, lang: str) -> Lesson:
        """Return the lesson in `lang`, else in English, else in any other language available.

        Raises:
            CourseError: The file is missing or not text.
        """
        return self.read(lesson, lang)[0]

    def read(self, lesson: str, lang: str) -> tuple[Lesson, tuple[Problem, ...]]:
        """Return the lesson, and the problems found in it.

        Raises:
            CourseError: The file is missing or not text.
        """
        known = self._read.pop((lesson, lang), None)
        if known is None:
            path = _there(self.path(lesson, other) for other in (lang, FALLBACK, *LANGUAGES))
            # Imported lazily: listing the lessons of a course needs no Markdown parser.
            from rnntutor.course.parse import parse_lesson

            known = parse_lesson(files.text(path), str(path), path.parent.name, lesson, self.words)
        self._read[lesson, lang] = known  # most recently used last
        while len(self._read) > KEPT:
            del self._read[next(iter(self._read))]
        return known

    def fact(self, lesson: str, lang: str, find: Callable[[Lesson], Fact]) -> Fact:
        """Return `find(lesson)`, cached even after the lesson itself has left the cache.

        Args:
            lesson: Id of the lesson.
            lang: Language of the lesson.
            find: A function at module level, which identifies the fact in the cache.

        Raises:
            CourseError: The file is missing or not text.
        """
        key = lesson, lang, find
        if key not in self._facts:
            self._facts[key] = find(self.lesson(lesson, lang))
        return self._facts[key]  # type: ignore[return-value]

    def exercise(self, name: str, lang: str) -> tuple[Exercise, tuple[Problem, ...]]:
        """Return a code exercise and its problems, in the language fallback order of `lesson`."""
        if name not in self.builds:
            raise CourseError("course.error.no_build", name=name, known=", ".join(self.builds))
        path = _there(
            files.inside(self.dir / other / "build", f"{name}.md")
            for other in (lang, FALLBACK, *LANGUAGES)
        )
        from rnntutor.course.parse_exercise import parse_exercise

        return parse_exercise(files.text(path), str(path), name, self.words)

    def exercises(self, lesson: str, lang: str) -> tuple[Exercise, ...]:
        """Return the readable code exercises for the equations of a lesson."""
        if lang not in self._exercises:
            found = []
            for name in self.builds:
                try:
                    found.append(self.exercise(name, lang)[0])
                except CourseError:
                    continue
            self._exercises[lang] = tuple(found)
        return tuple(e for e in self._exercises[lang] if e.step.partition(".")[0] == lesson)

    @cached_property
    def glossary(self) -> tuple[tuple[GlossaryTerm, ...], tuple[Problem, ...]]:
        """Return the terms in order, and the problems found in glossary.toml.

        Raises:
            CourseError: The file is not valid TOML.
        """
        from rnntutor.course.glossary import read_glossary

        return read_glossary(self.dir / "glossary.toml", self.words)

    @cached_property
    def symbols(self) -> tuple[tuple[Symbol, ...], tuple[Problem, ...]]:
        """Return the symbols in order, and the problems found in symbols.toml.

        Raises:
            CourseError: The file is not valid TOML.
        """
        from rnntutor.course.symbols import read_symbols

        return read_symbols(self.dir / "symbols.toml", self.words)

    @property
    def terms(self) -> tuple[GlossaryTerm, ...]:
        """The terms of the glossary."""
        return self.glossary[0]

    def names(self, lang: str) -> Mapping[str, str]:
        """Return the headwords in `lang` by term id."""
        return {term.id: in_language(term.word, lang) for term in self.terms}

    def step_name(self, target: str, lesson: str, lang: str) -> str:
        """Return the text of a link to a step: its title, and its lesson's number if another."""
        home, _, step = target.rpartition(".")
        home = home or lesson
        if home not in self._by_id:
            return target
        try:
            title = self.fact(home, lang, _titles).get(step, "")
        except CourseError:
            return target
        if not title or home == lesson:
            return title or target
        words = load(lang) if lang in LANGUAGES else self.words
        return words("course.step_link", n=self.number(home), title=title)

    @cached_property
    def roles(self) -> Mapping[str, str]:
        """Return the colour role of each term that names a quantity, by term id."""
        return {term.id: term.role for term in self.terms if term.role}


def _there(paths: Iterable[Path]) -> Path:
    """Return the first path that exists, or the first path if none does."""
    first, *others = paths
    return next((path for path in (first, *others) if path.is_file()), first)


def _titles(lesson: Lesson) -> Mapping[str, str]:
    """Return the titles of the steps by step id."""
    return {step.id: plain_text(step.title) for step in lesson.steps}
