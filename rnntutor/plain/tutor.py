"""What every page of the plain mode needs: words, course, learner, and lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from rnntutor.course.blocks import Term
from rnntutor.course.errors import CourseError
from rnntutor.course.load import Course, in_language
from rnntutor.failure import Refused
from rnntutor.plain import glossary
from rnntutor.plain.commands import Command, find, help_lines
from rnntutor.plain.leaving import Leaving, Menu, Open, Quit
from rnntutor.plain.lines import Lines
from rnntutor.render.code_rows import WHOLE
from rnntutor.render.prose import Context, lay_out_inline
from rnntutor.session import contents
from rnntutor.session.learner import Learner
from rnntutor.session.records import LogEntry
from rnntutor.spans import plain
from rnntutor.study.events import Event
from rnntutor.study.log import LogError, new_session
from rnntutor.study.progress import Progress
from rnntutor.words import LANGUAGES, Words, load

SLOW = 2.0  # seconds of saving, after which it is said


class Tutor:
    """words: of the present language. lines: where everything is read and written. reading: the
    lesson of the course that is open, "" for none. data_dir: where
    the learner's files are."""

    def __init__(
        self, words: Words, course: Course, learner: Learner, lines: Lines, data_dir: Path
    ) -> None:
        self.words = words
        lines.ascii_only = words.ascii_only
        self.course = course
        self.learner = learner
        self.lines = lines
        self.data_dir = data_dir
        self._salt = ""
        self.reading = ""

    # ---- words --------------------------------------------------------------------------------

    def set_language(self, lang: str) -> None:
        """Use a language from here on."""
        self.words = load(lang, self.words.ascii_only)
        self.record(("setting", {"name": "language", "value": lang}))

    def context(self) -> Context:
        """What prose needs to be drawn."""
        try:
            terms, roles = self.course.names(self.words.lang), self.course.roles
        except CourseError:
            terms, roles = {}, {}
        return Context(self.words, terms, roles, steps=self.step_title, code_from=WHOLE)

    def step_title(self, step: str) -> str:
        """What a step is called: its lesson's title and its own, from "lesson.step"."""
        lesson, _, page = step.partition(".")
        ids = {entry.id for entry in self.course.every}
        if lesson not in ids:
            return step
        title = self.lesson_title(lesson)
        found = contents.page_at(self.course, lesson, page, self.words.lang)
        if found is None or found.step is None:
            return title
        own = lay_out_inline(found.step.title, 200, Context(self.words))
        return f"{title} · {''.join(plain(row) for row in own)}"

    def lesson_title(self, lesson: str) -> str:
        return in_language(self.course.entry(lesson).title, self.words.lang)

    def sentence(self, error: Exception) -> str:
        """An error with a key as a sentence; another as its own text."""
        key, values = getattr(error, "key", ""), getattr(error, "values", {})
        return self.words(key, **values) if key in self.words else str(error)

    def refuse(self, error: Exception) -> None:
        self.lines.say(self.sentence(error), "wrong")

    # ---- the learner ----------------------------------------------------------------------------

    @property
    def progress(self) -> Progress:
        return self.learner.progress

    def variant_salt(self) -> str:
        """What makes this learner's variants their own; made up once and kept."""
        if not self._salt:
            self._salt = str(self.progress.settings.get("salt", ""))
        if not self._salt:
            self._salt = new_session()
            self.record(("setting", {"name": "salt", "value": self._salt}))
        return self._salt

    def record(self, told: LogEntry) -> Event | None:
        """Write an event and wait until the disk has it; None, with a sentence, if it cannot be
        kept."""
        kind, data = told
        future = self.learner.record(kind, **data)
        try:
            try:
                return future.result(timeout=SLOW)
            except TimeoutError:
                self.lines.say(self.words("status.saving"), "grey")
                return future.result()
        except LogError as error:
            self.refuse(error)
            return None
        finally:
            self.learner.catch_up()

    def terms(self) -> tuple[Term, ...]:
        try:
            return self.course.terms
        except CourseError:
            return ()

    # ---- lines ----------------------------------------------------------------------------------

    def find(self, line: str, commands: Iterable[Command]) -> tuple[str, str]:
        return find(line, commands, self.words)

    def common(self, name: str, argument: str, help_: Iterable[str]) -> bool:
        """Do what a command does on every page; False for a command of another kind. Raises
        Leaving."""
        leaving: Mapping[str, type[Leaving]] = {"quit": Quit, "menu": Menu}
        if name in leaving:
            raise leaving[name]
        if name == "help":
            self.lines.say()
            for text in help_:
                self.lines.say(text)
        elif name == "language":
            self.set_language(LANGUAGES[(LANGUAGES.index(self.words.lang) + 1) % len(LANGUAGES)])
        elif name == "glossary":
            glossary.show(self.terms(), argument, self.lines, self.words, self.context())
        elif name in ("card", "search"):
            from rnntutor.plain import looking_up

            {"card": looking_up.card, "search": looking_up.search}[name](self, argument)
        elif name == "go":
            raise self._opened(argument)
        else:
            return False
        return True

    def _opened(self, target: str) -> Exception:
        """Where `go LESSON.STEP` leads."""
        lesson, _, page = target.partition(".")
        if contents.page_at(self.course, lesson, page or "cover", self.words.lang) is None:
            return Refused("plain.no_page", name=target)
        return Open(lesson, page or "cover")

    def unknown(self, line: str) -> Refused:
        return Refused("plain.unknown", text=line)

    def help_of(self, commands: Iterable[Command], *first: str) -> tuple[str, ...]:
        """The help for a page: what its blank line does and how it is answered, then its
        commands."""
        return (*(text for text in first if text), *help_lines(commands, self.words))
