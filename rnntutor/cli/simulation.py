"""`rnntutor sim`: list the simulations, and read one from the command line."""

from __future__ import annotations

from rnntutor import sims
from rnntutor.cli.arguments import Arguments
from rnntutor.course.sim_spec import SimSpec
from rnntutor.session import opening
from rnntutor.session.stage import open_stage
from rnntutor.words import Words


def list_all(words: Words) -> None:
    """Print the simulations, one per line."""
    for name in sims.names():
        key = f"lab.{name}"
        print(f"{name:14} {words(key) if key in words else ''}".rstrip())


def sim_spec(asked: Arguments, words: Words) -> SimSpec:
    """Return the simulation with the given settings.

    Raises:
        Failure: a setting or the position is invalid.
    """
    spec = opening.spec(asked.word, asked.settings, words.lang)
    opening.at(open_stage(spec), asked.start_point)
    return spec
