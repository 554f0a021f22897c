"""The interface of a question kind: everything that the rest of the tutor needs from it.

A kind is one module of this package with one subclass of `QuestionKind`, registered in `__init__`,
and one `QuestionRenderer` in pages/questions. Every kind overrides the abstract methods; the other
methods have the default that most kinds use.
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

# The line in the file (0 for the question's own) and the text of a choice.
Alternative = tuple[int, Inline]


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """The answer so far.

    Attributes:
        picked: Displayed indices of the chosen options: one for a single, several for a
            multi, the chosen order for an order.
        slots: For each gap or left cell the typed text, the displayed index of the choice, or
            None.
        text: The typed text of an answer that has no rows.
    """

    picked: tuple[int, ...] = ()
    slots: tuple[str | int | None, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A question in the form shown to the learner, with the answer so far.

    Attributes:
        question: The question.
        number: Number of the variant.
        order: For each displayed index (of options, items or the right column) the index in the
            author's order.
        gaps: The same for the choices of each gap.
        instance: The drawn numbers.
        draft: The answer so far.
        cursor: Row of the cursor.
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
    """An answer to be marked.

    Attributes:
        raw: Plain data, as `QuestionKind.answer` returns it or a log stores it; may be anything.
        instance: The drawn numbers of the question.
        glossary: Terms with aliases that are accepted.
    """

    raw: object
    instance: Instance | None = None
    glossary: Iterable[GlossaryTerm] = ()


A = TypeVar("A", bound=Attempt)


@dataclass(frozen=True, slots=True)
class AnswerField:
    """A text field for typing an answer.

    Attributes:
        key: Key in words/ of the label.
        text: Content of the field.
        values: Values for the placeholders of the label.
        number: Whether a number is typed. Such a field opens when a number is begun; until then the
            keys are commands.
    """

    key: str
    text: str
    values: Mapping[str, object]
    number: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of marking an answer.

    Attributes:
        score: From 0 to 1.
        state: "right" (1), "partly" or "wrong" (0); or COARSE: the right method, but rounded too
            early. Such an answer does not count, and the learner answers again.
        feedback: Explanations of the mistakes, in the order of the answer.
        right: The right answer in the form of an answer (a number as text).
        parts: Whether each part is right: each option (in the author's order), each gap, each pair,
            each placed item; one part for a number.
        found: The recognised mistakes: ids of wrong options, slips ("forget_all"), paths in the
            trace ("c[1]"), or the numbers of known mistakes ("0.9").
        misconceptions: Codes of the misconceptions ("M-19") that the author assigned.
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
    """A part of an answer, for display.

    Attributes:
        said: Inline content of the question, or a string as it was typed; None if unanswered.
        name: Label of the part, if there are several.
    """

    said: Inline | str | None
    name: Inline = ()


class QuestionKind(ABC, Generic[B]):
    """One kind of question. All methods receive the body that its `parse` returned.

    Attributes:
        name: The name that an author writes: `type=single`.
        one_right: Whether exactly one option is right.
        drawn: Whether the numbers in the text are drawn for each variant.
        stands_alone: Whether the question can be asked elsewhere than in its lesson.
        fences: Languages of the code blocks that the source may contain.
        pick_label: Key in words/ for the action of a digit key; "" if rows cannot be picked.
        by_part: Whether the parts of an answer correspond to those of its verdict.
        between: Separator between the parts of an answer on one line.
    """

    name: ClassVar[str]
    one_right: ClassVar[bool] = False
    drawn: ClassVar[bool] = False
    stands_alone: ClassVar[bool] = True
    fences: ClassVar[tuple[str, ...]] = ()
    pick_label: ClassVar[str] = ""
    by_part: ClassVar[bool] = False
    between: ClassVar[str] = " · "

    # ---- parsing -------------------------------------------------------------------------------

    @abstractmethod
    def parse(self, reader: BlockParser, nodes: Nodes, line: int) -> tuple[Blocks, B | None]:
        """Parse the prompt and the body.

        Args:
            reader: Converts nodes to blocks and collects problems.
            nodes: All nodes between the heading of the question and its first alert.
            line: Line of the heading.

        Returns:
            The prompt, which is everything outside the body; and the body, or None and a problem if
            it cannot be parsed.
        """

    def with_reasons(self, body: B, reasons: tuple[Reason, ...]) -> B | None:
        """Return the body with the reasons of [!WRONG], or None if the kind has no use for them."""
        return None

    # ---- for `check` ---------------------------------------------------------------------------

    @abstractmethod
    def sentences(self, body: B) -> tuple[Inline, ...]:
        """Return all inline content of the body except its options."""

    @abstractmethod
    def same_in_translation(self, body: B) -> Mapping[str, object]:
        """Return the data, besides the options, that must be equal in every language.

        The keys are the names used in the file.
        """

    def translation_line(self, body: B, line: int) -> int:
        """Return the line of that data; the default is `line`, the line of the question."""
        return line

    def options(self, body: B) -> tuple[Option, ...]:
        """Return everything with an id that can be chosen or ordered, in the author's order."""
        return ()

    def alternatives(self, body: B) -> tuple[tuple[Alternative, ...], ...]:
        """Return groups of choices; within a group all texts must differ."""
        return (tuple((option.line, option.inline) for option in self.options(body)),)

    def reasons(self, body: B) -> tuple[int, int]:
        """Return how many reasons for mistakes are required, and how many there are."""
        return 0, 0

    @abstractmethod
    def ideas(self, body: B) -> frozenset[str]:
        """Return the recognised misconceptions: their codes, and the names of known slips."""

    # ---- for display ---------------------------------------------------------------------------

    def order(self, body: B, rng: Random) -> tuple[int, ...]:
        """Return the indices, in the author's order from 0, in the order of display."""
        return ()

    def gap_orders(self, body: B, rng: Random) -> tuple[tuple[int, ...], ...]:
        """Return for each gap the indices of its choices in the order of display."""
        return ()

    def variants(self, body: B) -> tuple[Variant, ...]:
        """Return a block for each number to compute, with the draws and the model."""
        return ()

    def draw(self, body: B, question: Question, salt: str, number: int) -> Instance | None:
        """Return the numbers of a variant, or None for a kind without drawn numbers.

        Raises:
            VariantError: No draw is usable.
        """
        return None

    def fill(self, body: B, instance: Instance) -> B:
        """Return the body with the numbers of a variant in all of its text.

        Raises:
            VariantError: The text names an unknown number.
        """
        return body

    @abstractmethod
    def form(self, body: B, attempt: Attempt) -> Form:
        """Return the form of the question for exports; the body has its numbers in its text."""

    # ---- editing the answer --------------------------------------------------------------------

    @abstractmethod
    def blank(self, body: B) -> AnswerDraft:
        """Return the empty draft."""

    @abstractmethod
    def rows(self, body: B) -> int:
        """Return the number of rows for the cursor (options, gaps, pairs); 0 for a single text."""

    @abstractmethod
    def field(self, body: B, attempt: Attempt) -> AnswerField | None:
        """Return the text field at the cursor, or None if nothing is typed there."""

    def choices(self, body: B, attempt: Attempt) -> int:
        """Return the number of choices for the cursor's row; 0 if there are none."""
        return 0

    def pick(self, body: B, attempt: A, index: int | None) -> A:
        """Choose, tick or untick the option at a displayed index (None: at the cursor)."""
        return attempt

    def cycle(self, body: B, attempt: A, count: int) -> A:
        """Choose the next (or, for a negative count, the previous) choice for the cursor's row."""
        return attempt

    def type_text(self, body: B, attempt: A, text: str) -> A:
        """Return the attempt with this text in its field."""
        return attempt

    # ---- marking -------------------------------------------------------------------------------

    @abstractmethod
    def answer(self, body: B, attempt: Attempt) -> object:
        """Return the draft as plain data for the log and for marking, or None if it is empty."""

    def number(self, body: B, attempt: Attempt) -> Typed | None:
        """Return the value of the typed number, or None if there is none."""
        return None

    def precision(self, body: B, instance: Instance | None) -> Precision | None:
        """Return the precision that a number needs, or None for a kind without a number."""
        return None

    def complaint(self, body: B, attempt: Attempt) -> str:
        """Return the key in words/ of the reason why an answer cannot be accepted yet, or ""."""
        return ""

    @abstractmethod
    def mark(self, body: B, given: GivenAnswer) -> Verdict | None:
        """Mark an answer; return None if there is nothing to mark."""

    @abstractmethod
    def right(self, body: B, attempt: Attempt) -> object:
        """Return the right answer as text if no row of the page shows it, else None."""

    @abstractmethod
    def answer_parts(self, body: B, raw: object) -> tuple[AnswerPart, ...]:
        """Return an answer from a log, or the right one from a verdict, as parts for display."""

    # ---- answers typed on a line ---------------------------------------------------------------

    @abstractmethod
    def line_form(self, body: B) -> Refused:
        """Return the sentence that describes how to answer on a line."""

    @abstractmethod
    def read_line(self, body: B, attempt: A, line: str) -> A:
        """Return the blank attempt with the answer parsed from a line.

        Raises:
            Refused: The line is not a valid answer.
        """


# ---- helpers for several kinds -----------------------------------------------------------------


def verdict(
    score: float,
    feedback: tuple[Blocks, ...],
    right: object,
    parts: tuple[bool, ...],
    found: tuple[str, ...] = (),
    misconceptions: tuple[str, ...] = (),
) -> Verdict:
    """Return a verdict with the state that follows from its score."""
    state = "right" if score >= 1 else "partly" if score > 0 else "wrong"
    return Verdict(score, state, feedback, right, parts, found, misconceptions)


def sentence(inline: Inline) -> Blocks:
    """Return inline content as feedback."""
    return (Paragraph(inline),)


def items_of(raw: object) -> list[object]:
    """Return the parts of an answer that is a list; an empty list for any other."""
    return list(raw) if isinstance(raw, list | tuple) else []


def typed_text(raw: object) -> str | None:
    """Return the typed text of an answer of any type, or None if nothing was typed."""
    return str(raw) if isinstance(raw, str | int | float) and raw != "" else None


def prompt_without(reader: BlockParser, nodes: Nodes, body: Nodes) -> Blocks:
    """Return the prompt: the blocks of all nodes that are not in `body`."""
    return reader.blocks(n for n in nodes if all(n is not b for b in body))
