"""What a question kind is: everything that the rest of the tutor needs to know of one.

A kind is one module of this package with one subclass of `QuestionKind`, registered in `__init__`,
and one `QuestionRenderer` in pages/questions. What is abstract here every kind has to say for
itself; what has a body is what most kinds have in common.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from rnntutor.course.blocks import Blocks, Inline, Paragraph
from rnntutor.course.question import Body, Option, Question, Reason
from rnntutor.course.questions.forms import Form
from rnntutor.course.term import GlossaryTerm
from rnntutor.failure import Refused

if TYPE_CHECKING:
    from rnntutor.course.expression import Typed
    from rnntutor.course.nodes import Nodes
    from rnntutor.course.precision import Precision
    from rnntutor.course.reader import BlockParser
    from rnntutor.course.variant import Instance, Variant

COARSE = "coarse"
TOO_COARSE = "precision.coarse"

B = TypeVar("B", bound=Body)

# The line in the file (0: the question's) and the words of something that can be chosen.
Alternative = tuple[int, Inline]


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """The answer so far. picked: places on the screen (from 0) that are chosen: one of a single
    choice, several of a multi, the chosen order of an order. slots: per gap or per left cell what
    stands there: typed text, or a place on the screen; None is empty. text: what was typed."""

    picked: tuple[int, ...] = ()
    slots: tuple[str | int | None, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A question as it stands before the learner, and the answer so far.

    number: its variant. order: the places in the author's order, as they stand on the screen
    (options, items, the right column). gaps: the same of each gap's choices. instance: the numbers
    that were drawn for it. cursor: the row the learner is on.
    """

    question: Question
    number: int
    order: tuple[int, ...] = ()
    gaps: tuple[tuple[int, ...], ...] = ()
    instance: Instance | None = None
    draft: AnswerDraft = AnswerDraft()
    cursor: int = 0


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer to be marked. raw: plain data, as `QuestionKind.answer` makes it or a log keeps it;
    it may be anything. instance: the numbers that were drawn for the question. glossary: whose
    aliases pass."""

    raw: object
    instance: Instance | None = None
    glossary: Iterable[GlossaryTerm] = ()


A = TypeVar("A", bound=Attempt)


@dataclass(frozen=True, slots=True)
class AnswerField:
    """The field in which something is typed.

    key: of the words before it, with their `values`. text: what stands in it. number: whether a
    number is typed: such a field opens when one begins, and until then the keys are commands.
    """

    key: str
    text: str
    values: Mapping[str, object]
    number: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer is worth.

    score: 0 to 1. state: "right" (1), "partly" or "wrong" (0); or COARSE: the right method, but
    rounded too early. Such an answer is asked for again and counts for nothing.
    feedback: what to say about the mistakes that were found, in the order of the answer.
    right: the right answer, in the form in which answers are given (a number as text).
    parts: whether each part is as it should be: each option's tick (in the author's order), each
        gap, each pair, each item placed; one for a number.
    found: what the mistakes are: ids of wrong options, slips ("forget_all"), places of the trace
        ("c[1]"), the numbers of known mistakes ("0.9").
    misconceptions: their codes ("M-19"), where the author gave them.
    """

    score: float
    state: str
    feedback: tuple[Blocks, ...]
    right: object
    parts: tuple[bool, ...]
    found: tuple[str, ...] = ()
    misconceptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """A part of an answer, to be read. said: in the words of the question, or (a string) as it was
    typed; None where nothing was answered. name: which part it is, where there are several."""

    said: Inline | str | None
    name: Inline = ()


class QuestionKind(ABC, Generic[B]):
    """One kind of question. body: what its `parse` makes, and all its methods are given.

    one_right: one option is right and all others are wrong. drawn: the numbers in its text are
    drawn anew for each variant. stands_alone: it can be asked far from what it follows in its
    lesson. fences: languages of the code blocks that its source may hold. pick_label: of the words
    for what a digit does to its row; "" where rows are not picked. by_place: the parts of an answer
    are those of its verdict. between: what stands between the parts where they are read in a row.
    """

    name: ClassVar[str]
    one_right: ClassVar[bool] = False
    drawn: ClassVar[bool] = False
    stands_alone: ClassVar[bool] = True
    fences: ClassVar[tuple[str, ...]] = ()
    pick_label: ClassVar[str] = ""
    by_place: ClassVar[bool] = False
    between: ClassVar[str] = " · "

    # ---- as the author writes it ---------------------------------------------------------------

    @abstractmethod
    def parse(self, reader: BlockParser, nodes: Nodes, line: int) -> tuple[Blocks, B | None]:
        """The prompt and the body.

        Args:
            reader: turns nodes into blocks, and takes problems.
            nodes: everything between the question's heading and its first alert.
            line: of the heading.

        Returns:
            The prompt is all that is not the body; a body that cannot be read is None, and a
            problem says why.
        """

    def with_reasons(self, body: B, reasons: tuple[Reason, ...]) -> B | None:
        """The body with what its [!WRONG] says; None where there is no place for it."""
        return None

    # ---- as `check` reads it -------------------------------------------------------------------

    @abstractmethod
    def sentences(self, body: B) -> tuple[Inline, ...]:
        """Every line of words in the body, its options aside."""

    @abstractmethod
    def same_in_translation(self, body: B) -> Mapping[str, object]:
        """What every language must have alike beyond the options: name in the file -> value."""

    def translation_line(self, body: B, line: int) -> int:
        """Where those names stand. line: of the question."""
        return line

    def options(self, body: B) -> tuple[Option, ...]:
        """Everything with an id that can be chosen or put in order, as the author wrote it."""
        return ()

    def alternatives(self, body: B) -> tuple[tuple[Alternative, ...], ...]:
        """Groups of what can be chosen; within one no two may read the same."""
        return (tuple((option.line, option.inline) for option in self.options(body)),)

    def reasons(self, body: B) -> tuple[int, int]:
        """How many reasons for mistakes are needed, and how many there are."""
        return 0, 0

    @abstractmethod
    def ideas(self, body: B) -> frozenset[str]:
        """The misconceptions that it knows: their codes, and the names of known slips."""

    # ---- as it is shown ------------------------------------------------------------------------

    def order(self, body: B, rng: Random) -> tuple[int, ...]:
        """The places, in the author's order from 0, as they are shown from top to bottom."""
        return ()

    def gap_orders(self, body: B, rng: Random) -> tuple[tuple[int, ...], ...]:
        """For each gap the places of its choices, in the author's order, as they are shown."""
        return ()

    def variants(self, body: B) -> tuple[Variant, ...]:
        """Each number that is asked for, with the block it is drawn and computed from."""
        return ()

    def draw(self, body: B, question: Question, salt: str, number: int) -> Instance | None:
        """The numbers of a variant. Raises VariantError where there are none to be had."""
        return None

    def filled(self, body: B, instance: Instance) -> B:
        """The body with the numbers of a variant in all of its text. Raises VariantError."""
        return body

    @abstractmethod
    def form(self, body: B, attempt: Attempt) -> Form:
        """What it is to other programs. body: with the numbers of its variant in its text."""

    # ---- the answer while it is given ----------------------------------------------------------

    @abstractmethod
    def blank(self, body: B) -> AnswerDraft:
        """The draft with nothing in it."""

    @abstractmethod
    def rows(self, body: B) -> int:
        """How many rows the cursor can stand on: options, gaps or pairs; 0 for a typed number."""

    @abstractmethod
    def field(self, body: B, attempt: Attempt) -> AnswerField | None:
        """The field that the cursor stands in, if something is to be typed there."""

    def choices(self, body: B, attempt: Attempt) -> int:
        """How many choices there are for the cursor's row; 0 where there are none."""
        return 0

    def pick(self, body: B, attempt: A, place: int | None) -> A:
        """Choose, tick or untick what stands at a place (None: where the cursor is)."""
        return attempt

    def cycle(self, body: B, attempt: A, count: int) -> A:
        """The next or previous choice for the cursor's row."""
        return attempt

    def type_text(self, body: B, attempt: A, text: str) -> A:
        """The attempt with this text in its field."""
        return attempt

    # ---- the answer that was given -------------------------------------------------------------

    @abstractmethod
    def answer(self, body: B, attempt: Attempt) -> object:
        """The draft as it is logged and marked: plain data; None where nothing is answered."""

    def number(self, body: B, attempt: Attempt) -> Typed | None:
        """The number that is typed, worked out; None where there is none."""
        return None

    def precision(self, body: B, instance: Instance | None) -> Precision | None:
        """How exact a number has to be; None where none is asked for."""
        return None

    def complaint(self, body: B, attempt: Attempt) -> str:
        """Why an answer that is complete cannot be taken, as a key of words/; else ""."""
        return ""

    @abstractmethod
    def mark(self, body: B, given: GivenAnswer) -> Verdict | None:
        """What an answer is worth; None where there is nothing to mark."""

    @abstractmethod
    def right(self, body: B, attempt: Attempt) -> object:
        """The right answer in words, where no row of the page shows it; else None."""

    @abstractmethod
    def said(self, body: B, raw: object) -> tuple[AnswerPart, ...]:
        """An answer as a log (or the right one as a verdict) has it, to be read part by part."""

    # ---- a typed line as the answer ------------------------------------------------------------

    @abstractmethod
    def line_form(self, body: B) -> Refused:
        """The sentence that says how it is answered by a line."""

    @abstractmethod
    def read_line(self, body: B, attempt: A, line: str) -> A:
        """The blank attempt with the line as its answer. Raises Refused."""


# ---- what several kinds do ---------------------------------------------------------------------


def verdict(
    score: float,
    feedback: tuple[Blocks, ...],
    right: object,
    parts: tuple[bool, ...],
    found: tuple[str, ...] = (),
    misconceptions: tuple[str, ...] = (),
) -> Verdict:
    """The verdict whose state follows from its score."""
    state = "right" if score >= 1 else "partly" if score > 0 else "wrong"
    return Verdict(score, state, feedback, right, parts, found, misconceptions)


def sentence(inline: Inline) -> Blocks:
    """A line of words as feedback."""
    return (Paragraph(inline),)


def items_of(raw: object) -> list[object]:
    """The parts of an answer that is a list; none of any other."""
    return list(raw) if isinstance(raw, list | tuple) else []


def typed(raw: object) -> str | None:
    """What was typed, out of an answer that may be anything; None where nothing was."""
    return str(raw) if isinstance(raw, str | int | float) and raw != "" else None


def prompt_without(reader: BlockParser, nodes: Nodes, body: Nodes) -> Blocks:
    """The prompt: every block but the body's."""
    return reader.blocks(n for n in nodes if all(n is not b for b in body))
