"""The commands of a question: answers, hints, confidence, logging, the verdict."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from time import monotonic

from rnntutor.course.lesson import Step
from rnntutor.session import contrast, records
from rnntutor.session import question as questions
from rnntutor.session.question import MAYBE, SAVING, QuestionState
from rnntutor.study.log import LogError
from rnntutor.study.progress import OFF
from rnntutor.tui.keys import KeyCommand
from rnntutor.tui.messages import OpenContrast
from rnntutor.tui.screens.predicting import PredictingScreen

SLOW = 2.0  # seconds of saving after which a notice is shown


class QuestionScreen(PredictingScreen):
    """The commands of a question; an answer is on disk before its verdict is painted."""

    def ask_again(self) -> None:
        """Replace the question by its next variant."""

    @property
    def asked(self) -> QuestionState:
        """The question of the visible page."""
        found = self.page_state.asked
        assert found is not None
        return found

    def set_asked(self, asked: QuestionState) -> None:
        """Set the next state of the question and paint."""
        self.page_state.asked = asked
        self.paint()

    def do_walk_down(self, key: str) -> None:
        """Move the cursor to the next row."""
        self.set_asked(questions.walk(self.asked, 1))

    def do_walk_up(self, key: str) -> None:
        """Move the cursor to the previous row."""
        self.set_asked(questions.walk(self.asked, -1))

    def do_pick(self, key: str) -> None:
        """Choose, tick or untick the option with the number of the key."""
        self.set_asked(questions.pick(self.asked, int(key) - 1))

    def do_pick_here(self, key: str) -> None:
        """Choose, tick or untick the option at the cursor."""
        self.set_asked(questions.pick(self.asked))

    def do_cycle_on(self, key: str) -> None:
        """Put the next choice in the row of the cursor."""
        self.set_asked(questions.cycle(self.asked, 1))

    def do_cycle_back(self, key: str) -> None:
        """Put the previous choice in the row of the cursor."""
        self.set_asked(questions.cycle(self.asked, -1))

    def do_hint(self, key: str) -> None:
        """Show the next hint and scroll it into view."""
        self.set_asked(questions.hint(self.asked))
        self.show_verdict()

    async def do_answer(self, key: str) -> None:
        """Submit the answer; from a filled gap, move to the next empty one."""
        typed = self.asked.field is not None and bool(self.asked.field.text)
        asked = questions.submit(self.asked)
        if typed and asked.cursor != self.asked.cursor:
            asked = replace(asked, complaint="")  # a gap is filled: continue at the next empty one
        if questions.too_coarse(asked) and asked != self.asked:
            self.tell(records.too_coarse(asked, lang=self.words.lang))
        self.set_asked(asked)
        if not self.tutor.progress.asks_sure:
            await self._save(questions.skip_confidence(asked))

    async def do_confidence_off(self, key: str) -> None:
        """Stop asking for confidence, from this answer on."""
        self.tutor.record("setting", name="confidence", value=OFF)
        await self._save(questions.skip_confidence(self.asked))

    async def do_confidence_on(self, key: str) -> None:
        """Turn confidence ratings on from the next answer; keys typed ahead wait for the log."""
        with suppress(LogError):  # the log reports the failure
            await asyncio.wrap_future(self.tutor.record("setting", name="confidence", value="on"))
            self.tutor.say(self.words("confidence.on"))

    def do_answer_back(self, key: str) -> None:
        """Return from the confidence rating to the answer."""
        self.set_asked(questions.back_to_answer(self.asked))

    async def do_confidence(self, key: str) -> None:
        """Rate the confidence by the key, and save the answer."""
        await self._save(questions.set_confidence(self.asked, int(key)))

    async def do_confidence_maybe(self, key: str) -> None:
        """Rate the confidence as medium, and save the answer."""
        await self._save(questions.set_confidence(self.asked, MAYBE))

    async def do_give_up(self, key: str) -> None:
        """Show a warning on the first request and the answer on the second."""
        asked = questions.give_up(self.asked)
        self.set_asked(asked)
        await self._save(asked)

    def do_again(self, key: str) -> None:
        """Ask the same question again with new numbers and a new order."""
        self.ask_again()
        self.paint()

    async def do_undo(self, key: str) -> None:
        """Undo the last answer and restore the question."""
        if self.page_state.answered is None:
            return
        session, sequence = self.page_state.answered
        self.tutor.record("undo", session=session, sequence=sequence)
        self.page_state.take_back()
        self.taken_back()
        self.paint()

    async def _save(self, asked: QuestionState) -> None:
        """Write the answer to the log, then show its verdict."""
        if asked.state != SAVING:
            return
        page_state = self.page_state
        self.set_asked(asked)
        verdict = questions.verdict(asked, self.course_view.terms)
        kind, data = records.answer(
            asked, verdict, lang=self.words.lang, seconds=monotonic() - page_state.started
        )
        future = self.tutor.record(kind, **data)
        slow = self.set_timer(SLOW, lambda: self.tutor.say(self.words("status.saving")))
        try:
            event = await asyncio.wrap_future(future)
        except LogError as error:
            self.tutor.say(error.sentence(self.words), wrong=True)
            page_state.asked = questions.undo_save(asked)
            self.paint()
            return
        finally:
            slow.stop()
        page_state.answered = (event.session, event.sequence)
        self.tutor.say("")
        page_state.asked = questions.set_verdict(asked, verdict)
        self.after_answer()
        self.paint()
        self.show_verdict()

    # ---- sure, and wrong ------------------------------------------------------------------------

    def warned(self, key: str) -> bool:
        """Return whether the notice that the page is not done was shown before; show it if not."""
        fresh = self.page_state.warn()
        if fresh:
            self.tutor.say(self.words(key))
        return not fresh

    def taught_in(self) -> Step | None:
        """Return the step that teaches the question's subject; None if there is none."""
        return None

    @property
    def _contrasts(self) -> bool:
        """Whether a confident wrong answer still has to be contrasted with the right one."""
        page_state = self.page_state
        shown = page_state.asked is None or page_state.contrasted
        return not shown and contrast.sure_and_wrong(self.asked)

    def with_contrast(self, found: tuple[KeyCommand, ...]) -> tuple[KeyCommand, ...]:
        """Return `found`, with "next" labelled as leading to a pending contrast."""
        if not self._contrasts:
            return found
        return tuple(c._replace(label="key.contrast") if c.name == "next" else c for c in found)

    def show_contrast(self) -> bool:
        """Open a pending contrast, which then leads to the next page.

        Returns:
            Whether there was one.
        """
        if not self._contrasts:
            return False
        stage = contrast.stage_of(self.asked, self.words.lang, self.taught_in())
        self.page_state.contrasted = True
        self.tell(records.contrast_entry(self.asked))
        self.app.post_message(OpenContrast(self.asked, stage, self.go_on))
        return True

    def go_on(self) -> None:
        """Open the next page; called after the contrast."""

    def after_answer(self) -> None:
        """Called when the page's question has been answered."""

    def taken_back(self) -> None:
        """Called when the answer has been undone."""

    def show_verdict(self) -> None:
        """Scroll the verdict into view."""
