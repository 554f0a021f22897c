"""A question from its first sight to its verdict: answer, hints, confidence, marking.

The answer that is being put together is a draft of plain data; `given` turns it into what is
logged and marked. Every function returns the next state.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rnntutor.course.blocks import Blocks
from rnntutor.course.expression import Typed
from rnntutor.course.fill import fill
from rnntutor.course.question import Option, Question
from rnntutor.course.questions import draw, gap_orders, kind_of, mark, order_of
from rnntutor.course.questions.base import TOO_COARSE, AnswerField, Attempt, Verdict
from rnntutor.course.term import GlossaryTerm

ANSWERING, CONFIDENCE, SAVING, DONE = "answering", "confidence", "saving", "done"
GUESSED, MAYBE, SURE = 1, 2, 3
EMPTY = "question.empty"
GIVING_UP = "question.give-up"  # asked for the answer once; it is shown when asked again


@dataclass(frozen=True, slots=True)
class QuestionState(Attempt):
    """A question being asked. hints: how many have been shown. complaint: the key of a sentence
    (what is missing), or ""."""

    hints: int = 0
    state: str = ANSWERING
    confidence: int = 0
    verdict: Verdict | None = None
    revealed: bool = False  # the learner asked for the answer instead of giving one
    complaint: str = ""

    @property
    def rows(self) -> int:
        """How many rows the cursor can stand on: options, gaps or pairs; 0 for a typed number."""
        return kind_of(self.question).rows(self.question.body)

    @property
    def field(self) -> AnswerField | None:
        """The text field that the cursor stands in."""
        return kind_of(self.question).field(self.question.body, self)


def ask(question: Question, *, salt: str, number: int) -> QuestionState:
    """The question in its variant `number`, nothing answered yet. Raises VariantError where it
    cannot be drawn, or its text names a number that is not there."""
    kind = kind_of(question)
    return QuestionState(
        question,
        number,
        order_of(question, salt, number),
        gap_orders(question, salt, number),
        draw(question, salt, number),
        kind.blank(question.body),
    )


def options(asked: QuestionState) -> tuple[Option, ...]:
    """The options that can be chosen or put in order, as they are shown."""
    found = kind_of(asked.question).options(asked.question.body)
    return tuple(found[n] for n in asked.order) if found else ()


def filled(asked: QuestionState, blocks: Blocks) -> Blocks:
    """Blocks of the question with its variant's numbers in them."""
    return fill(blocks, asked.instance) if asked.instance else blocks


def translated(
    asked: QuestionState, question: Question, glossary: Iterable[GlossaryTerm] = ()
) -> QuestionState:
    """The same state of the same question in the other language; its feedback too."""
    fresh = replace(asked, question=question)
    return fresh if asked.verdict is None else replace(fresh, verdict=verdict(fresh, glossary))


# ---- putting an answer together --------------------------------------------------------------


def walk(asked: QuestionState, count: int) -> QuestionState:
    """The cursor `count` rows on; it stays within the rows."""
    if asked.state != ANSWERING or not asked.rows:
        return asked
    cursor = max(0, min(asked.cursor + count, asked.rows - 1))
    return replace(trying_on(asked), cursor=cursor)


def pick(asked: QuestionState, place: int | None = None) -> QuestionState:
    """Choose, tick or untick the option at a place on the screen (None: where the cursor is).

    In an order the option takes the next number, or gives its number back; in a gap or a pair
    the place is that of the choice for the cursor's row.
    """
    return _moved(asked, kind_of(asked.question).pick(asked.question.body, asked, place))


def choices(asked: QuestionState) -> int:
    """How many choices the cursor's row has: of a gap that is picked, of a pair; else 0."""
    return kind_of(asked.question).choices(asked.question.body, asked)


def cycle(asked: QuestionState, count: int) -> QuestionState:
    """The next or previous choice of the cursor's gap or pair."""
    return _moved(asked, kind_of(asked.question).cycle(asked.question.body, asked, count))


def type_text(asked: QuestionState, text: str) -> QuestionState:
    """The answer with this text in its text field; as it is where it has no field."""
    if asked.field is None:
        return asked
    return _moved(asked, kind_of(asked.question).type_text(asked.question.body, asked, text))


def _moved(before: QuestionState, after: QuestionState) -> QuestionState:
    """The answer with one more move, if it may still be changed."""
    if before.state != ANSWERING or after is before:
        return before
    return replace(after, complaint="")


def hint(asked: QuestionState) -> QuestionState:
    """One more hint, while there is one."""
    if asked.state != ANSWERING:
        return asked
    hints = min(asked.hints + 1, len(asked.question.hints))
    return replace(trying_on(asked), hints=hints)


# ---- answering ---------------------------------------------------------------------------------


def given(asked: QuestionState) -> object:
    """The draft as what is logged and marked: ids, texts; None where nothing has been answered."""
    return kind_of(asked.question).answer(asked.question.body, asked)


def typed_number(asked: QuestionState) -> Typed | None:
    """What stands in the field of a number, worked out; None where that comes to nothing."""
    return kind_of(asked.question).number(asked.question.body, asked)


def too_coarse(asked: QuestionState) -> bool:
    """Whether the answer was not taken because it was rounded too early."""
    return asked.complaint == TOO_COARSE


def submit(asked: QuestionState) -> QuestionState:
    """The answer is ready; the confidence is asked next. What is empty or no number stays, and so
    does what only rounding parts from the right number."""
    if asked.state != ANSWERING:
        return asked
    answer = given(asked)
    if answer is None:
        complaint = EMPTY
    elif isinstance(answer, list) and None in answer:
        first = answer.index(None)
        return replace(asked, complaint="question.incomplete", cursor=first)
    else:
        complaint = kind_of(asked.question).complaint(asked.question.body, asked)
    if complaint:
        return replace(asked, complaint=complaint)
    return replace(asked, state=CONFIDENCE, complaint="")


def back_to_answer(asked: QuestionState) -> QuestionState:
    """From the confidence back to the answer, which stays as it is."""
    return replace(asked, state=ANSWERING) if asked.state == CONFIDENCE else asked


def set_confidence(asked: QuestionState, confidence: int) -> QuestionState:
    """How sure the learner is; the answer is now being saved."""
    if asked.state != CONFIDENCE or confidence not in (GUESSED, MAYBE, SURE):
        return asked
    return replace(asked, state=SAVING, confidence=confidence)


def unasked(asked: QuestionState) -> QuestionState:
    """The answer is being saved without a word on how sure the learner is, who wants it so."""
    return replace(asked, state=SAVING, confidence=0) if asked.state == CONFIDENCE else asked


def give_up(asked: QuestionState) -> QuestionState:
    """Show the answer, which then counts as not known: when asked for it a second time. After the
    first a sentence says so, and whatever else one does takes it back."""
    if asked.state != ANSWERING:
        return asked
    if asked.complaint != GIVING_UP:
        return replace(asked, complaint=GIVING_UP)
    return replace(asked, state=SAVING, revealed=True, complaint="")


def trying_on(asked: QuestionState) -> QuestionState:
    """The question without the offer to show its answer."""
    return replace(asked, complaint="") if asked.complaint == GIVING_UP else asked


def verdict(asked: QuestionState, glossary: Iterable[GlossaryTerm] = ()) -> Verdict:
    """What the answer is worth; an answer that was asked for instead of given is worth nothing."""
    marked = mark(asked.question, given(asked), instance=asked.instance, glossary=glossary)
    if marked is not None and not asked.revealed:
        return marked
    # What had been right already stays right, gap by gap and pair by pair.
    parts = marked.parts if marked is not None else (False,) * max(1, asked.rows)
    right = kind_of(asked.question).right(asked.question.body, asked)
    return Verdict(0.0, "wrong", (), right, parts)


def saved(asked: QuestionState, result: Verdict) -> QuestionState:
    """The answer is on disk: its verdict may be seen."""
    return replace(asked, state=DONE, verdict=result)


def unsaved(asked: QuestionState) -> QuestionState:
    """The answer could not be kept: back to it, nothing of it lost."""
    return replace(asked, state=ANSWERING, revealed=False)


def reopened(asked: QuestionState) -> QuestionState:
    """The question before its answer, which stands as it was given."""
    return replace(asked, state=ANSWERING, verdict=None, revealed=False, confidence=0)
