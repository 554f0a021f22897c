"""`rnntutor check`: print the problems of a course, one per line, and their number."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.text import Text

from rnntutor.check import check_course
from rnntutor.cli import claims
from rnntutor.words import Words

MOST_PROBLEMS = 200  # more would not be fixed at a time


def check(course: Path, words: Words, *, runs: bool) -> bool:
    """Print the problems of a course.

    Args:
        course: directory of the course.
        runs: whether to execute the training runs that the lessons mention and print their results.

    Returns:
        Whether there are errors; warnings do not count.
    """
    console = Console(markup=False, highlight=False, emoji=False, soft_wrap=True)
    problems = list(check_course(course, words))
    for problem in problems[:MOST_PROBLEMS]:
        colour = "yellow" if problem.warning else "red"
        location, text = f"{problem.path}:{problem.line}:", str(problem)
        console.print(Text.assemble((location, "bold"), (text.removeprefix(location), colour)))
    if len(problems) > MOST_PROBLEMS:
        more = len(problems) - MOST_PROBLEMS
        console.print(words("cli.check_more", n=more), style="yellow")
    warnings = sum(problem.warning for problem in problems)
    errors = len(problems) - warnings
    lessons = len(list(course.glob("*/*.md")))
    key = "cli.check_bad" if errors else "cli.check_warned" if warnings else "cli.check_good"
    values = {"errors": errors, "warnings": warnings, "lessons": lessons}
    console.print(words(key, **values), style="red" if errors else "green")
    if errors or not runs:
        return errors > 0

    return claims.show(course, words, console) > 0
