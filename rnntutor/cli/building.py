"""`rnntutor build`: list, show, check or watch the code exercises."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from time import sleep

from rnntutor.build.check import Passed
from rnntutor.cli.arguments import Arguments
from rnntutor.course.exercise import Exercise
from rnntutor.course.load import Course, open_course, plain_text
from rnntutor.failure import Refused
from rnntutor.pages.build import finding_rows, shape_rows
from rnntutor.render.prose import Context, lay_out
from rnntutor.session import building, code_file
from rnntutor.spans import Rows, plain
from rnntutor.study import cache, directory
from rnntutor.study.log import Log, LogError, new_session
from rnntutor.words import Words

LOOK = 0.3  # seconds between two checks of whether the watched file has changed


def run(asked: Arguments, words: Words) -> bool:
    """List, show, check or watch exercises.

    Returns:
        False if a check (without watching) was not passed.

    Raises:
        Refused: the options are contradictory or incomplete.
        CourseError: the course or the exercise cannot be read.
        Failure: a file cannot be read or written.
    """
    one_of(asked)
    course = open_course(asked.course_dir, words)
    data_dir = asked.data_dir
    if not asked.word:
        if asked.has("check") or asked.has("watch"):
            raise Refused("build.needs_name")
        _list(course, data_dir, words)
        return True
    exercise, _ = course.exercise(asked.word, words.lang)
    own = asked.path("file")
    if own is not None:
        path, made = own, False
    else:
        directory.prepare(data_dir)
        path, made = code_file.begin(data_dir, exercise)
    desk = Desk(exercise, path, data_dir, words)
    if asked.has("watch"):
        desk.watch()
        return True
    if asked.has("check"):
        return desk.check()
    _show(course, exercise, words)
    print()
    print(words("build.made" if made else "build.file", path=path))
    print(words("build.how", name=exercise.name))
    if not building.bounded():
        print(words("build.no_limits"))
    return True


def one_of(asked: Arguments) -> None:
    """Check that at most one action is requested.

    Raises:
        Refused: several actions are requested.
    """
    if sum(asked.has(name) for name in ("check", "watch", "stage", "race")) > 1:
        raise Refused("build.check_or_watch")


def cells() -> int:
    """Return the width of the output in cells, limited to 40…100."""
    return max(40, min(shutil.get_terminal_size().columns, 100))


def print_rows(rows: Rows) -> None:
    """Print rows without their colours."""
    for row in rows:
        print(plain(row).rstrip())


def _list(course: Course, data_dir: Path, words: Words) -> None:
    if not course.builds:
        print(words("build.none"))
        return
    builds = cache.load_or_empty(data_dir).builds
    for name in course.builds:
        exercise, _ = course.exercise(name, words.lang)
        mark = ""
        if name in builds:
            mark = words("build.passed_mark" if builds[name] else "build.begun_mark")
        print(f"{name:14} {plain_text(exercise.title)}{f'  ({mark})' if mark else ''}")


def _show(course: Course, exercise: Exercise, words: Words) -> None:
    width = cells()
    context = Context(words, course.names(words.lang), course.roles)
    print(plain_text(exercise.title))
    print()
    print_rows(lay_out(exercise.blocks, width, context))
    print()
    print(f"def {exercise.signature}")
    print_rows(shape_rows(exercise, words, width))
    print(words("build.taught", step=course.step_name(exercise.step, "", words.lang)))


class Desk:
    """Checks the file of a code exercise."""

    def __init__(self, exercise: Exercise, path: Path, data_dir: Path, words: Words) -> None:
        self.exercise = exercise
        self.path = path
        self.words = words
        self.log = Log(data_dir, new_session())
        self.attempts = building.Attempts(exercise.name)

    def check(self, *, quiet: bool = False) -> bool:
        """Check the file and print the result.

        Args:
            quiet: whether to print nothing if it passes.

        Returns:
            Whether it passed.

        Raises:
            FileError: the file cannot be read.
        """
        source = code_file.read(self.path)
        finding, gradients = building.look(self.exercise.name, source)
        with suppress(LogError):  # the result is printed anyway
            self.log.append("build", **self.attempts.entry(finding))
        passed = isinstance(finding, Passed)
        if not (quiet and passed):
            print_rows(finding_rows(finding, self.exercise, source, self.words, cells(), gradients))
            sys.stdout.flush()
        return passed

    def watch(self) -> None:
        """Check now and after every save, until interrupted."""
        print(self.words("build.watching", path=self.path), flush=True)
        seen: tuple[int, ...] = ()
        try:
            while True:
                now = self._state()
                if now and now != seen:
                    seen = now
                    try:
                        self.check()
                    except code_file.FileError as error:
                        print(error.sentence(self.words), flush=True)
                    print(flush=True)
                sleep(LOOK)
        except KeyboardInterrupt:
            print()

    def _state(self) -> tuple[int, ...]:
        """Return a value that changes with every save; () while an editor is replacing the file."""
        try:
            found = os.stat(self.path)  # noqa: PTH116, one call
        except OSError:
            return ()
        return found.st_mtime_ns, found.st_size, found.st_ino
