"""A simulated learner who knows the course, reads the screen and presses keys."""

from __future__ import annotations

from pathlib import Path
from typing import assert_never

from terminal import Terminal

from rnntutor.course.fill import decimal
from rnntutor.course.load import open_course
from rnntutor.course.question import Question
from rnntutor.course.questions import kind_of
from rnntutor.course.questions.forms import (
    FormGap,
    GapForm,
    NumberForm,
    NumberGap,
    OptionForm,
    OrderForm,
    PairForm,
    PickedGap,
    TypedGap,
)
from rnntutor.package_data import lessons_dir
from rnntutor.pages.cover import one_line
from rnntutor.render.prose import Context
from rnntutor.session import question as questions
from rnntutor.session.pages import END, Page, is_listed, pages
from rnntutor.session.question import QuestionState
from rnntutor.spans import plain
from rnntutor.study.events import Event, read
from rnntutor.study.log import Log
from rnntutor.study.progress import Progress, fold
from rnntutor.words import load


def begin_at(data: Path, lesson: str, page: str) -> None:
    """Write a history in which the learner was last on that page."""
    log = Log(data, "earlier")
    log.append("page", lesson=lesson, page=page)
    log.close()


class Learner:
    """A simulated learner at a terminal.

    Args:
        terminal: the terminal that runs the tutor.
        data: data directory of the tutor.
        lang: language on the screen.
    """

    def __init__(self, terminal: Terminal, data: Path, lang: str) -> None:
        self.terminal = terminal
        self.data = data
        self.lang = lang
        self.words = load(lang)
        self.course = open_course(lessons_dir(), self.words)

    # ---- the log ----------------------------------------------------------------------------

    @property
    def events(self) -> list[Event]:
        return list(read(self.data / "events"))

    @property
    def progress(self) -> Progress:
        return fold(self.events)

    @property
    def answers(self) -> list[tuple[object, object]]:
        """The answered questions, each with its verdict."""
        found = [e.data for e in self.events if e.kind == "answer"]
        return [(data["question"], data["state"]) for data in found]

    # ---- moving about -----------------------------------------------------------------------

    def pages(self, lesson: str) -> tuple[Page, ...]:
        return pages(self.course.lesson(lesson, self.lang))

    @property
    def page(self) -> Page:
        """The present page according to the log."""
        last_page = self.progress.last_page
        assert last_page is not None
        return next(page for page in self.pages(last_page[0]) if page.id == last_page[1])

    def open_lesson(self, lesson: str) -> None:
        """Open a lesson from home by its number."""
        self.terminal.press(self.course.number(lesson))
        self.arrived(self.pages(lesson)[0])

    def open_step_before(self, page_id: str) -> None:
        """On the cover, go from the end of the list to the step before a page and open it."""
        all_pages = self.pages(self.page.lesson)
        listed = [page for page in all_pages if is_listed(page)]
        before = all_pages[: [page.id for page in all_pages].index(page_id)]
        step = next(page for page in reversed(before) if is_listed(page))
        self.terminal.press("end", *["up"] * (len(listed) - 1 - listed.index(step)), "enter")
        self.arrived(step)

    def walk_to(self, page_id: str) -> None:
        """Turn pages to a later page of the lesson."""
        while self.page.id != page_id:
            all_pages = self.pages(self.page.lesson)
            following = all_pages[[p.id for p in all_pages].index(self.page.id) + 1]
            self.leave_field()
            self.go_on(following)
            self.arrived(following)

    def go_on(self, following: Page) -> None:
        """Go to the next page through all acts of this one, without doing them."""
        reached, title = (following.lesson, following.id), self.title(following)
        for _ in range(6):
            before, header = self.terminal.text, self.terminal.rows[0]
            self.terminal.press("n")
            self.terminal.wait(
                lambda before=before: (
                    self.progress.last_page == reached or self.terminal.text != before
                )
            )
            self.terminal.quiet(0.08)
            if title in self.terminal.rows[0] and title not in header:
                # It is on the screen; on a busy disk it is logged later.
                self.terminal.wait(lambda: self.progress.last_page == reached)
            if self.progress.last_page == reached:
                return

    def to_stage(self) -> None:
        """Go from the text of a step to its tasks; skip the prediction."""
        for act, key in (("read", "n"), ("predict", "tab")):
            name = self.words(f"act.{act}")
            if name in self.terminal.rows[0]:
                self.terminal.press(key)
                self.terminal.wait(lambda name=name: name not in self.terminal.rows[0])
        self.terminal.quiet()

    def arrived(self, page: Page) -> None:
        """Wait until a page is in the log and in the header, and its field is ready."""
        title = self.title(page)
        self.terminal.wait(lambda: self.progress.last_page == (page.lesson, page.id))
        self.terminal.wait(lambda: title in self.terminal.rows[0])
        if self.begins_in_a_field(page):
            self.in_field()

    def title(self, page: Page) -> str:
        """Return the page's title in the header, up to where it surely fits."""
        if page.kind == END:
            return self.words("lesson.end")
        about = page.question or page.step or self.course.lesson(page.lesson, self.lang)
        terms, roles = self.course.names(self.lang), self.course.roles
        return plain(one_line(about.title, Context(self.words, terms, roles=roles)))

    def begins_in_a_field(self, page: Page) -> bool:
        if page.question is None:
            return False  # a step begins with its text
        asked = questions.ask(page.question, salt="", number=0)
        return kind_of(page.question).field(page.question.body, asked) is not None

    def _field_is_open(self) -> bool:
        return self.words("key.leave-field") in self.terminal.rows[-1]

    @property
    def _way_in(self) -> str:
        """The footer's text for a field that is not open."""
        return f"Enter {self.words('key.field')}"

    def in_field(self) -> None:
        """Enter the text field, unless it is open already."""
        self.terminal.wait(lambda: self._field_is_open() or self._way_in in self.terminal.rows[-1])
        if not self._field_is_open():
            self.terminal.press("space")
            self.terminal.wait(self._field_is_open)

    def leave_field(self) -> None:
        if self._field_is_open():
            self.terminal.press("esc")
            self.terminal.wait(lambda: not self._field_is_open())

    # ---- questions --------------------------------------------------------------------------

    def asked(self, question: Question) -> QuestionState:
        """Return the question in the variant and order on the screen."""
        self.terminal.wait(lambda: "salt" in self.progress.settings)
        record = self.progress.questions.get(question.id)
        number = record.attempts if record is not None else 0
        return questions.ask(question, salt=str(self.progress.settings["salt"]), number=number)

    def answer(self, *, right: bool) -> None:
        """Answer this page's question with full confidence and wait for the verdict."""
        question = self.page.question
        assert question is not None
        before = len(self.answers)
        self._fill(self.asked(question), right)
        self.terminal.press("enter")
        self.terminal.wait(self.words("confidence.ask"))
        self.terminal.press("3")
        state = "right" if right else "wrong"
        self.terminal.wait(lambda: len(self.answers) == before + 1)
        assert self.answers[-1] == (question.id, state)
        self.terminal.wait(self.words(f"verdict.{state}"))

    def again(self) -> None:
        """Ask the same question in its next variant."""
        self.terminal.press("r")
        answering = (f"Enter {self.words('key.answer')}", self._way_in)
        self.terminal.wait(lambda: any(keys in self.terminal.rows[-1] for keys in answering))

    def _fill(self, asked: QuestionState, right: bool) -> None:
        form, press = kind_of(asked.question).form(asked.question.body, asked), self.terminal.press
        match form:
            case OptionForm(several=several):
                shown = [option.right for option in questions.options(asked)]
                wanted = [str(n + 1) for n, true in enumerate(shown) if true == right]
                press(*(wanted if several else wanted[:1]))
            case OrderForm(items=items):
                names = [option.id for option in questions.options(asked)]
                for item in items if right else items[::-1]:
                    press(str(names.index(item.id) + 1))
            case PairForm(pairs=pairs, extra=extra, order=order):
                cells = (*(cell for _, cell in pairs), *extra)
                for n, (_, beside) in enumerate(pairs):
                    self._pick(n, [(cells[m] == beside) == right for m in order])
            case NumberForm(key=key, mistakes=mistakes):
                self._type(key if right else decimal(mistakes[0].value))
            case GapForm(gaps=gaps):
                for n, gap in enumerate(gaps):
                    self._fill_gap(n, gap, right)
            case _:
                assert_never(form)

    def _fill_gap(self, n: int, gap: FormGap, right: bool) -> None:
        match gap:
            case PickedGap(choices=choices, answer=answer):
                self._pick(n, [(choice == answer) == right for choice in choices])
            case TypedGap(answers=answers):
                self._type(answers[0] if right else "없다", n)
            case NumberGap(value=value):
                self._type(decimal(value) if right else "12345", n)
            case _:
                assert_never(gap)

    def _pick(self, row: int, wanted: list[bool]) -> None:
        """Go down to a row, unless it is the first, and pick its first wanted choice."""
        self.terminal.press(*(["down"] if row else []), str(wanted.index(True) + 1))

    def _type(self, text: str, row: int = 0) -> None:
        self.terminal.press(*(["down"] if row else []))
        self.in_field()
        self.terminal.type(text)
        self.terminal.wait(text)
