"""A step of a lesson in its acts: reading the text, acting on the stage, the conclusion."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rnntutor.course.exercise import Exercise
from rnntutor.course.lesson import Step
from rnntutor.pages import acts as acts_rows
from rnntutor.pages import lesson as lesson_rows
from rnntutor.pages.acts import SHORT
from rnntutor.render.prose import Context, lay_out
from rnntutor.session import feedback
from rnntutor.session.acts import DO, TOLD
from rnntutor.session.pages import END, STEP
from rnntutor.spans import Rows
from rnntutor.tui.messages import OpenBuild
from rnntutor.tui.page_state import PROSE, STAGE
from rnntutor.tui.screen import LINE
from rnntutor.tui.screens.cover import CoverScreen


class StepScreen(CoverScreen):
    """A lesson screen with its steps; subclasses override `do_next`."""

    def do_next(self, key: str) -> None:
        """Open the next page."""
        raise NotImplementedError

    @property
    def reading(self) -> bool:
        page_state = self.page_state
        if page_state.stage is None or self.zoomed or self.wide or not page_state.reading:
            return False
        return not self._short

    @property
    def _short(self) -> bool:
        """Whether the text is short enough to be shown above its stage."""
        step = self.page.step
        return step is not None and len(self._text(step, self.size.width - 4)) <= SHORT

    @property
    def alone(self) -> bool:
        return self.page_state.stage is not None and not self._prose_shown

    def act_rows(self, cells: int) -> Rows:
        step, stage = self.page.step, self.page_state.stage
        if step is None or stage is None:
            return ()
        if self.zoomed:
            return super().act_rows(cells)
        text = self._text(step, cells) if self._short and not self.wide else ()
        invited = lesson_rows.invitation(self.exercises, self.words, cells)
        return acts_rows.act_rows(
            step,
            stage,
            self.act,
            self.words,
            cells,
            self.course_view.context,
            text,
            invited,
            again=self.page_state.again,
        )

    def _text(self, step: Step, cells: int) -> Rows:
        return self._prose(step, max(20, min(cells, LINE)), self.course_view.context)

    def _to_stage(self) -> None:
        """Move on from the text to the stage."""
        self.page_state.reading, self.page_state.focus = False, STAGE
        self._tell_act()
        self.show_page()

    def _tell_act(self) -> None:
        """Record the act, so that the learner later returns to it."""
        if self.listed:
            page = self.page
            self.tutor.record("act", lesson=page.lesson, page=page.id, act=self.act)

    def do_read_on(self, key: str) -> None:
        """Scroll the text by a screen; at its end, move on to the stage."""
        if self.rows("prose").more_below:
            self.do_page_down(key)
        elif self.page_state.stage is None:
            self.do_next(key)
        else:
            self._to_stage()

    def do_to_stage(self, key: str) -> None:
        """Go from the text to the stage."""
        self._to_stage()

    def do_read_again(self, key: str) -> None:
        """Return to the text; the stage keeps its state."""
        self.halt()
        self.tutor.say("")
        self.page_state.reading, self.page_state.focus = True, PROSE
        self._tell_act()
        self.show_page()

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """The code exercises offered by the page.

        A step offers its own once its conclusion is shown, the end page all of the lesson.
        """
        page = self.page
        if not self.listed or page.kind not in (STEP, END):
            return ()
        if page.kind == STEP and self.page_state.stage is not None and self.act != TOLD:
            return ()
        found = self.tutor.course.exercises(page.lesson, self.words.lang)
        own = f"{page.lesson}.{page.id}"
        return found if page.kind == END else tuple(e for e in found if e.step == own)

    @property
    def _told_elsewhere(self) -> bool:
        """Whether a conclusion was drawn from another run than the one on the stage."""
        stage = self.page_state.stage
        return (
            stage is not None
            and self.act == DO
            and bool(feedback.again_rows(stage, self.words, self.size.width))
        )

    def do_told_again(self, key: str) -> None:
        """Show that conclusion again instead of the tasks, or return to the tasks."""
        self.page_state.again = not self.page_state.again
        self.rearrange()

    def do_build(self, key: str) -> None:
        """Open the first exercise not yet passed, or else the first."""
        builds = self.tutor.progress.builds
        waiting = [e for e in self.exercises if not builds.get(e.name)] or list(self.exercises)
        self.halt()
        self.app.post_message(OpenBuild(waiting[0]))

    def _prose(self, step: Step, cells: int, context: Context) -> Rows:
        """Return the step's prose, laid out once per width and language."""
        return _laid_out(_Prose(step, cells, context))


@dataclass(frozen=True, eq=False, slots=True)
class _Prose:
    """The cache key of a step's laid-out prose; equal only for identical step and words objects."""

    step: Step
    cells: int
    context: Context

    @property
    def _key(self) -> tuple[int, int, int, int]:
        return id(self.step), self.cells, id(self.context.words), self.context.code_from

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Prose) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


@lru_cache(maxsize=2)  # the prose with its code wrapped, for measuring, and as shown
def _laid_out(prose: _Prose) -> Rows:
    return lay_out(prose.step.prose, prose.cells, prose.context)
