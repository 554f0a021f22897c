"""The editor page of a code exercise: write, check, and read the result."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Awaitable, Callable

from rnntutor.build.check import Passed
from rnntutor.build.follow import PARTS
from rnntutor.build.own_race import OwnRace, partners
from rnntutor.build.stages import OwnStage
from rnntutor.course.blocks import Text
from rnntutor.course.exercise import Exercise
from rnntutor.course.load import plain_text
from rnntutor.failure import Failure
from rnntutor.pages.build import finding_rows
from rnntutor.render.primitives.wrap import wrap
from rnntutor.render.prose import lay_out_inline
from rnntutor.session import building
from rnntutor.session.own import spec_of
from rnntutor.spans import Row, Span
from rnntutor.study.log import LogError
from rnntutor.tui.keys import KeyCommand
from rnntutor.tui.messages import OpenLesson
from rnntutor.tui.screens.editing import EditingScreen
from rnntutor.tui.screens.own import OwnScreen


class BuildScreen(EditingScreen):
    """The editor of a code exercise, with its checks, its hints, and what a passed function drives.

    Attributes:
        hints: number of hints shown.
    """

    def __init__(self, exercise: Exercise) -> None:
        super().__init__(exercise)
        self.hints = 0
        self._attempts = building.Attempts(exercise.name)
        self._stop: threading.Event | None = None

    def headline(self) -> tuple[Row, Row]:
        title = Span(plain_text(self.exercise.title), strong=True)
        done = (Span("✓", "right"),) if self.passed else ()
        return (title, Span(f"   {self.exercise.signature}", "grey")), done

    @property
    def passed(self) -> bool:
        """Whether the exercise has been passed at least once."""
        return self.tutor.progress.builds.get(self.exercise.name, False)

    def own_commands(self) -> tuple[KeyCommand, ...]:
        hint = (KeyCommand("hint", ("ctrl+t",), "key.build-hint", hint="Ctrl+T"),)
        return (
            KeyCommand("check", ("ctrl+r",), "key.build-check", hint="Ctrl+R"),
            *self._driving(),
            *(hint if self.hints < len(self.exercise.hints) else ()),
            KeyCommand("out", ("escape",), "key.build-leave"),  # shown in the narrowest window too
            KeyCommand("editor", ("ctrl+o",), "key.build-editor", hint="Ctrl+O"),
            KeyCommand("step", ("ctrl+g",), "key.build-step", hint="Ctrl+G"),
            KeyCommand("save", ("ctrl+s",), "key.build-save", shown=False),
        )

    def _driving(self) -> tuple[KeyCommand, ...]:
        """Return the commands by which a passed function drives the stage or the race."""
        if not self.passed:
            return ()

        name = self.exercise.name
        stage = KeyCommand("stage", ("ctrl+p",), "key.build-stage", hint="Ctrl+P")
        race = KeyCommand("race", ("ctrl+l",), "key.build-race", hint="Ctrl+L")
        return (*((stage,) if name in PARTS else ()), *((race,) if partners(name) else ()))

    def commands(self) -> tuple[KeyCommand, ...]:
        """Return the screen's own commands; the letters of shared ones are text here."""
        return super().commands() if self.is_small or self.trouble else self.own_commands()

    # ---- commands -------------------------------------------------------------------------------

    def first_message(self) -> str:
        limits = "" if building.bounded() else f" {self.words('build.no_limits')}"
        return self.words("build.waiting") + limits

    def do_check(self, key: str) -> None:
        """Start a check of the code."""
        self._begin_check()

    def do_stage(self, key: str) -> None:
        """Check the function and let it drive the stage if it passes."""
        self._begin_check(self._to_stage)

    def do_race(self, key: str) -> None:
        """Check the function and train it against the engine if it passes."""
        self._begin_check(self._to_race)

    def _begin_check(self, then: Callable[[str], Awaitable[None]] | None = None) -> None:
        """Start a check in the background, replacing one that is still running.

        Args:
            then: called with the checked text if it passes.
        """
        self.keep()
        self._end_check()
        self._stop = threading.Event()
        self.say(self.words("build.checking"), "grey")
        self.run_worker(self._check(self.source, self._stop, then), exclusive=True)

    async def _check(
        self,
        source: str,
        stop: threading.Event,
        then: Callable[[str], Awaitable[None]] | None,
    ) -> None:
        finding, gradients = await asyncio.to_thread(
            building.look, self.exercise.name, source, stop
        )
        if stop.is_set():
            return
        data = self._attempts.entry(finding)
        with contextlib.suppress(LogError):  # reported on the status line
            # A pass unlocks the stage, and counts, like every answer, once it is on disk.
            await asyncio.wrap_future(self.tutor.record("build", **data))
        exercise, words = self.exercise, self.words
        of_file = self.take_file_problem()
        self.said = lambda cells: (
            *finding_rows(finding, exercise, "", words, cells, gradients),
            *wrap(of_file, cells),
        )
        self.paint()
        if then is not None and isinstance(finding, Passed):
            await then(source)

    async def _to_stage(self, source: str) -> None:
        """Open the stage driven by the passed function; its process is started in a thread."""
        own = OwnStage(self.exercise.name, source)
        await asyncio.to_thread(own.begin, dict(spec_of(own).settings))
        self.app.push_screen(OwnScreen(self.exercise, own))

    async def _to_race(self, source: str) -> None:
        """Open the race of the function's cell, if the other part of the cell passes too."""
        try:
            other = await asyncio.to_thread(
                building.partner, self.exercise.name, self.tutor.start.data_dir, self.tutor.progress
            )
        except Failure as error:
            self.say(error.sentence(self.words), "wrong")
            return
        own = OwnRace({self.exercise.name: source, **other})
        self.app.push_screen(OwnScreen(self.exercise, own))

    def _end_check(self) -> None:
        if self._stop is not None:
            self._stop.set()

    def do_hint(self, key: str) -> None:
        """Show the next hint instead of the last result."""
        if self.hints >= len(self.exercise.hints):
            return
        self.hints += 1
        label = self.words("build.hint", n=self.hints, of=len(self.exercise.hints))
        hint = (Text(label), *self.exercise.hints[self.hints - 1])
        self.said = lambda cells: lay_out_inline(hint, cells, self.course_view.context)
        self.paint()

    def do_step(self, key: str) -> None:
        """Open the step that teaches the equations."""
        if self.keep():
            lesson, _, page = self.exercise.step.partition(".")
            self.app.post_message(OpenLesson(lesson, page, over=True))

    def after_edit(self) -> None:
        self._begin_check()

    def halt(self) -> None:
        super().halt()
        self._end_check()
