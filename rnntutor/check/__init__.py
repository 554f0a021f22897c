"""The linter for authors: finds mistakes in a course and describes how to correct them."""

from __future__ import annotations

from pathlib import Path

from rnntutor.check.acts import check_acts
from rnntutor.check.builds import check_builds
from rnntutor.check.parity import check_parity
from rnntutor.check.prose import check_prose, full_step
from rnntutor.check.questions import check_questions
from rnntutor.check.runs import check_runs
from rnntutor.check.sims import check_sims
from rnntutor.check.source import Findings, Source
from rnntutor.check.terms import check_terms
from rnntutor.check.variants import check_variants
from rnntutor.course import files
from rnntutor.course.errors import CourseError
from rnntutor.course.load import Course, in_language, open_course
from rnntutor.course.questions import kind_of
from rnntutor.course.report import Problem
from rnntutor.course.term import GlossaryTerm
from rnntutor.deadline import OutOfTimeError, deadline
from rnntutor.maths.inline import MathsError, inline_spans
from rnntutor.render.prose import Context
from rnntutor.words import LANGUAGES, Words, load

SECONDS, COMPUTING = 90.0, 80.0
"""Limits of a check in seconds: of elapsed time, and of computing time.

On a busy machine the check continues until it has used the second one. The course that comes with
the program takes 13 of computing, on a slow machine 26.
"""


def check_course(directory: Path, words: Words, seconds: float = SECONDS) -> tuple[Problem, ...]:
    """Check the course in `directory`. Mistakes of the author never raise an exception.

    Args:
        directory: Directory of the course.
        words: Words in the language of the problems.
        seconds: Time limit. When it is exceeded the check stops with a problem that reports this.

    Returns:
        The problems, sorted by file and line.
    """
    findings = Findings(words)
    try:
        with deadline(seconds, min(seconds, COMPUTING)):
            _check(directory, words, findings)
    except OutOfTimeError:
        findings.add_problem(str(directory / "course.toml"), 1, "budget", seconds=f"{seconds:g}")
    return tuple(sorted(findings.problems, key=lambda p: (p.path, p.line)))


def _check(directory: Path, words: Words, findings: Findings) -> None:
    try:
        course = open_course(directory, words)
    except CourseError as error:
        findings.because_of(str(directory / "course.toml"), error)
        return
    languages = _languages(course)
    sources = {lang: _sources(course, lang, findings) for lang in languages}
    steps = {
        full_step(lesson, step.id)
        for found in sources.values()
        for lesson, source in found.items()
        for step in source.lesson.steps
    }
    glossary = _glossary(course, languages, steps, findings)
    terms = frozenset(term.id for term in glossary)
    _contents(course, languages, findings)
    check_builds(course, languages, steps, findings)
    _symbols(course, languages, findings)
    for lang in languages:
        # The preparatory lesson is excluded: it explains the terms it uses in its own words.
        lessons = {e.id: sources[lang][e.id] for e in course.entries if e.id in sources[lang]}
        check_terms(lessons, glossary, lang)
        asked: dict[str, str] = {}
        names = {term.id: in_language(term.word, lang) for term in glossary}
        context = Context(load(lang), names)
        for lesson, source in sources[lang].items():
            _ids(source, asked)
            check_prose(source, terms, steps, context)
            check_questions(source, [topic.id for topic in course.topics])
            check_acts(source, context)
            check_sims(source)
            check_runs(source)
            original = sources[languages[0]].get(lesson)
            if original is not None and original is not source:
                check_parity(original, source)
            if original is source or original is None or not _same_variants(original, source):
                check_variants(source)


def _languages(course: Course) -> tuple[str, ...]:
    """Return the languages in the title of the course, and those with a directory."""
    titled = dict(course.title)
    return tuple(lang for lang in LANGUAGES if lang in titled or (course.dir / lang).is_dir())


def _sources(course: Course, lang: str, findings: Findings) -> dict[str, Source]:
    """Parse the lessons of one language and collect the problems of the parser."""
    found: dict[str, Source] = {}
    for entry in course.every:
        try:
            path = course.path(entry.id, lang)
        except CourseError as error:
            findings.because_of(str(course.dir / "course.toml"), error, entry.line)
            continue
        try:
            text = files.text(path)
            lesson, problems = course.read(entry.id, lang)
        except CourseError as error:
            findings.because_of(str(path), error)
            continue
        findings.problems.update(dict.fromkeys(problems))
        found[entry.id] = Source(lesson, tuple(text.split("\n")), findings)
    return found


def _contents(course: Course, languages: tuple[str, ...], findings: Findings) -> None:
    """Check course.toml: every text in every language, known topics, no file left out."""
    path = str(course.dir / "course.toml")
    topics = {topic.id for topic in course.topics}
    for entry in course.every:
        for lang in languages:
            if lang not in dict(entry.title) or lang not in dict(entry.question):
                findings.add_problem(path, entry.line, "entry_language", id=entry.id, lang=lang)
        for topic in entry.topics:
            if topic not in topics:
                known = ", ".join(sorted(topics))
                findings.add_problem(path, entry.line, "topic", topic=topic, choices=known)
    named = {entry.file for entry in course.every}
    for lang in languages:
        for file in sorted((course.dir / lang).glob("*.md")):
            if file.name not in named:
                findings.add_problem(str(file), 1, "file", name=file.name)


def _glossary(
    course: Course, languages: tuple[str, ...], steps: set[str], findings: Findings
) -> tuple[GlossaryTerm, ...]:
    """Check the glossary and return its terms."""
    path = course.dir / "glossary.toml"
    try:
        terms, problems = course.glossary
    except CourseError as error:
        findings.because_of(str(path), error)
        return ()
    findings.problems.update(dict.fromkeys(problems))
    for term in terms:
        for lang in languages:
            if lang not in dict(term.word) or lang not in dict(term.definition):
                findings.add_problem(str(path), term.line, "term_language", id=term.id, lang=lang)
        if term.step and term.step not in steps:
            findings.add_problem(str(path), term.line, "step", id=term.step)
    return terms


def _symbols(course: Course, languages: tuple[str, ...], findings: Findings) -> None:
    """Check that every symbol renders, has a meaning in every language and names known lessons."""
    path = str(course.dir / "symbols.toml")
    try:
        symbols, problems = course.symbols
    except CourseError as error:
        findings.because_of(path, error)
        return
    findings.problems.update(dict.fromkeys(problems))
    known = {entry.id for entry in course.every}
    for symbol in symbols:
        for lang in languages:
            if lang not in dict(symbol.meaning):
                findings.add_problem(path, symbol.line, "term_language", id=symbol.tex, lang=lang)
        for lesson in symbol.lessons:
            if lesson not in known:
                findings.add_problem(path, symbol.line, "step", id=lesson)
        for tex in (symbol.tex, symbol.shape):
            try:
                inline_spans(tex)
            except MathsError as error:
                findings.add_problem(path, symbol.line, "formula", formula=tex, why=str(error))


def _ids(source: Source, asked: dict[str, str]) -> None:
    """Check that question ids are unique: they identify the questions in the learner's history."""
    for question in source.lesson.questions:
        there = asked.setdefault(question.id, source.path)
        if there != source.path:
            source.add_problem(question.line, "id", id=question.id, path=there)


def _same_variants(original: Source, other: Source) -> bool:
    """Return whether the variants of both have the same numbers, so that one check suffices."""

    def numbers(source: Source) -> list[object]:
        return [
            (q.id, kind_of(q).same_in_translation(q.body))
            for q in source.lesson.questions
            if kind_of(q).drawn
        ]

    return numbers(original) == numbers(other)
