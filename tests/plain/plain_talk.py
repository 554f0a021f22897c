"""A learner in plain mode: types lines, reads the output and the log."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from rnntutor import plain
from rnntutor.course.faded import Faded
from rnntutor.course.load import open_course
from rnntutor.course.question import Question
from rnntutor.course.questions.cloze import Cloze, gap_choices
from rnntutor.course.questions.match import Match, right_column
from rnntutor.course.questions.numeric import Numeric
from rnntutor.course.questions.options import Choice
from rnntutor.course.questions.order import Order
from rnntutor.course.variant import Variant, number_at
from rnntutor.failure import Failure
from rnntutor.session import question as questions
from rnntutor.session.question import QuestionState
from rnntutor.session.start import QuizRequest, Start
from rnntutor.study.log import Log
from rnntutor.words import load

SALT = "a-learner"


@dataclass
class Talk:
    """One learner at one course. Each call is one session."""

    course: Path
    data: Path
    lang: str = "en"
    known: bool = True
    open_file: Path | None = None
    trouble: Failure | None = None
    quiz: QuizRequest | None = None

    def __call__(self, *typed: str) -> str:
        """Run one session with these lines as input; return its output."""
        text = "".join(f"{line}\n" for line in typed)
        out = io.StringIO()
        course = open_course(self.course, load(self.lang))
        start = Start(self.lang, self.known, self.data, course, self.open_file)
        start = start._replace(trouble=self.trouble, quiz=self.quiz)
        with mock.patch("sys.stdin", io.StringIO(text)), contextlib.redirect_stdout(out):
            status = plain.run(start)
        said = out.getvalue()
        assert status == 0
        assert "Traceback" not in said
        assert steering(said) == set()
        return said

    def salted(self) -> Talk:
        """Set a fixed salt, so that the drawn numbers are known."""
        self.data.mkdir(parents=True, exist_ok=True)
        log = Log(self.data, "salt")
        log.append("setting", name="salt", value=SALT)
        log.close()
        return self

    def with_course(self, changes: Mapping[str, str]) -> Talk:
        """Let the learner read a course of their own, in which texts are replaced."""
        own = self.data.parent / "own-course"
        shutil.copytree(self.course, own)
        for path in own.glob("*/*.md"):
            text = path.read_text(encoding="utf-8")
            for old, new in changes.items():
                text = text.replace(old, new)
            path.write_text(text, encoding="utf-8")
        self.course = own
        return self

    def events(self, *kinds: str) -> list[tuple[str, dict[str, object]]]:
        """Return kind and data of the events in the log, in order."""
        found = []
        for path in sorted((self.data / "events").glob("*.jsonl")):
            for line in path.read_text(encoding="utf-8").splitlines():
                event = json.loads(line)
                key = (event["time"], event["session"], event["sequence"])
                found.append((key, event["kind"], event["data"]))
        ordered = [(kind, data) for _, kind, data in sorted(found, key=lambda e: e[0])]
        return [event for event in ordered if not kinds or event[0] in kinds]

    def answers(self) -> list[dict[str, object]]:
        return [data for _, data in self.events("answer")]

    def text(self, key: str, **values: object) -> str:
        return load(self.lang)(key, **values)


def joined(text: str) -> str:
    """Return a text as one line, so that sentences are found across line breaks."""
    return " ".join(text.split())


def steering(text: str) -> set[str]:
    """Return the control characters of a text."""
    return {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c != "\n"}


def asked(question: Question, number: int = 0) -> QuestionState:
    """Return the question as a learner with the fixed salt gets it."""
    return questions.ask(question, salt=SALT, number=number)


def right(question: Question, number: int = 0) -> str:
    """Return the typed line of a right answer."""
    return _typed(asked(question, number), good=True)


def wrong(question: Question, number: int = 0) -> str:
    """Return the typed line of a wrong answer."""
    return _typed(asked(question, number), good=False)


def _typed(it: QuestionState, *, good: bool) -> str:
    match it.question.body:
        case Choice():
            shown = questions.options(it)
            return _numbers(n for n, option in enumerate(shown, 1) if option.right == good)[
                : None if it.question.type == "multi" else 1
            ]
        case Order(items=items):
            numbers = {option.id: n for n, option in enumerate(questions.options(it), 1)}
            ordered = [numbers[item.id] for item in items]
            return _numbers(ordered if good else reversed(ordered))
        case Match(pairs=pairs):
            column = [right_column(it.question.body, it).index(cell) + 1 for _, cell in pairs]
            return _numbers(column if good else (*column[1:], column[0]))
        case Cloze(gaps=gaps):
            parts = []
            for n, gap in enumerate(gaps):
                choices = gap_choices(it.question.body, it, n)
                number = next(
                    (k for k, text in enumerate(choices, 1) if (text in gap.answers) == good), 0
                )
                parts.append(str(number) if choices else gap.answers[0] if good else "xyz")
            return "= " + " / ".join(parts)
        case Faded(gaps=left_out):
            assert it.instance is not None
            keys = [number_at(it.instance.trace, gap.of) for gap in left_out]
            return "= " + "; ".join(repr(key if good else key + 1000) for key in keys)
        case Numeric(low=low, high=high):
            return repr((low + high) / 2 if good else high + 1000)
        case Variant(atol=atol):
            assert it.instance is not None
            return repr(it.instance.key if good else it.instance.key + 3 * atol + 1000)


def _numbers(numbers: Iterable[int]) -> str:
    return " ".join(str(n) for n in numbers)
