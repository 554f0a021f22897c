"""Parse glossary.toml: the terms of a course."""

from __future__ import annotations

from pathlib import Path

from rnntutor.course import files
from rnntutor.course.entries import by_language, tables_of
from rnntutor.course.inline import InlineParser
from rnntutor.course.markdown import dialect
from rnntutor.course.report import Problem, Report
from rnntutor.course.term import GlossaryTerm
from rnntutor.spans import QUANTITIES
from rnntutor.words import FALLBACK, LANGUAGES, Words

_KEYS = frozenset({"id", "aliases", "definition", "step", "role", *LANGUAGES})


def read_glossary(path: Path, words: Words) -> tuple[tuple[GlossaryTerm, ...], tuple[Problem, ...]]:
    """Parse a glossary.toml; a missing file is an empty glossary.

    Returns:
        The terms in the order of the file, and the problems found in them.

    Raises:
        CourseError: The file is unreadable or not valid TOML.
    """
    if not path.is_file():
        return (), ()
    table, source = files.table(path)
    report = Report(str(path), words)
    terms: dict[str, GlossaryTerm] = {}
    for line, entry in tables_of(table, source, "term", path):
        name = entry.get("id")
        if not isinstance(name, str) or not name:
            report.add_problem(line, "term_id")
            continue
        if name in terms:
            report.add_problem(line, "term_twice", id=name, first=terms[name].line)
            continue
        terms[name] = _term(name, entry, line, report)
    return tuple(terms.values()), report.sorted_problems()


def _term(name: str, entry: dict[str, object], line: int, report: Report) -> GlossaryTerm:
    for key in entry:
        if key not in _KEYS:
            report.add_problem(line, "term_key", id=name, name=key)
    aliases = entry.get("aliases", {})
    role = entry.get("role", "")
    if role and role not in QUANTITIES:
        report.add_problem(line, "term_role", id=name, known=", ".join(sorted(QUANTITIES)))
        role = ""
    word, definition = by_language(entry), by_language(entry.get("definition", {}))
    others = {
        lang: tuple(str(v) for v in values)
        for lang, values in (aliases.items() if isinstance(aliases, dict) else ())
        if lang in LANGUAGES and isinstance(values, tuple)
    }
    if not word or not definition:
        report.add_problem(line, "term_words", id=name)
    parser = InlineParser(dialect(lesson=True), {}, report)
    return GlossaryTerm(
        id=name,
        word=word or ((FALLBACK, name),),
        aliases=tuple(others.items()),
        definition=tuple((lang, parser.inline(text, line)) for lang, text in definition),
        step=str(entry.get("step", "")),
        role=str(role),
        line=line,
    )
