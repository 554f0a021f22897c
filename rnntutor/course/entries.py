"""Parse course.toml: the order, ids, titles and topics of a course."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from rnntutor.course import files
from rnntutor.course.errors import CourseError
from rnntutor.words import LANGUAGES

ByLanguage = tuple[tuple[str, str], ...]


# Named tuples: the home screen waits for them, and defining a dataclass takes eight times as long.
class Topic(NamedTuple):
    """A topic of questions, with its name in each language."""

    id: str
    name: ByLanguage


class LessonEntry(NamedTuple):
    """The entry of a lesson in course.toml.

    Attributes:
        id: Id of the lesson.
        title: Title in each language.
        file: File name ("02-rnn.md"), the same in both languages.
        question: The question that the lesson answers, in each language.
        minutes: Estimated duration in minutes.
        topics: Ids of the topics of the lesson.
        line: Line of course.toml on which the entry begins.
        beyond: Whether the lesson goes beyond the lecture (`beyond = true`).
    """

    id: str
    title: ByLanguage
    file: str
    question: ByLanguage = ()
    minutes: int = 25
    topics: tuple[str, ...] = ()
    line: int = 0
    beyond: bool = False


class ConfusablePair(NamedTuple):
    """Two things that are easily confused; a practice mode alternates between their questions.

    Attributes:
        id: Id of the pair.
        name: Name in each language.
        sides: For each of the two, the topics ("gru") and questions ("bptt.sigma") about it.
    """

    id: str
    name: ByLanguage
    sides: tuple[frozenset[str], frozenset[str]]

    def side(self, question: str) -> int | None:
        """Return which side a question belongs to, 0 or 1, or None if it belongs to neither."""
        topic = question.partition(".")[0]
        return next((n for n, s in enumerate(self.sides) if question in s or topic in s), None)


class Contents(NamedTuple):
    """The content of course.toml. Lessons are numbered by their position in it.

    Attributes:
        title: Title of the course in each language.
        entries: The lessons in order.
        topics: The topics in order.
        pairs: Pairs of easily confused things.
        builds: Names of the code exercises in order.
        start: Preparatory lesson before the first one (`[start]`), not among `entries`.
    """

    title: ByLanguage
    entries: tuple[LessonEntry, ...]
    topics: tuple[Topic, ...]
    pairs: tuple[ConfusablePair, ...] = ()
    builds: tuple[str, ...] = ()
    start: LessonEntry | None = None


def read_contents(path: Path) -> Contents:
    """Parse course.toml.

    Raises:
        CourseError: The file is unreadable, or an entry is wrong; the error names the entry.
    """
    table, source = files.table(path)
    course = table.get("course")
    title = by_language(course.get("title", {})) if isinstance(course, dict) else ()
    if not title:
        raise CourseError("course.error.title", path=path)
    lessons = tables_of(table, source, "lesson", path)
    if not lessons:
        raise CourseError("course.error.no_lessons", path=path)
    entries: list[LessonEntry] = []
    for n, (line, lesson) in enumerate(lessons, 1):
        entry = _entry(lesson, path, n, line)
        if entry.id in {e.id for e in entries}:
            raise CourseError("course.error.lesson_twice", path=path, id=entry.id)
        entries.append(entry)
    topics = enumerate(tables_of(table, source, "topic", path), 1)
    pairs = enumerate(tables_of(table, source, "pair", path), 1)
    start = _start(table, source, path)
    if start is not None and start.id in {e.id for e in entries}:
        raise CourseError("course.error.lesson_twice", path=path, id=start.id)
    return Contents(
        title,
        tuple(entries),
        tuple(_topic(topic, path, n) for n, (_, topic) in topics),
        tuple(_pair(pair, path, n) for n, (_, pair) in pairs),
        _builds(course, path),
        start,
    )


def _start(table: dict[str, object], source: str, path: Path) -> LessonEntry | None:
    """Parse the `[start]` table, which has the form of a lesson entry.

    Raises:
        CourseError: The entry is wrong.
    """
    found = table.get("start")
    if found is None:
        return None
    lines = [n for n, text in enumerate(source.split("\n"), 1) if text.strip() == "[start]"]
    if not isinstance(found, dict):
        raise CourseError("course.error.entry", path=path, number=0)
    return _entry(found, path, 0, lines[0] if lines else 1)


def tables_of(
    table: dict[str, object], source: str, key: str, path: Path
) -> tuple[tuple[int, dict[str, object]], ...]:
    """Return the `[[key]]` tables, each with the line of the source on which it begins.

    The line is 1 for tables that are written in another way.

    Raises:
        CourseError: `key` is not an array of tables.
    """
    found = table.get(key, ())
    if not isinstance(found, tuple) or not all(isinstance(f, dict) for f in found):
        raise CourseError("course.error.tables", path=path, name=key)
    begins = re.compile(rf"\s*\[\[{key}\]\]")
    lines = [n for n, text in enumerate(source.split("\n"), 1) if begins.match(text)]
    lines += [1] * (len(found) - len(lines))
    return tuple(zip(lines, found, strict=False))


def by_language(value: object) -> ByLanguage:
    """Return `{ko = "…", en = "…"}` as pairs in the order of LANGUAGES, without other values."""
    if not isinstance(value, dict):
        return ()
    return tuple((lang, str(value[lang])) for lang in LANGUAGES if isinstance(value.get(lang), str))


def _builds(course: object, path: Path) -> tuple[str, ...]:
    """Return the names of the code exercises in `[course] build`.

    Raises:
        CourseError: The value is not a list of identifiers.
    """
    found = course.get("build", ()) if isinstance(course, dict) else ()
    if isinstance(found, tuple) and all(isinstance(n, str) and n.isidentifier() for n in found):
        return tuple(dict.fromkeys(found))
    raise CourseError("course.error.build", path=path)


def _entry(lesson: dict[str, object], path: Path, number: int, line: int) -> LessonEntry:
    name, file, title = lesson.get("id"), lesson.get("file"), by_language(lesson.get("title"))
    minutes, topics = lesson.get("minutes", 25), lesson.get("topics", ())
    if not isinstance(name, str) or not isinstance(file, str) or not title or not name:
        raise CourseError("course.error.entry", path=path, number=number)
    if not isinstance(minutes, int) or not isinstance(topics, tuple):
        raise CourseError("course.error.entry", path=path, number=number)
    return LessonEntry(
        id=name,
        title=title,
        file=file,
        question=by_language(lesson.get("question")),
        minutes=minutes,
        topics=tuple(str(t) for t in topics),
        line=line,
        beyond=lesson.get("beyond") is True,
    )


def _topic(topic: dict[str, object], path: Path, number: int) -> Topic:
    name, words = topic.get("id"), by_language(topic)
    if not isinstance(name, str) or not words:
        raise CourseError("course.error.topic", path=path, number=number)
    return Topic(name, words)


def _pair(pair: dict[str, object], path: Path, number: int) -> ConfusablePair:
    name, words, sides = pair.get("id"), by_language(pair), pair.get("sides")
    if isinstance(name, str) and words and isinstance(sides, tuple) and len(sides) == 2:
        found = [s for s in sides if isinstance(s, tuple) and all(isinstance(x, str) for x in s)]
        if len(found) == 2:
            return ConfusablePair(name, words, (frozenset(found[0]), frozenset(found[1])))
    raise CourseError("course.error.pair", path=path, number=number)
