"""TOML blocks in lessons: typed access to a table; mistakes are problems with a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rnntutor.course import files
from rnntutor.course.blocks import Inline
from rnntutor.course.report import Report
from rnntutor.course.sim_spec import Condition, KnownMistake

TESTS = ("is", "at_least", "at_most", "between")


def parse(source: str, line: int, report: Report) -> dict[str, object] | None:
    """Parse the source of a block.

    Args:
        source: The TOML source.
        line: Line of the fence of the block.
        report: Collects problems.

    Returns:
        The table, or None and a problem if the source is not valid TOML.
    """
    try:
        return files.parse_toml(source)
    except ValueError as error:
        at = files.wrong_line(source, error)
        lines = source.splitlines()[:at]
        while lines and not lines[-1].strip():  # an unclosed value is noticed only after it
            lines.pop()
        at, text = len(lines) or at, lines[-1].strip() if lines else ""
        report.add_problem(line + at, "toml", text=text)
        return None


@dataclass(frozen=True)
class TomlBlock:
    """A ```sim or ```variant block while it is parsed.

    Attributes:
        source: The TOML source.
        line: Line of the fence.
        report: Collects problems.
        inline: Parses a sentence of the block as inline Markdown.
    """

    source: str
    line: int
    report: Report
    inline: Callable[[str, int], Inline]

    def line_of(self, key: str, nth: int = 0) -> int:
        """Return the file's line of the `nth` (from 0) occurrence of `key = …` or `[[key]]`.

        A key in an inline table may be anywhere in a line. Returns the line of the fence if the key
        is not found.
        """
        name = re.escape(key)
        for pattern in (
            rf"\s*(?:\[\[(?:\w+\.)?{name}\]\]|[\"']?{name}[\"']?\s*[=.])",
            rf".*[\s{{,.\"']{name}[\"']?\s*=",
        ):
            lines = enumerate(self.source.splitlines(), 1)
            if found := [n for n, text in lines if re.match(pattern, text)]:
                return self.line + found[min(nth, len(found) - 1)]
        return self.line

    def line_of_text(self, text: str, key: str) -> int:
        """Return the file's line that contains the text in quotes, else the line of `key`."""
        lines = enumerate(self.source.splitlines(), 1)
        quoted = (f"'{text}'", f'"{text}"')
        found = next((n for n, line in lines if any(q in line for q in quoted)), 0)
        return self.line + found if found else self.line_of(key)

    def wrong(self, key: str, want: str, nth: int = 0) -> None:
        """Report that the value of `key` is not a `want` (a key of course.want in words/)."""
        self.report.add_problem(
            self.line_of(key, nth),
            "toml_value",
            name=key,
            want=self.report.words(f"course.want.{want}", at=""),
        )

    def string(self, table: Mapping[str, object], key: str) -> str:
        """Return a string; a value of another type is a problem and gives ""."""
        value = table.get(key, "")
        if isinstance(value, str):
            return value
        self.wrong(key, "string")
        return ""

    def number(self, table: Mapping[str, object], key: str) -> float:
        """Return a number; a value of another type is a problem and gives 0."""
        value = table.get(key, 0.0)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
        self.wrong(key, "number")
        return 0.0

    def strings(self, table: Mapping[str, object], key: str) -> tuple[str, ...]:
        """Return a list of strings; a value of another type is a problem and gives ()."""
        value = table.get(key, ())
        if isinstance(value, tuple) and all(isinstance(v, str) for v in value):
            return tuple(str(v) for v in value)
        self.wrong(key, "strings")
        return ()

    def tables(self, table: Mapping[str, object], key: str) -> tuple[dict[str, object], ...]:
        """Return a list of tables; a value of another type is a problem and gives ()."""
        value = table.get(key, ())
        if isinstance(value, tuple) and all(isinstance(v, dict) for v in value):
            return tuple(v for v in value if isinstance(v, dict))
        self.wrong(key, "tables")
        return ()

    def sentence(self, table: Mapping[str, object], key: str) -> Inline:
        """Return the value of `key` parsed as inline Markdown, or () if there is none."""
        text = self.string(table, key)
        return self.inline(text, self.line_with(text, key)) if text else ()

    def line_with(self, text: str, key: str) -> int:
        """Return the file's line that contains the beginning of the text, else that of `key`."""
        lines = enumerate(self.source.splitlines(), self.line + 1)
        start = text[:20].replace("\\", "\\\\")
        return next((n for n, held in lines if start in held), self.line_of(key))

    def only(self, table: Mapping[str, object], known: tuple[str, ...], where: str) -> None:
        """Report every key that is not in `known`."""
        for key in table:
            if key not in known:
                self.report.add_problem(
                    self.line_of(key), "toml_key", name=key, where=where, known=", ".join(known)
                )

    def wrongs(self, table: Mapping[str, object]) -> tuple[KnownMistake, ...]:
        """Parse `[[wrong]]`: known mistakes, each with a `slip` or an `of`, and a `say`."""
        out = []
        for nth, entry in enumerate(self.tables(table, "wrong")):
            self.only(entry, ("slip", "of", "say"), "wrong")
            slip, of = self.string(entry, "slip"), self.string(entry, "of")
            if bool(slip) == bool(of):
                self.report.add_problem(
                    self.line_of("slip" if slip else "wrong", nth), "wrong_source"
                )
                continue
            say = self.sentence(entry, "say")
            if not say:
                self.report.add_problem(self.line_of("slip" if slip else "of"), "wrong_say")
            out.append(KnownMistake(say, slip, of))
        return tuple(out)

    def condition(self, table: Mapping[str, object], where: str) -> Condition | None:
        """Parse `{ of = "c[4][0]", at_least = 0.5 }`; a task may also have `after = true`."""
        of = self.string(table, "of")
        tests = [t for t in TESTS if t in table]
        known = ("of", *TESTS, "after") if where == "do" else ("of", *TESTS)
        self.only(table, known, where)
        if not of or len(tests) != 1:
            self.report.add_problem(self.line_of(where), "condition", where=where)
            return None
        value = table[tests[0]]
        numbers = isinstance(value, int | float) and not isinstance(value, bool)
        if tests[0] == "between":
            pair = value if isinstance(value, tuple) else ()
            if len(pair) != 2 or not all(isinstance(v, int | float) for v in pair):
                self.wrong("between", "pair")
                return None
            if pair[0] > pair[1]:
                self.wrong("between", "pair")
        elif tests[0] != "is" and not numbers:
            self.wrong(tests[0], "number")
            return None
        after = table.get("after", False)
        if not isinstance(after, bool):
            self.wrong("after", "flag")
            return None
        return Condition(of, tests[0], value, after)

    def conditions(self, table: Mapping[str, object], key: str) -> tuple[Condition, ...]:
        """Return the valid conditions of a list of tables; each invalid one is a problem."""
        found = (self.condition(t, key) for t in self.tables(table, key))
        return tuple(c for c in found if c is not None)
