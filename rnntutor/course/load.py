"""A course on disk. Opening one reads course.toml and nothing else; a lesson is parsed when it is
asked for, and kept."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from rnntutor.course import files
from rnntutor.course.entries import ByLanguage, LessonEntry, Pair, Topic, read_contents
from rnntutor.course.errors import CourseError
from rnntutor.spans import plain
from rnntutor.words import FALLBACK, LANGUAGES, Words, load

if TYPE_CHECKING:  # the home screen waits for no lesson
    from rnntutor.course.blocks import Inline
    from rnntutor.course.exercise import Exercise
    from rnntutor.course.lesson import Lesson
    from rnntutor.course.report import Problem
    from rnntutor.course.symbols import Symbol
    from rnntutor.course.term import GlossaryTerm

KEPT = 2  # lessons as they were parsed: the one that is read, in both languages
Fact = TypeVar("Fact")


def open_course(directory: Path, words: Words) -> Course:
    """The course in `directory`. words: the language of what goes wrong. Raises CourseError."""
    if not os.path.isdir(directory):  # noqa: PTH112, never raises
        raise CourseError("course.error.no_course", path=directory)
    return Course(directory, words)


def in_language(texts: ByLanguage, lang: str) -> str:
    """The text in `lang`, else in English, else in the language that there is."""
    found = dict(texts)
    return found.get(lang) or found.get(FALLBACK) or next(iter(found.values()), "")


def in_another(values: ByLanguage, lang: str) -> str:
    """The text in another language than `lang`: in English if that is one, "" if there is none."""
    there = dict(values)
    others = (other for other in (FALLBACK, *LANGUAGES) if other != lang and other in there)
    return next((there[other] for other in others), "")


def shown(inline: Inline, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """A line of words as plain text, formulas in one line of Unicode; a link without words of its
    own is called by its target, or by what `names` has for that."""
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
    """dir: where it is. title, entries, topics, pairs, start: as course.toml has them, entries in
    the order of the course. Terms are read on demand and kept; of lessons, a megabyte each, only
    the last."""

    def __init__(self, directory: Path, words: Words) -> None:
        contents = read_contents(directory / "course.toml")
        self.dir = directory
        self.words = words
        self.title = contents.title
        self.entries: tuple[LessonEntry, ...] = contents.entries
        self.topics: tuple[Topic, ...] = contents.topics
        self.pairs: tuple[Pair, ...] = contents.pairs
        self.builds: tuple[str, ...] = contents.builds
        self.start: LessonEntry | None = contents.start
        self._by_id = {entry.id: entry for entry in self.every}
        self._read: dict[tuple[str, str], tuple[Lesson, tuple[Problem, ...]]] = {}
        self._exercises: dict[str, tuple[Exercise, ...]] = {}
        self._facts: dict[tuple[str, str, Callable[[Lesson], object]], object] = {}

    @property
    def every(self) -> tuple[LessonEntry, ...]:
        """The lessons, and before them what prepares for them."""
        return self.entries if self.start is None else (self.start, *self.entries)

    def entry(self, lesson: str) -> LessonEntry:
        """The lesson's line in course.toml. Raises CourseError for an unknown id."""
        if lesson not in self._by_id:
            known = ", ".join(self._by_id)
            raise CourseError("course.error.lesson", id=lesson, known=known)
        return self._by_id[lesson]

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """What each lesson is called by: the number that its file carries ("06-cell.md" is 6), or
        its place in the course where a file has none or two have the same."""
        leads = [entry.file.partition("-")[0] for entry in self.entries]
        found = [str(int(lead)) for lead in leads if lead.isdecimal()]
        if len(set(found)) == len(leads):
            return tuple(found)
        return tuple(str(n + 1) for n in range(len(leads)))

    def number(self, lesson: str) -> str:
        """The number of one lesson, "0" before the first; "" for one that is not in the course."""
        if self.start is not None and lesson == self.start.id:
            return "0"
        ids = [entry.id for entry in self.entries]
        return self.numbers[ids.index(lesson)] if lesson in ids else ""

    def path(self, lesson: str, lang: str) -> Path:
        """The lesson's file in `lang`. Raises CourseError for a name that leads elsewhere."""
        return files.inside(self.dir / lang, self.entry(lesson).file)

    def lesson(self, lesson: str, lang: str) -> Lesson:
        """The lesson in `lang`; in English, else in any other, where it has no such file. Raises
        CourseError for a file that is missing or no text."""
        return self.read(lesson, lang)[0]

    def read(self, lesson: str, lang: str) -> tuple[Lesson, tuple[Problem, ...]]:
        """The lesson and what is wrong with it. Raises CourseError."""
        known = self._read.pop((lesson, lang), None)
        if known is None:
            path = _there(self.path(lesson, other) for other in (lang, FALLBACK, *LANGUAGES))
            # Imported here: opening a course to list its lessons parses no Markdown.
            from rnntutor.course.parse import parse_lesson

            known = parse_lesson(files.text(path), str(path), path.parent.name, lesson, self.words)
        self._read[lesson, lang] = known  # the last one asked for
        while len(self._read) > KEPT:
            del self._read[next(iter(self._read))]
        return known

    def fact(self, lesson: str, lang: str, find: Callable[[Lesson], Fact]) -> Fact:
        """What `find` finds in a lesson, kept where the lesson is not. find: a function of a
        module. Raises CourseError for a file that is missing or no text."""
        key = lesson, lang, find
        if key not in self._facts:
            self._facts[key] = find(self.lesson(lesson, lang))
        return self._facts[key]  # type: ignore[return-value]

    def exercise(self, name: str, lang: str) -> tuple[Exercise, tuple[Problem, ...]]:
        """The code exercise `name` in `lang` (in English, else in any other, where it has no such
        file), and what is wrong with it. Raises CourseError for an unknown one and for a file that
        is missing or no text."""
        if name not in self.builds:
            raise CourseError("course.error.no_build", name=name, known=", ".join(self.builds))
        path = _there(
            files.inside(self.dir / other / "build", f"{name}.md")
            for other in (lang, FALLBACK, *LANGUAGES)
        )
        from rnntutor.course.exercise import parse_exercise

        return parse_exercise(files.text(path), str(path), name, self.words)

    def exercises(self, lesson: str, lang: str) -> tuple[Exercise, ...]:
        """The code exercises whose equations the lesson teaches; those that cannot be read are left
        out."""
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
        """The terms in their order, and what is wrong with glossary.toml. Raises CourseError."""
        from rnntutor.course.glossary import read_glossary

        return read_glossary(self.dir / "glossary.toml", self.words)

    @cached_property
    def symbols(self) -> tuple[tuple[Symbol, ...], tuple[Problem, ...]]:
        """The symbols in their order, and what is wrong with symbols.toml. Raises CourseError."""
        from rnntutor.course.symbols import read_symbols

        return read_symbols(self.dir / "symbols.toml", self.words)

    @property
    def terms(self) -> tuple[GlossaryTerm, ...]:
        return self.glossary[0]

    def names(self, lang: str) -> Mapping[str, str]:
        """Term id -> headword in `lang`."""
        return {term.id: in_language(term.word, lang) for term in self.terms}

    def step_name(self, target: str, lesson: str, lang: str) -> str:
        """How a step is called in a link that stands in `lesson`: its title, with the number of
        its lesson if that is another one. target: "forget" or "cell.forget". What leads nowhere
        is called as it is written."""
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
        """Term id -> the quantity that it names, of those that name one."""
        return {term.id: term.role for term in self.terms if term.role}


def _there(paths: Iterable[Path]) -> Path:
    """The first of the files that is there, or the first of all."""
    first, *others = paths
    return next((path for path in (first, *others) if path.is_file()), first)


def _titles(lesson: Lesson) -> Mapping[str, str]:
    """Step id -> title."""
    return {step.id: shown(step.title) for step in lesson.steps}
