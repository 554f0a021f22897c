"""`rnntutor build NAME --stage` and `--race`: run the learner's own code once it passes."""

from __future__ import annotations

from rnntutor.build.own_race import OwnRace
from rnntutor.build.stages import OwnTrace
from rnntutor.cli.arguments import Arguments
from rnntutor.cli.building import Desk, cells, one_of, print_rows
from rnntutor.course.load import open_course
from rnntutor.failure import Refused
from rnntutor.pages.own import mark_rows, race_rows
from rnntutor.plain.picture import print_stage
from rnntutor.session import building, code_file, opening
from rnntutor.session.own import OwnSimulation, open_own, spec_of
from rnntutor.session.stage import Stage, open_stage
from rnntutor.session.start import OwnRun
from rnntutor.study import cache
from rnntutor.words import Words


def passing(asked: Arguments, words: Words) -> OwnRun | None:
    """Check the learner's code and return the run if it passes.

    Returns:
        None if it does not pass, after the result has been printed.

    Raises:
        Refused: the options are contradictory or incomplete.
        CourseError: the course or the exercise cannot be read.
        Failure: a file cannot be read, or a setting or the position is invalid.
    """
    one_of(asked)
    if not asked.word:
        raise Refused("build.needs_name")
    course = open_course(asked.course_dir, words)
    exercise, _ = course.exercise(asked.word, words.lang)
    race = asked.has("race")
    building.can_run(exercise.name, race=race)
    data_dir = asked.data_dir
    path = asked.path("file") or code_file.path_of(data_dir, exercise.name)
    desk = Desk(exercise, path, data_dir, words)
    source = code_file.read(desk.path)
    if not desk.check(quiet=True):
        return None
    sources = {exercise.name: source}
    if race:
        sources |= building.partner(exercise.name, data_dir, cache.load_or_empty(data_dir))
    own = OwnRun(exercise.name, sources, race, asked.settings)
    opening.at(_open(own, words)[1], asked.start_point)  # raises for invalid settings or positions
    return own


def _open(own: OwnRun, words: Words) -> tuple[OwnSimulation, Stage]:
    runs = open_own(own)
    try:
        spec = spec_of(runs, own.settings, words.lang)
        return runs, open_stage(spec, simulation=runs.simulation)
    finally:
        runs.end()


def print_own(own: OwnRun, asked: Arguments, words: Words) -> None:
    """Print the run as text."""
    runs, stage = _open(own, words)
    stage = opening.to_print(stage, asked.start_point)
    runs.end()
    if isinstance(runs, OwnRace):
        print_rows(race_rows(tuple(runs.sources), runs.trouble, words, cells()))
    elif isinstance(stage.trace, OwnTrace):
        print_rows(mark_rows(stage.trace, words, cells()))
    print_stage(stage, words, one=bool(asked.start_point.view))
