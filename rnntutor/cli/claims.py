"""`rnntutor check --runs`: execute the runs that lessons make claims about."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.text import Text

from rnntutor.check.runs import ClaimResult, execute, runs_of
from rnntutor.course.claims import ClaimedRun
from rnntutor.course.load import open_course
from rnntutor.words import Words

CLAIM = 34  # cells for a claim before its result


def show(directory: Path, words: Words, console: Console) -> int:
    """Execute every run of the course and print each claim with its result.

    A run that occurs in several languages is executed once.

    Returns:
        The number of claims that do not hold.
    """
    every = dict[tuple[object, ...], tuple[str, ClaimedRun]]()
    for path, run in claimed_runs(directory, words):
        every.setdefault((run.use, run.settings, run.updates, run.claims), (path, run))
    wrong = count = 0
    for number, (path, run) in enumerate(every.values(), 1):
        with console.status(words("cli.runs_at", n=number, of=len(every))):
            found = execute(run)
        console.print(Text(f"{path}:{run.line}: ", "bold") + Text(head(run)))
        for one in found:
            console.print(row(one, words))
            count += 1
            wrong += not one.holds
    key = "cli.runs_bad" if wrong else "cli.runs_good"
    text = words(key, wrong=wrong, claims=count, runs=len(every))
    console.print(text, style="red" if wrong else "green")
    return wrong


def claimed_runs(directory: Path, words: Words) -> Iterator[tuple[str, ClaimedRun]]:
    """Yield the runs of every lesson with its path; unreadable lessons are skipped."""
    course = open_course(directory, words)
    for entry in course.entries:
        for lang, _ in course.title:
            lesson, _problems = course.read(entry.id, lang)
            for run in runs_of(lesson):
                yield lesson.path, run


def head(run: ClaimedRun) -> str:
    """Return a run as written in the lesson, without its claims."""
    pairs = [f"{name}={_value(value)}" for name, value in run.settings]
    if run.updates != 0:
        pairs.append(f"updates={'end' if run.updates is None else run.updates}")
    return " ".join([run.use, *pairs])


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{','.join(_value(v) for v in value)}]"
    return f'"{value}"' if isinstance(value, str) and " " in value else str(value)


def row(found: ClaimResult, words: Words) -> Text:
    """Return the line of a claim: "✓ solved_gru < solved_lstm    372 < 1291, 376 < 976"."""
    sign, colour = ("✓", "green") if found.holds else ("✗", "red")
    if found.others:
        test = found.claim.test
        pairs = zip(found.values, found.others, strict=True)
        told = ", ".join(f"{_number(a, words)} {test} {_number(b, words)}" for a, b in pairs)
    else:
        told = ", ".join(_number(value, words) for value in found.values)
    return Text.assemble((f"  {sign} ", colour), f"{found.claim.text:<{CLAIM}} ", (told, "dim"))


def _number(value: float, words: Words) -> str:
    if math.isinf(value):
        return words("cli.runs_never")
    return f"{value:g}" if value == round(value) else f"{value:.4g}"
