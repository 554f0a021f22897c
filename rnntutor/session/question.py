"""The state of one question from being asked to its verdict: answer, hints, confidence, marking.

The unfinished answer is a draft of plain data; `raw_answer` converts it into what is logged and
marked. Functions that change the state return the next one.
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
GIVING_UP = "question.give-up"  # the answer was requested once; a second request shows it


@dataclass(frozen=True, slots=True)
class QuestionState(Attempt):
    """A question being asked.

    Attributes:
        hints: number of hints shown.
        state: ANSWERING, CONFIDENCE, SAVING or DONE.
        confidence: GUESSED, MAYBE or SURE; 0 if unknown.
        verdict: the verdict, once DONE.
        revealed: whether the learner requested the answer instead of giving one.
        complaint: key of a sentence on what is missing, or "".
    """

    hints: int = 0
    state: str = ANSWERING
    confidence: int = 0
    verdict: Verdict | None = None
    revealed: bool = False
    complaint: str = ""

    @property
    def rows(self) -> int:
        """The number of rows for the cursor: options, gaps or pairs; 0 for a single text."""
        return kind_of(self.question).rows(self.question.body)

    @property
    def field(self) -> AnswerField | None:
        """The text field at the cursor, if any."""
        return kind_of(self.question).field(self.question.body, self)


def ask(question: Question, *, salt: str, number: int) -> QuestionState:
    """Return a question in its variant `number`, unanswered.

    Args:
        salt: seeds the variants of this learner.

    Raises:
        VariantError: the variant cannot be drawn, or the text refers to a missing number.
    """
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
    """Return the options to choose or to order, in the order shown."""
    found = kind_of(asked.question).options(asked.question.body)
    return tuple(found[n] for n in asked.order) if found else ()


def fill_blocks(asked: QuestionState, blocks: Blocks) -> Blocks:
    """Return blocks of the question with its variant's numbers filled in."""
    return fill(blocks, asked.instance) if asked.instance else blocks


def translate(
    asked: QuestionState, question: Question, glossary: Iterable[GlossaryTerm] = ()
) -> QuestionState:
    """Return the same state with the question and the feedback in another language."""
    fresh = replace(asked, question=question)
    return fresh if asked.verdict is None else replace(fresh, verdict=verdict(fresh, glossary))


# ---- composing an answer ---------------------------------------------------------------------


def walk(asked: QuestionState, count: int) -> QuestionState:
    """Move the cursor by `count` rows, within the rows."""
    if asked.state != ANSWERING or not asked.rows:
        return asked
    cursor = max(0, min(asked.cursor + count, asked.rows - 1))
    return replace(trying_on(asked), cursor=cursor)


def pick(asked: QuestionState, index: int | None = None) -> QuestionState:
    """Choose, tick or untick an option.

    In an ordering the option takes the next number, or loses its number. In a gap or a pair,
    `index` is that of the choice for the cursor's row.

    Args:
        index: index of the option on screen; None for the one at the cursor.
    """
    return _keep_if_open(asked, kind_of(asked.question).pick(asked.question.body, asked, index))


def choices(asked: QuestionState) -> int:
    """Return the number of choices in the cursor's row (a gap with choices, a pair), else 0."""
    return kind_of(asked.question).choices(asked.question.body, asked)


def cycle(asked: QuestionState, count: int) -> QuestionState:
    """Select the next or previous choice of the cursor's gap or pair."""
    return _keep_if_open(asked, kind_of(asked.question).cycle(asked.question.body, asked, count))


def type_text(asked: QuestionState, text: str) -> QuestionState:
    """Set the text of the answer's text field; without one, nothing changes."""
    if asked.field is None:
        return asked
    return _keep_if_open(asked, kind_of(asked.question).type_text(asked.question.body, asked, text))


def _keep_if_open(before: QuestionState, after: QuestionState) -> QuestionState:
    """Return the changed answer if it may still be changed."""
    if before.state != ANSWERING or after is before:
        return before
    return replace(after, complaint="")


def hint(asked: QuestionState) -> QuestionState:
    """Show one more hint, if there is one."""
    if asked.state != ANSWERING:
        return asked
    hints = min(asked.hints + 1, len(asked.question.hints))
    return replace(trying_on(asked), hints=hints)


# ---- answering ---------------------------------------------------------------------------------


def raw_answer(asked: QuestionState) -> object:
    """Return the draft as logged and marked (ids, texts), or None if nothing has been answered."""
    return kind_of(asked.question).answer(asked.question.body, asked)


def typed_number(asked: QuestionState) -> Typed | None:
    """Return the evaluated text of a number field, or None if it has no value."""
    return kind_of(asked.question).number(asked.question.body, asked)


def too_coarse(asked: QuestionState) -> bool:
    """Return whether the answer was not accepted because of premature rounding."""
    return asked.complaint == TOO_COARSE


def submit(asked: QuestionState) -> QuestionState:
    """Submit the answer and go on to the confidence.

    An answer that is empty, no number, or wrong only through rounding is kept, with a complaint.
    """
    if asked.state != ANSWERING:
        return asked
    answer = raw_answer(asked)
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
    """Return from the confidence to the unchanged answer."""
    return replace(asked, state=ANSWERING) if asked.state == CONFIDENCE else asked


def set_confidence(asked: QuestionState, confidence: int) -> QuestionState:
    """Set the learner's confidence; saving begins."""
    if asked.state != CONFIDENCE or confidence not in (GUESSED, MAYBE, SURE):
        return asked
    return replace(asked, state=SAVING, confidence=confidence)


def skip_confidence(asked: QuestionState) -> QuestionState:
    """Begin saving without a confidence, for learners who turned that question off."""
    return replace(asked, state=SAVING, confidence=0) if asked.state == CONFIDENCE else asked


def give_up(asked: QuestionState) -> QuestionState:
    """Show the right answer at the second request; the question then counts as not known.

    The first request shows a warning, which any other action withdraws.
    """
    if asked.state != ANSWERING:
        return asked
    if asked.complaint != GIVING_UP:
        return replace(asked, complaint=GIVING_UP)
    return replace(asked, state=SAVING, revealed=True, complaint="")


def trying_on(asked: QuestionState) -> QuestionState:
    """Return the question without the pending request to show its answer."""
    return replace(asked, complaint="") if asked.complaint == GIVING_UP else asked


def verdict(asked: QuestionState, glossary: Iterable[GlossaryTerm] = ()) -> Verdict:
    """Mark the answer; a revealed answer scores nothing."""
    marked = mark(asked.question, raw_answer(asked), instance=asked.instance, glossary=glossary)
    if marked is not None and not asked.revealed:
        return marked
    # Gaps and pairs that were right already stay marked as right.
    parts = marked.parts if marked is not None else (False,) * max(1, asked.rows)
    right = kind_of(asked.question).right(asked.question.body, asked)
    return Verdict(0.0, "wrong", (), right, parts)


def set_verdict(asked: QuestionState, result: Verdict) -> QuestionState:
    """Set the verdict, once the answer is on disk."""
    return replace(asked, state=DONE, verdict=result)


def undo_save(asked: QuestionState) -> QuestionState:
    """Return to the answer after saving it failed."""
    return replace(asked, state=ANSWERING, revealed=False)


def reopen(asked: QuestionState) -> QuestionState:
    """Return the question before it was marked, with the answer as given."""
    return replace(asked, state=ANSWERING, verdict=None, revealed=False, confidence=0)
