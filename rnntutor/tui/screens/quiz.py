"""A quiz: questions one after another, then the result."""

from __future__ import annotations

from time import monotonic, time_ns

from rnntutor.course.blocks import Link
from rnntutor.course.lesson import Step
from rnntutor.failure import Failure
from rnntutor.pages import acts as acts_rows
from rnntutor.pages import cover
from rnntutor.pages import question as question_rows
from rnntutor.pages import quiz as quiz_rows
from rnntutor.session import acts, composing, notes, quiz_page, same_idea
from rnntutor.session import quiz as quizzes
from rnntutor.session import stage as stages
from rnntutor.session.fresh import question_of
from rnntutor.session.links import sim_links
from rnntutor.session.question import DONE
from rnntutor.session.quiz import Item, Quiz
from rnntutor.session.stage import Stage
from rnntutor.session.start import QuizRequest
from rnntutor.spans import Row, Rows, Span
from rnntutor.study.log import local_now
from rnntutor.study.progress import PageKey
from rnntutor.tui import commands, stage_commands
from rnntutor.tui.keys import KeyCommand, digits
from rnntutor.tui.messages import CloseScreen, OpenLesson
from rnntutor.tui.page_state import STAGE, ScreenPageState
from rnntutor.tui.screens.page import PageScreen


class QuizScreen(PageScreen):
    """A quiz.

    Args:
        wanted: the request from which the quiz is made.
        quiz: ready-made questions, for a second round.
    """

    def __init__(self, wanted: QuizRequest, quiz: Quiz | None = None) -> None:
        super().__init__()
        self.wanted = wanted
        self.quiz = quiz if quiz is not None else Quiz(())
        self._number = 0  # number of the page, counted over all rounds
        self._begun = monotonic()
        self._left = 0  # number of questions left when time ran out

    def after_open(self) -> None:
        if not self.quiz.items:
            course, progress = self.tutor.course, self.tutor.progress
            self.quiz = composing.build_quiz(
                course, self.words.lang, self.wanted, progress, time_ns()
            )
        self._begin_page()
        super().after_open()
        self.staying()
        self.focus_entry()

    def _begin_page(self) -> None:
        """Open the next question or task that can be asked, or the end page."""
        self.page_state = ScreenPageState(started=monotonic())
        while self.quiz.current is not None and not self._open(self.page_state, self.quiz.current):
            self.quiz = self.quiz.without_current()
        self.zoomed = self.page_state.stage is not None

    def _open(self, page_state: ScreenPageState, item: Item) -> bool:
        """Open a question in an unseen variant, or the stage of a task.

        Returns:
            False if the item cannot be asked.
        """
        if item.task is None:
            salt = self.tutor.variant_salt()
            page_state.asked = question_of(item.question, self.tutor.progress, salt)
            return page_state.asked is not None
        page_state.focus = STAGE
        try:
            page_state.stage = stages.open_stage(item.task.spec)
        except Failure:
            return False
        return True

    # ---- painting -------------------------------------------------------------------------------

    def headline(self) -> tuple[Row, Row]:
        kind = "final" if self.wanted.final else "review" if self.wanted.due else "title"
        title = self.words(f"quiz.{kind}")
        left: Row = (Span(title, "grey"),)
        item = self._item
        if item is None:
            return left, ()
        name = cover.one_line(item.question.title, self.course_view.context)
        left = (*left, Span("   "), *(s._replace(strong=True) for s in name))
        number = Span(f"{self._index + 1}/{len(self.quiz.items)}", "accent")
        return left, (*self.note_signs(), number)

    def page_rows(self, cells: int) -> Rows:
        context = self.course_view.context
        asked = self.page_state.asked
        if asked is not None:
            rows = question_rows.question_rows(asked, self.words, cells, context)
            if asked.state == DONE:
                rows = (*rows, (), *self._told_after(cells))
            return ((), *rows, *self.note_rows(cells))
        return quiz_rows.end_rows(self.quiz, self.course_view, cells, local_now(), self._left)

    def _told_after(self, cells: int) -> Rows:
        """Return the topic, which would have been a hint before the answer, and any leech note."""
        item, progress = self._last, self.tutor.progress
        leech = quiz_rows.leech_rows(item, progress, self.words, cells, "s")
        return (Span(self.course_view.topic(item.topic), "grey"),), *leech

    def act_rows(self, cells: int) -> Rows:
        item, stage = self._item, self.page_state.stage
        if item is None or item.task is None or stage is None:
            return ()
        after = self._told_after(cells) if acts.complete(stage) else ()
        context = self.course_view.context
        return acts_rows.act_rows(
            item.task.step, stage, self.act, self.words, cells, context, invited=after
        )

    def noted_page(self) -> tuple[PageKey, Row] | None:
        item = self._item
        if item is None:
            return None
        name = cover.one_line(item.question.title, self.course_view.context)
        return notes.question_key(item.question.id), name

    def stay_page(self) -> PageKey | None:
        item = self._item
        return notes.question_key(item.question.id) if item is not None else None

    def page_key(self) -> object:
        return self._number

    # ---- commands -------------------------------------------------------------------------------

    def own_commands(self) -> tuple[KeyCommand, ...]:
        found = self._commands_here()
        return found if self.leads_home else commands.returning(found)

    def _commands_here(self) -> tuple[KeyCommand, ...]:
        asked = self.page_state.asked
        if asked is not None:
            sure, link = self.tutor.progress.asks_sure, bool(self.experiments())
            found = commands.question(asked, link=link, sure=sure)
            kept = (c for c in found if c.name not in ("again", "skip_question", "back"))
            found = self.with_notes(self.with_contrast(tuple(kept)))
            leech = asked.state == DONE and self._last.step
            if leech and quizzes.is_leech(self.tutor.progress, asked.question.id):
                found = (*found, KeyCommand("leech_step", ("s",), "key.to-step"))
            return found
        if self.page_state.stage is not None:
            found = stage_commands.step(self.page_state)
            return self.with_notes(tuple(c for c in found if c.name not in ("back", "zoom")))
        wrong = (
            (KeyCommand("wrong_again", ("enter",), "key.wrong-again"),) if self.quiz.wrong else ()
        )
        picks = digits(len(quizzes.steps(self.quiz, self.tutor.progress)))
        steps = (KeyCommand("to_step", picks, "key.to-step", hint=f"1-{len(picks)}"),)
        out = KeyCommand("out", ("escape",) if wrong else ("escape", "enter"), "key.home")
        return (*wrong, *(steps if picks else ()), out, *commands.SCROLL)

    def experiments(self) -> tuple[Link, ...]:
        asked = self.page_state.asked
        return sim_links(asked.question.why) if asked is not None else ()

    def after_answer(self) -> None:
        self.quiz = same_idea.record_answer(self.quiz, self.asked, self.wanted, self.course_view)

    def taken_back(self) -> None:
        self.quiz = self.quiz.taken_back()

    def taught_in(self) -> Step | None:
        return quizzes.step_of(self._last, self.tutor.course, self.words.lang)

    def go_on(self) -> None:
        self.do_next("")

    def do_next(self, key: str) -> None:
        """Go to the next question, or to the end if the time is over."""
        if self.show_contrast() or not self._may_go():
            return
        if quizzes.over(self.wanted, monotonic() - self._begun) and self.quiz.current:
            self._left = len(self.quiz.items) - self.quiz.index
            self.quiz = self.quiz.end()
        self.leaving()
        self._begin_page()
        self._number += 1
        self.staying()
        self.tutor.say("")
        self.rearrange()
        self.focus_entry()

    def do_wrong_again(self, key: str) -> None:
        """Ask the questions again that were answered wrong."""
        self.quiz, self._left, self._begun = self.quiz.again(), 0, monotonic()
        self.do_next(key)

    # ---- tasks ----------------------------------------------------------------------------------

    def after_stage_change(self, old: Stage, new: Stage) -> None:
        super().after_stage_change(old, new)
        if acts.complete(new) and not acts.complete(old):
            self._record_task(met=True)
            self.rearrange()

    def _may_go(self) -> bool:
        """Return whether the page may be left.

        An unfinished task causes a notice; a second request records it as not done.
        """
        if acts.complete(self.page_state.stage):
            return True
        if self.warned("act.undone"):
            self._record_task(met=False)
            return True
        return False

    def _record_task(self, *, met: bool) -> None:
        quiz, told = quiz_page.record_task(
            self.quiz, self.page_state, met=met, lang=self.words.lang
        )
        self.tell(told)
        self.quiz = quiz

    # ---- where one is ---------------------------------------------------------------------------

    @property
    def _index(self) -> int:
        """The index of the item on the page, which stays the same once it is answered."""
        page_state = self.page_state
        asked, stage = page_state.asked, page_state.stage
        done = asked.state == DONE if asked is not None else acts.complete(stage)
        return self.quiz.index - done

    @property
    def _item(self) -> Item | None:
        """The item on the page; None on the end page."""
        page_state = self.page_state
        at_end = page_state.asked is None and page_state.stage is None
        return None if at_end else self.quiz.items[self._index]

    @property
    def _last(self) -> Item:
        """The item answered last."""
        return self.quiz.items[self.quiz.index - 1]

    def do_leech_step(self, key: str) -> None:
        """Open the step that teaches the question just answered."""
        self.app.post_message(OpenLesson(self._last.lesson, self._last.step, over=True))

    def do_to_step(self, key: str) -> None:
        """Open the recommended step with the number of the key."""
        self.app.post_message(
            OpenLesson(*quizzes.steps(self.quiz, self.tutor.progress)[int(key) - 1], over=True)
        )

    def do_out(self, key: str) -> None:
        """Leave the quiz."""
        self.leave()
        self.app.post_message(CloseScreen())

    def translate(self) -> None:
        """Show the same questions in the new language."""
        self.quiz = composing.translate(self.quiz, self.tutor.course, self.words.lang)
        if self._item is not None:
            quiz_page.translate_page(self.page_state, self._item, self.course_view.terms)
