"""`rnntutor sim` without a screen: print a simulation, or write it as a picture."""

from __future__ import annotations

from collections.abc import Iterator

from rnntutor.cli.arguments import Arguments
from rnntutor.cli.files import new_file, refusal
from rnntutor.course.sim_spec import SimSpec
from rnntutor.pages.svg import write_svg
from rnntutor.plain.picture import print_stage
from rnntutor.session import opening
from rnntutor.session.stage import Stage, open_stage
from rnntutor.words import Words


def print_simulation(spec: SimSpec, asked: Arguments, words: Words) -> Iterator[str]:
    """Print the simulation or write it to a file, and yield notices about it.

    Raises:
        Refused: the file cannot be written.
    """
    stage = opening.to_print(open_stage(spec), asked.start_point)
    _write(stage, asked, words)
    wanted = asked.start_point.updates
    made = wanted if stage.training is None else stage.training.updates
    if made < wanted:
        yield words("cli.ended", n=made, wanted=wanted)


def _write(stage: Stage, asked: Arguments, words: Words) -> None:
    if not asked.has("svg"):
        print_stage(stage, words, one=bool(asked.start_point.view))
        return

    path = new_file(asked.text("svg"))
    try:
        write_svg(path, stage, words)
    except OSError as error:
        raise refusal(error, path) from None
