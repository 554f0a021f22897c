"""symbols.toml: what the letters of a course stand for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rnntutor.course import files
from rnntutor.course.blocks import Inline
from rnntutor.course.entries import by_language, tables_of
from rnntutor.course.inline import InlineParser
from rnntutor.course.markdown import dialect
from rnntutor.course.report import Problem, Report
from rnntutor.words import Words


@dataclass(frozen=True, slots=True)
class Symbol:
    """tex: how it is written. shape: of what it stands for, "" for a single number or none.
    meaning: per language. lessons: those that use it."""

    tex: str
    meaning: tuple[tuple[str, Inline], ...]
    lessons: tuple[str, ...]
    shape: str = ""
    line: int = 0


def read_symbols(path: Path, words: Words) -> tuple[tuple[Symbol, ...], tuple[Problem, ...]]:
    """The symbols in their order, and what is wrong with them. A course without such a file has
    none. Raises CourseError for a file that is no TOML."""
    if not path.is_file():
        return (), ()
    table, source = files.table(path)
    report = Report(str(path), words)
    symbols: list[Symbol] = []
    for line, entry in tables_of(table, source, "symbol", path):
        tex, lessons, shape = entry.get("tex"), entry.get("lessons"), entry.get("shape", "")
        meaning = by_language(entry)
        if not isinstance(tex, str) or not isinstance(lessons, tuple) or not meaning:
            report.add_problem(line, "symbol")
            continue
        parser = InlineParser(dialect(lesson=True), {}, report)
        told = tuple((lang, parser.inline(text, line)) for lang, text in meaning)
        symbols.append(Symbol(tex, told, tuple(map(str, lessons)), str(shape), line))
    return tuple(symbols), report.sorted()
