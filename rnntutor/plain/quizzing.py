"""A quiz, a review or the final test in plain mode: questions in turn, then the result."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic, time_ns

from rnntutor.course.blocks import Inline
from rnntutor.course.lesson import Lesson, Step
from rnntutor.course.typed_line import wholes
from rnntutor.failure import Refused
from rnntutor.pages.quiz import end_rows, leech_rows
from rnntutor.plain import asking, commands, panel, prose
from rnntutor.plain.leaving import Menu, Open
from rnntutor.plain.lesson import PlainLesson
from rnntutor.plain.lines import COLUMNS
from rnntutor.plain.prose import flat
from rnntutor.plain.tutor import PlainTutor
from rnntutor.session import acts, composing, notes, quiz_page, same_idea
from rnntutor.session import quiz as quizzes
from rnntutor.session.pages import END, QUESTION, STEP, Page
from rnntutor.session.question import DONE, QuestionState
from rnntutor.session.quiz import Item, Quiz
from rnntutor.session.stage import Stage
from rnntutor.session.start import QuizRequest
from rnntutor.study.log import local_now
from rnntutor.study.progress import PageKey


class Quizzing(PlainLesson):
    """A quiz, with a page per question and turn, and an end page.

    None of its pages belongs to a lesson.
    """

    def __init__(self, tutor: PlainTutor, wanted: QuizRequest) -> None:
        super().__init__(tutor, Lesson("", tutor.words.lang, (), (), ()), "", listed=False)
        self.wanted = wanted
        self._begun, self._left = monotonic(), 0  # left: questions when time ran out
        course, progress = tutor.course, tutor.progress
        self._turn_to(composing.build_quiz(course, tutor.words.lang, wanted, progress, time_ns()))

    def _turn_to(self, quiz: Quiz) -> None:
        """Set the quiz and update its pages."""
        self.quiz = quiz
        asked = [_page(item, str(n)) for n, item in enumerate(quiz.items)]
        pages = (*asked, Page(END, "", END))
        self.session = replace(self.session, pages=pages, index=min(self.session.index, len(asked)))

    @property
    def item(self) -> Item:
        """The item on the page, which is not the end page."""
        return self.quiz.items[self.session.index]

    # ---- showing --------------------------------------------------------------------------------

    def show_page(self) -> None:
        tutor, page_state = self.tutor, self.page_state
        lines, words, context = tutor.lines, tutor.words, tutor.context()
        kind = "final" if self.wanted.final else "review" if self.wanted.due else "title"
        head = words(f"quiz.{kind}")
        lines.say()
        if self.page.kind == END:
            lines.say(head, "head")
            view = tutor.view
            now, left = local_now(), self._left
            lines.rows(end_rows(self.quiz, view, COLUMNS, now, left))
            lines.say()
            foot = "plain.foot.quiz-wrong" if self.quiz.wrong else "plain.foot.last"
            lines.say(words(foot), "grey")
            return
        title = flat(self.item.question.title, context)
        lines.say(f"[{self.session.index + 1}/{len(self.quiz.items)}] {head} · {title}", "head")
        if page_state.stage is not None and self.item.task is not None:
            prose.step(tutor, self.item.task.step, page_state.stage, ())
            panel.show(page_state.stage, lines, words, context)
            self.tell_notes()
            lines.say()
            lines.say(words("plain.foot.task"), "grey")
            return
        if page_state.asked is None:
            lines.say(words("plain.broken"), "wrong")
            return
        asking.show(page_state.asked, lines, words, context)
        if page_state.asked.state == DONE:
            self.conclude(page_state.asked)
        self.tell_notes()

    def tell_after(self) -> None:
        """Print the topic, which would have been a hint before the answer, and any leech note."""
        item, tutor = self.item, self.tutor
        tutor.lines.say(tutor.view.topic(item.topic), "grey")
        how = f"go {item.lesson}.{item.step}"
        tutor.lines.rows(leech_rows(item, tutor.progress, tutor.words, COLUMNS, how))

    @property
    def tasks(self) -> tuple[Inline, ...]:
        return self.item.task.step.tasks if self.item.task is not None else ()

    # ---- what is typed --------------------------------------------------------------------------

    def next(self) -> None:
        """Open the next question; an unanswered one is removed from the quiz.

        Raises:
            Refused: the question is unanswered; raised only once.
            Leaving: the quiz has ended.
        """
        if self.page.kind == END:
            raise Menu
        asked, stage = self.page_state.asked, self.page_state.stage
        if stage is not None and not acts.complete(stage):
            self._record_task(met=False)
        elif stage is None and (asked is None or asked.state != DONE):
            if asked is not None:
                self._warn("plain.left_out")
            self.page_states.pop(self.page.id, None)
            self._turn_to(self.quiz.without_current())
            self.show()
            return
        if quizzes.over(self.wanted, monotonic() - self._begun) and self.quiz.current:
            self._left = len(self.quiz.items) - self.quiz.index
            self._turn_to(self.quiz.end())
        self.go(self.session.index + 1)

    def _set_stage(self, old: Stage, new: Stage) -> None:
        super()._set_stage(old, new)
        if acts.complete(new) and not acts.complete(old):
            self._record_task(met=True)
            self.tell_after()
            self.tutor.lines.say(self.tutor.words("plain.foot.stage"), "grey")

    def _record_task(self, *, met: bool) -> None:
        lang = self.tutor.words.lang
        quiz, told = quiz_page.record_task(self.quiz, self.page_state, met=met, lang=lang)
        self.tutor.record(told)
        self._turn_to(quiz)

    def after_answer(self, asked: QuestionState) -> None:
        self._turn_to(same_idea.record_answer(self.quiz, asked, self.wanted, self.tutor.view))

    def taken_back(self) -> None:
        self._turn_to(self.quiz.taken_back())

    def noted_page(self) -> PageKey | None:
        return notes.question_key(self.item.question.id) if self.page.kind != END else None

    def stay_page(self) -> PageKey | None:
        return self.noted_page()

    def taught_in(self) -> Step | None:
        return quizzes.step_of(self.item, self.tutor.course, self.tutor.words.lang)

    def undo(self) -> None:
        if self.page_state.answered is not None and self.session.index == self.quiz.index - 1:
            super().undo()
            return
        raise Refused("plain.no_undo")

    def again(self) -> None:
        """Repeat the wrong answers' questions; possible only at the end of the quiz."""
        if self.page.kind != END or not self.quiz.wrong:
            raise Refused("plain.quiz_again")
        self.page_states.clear()
        self._begun, self._left = monotonic(), 0
        self._turn_to(self.quiz.again())
        self.session = replace(self.session, index=0)
        self.show()

    def _common(self, line: str) -> None:
        name, _ = self.tutor.find(line, commands.ANSWERED) if line else ("", "")
        if self.page.kind == END and name == "again":
            self.again()
        else:
            super()._common(line)

    def _open_by_number(self, line: str) -> None:
        """Open a recommended page by its number.

        Raises:
            Open: there is such a page.
            Refused: there is none.
        """
        steps, numbers = quizzes.steps(self.quiz, self.tutor.progress), wholes(line) or ()
        if not steps:
            raise self.tutor.unknown(line)
        if len(numbers) != 1 or not 1 <= numbers[0] <= len(steps):
            raise Refused("plain.which_page", n=len(steps))
        raise Open(*steps[numbers[0] - 1])

    def translate(self) -> None:
        self.words = self.tutor.words
        quiz = composing.translate(self.quiz, self.tutor.course, self.words.lang)
        for n, item in enumerate(quiz.items):
            if str(n) in self.page_states:
                quiz_page.translate_page(self.page_states[str(n)], item, self.tutor.view.terms)
        self._turn_to(quiz)


def _page(item: Item, name: str) -> Page:
    """Return the page of a question or of a task's step."""
    if item.task is not None:
        return Page(STEP, item.lesson, name, step=item.task.step)
    return Page(QUESTION, item.lesson, name, question=item.question)
