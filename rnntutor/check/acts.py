"""Rules for steps in acts: the given information is short, and each task has its own condition."""

from __future__ import annotations

from rnntutor.check.source import Source
from rnntutor.course.lesson import Step
from rnntutor.render.prose import Context, lay_out

WIDE, NARROW = 76, 56
"""Width of a row in cells, on a screen of 80 and of 60 columns."""
MOST = {WIDE: 2, NARROW: 3}
"""Most rows of the given information, by width."""


def check_acts(source: Source, context: Context) -> None:
    """Check the steps that are written in acts; older ones are ignored.

    Args:
        source: The lesson.
        context: How its prose is rendered.
    """
    for step in source.lesson.steps:
        _check_given(source, step, context)
        _tasks(source, step)


def _check_given(source: Source, step: Step, context: Context) -> None:
    for cells, most in MOST.items():
        rows = len(lay_out(step.given, cells, context))
        if rows > most:
            source.add_problem(
                step.given_line, "given_long", rows=rows, most=most, columns=cells + 4
            )
            return


def _tasks(source: Source, step: Step) -> None:
    """Check that there is one task for each condition; a goal without conditions is one task."""
    if step.sim is None or not (step.given or len(step.tasks) > 1):
        return
    wanted = 1 if step.sim.goal and not step.sim.do else len(step.sim.do)
    if len(step.tasks) != wanted:
        line = step.tasks_line or step.sim.line
        source.add_problem(line, "tasks_count", found=len(step.tasks), wanted=wanted)
