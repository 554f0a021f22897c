"""The list of code exercises."""

from __future__ import annotations

from rnntutor.course.errors import CourseError
from rnntutor.course.exercise import Exercise
from rnntutor.course.load import plain_text
from rnntutor.render.primitives.wrap import wrap
from rnntutor.spans import Row, Rows, Span, pad
from rnntutor.tui.messages import OpenBuild
from rnntutor.tui.screens.menu import MenuScreen


class BuildsScreen(MenuScreen):
    """The exercises by name, each with its title and whether it has been passed."""

    def headline(self) -> tuple[Row, Row]:
        builds, names = self.tutor.progress.builds, self.tutor.course.builds
        passed = sum(builds.get(name, False) for name in names)
        said = self.words("build.done", passed=passed, of=len(names))
        return (Span(self.words("build.title"), strong=True),), (Span(said, "grey"),)

    @property
    def count(self) -> int:
        return len(self.tutor.course.builds)

    def listing(self, cells: int) -> tuple[Rows, int]:
        about = self.words("build.about" if self.count else "build.none")
        above = ((), *wrap((Span(about, "grey"),), cells), ())
        return self.entries(cells, self.tutor.course.builds, self._entry, above)

    def _entry(self, name: str, here: bool) -> tuple[Row, list[Span]]:
        exercise, passed = self._exercise(name), self.tutor.progress.builds.get(name)
        said = [Span(plain_text(exercise.title), "grey")] if exercise is not None else []
        if passed is not None:
            key = "build.passed_mark" if passed else "build.begun_mark"
            said.append(Span(f" · {self.words(key)}", "right" if passed else "accent"))
        return (Span(pad(name, 15), strong=here),), said

    def _exercise(self, name: str) -> Exercise | None:
        try:
            return self.tutor.course.exercise(name, self.words.lang)[0]
        except CourseError:
            return None

    def choose(self) -> None:
        if not self.count:
            return
        exercise = self._exercise(self.tutor.course.builds[self.cursor])
        if exercise is not None:
            self.app.post_message(OpenBuild(exercise))
