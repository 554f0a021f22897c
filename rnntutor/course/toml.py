"""TOML inside a lesson: a table with typed access, whose mistakes are problems with a line."""

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
    """The block's table; None (and a problem) if it is no TOML. line: of the block's fence."""
    try:
        return files.parsed(source)
    except ValueError as error:
        at = files.wrong_line(source, error)
        lines = source.splitlines()[:at]
        while lines and not lines[-1].strip():  # what is not closed is noticed behind it
            lines.pop()
        at, text = len(lines) or at, lines[-1].strip() if lines else ""
        report.add_problem(line + at, "toml", text=text)
        return None


@dataclass(frozen=True)
class TomlBlock:
    """One ```sim or ```variant block while it is read.

    line: of its fence. inline: reads a sentence of it as Markdown.
    """

    source: str
    line: int
    report: Report
    inline: Callable[[str, int], Inline]

    def line_of(self, key: str, nth: int = 0) -> int:
        """The file's line on which `key` is set, or `[[key]]` begins, for the nth time; inside an
        inline table it may stand anywhere in a line. The fence's line if it is not found."""
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
        """The file's line that holds the text in quotes; that of the key if it is written in
        another way."""
        lines = enumerate(self.source.splitlines(), 1)
        quoted = (f"'{text}'", f'"{text}"')
        found = next((n for n, line in lines if any(q in line for q in quoted)), 0)
        return self.line + found if found else self.line_of(key)

    def wrong(self, key: str, want: str, nth: int = 0) -> None:
        """Problem: the value of `key` should be `want` (a key of course.want)."""
        self.report.add_problem(
            self.line_of(key, nth),
            "toml_value",
            name=key,
            want=self.report.words(f"course.want.{want}", at=""),
        )

    def string(self, table: Mapping[str, object], key: str) -> str:
        value = table.get(key, "")
        if isinstance(value, str):
            return value
        self.wrong(key, "string")
        return ""

    def number(self, table: Mapping[str, object], key: str) -> float:
        value = table.get(key, 0.0)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
        self.wrong(key, "number")
        return 0.0

    def strings(self, table: Mapping[str, object], key: str) -> tuple[str, ...]:
        value = table.get(key, ())
        if isinstance(value, tuple) and all(isinstance(v, str) for v in value):
            return tuple(str(v) for v in value)
        self.wrong(key, "strings")
        return ()

    def tables(self, table: Mapping[str, object], key: str) -> tuple[dict[str, object], ...]:
        value = table.get(key, ())
        if isinstance(value, tuple) and all(isinstance(v, dict) for v in value):
            return tuple(v for v in value if isinstance(v, dict))
        self.wrong(key, "tables")
        return ()

    def sentence(self, table: Mapping[str, object], key: str) -> Inline:
        """The sentence at `key`, as inline Markdown; () if there is none."""
        text = self.string(table, key)
        return self.inline(text, self.line_with(text, key)) if text else ()

    def line_with(self, text: str, key: str) -> int:
        """The file's line that holds the beginning of a text, or else sets `key`."""
        lines = enumerate(self.source.splitlines(), self.line + 1)
        start = text[:20].replace("\\", "\\\\")
        return next((n for n, held in lines if start in held), self.line_of(key))

    def only(self, table: Mapping[str, object], known: tuple[str, ...], where: str) -> None:
        """Problem for every key that means nothing there."""
        for key in table:
            if key not in known:
                self.report.add_problem(
                    self.line_of(key), "toml_key", name=key, where=where, known=", ".join(known)
                )

    def wrongs(self, table: Mapping[str, object]) -> tuple[KnownMistake, ...]:
        """`[[wrong]]`: each with a slip or an `of`, and what to say."""
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
        """`{ of = "c[4][0]", at_least = 0.5 }`; of a task perhaps with `after = true`."""
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
        found = (self.condition(t, key) for t in self.tables(table, key))
        return tuple(c for c in found if c is not None)
