"""The commands of a question: answers, hints, confidence, logging, the verdict."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from time import monotonic

from rnntutor.course.lesson import Step
from rnntutor.course.typed_line import wholes
from rnntutor.failure import Refused
from rnntutor.pages.contrast import contrast_rows
from rnntutor.plain import asking, commands, panel, prose
from rnntutor.plain.answers import answer
from rnntutor.plain.lines import COLUMNS
from rnntutor.plain.pages import PlainPages
from rnntutor.session import contrast, precision, records
from rnntutor.session import question as questions
from rnntutor.session.question import CONFIDENCE, GUESSED, MAYBE, SAVING, SURE, QuestionState
from rnntutor.study.progress import OFF


class Questioning(PlainPages):
    """Pages with questions; an answer is on disk before its verdict is printed."""

    @abstractmethod
    def help(self) -> tuple[str, ...]:
        """Return the help for the page in its current state."""

    def answer(self, asked: QuestionState, line: str) -> None:
        """Execute a line on a question that has no verdict yet.

        Raises:
            Refused: the line is not possible here.
            Leaving: the line leads away from the lesson.
        """
        if asked.state == CONFIDENCE:
            self._sure(asked, line)
            return
        if not line:
            self.next()
            return
        self.page_state.warned = False  # a new attempt cancels the warning about a blank line
        name, argument = self.tutor.find(line, commands.ANSWERING)
        if name != "give-up":
            asked = self.page_state.asked = questions.trying_on(asked)
        if name == "hint":
            self._hint(asked)
        elif name == "give-up":
            self._give_up(asked)
        elif name == "back":
            self.go(self.session.index - 1)
        elif not self.note(name, argument) and not self.tutor.common(name, argument, self.help()):
            self.page_state.asked = new = answer(asked, line)
            if questions.too_coarse(new):
                self.tutor.record(records.too_coarse(new, lang=self.tutor.words.lang))
                self.tutor.lines.say(precision.complaint(new, self.tutor.words))
                return
            asking.worth(new, self.tutor.lines)
            if not self.tutor.progress.asks_sure:
                self._save(questions.skip_confidence(new))
                return
            first = not self.tutor.progress.has_been_sure
            asking.confidence(self.tutor.lines, self.tutor.words, first=first)

    def _give_up(self, asked: QuestionState) -> None:
        """Warn on the first request, show the answer on the second."""
        new = questions.give_up(asked)
        if new.state == SAVING:
            self._save(new)
            return
        self.page_state.asked = new
        self.tutor.lines.say(self.tutor.words("plain.give-up"))

    def _hint(self, asked: QuestionState) -> None:
        new = questions.hint(asked)
        if new.hints == asked.hints:
            raise Refused("plain.no_hint")
        self.page_state.asked = new
        context = self.tutor.context()
        asking.hint(new, new.hints - 1, self.tutor.lines, self.tutor.words, context)

    def _sure(self, asked: QuestionState, line: str) -> None:
        """Parse a confidence rating and save the answer.

        Raises:
            Refused: the line is not possible here.
            Leaving: the line leads away from the lesson.
        """
        numbers = wholes(line)
        if not line:
            self._save(questions.set_confidence(asked, MAYBE))
            return
        if numbers == (0,) or line == "0":
            self.tutor.record(("setting", {"name": "confidence", "value": OFF}))
            self._save(questions.skip_confidence(asked))
            return
        if numbers is not None and len(numbers) == 1 and GUESSED <= numbers[0] <= SURE:
            self._save(questions.set_confidence(asked, numbers[0]))
            return
        name, argument = self.tutor.find(line, commands.CONFIDENCE)
        if name == "answer-back":
            self.page_state.asked = questions.back_to_answer(asked)
            asking.instruct(self.page_state.asked, self.tutor.lines, self.tutor.words)
        elif not self.tutor.common(name, argument, self.help()):
            raise Refused("plain.confidence")

    def _save(self, asked: QuestionState) -> None:
        """Write the answer to the log, then print its verdict."""
        if self._written(asked) and self.page_state.asked is not None:
            self.conclude(self.page_state.asked)

    def conclude(self, asked: QuestionState) -> None:
        """Print the verdict and related links."""
        lines, words = self.tutor.lines, self.tutor.words
        asking.verdict(asked, lines, words, self.tutor.context())
        self._contrast(asked)
        lines.say()
        prose.experiments(self.tutor, self.experiments())
        self.tell_after()
        lines.say(words("plain.foot.answered"), "grey")

    def tell_after(self) -> None:
        """Print what is shown only after the answer."""

    def taught_in(self) -> Step | None:
        """Return the step that teaches the question's subject."""
        return self.page.step

    def _contrast(self, asked: QuestionState) -> None:
        """Print a confident wrong answer beside the right one, and any stage that refutes it.

        The explanation of the right answer has already been printed.
        """
        if not contrast.sure_and_wrong(asked):
            return
        stage = contrast.stage_of(asked, self.tutor.words.lang, self.taught_in())
        lines, words, context = self.tutor.lines, self.tutor.words, self.tutor.context()
        lines.say()
        lines.say(words("contrast.title"), "head")
        lines.rows(contrast_rows(asked, words, COLUMNS, context, staged=stage is not None))
        if stage is not None:
            lines.say()
            panel.picture(stage, lines, words)
        if not self.page_state.contrasted:
            self.page_state.contrasted = True
            self.tutor.record(records.contrast_entry(asked))

    def _written(self, asked: QuestionState) -> bool:
        """Write the answer to disk; on failure, restore the question.

        Returns:
            Whether the answer was written.
        """
        page_state = self.page_state
        verdict = questions.verdict(asked, self.tutor.view.terms)
        seconds = monotonic() - page_state.started
        told = records.answer(asked, verdict, lang=self.tutor.words.lang, seconds=seconds)
        event = self.tutor.save_event(told)
        if event is None:
            page_state.asked = questions.undo_save(asked)
            return False
        page_state.answered = (event.session, event.sequence)
        page_state.asked = questions.set_verdict(asked, verdict)
        self.after_answer(page_state.asked)
        return True

    def keep(self) -> None:
        """Save an answer that still waits for a confidence rating when the page is left."""
        asked = self.page_state.asked
        if asked is not None and asked.state == CONFIDENCE:
            self._written(replace(asked, state=SAVING))

    def undo(self) -> None:
        """Undo the last answer and restore the question.

        Raises:
            Refused: there is no answer to undo.
        """
        page_state = self.page_state
        if page_state.asked is None or page_state.answered is None:
            raise Refused("plain.no_undo")
        session, sequence = page_state.answered
        if self.tutor.save_event(("undo", {"session": session, "sequence": sequence})) is None:
            return
        page_state.take_back()
        self.taken_back()
        self.tutor.lines.say(self.tutor.words("plain.undone"))
        self.show()

    def again(self) -> None:
        """Ask the same question again with new numbers and a new order."""
        page_state = self.page_state
        if page_state.ask(self.page, self.tutor.view, self.tutor.variant_salt):
            page_state.started = monotonic()
        self.show()

    def ask_sure(self) -> None:
        """Turn confidence ratings on."""
        self.tutor.record(("setting", {"name": "confidence", "value": "on"}))
        self.tutor.lines.say(self.tutor.words("confidence.on"))
