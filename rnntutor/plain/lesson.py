"""A lesson in plain mode: shows its pages and executes lines."""

from __future__ import annotations

from rnntutor.course.blocks import Inline
from rnntutor.course.typed_line import wholes
from rnntutor.failure import Failure, Refused
from rnntutor.pages.lesson import why_here
from rnntutor.plain import asking, commands, panel, prose, staging
from rnntutor.plain.answers import form
from rnntutor.plain.leaving import Leaving
from rnntutor.plain.questioning import Questioning
from rnntutor.session import because, contents, records
from rnntutor.session.pages import COVER, END, QUESTION
from rnntutor.session.question import CONFIDENCE, DONE, QuestionState
from rnntutor.session.stage import Stage


class PlainLesson(Questioning):
    """Goes through a lesson with the learner."""

    def read(self) -> None:
        """Show pages and execute lines until one leads away.

        Raises:
            Leaving: the learner leaves the lesson.
        """
        self.begin_stay()
        self.show()
        while True:
            try:
                self._act(self.tutor.lines.read())
            except Failure as refused:
                self.tutor.refuse(refused)
            except (Leaving, KeyboardInterrupt):
                self.keep()
                self.leave_page()
                raise
            if self.words is not self.tutor.words:
                self.translate()
                self.show()

    # ---- showing --------------------------------------------------------------------------------

    def show_page(self) -> None:
        lines = self.tutor.lines
        lines.say()
        lines.say(prose.headline(self.tutor, self.session), "head")
        lines.say()
        self._say_page()
        self.tell_notes()

    def _say_page(self) -> None:
        tutor, page, page_state = self.tutor, self.page, self.page_state
        lines, words, context = tutor.lines, tutor.words, tutor.context()
        if page.kind == COVER:
            prose.cover(tutor, self.session)
        elif page.kind == END:
            prose.end(tutor, self.session)
        elif page_state.asked is not None:
            home = tutor.view.title(page.home) if page.home else ""
            lines.say(why_here(page, home, words), "grey")
            asking.show(page_state.asked, lines, words, context)
            if page_state.asked.state == DONE:
                self.conclude(page_state.asked)
        elif page.kind == QUESTION or page.step is None:
            lines.say(words("plain.broken"), "wrong")
        else:
            prose.step(tutor, page.step, page_state.stage, self.experiments())
            lines.say(page_state.trouble, "wrong")
            prose.faults_here(tutor, self.session)
            if page_state.stage is not None:
                panel.show(page_state.stage, lines, words, context)
            if not self._predicting:
                key = "plain.foot.step" if page_state.stage is None else "plain.foot.stage"
                lines.say()
                lines.say(words(key), "grey")

    @property
    def _predicting(self) -> bool:
        """Whether a prediction, or the reason for a missed one, is being asked for."""
        stage = self.page_state.stage
        return stage is not None and (not stage.ready or bool(because.reasons(stage)))

    @property
    def tasks(self) -> tuple[Inline, ...]:
        """The tasks on the page's stage."""
        return self.page.step.tasks if self.page.step is not None else ()

    # ---- what is typed --------------------------------------------------------------------------

    def _act(self, line: str) -> None:
        """Execute a line.

        Raises:
            Refused: the line is not possible here.
            Leaving: the line leads away from the lesson.
        """
        page, page_state = self.page, self.page_state
        if page_state.asked is not None and page_state.asked.state != DONE:
            self.answer(page_state.asked, line)
        elif page_state.stage is not None and (line or self._predicting):
            new = staging.act(self.tutor, page_state.stage, page_state.trainer, line, self.tasks)
            if new is None:
                self._common(line)
            else:
                self._set_stage(page_state.stage, new)
        elif page.kind == COVER and not line:
            self.go(contents.first_undone(self.session.pages, self.tutor.progress) or 1)
        elif page.kind in (COVER, END) and wholes(line) is not None:
            self._open_by_number(line)
        else:
            self._common(line)

    def _common(self, line: str) -> None:
        """Open the next page for a blank line, or execute a command that needs no stage.

        Raises:
            Refused: the line is not possible here.
            Leaving: the line leads away from the lesson.
        """
        if not line:
            self.next()
            return
        answered = self.page_state.asked is not None
        found = commands.ANSWERED if answered else commands.READING
        name, argument = self.tutor.find(line, found)
        if name == "back":
            self.go(self.session.index - 1)
        elif name == "experiment":
            stage = staging.experiment(self.experiments(), argument, self.tutor.words.lang)
            self.leave_page()
            staging.explore(self.tutor, stage)
            self.begin_stay()
            if self.words is self.tutor.words:
                self.show()
        elif name == "undo":
            self.undo()
        elif name == "again":
            self.again()
        elif name == "confidence-on":
            self.ask_sure()
        elif not self.note(name, argument) and not self.tutor.common(name, argument, self.help()):
            raise self._unknown(line)

    def _unknown(self, line: str) -> Refused:
        """Return a refusal that names what can be typed here."""
        stage = self.page_state.stage
        if stage is not None and stage.ready and stage.controls:
            return Refused("plain.unknown_knob", text=line, knobs=", ".join(stage.controls))
        return self.tutor.unknown(line)

    def _open_by_number(self, line: str) -> None:
        """Open a step of the cover or a question of the end page by its number.

        Raises:
            Refused: there is no such number.
        """
        found = prose.numbered_pages(self.session.pages, self.page.kind)
        numbers = wholes(line) or ()
        if not found:
            raise self.tutor.unknown(line)
        if len(numbers) != 1 or not 1 <= numbers[0] <= len(found):
            raise Refused("plain.which_page", n=len(found))
        self.go(found[numbers[0] - 1])

    def _set_stage(self, old: Stage, new: Stage) -> None:
        """Set the stage's next state and record the changes."""
        self.page_state.stage = new
        self.done_on_stage(old, new)
        if self.session.listed:
            self.tutor.record(*records.changes(old, new, self.page))

    def help(self) -> tuple[str, ...]:
        words, page_state = self.tutor.words, self.page_state
        if page_state.asked is not None:
            return self._question_help(page_state.asked)
        if page_state.stage is not None:
            blank = words("plain.blank.next" if page_state.stage.ready else "plain.blank.skip")
            own = (*commands.STAGE, *commands.READING)
            return self.tutor.help_of(own, blank, words("plain.help.knob"))
        blank = words("plain.blank.cover" if self.page.kind == COVER else "plain.blank.next")
        return self.tutor.help_of(commands.READING, blank)

    def _question_help(self, asked: QuestionState) -> tuple[str, ...]:
        words, help_of = self.tutor.words, self.tutor.help_of
        if asked.state == CONFIDENCE:
            return help_of(commands.CONFIDENCE, words("plain.blank.maybe"))
        if asked.state == DONE:
            return help_of(commands.ANSWERED, words("plain.blank.next"))
        how = form(asked)
        said, literally = how.sentence(words), words("plain.help.literally")
        return help_of(commands.ANSWERING, words("plain.blank.later"), said, literally)
