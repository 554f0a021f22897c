"""Parse symbols.toml: the meaning of the letters in a course."""

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
    """A symbol of the course.

    Attributes:
        tex: LaTeX source.
        meaning: Meaning in each language.
        lessons: Ids of the lessons that use it.
        shape: Shape of the quantity, "" for a scalar or something without a shape.
        line: Line of symbols.toml.
    """

    tex: str
    meaning: tuple[tuple[str, Inline], ...]
    lessons: tuple[str, ...]
    shape: str = ""
    line: int = 0


def read_symbols(path: Path, words: Words) -> tuple[tuple[Symbol, ...], tuple[Problem, ...]]:
    """Parse a symbols.toml; a missing file defines no symbols.

    Returns:
        The symbols in the order of the file, and the problems found in them.

    Raises:
        CourseError: The file is unreadable or not valid TOML.
    """
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
    return tuple(symbols), report.sorted_problems()
