"""The NumPy that runs on a stage, as text."""

from __future__ import annotations

import inspect

from rnntutor.plain.leaving import Refused
from rnntutor.plain.lines import Lines
from rnntutor.session.stage import Stage
from rnntutor.words import Words


def show(stage: Stage, lines: Lines, words: Words) -> None:
    """The functions that compute the present phase, the innermost first. Raises Refused where
    there are none."""
    phase = stage.phases[stage.at.phase - 1] if stage.at.phase else stage.phases[0]
    functions = stage.simulation.source(stage.settings, phase)
    if not functions:
        raise Refused("plain.no_source")
    lines.say()
    lines.say(f"{words('source.title')}: {words(f'phase.{phase}')}", "head")
    for function in functions:
        file = inspect.getsourcefile(function) or ""
        _, first = inspect.getsourcelines(function)
        lines.say()
        lines.say(f"rnntutor{file.rpartition('rnntutor')[2]}:{first}", "grey")
        lines.block(inspect.getsource(function).rstrip())
