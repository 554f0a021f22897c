"""The code exercises in plain mode: list, edit in an external editor, check, run."""

from __future__ import annotations

import subprocess

from rnntutor.build.check import Passed
from rnntutor.build.stages import OwnTrace
from rnntutor.course.exercise import Exercise
from rnntutor.course.load import plain_text
from rnntutor.failure import Failure, Refused
from rnntutor.pages.build import finding_rows, shape_rows
from rnntutor.pages.own import mark_rows, race_rows
from rnntutor.plain import commands, staging
from rnntutor.plain.lines import COLUMNS
from rnntutor.plain.tutor import PlainTutor
from rnntutor.render.prose import lay_out, lay_out_inline
from rnntutor.session import building, code_file
from rnntutor.session.own import OwnSimulation, open_own, spec_of
from rnntutor.session.stage import open_stage
from rnntutor.session.start import OwnRun
from rnntutor.spans import Rows

OWN = (
    commands.CHECK,
    commands.EDIT,
    commands.BUILD_HINT,
    commands.ON_STAGE,
    commands.RACE,
    commands.BACK,
    *commands.ANYWHERE,
)


def choose(tutor: PlainTutor, name: str) -> None:
    """Open the exercise `name`, or list all exercises if it is empty.

    Raises:
        Refused: there is no such exercise.
        Leaving: the learner leaves the exercise.
    """
    names = tutor.course.builds
    if not name:
        for one in names:
            mark = tutor.progress.builds.get(one)
            said = (
                "" if mark is None else tutor.words(f"build.{'passed' if mark else 'begun'}_mark")
            )
            title = plain_text(_exercise(tutor, one).title)
            tutor.lines.say(f"{one:14} {title}{f' ({said})' if said else ''}")
        how = "plain.build.how" if names else "build.none"
        tutor.lines.say(tutor.words(how, name=names[0] if names else ""), "grey")
        return
    if name not in names:
        raise Refused("course.error.no_build", name=name, known=", ".join(names))
    _Desk(tutor, name).read()


def _exercise(tutor: PlainTutor, name: str) -> Exercise:
    return tutor.course.exercise(name, tutor.words.lang)[0]


class _Desk:
    """A code exercise while the learner works on it."""

    def __init__(self, tutor: PlainTutor, name: str) -> None:
        self.tutor, self.exercise = tutor, _exercise(tutor, name)
        self.attempts, self.hints = building.Attempts(name), 0
        self.path, _ = code_file.begin(tutor.data_dir, self.exercise)

    def read(self) -> None:
        """Read lines until one leads back.

        Raises:
            Leaving: the learner leaves for another page.
        """
        self._show()
        while True:
            line = self.tutor.lines.read()
            name, rest = self.tutor.find(line, OWN)
            if name == "back":
                return
            try:
                if not self._do(line, name) and not self.tutor.common(name, rest, self._help()):
                    raise self.tutor.unknown(line)
                if name == "language":
                    self.exercise = _exercise(self.tutor, self.exercise.name)
                    self._show()
            except Failure as error:
                self.tutor.refuse(error)

    def _do(self, line: str, name: str) -> bool:
        if not line or name == "check":
            self._check()
        elif name == "edit":
            self._edit()
        elif name == "build-hint":
            self._hint()
        elif name in ("on-stage", "race"):
            self._run(race=name == "race")
        else:
            return False
        return True

    def _show(self) -> None:
        tutor, exercise = self.tutor, self.exercise
        tutor.lines.say()
        tutor.lines.say(plain_text(exercise.title), "head")
        self.tutor.lines.rows(lay_out(exercise.blocks, COLUMNS, tutor.context()))
        tutor.lines.say()
        tutor.lines.say(f"def {exercise.signature}")
        self.tutor.lines.rows(shape_rows(exercise, tutor.words, COLUMNS))
        tutor.lines.say(tutor.words("build.file", path=self.path))
        if not building.bounded():
            tutor.lines.say(tutor.words("build.no_limits"))
        tutor.lines.say(tutor.words("plain.foot.build"), "grey")

    def _check(self) -> str | None:
        """Check the file and return its text if it passed, else None."""
        tutor = self.tutor
        source = code_file.read(self.path)
        tutor.lines.say(tutor.words("build.checking"), "grey")
        finding, gradients = building.look(self.exercise.name, source)
        tutor.record(("build", self.attempts.entry(finding)))
        rows = finding_rows(finding, self.exercise, source, tutor.words, COLUMNS, gradients)
        tutor.lines.rows(rows)
        return source if isinstance(finding, Passed) else None

    def _edit(self) -> None:
        """Open the file in the learner's own editor, then check it."""
        command = building.editor()
        try:
            subprocess.run([*command, str(self.path)], check=False)
        except OSError as error:
            reason = error.strerror or str(error)
            raise Refused("build.editor_failed", editor=command[0], reason=reason) from error
        self._check()

    def _hint(self) -> None:
        hints = self.exercise.hints
        if self.hints >= len(hints):
            raise Refused("plain.build.no_hint")
        self.hints += 1
        label = self.tutor.words("build.hint", n=self.hints, of=len(hints))
        text = lay_out_inline(hints[self.hints - 1], COLUMNS, self.tutor.context())
        self.tutor.lines.say(label.rstrip())
        self.tutor.lines.rows(text)

    def _run(self, *, race: bool) -> None:
        """Check the function and, if it passes, run it on its stage or in the race."""
        tutor, name = self.tutor, self.exercise.name
        building.can_run(name, race=race)
        source = self._check()
        if source is None:
            return
        sources = {name: source}
        if race:
            sources |= building.partner(name, tutor.data_dir, tutor.progress)
        own: OwnSimulation = open_own(OwnRun(name, sources, race))
        try:
            stage = open_stage(spec_of(own, lang=tutor.words.lang), simulation=own.simulation)
            above: Rows = race_rows(tuple(own.sources), None, tutor.words, COLUMNS) if race else ()
            if isinstance(stage.trace, OwnTrace):
                above = mark_rows(stage.trace, tutor.words, COLUMNS)
            staging.explore(tutor, stage, above)
        finally:
            own.end()

    def _help(self) -> tuple[str, ...]:
        return self.tutor.help_of(OWN, self.tutor.words("plain.blank.build"))
