"""A question from its first sight to its verdict: answer, hints, confidence, marking.

The answer that is being put together is a draft of plain data; `given` turns it into what is
logged and marked. Every function returns the next state.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rnntutor.course.blocks import (
    Choice,
    Cloze,
    Inline,
    Match,
    Numeric,
    Option,
    Order,
    Question,
    Term,
    Variant,
)
from rnntutor.course.expression import ExpressionError, Typed, evaluate
from rnntutor.course.fill import decimal, question_filled
from rnntutor.course.mark import COARSE, Verdict, mark
from rnntutor.course.shuffle import gap_orders, order_of
from rnntutor.course.variant import Instance, instance

ANSWERING, CONFIDENCE, SAVING, DONE = "answering", "confidence", "saving", "done"
GUESSED, MAYBE, SURE = 1, 2, 3
TOO_COARSE = "precision.coarse"
GIVING_UP = "question.give-up"  # asked for the answer once; it is shown when asked again


@dataclass(frozen=True, slots=True)
class Draft:
    """The answer so far. picked: places on the screen (from 0) that are chosen: one of a single
    choice, several of a multi, the chosen order of an order. slots: per gap or per left cell what
    stands there: typed text, or a place on the screen; None is empty. text: a typed number."""

    picked: tuple[int, ...] = ()
    slots: tuple[str | int | None, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question being asked. number: its variant. order: the places in the author's order, as
    they stand on the screen (options, items, the right column). gaps: the same of each gap's
    choices. cursor: the row the learner is on. hints: how many have been shown. complaint: the key
    of a sentence (what is missing), or ""."""

    question: Question
    number: int
    order: tuple[int, ...] = ()
    gaps: tuple[tuple[int, ...], ...] = ()
    instance: Instance | None = None
    draft: Draft = Draft()
    cursor: int = 0
    hints: int = 0
    state: str = ANSWERING
    confidence: int = 0
    verdict: Verdict | None = None
    revealed: bool = False  # the learner asked for the answer instead of giving one
    complaint: str = ""

    @property
    def rows(self) -> int:
        """How many rows the cursor can stand on: options, gaps or pairs; 0 for a typed number."""
        match self.question.body:
            case Choice(options=options):
                return len(options)
            case Order() as order:
                return len(order.items) + len(order.distractors)
            case Cloze(gaps=gaps):
                return len(gaps)
            case Match(pairs=pairs):
                return len(pairs)
        return 0

    @property
    def typed(self) -> bool:
        """Whether the cursor stands in a text field."""
        body = self.question.body
        if isinstance(body, Cloze):
            return body.gaps[self.cursor].kind == "type"
        return isinstance(body, Numeric | Variant)


def ask(question: Question, *, salt: str, number: int) -> Asked:
    """The question in its variant `number`, nothing answered yet. Raises VariantError where it
    cannot be drawn, or its text names a number that is not there."""
    body = question.body
    drawn = None
    if isinstance(body, Variant):
        drawn = instance(question, salt, number)
        question_filled(question, drawn)
    slots: tuple[None, ...] = ()
    if isinstance(body, Cloze):
        slots = (None,) * len(body.gaps)
    if isinstance(body, Match):
        slots = (None,) * len(body.pairs)
    return Asked(
        question,
        number,
        order_of(question, salt, number),
        gap_orders(question, salt, number),
        drawn,
        Draft(slots=slots),
    )


def options(asked: Asked) -> tuple[Option, ...]:
    """The options of a choice, or the items and distractors of an order, as they are shown."""
    match asked.question.body:
        case Choice(options=all_options):
            return tuple(all_options[n] for n in asked.order)
        case Order(items=items, distractors=distractors):
            return tuple((*items, *distractors)[n] for n in asked.order)
    return ()


def right_column(asked: Asked) -> tuple[Inline, ...]:
    """The right column of a match, as it is shown."""
    body = asked.question.body
    if not isinstance(body, Match):
        return ()
    cells = (*(right for _, right in body.pairs), *body.extra)
    return tuple(cells[n] for n in asked.order)


def gap_choices(asked: Asked, gap: int) -> tuple[str, ...]:
    """The choices of a gap that is picked, as they are shown."""
    body = asked.question.body
    if not isinstance(body, Cloze):
        return ()
    return tuple(body.gaps[gap].choices[n] for n in asked.gaps[gap])


def translated(asked: Asked, question: Question, glossary: Iterable[Term] = ()) -> Asked:
    """The same state of the same question in the other language; its feedback too."""
    fresh = replace(asked, question=question)
    return fresh if asked.verdict is None else replace(fresh, verdict=verdict(fresh, glossary))


# ---- putting an answer together --------------------------------------------------------------


def walk(asked: Asked, count: int) -> Asked:
    """The cursor `count` rows on; it stays within the rows."""
    if asked.state != ANSWERING or not asked.rows:
        return asked
    cursor = max(0, min(asked.cursor + count, asked.rows - 1))
    return replace(trying_on(asked), cursor=cursor)


def pick(asked: Asked, place: int | None = None) -> Asked:
    """Choose, tick or untick the option at a place on the screen (None: where the cursor is).

    In an order the option takes the next number, or gives its number back; in a gap or a pair
    the place is that of the choice for the cursor's row.
    """
    if asked.state != ANSWERING:
        return asked
    body, draft = asked.question.body, asked.draft
    if isinstance(body, Cloze | Match):
        return _fill(asked, place)
    at = asked.cursor if place is None else place
    if not 0 <= at < asked.rows:
        return asked
    if isinstance(body, Choice) and not body.multi:
        picked: tuple[int, ...] = (at,)
    elif at in draft.picked:
        picked = tuple(p for p in draft.picked if p != at)
    else:
        picked = (*draft.picked, at)
    return replace(asked, draft=replace(draft, picked=picked), cursor=at, complaint="")


def choices(asked: Asked) -> int:
    """How many choices the cursor's row has: of a gap that is picked, of a pair; else 0."""
    if isinstance(asked.question.body, Cloze):
        return len(gap_choices(asked, asked.cursor))
    return len(right_column(asked))


def _fill(asked: Asked, place: int | None) -> Asked:
    """The cursor's gap or pair with its choice at `place`."""
    if place is None or not 0 <= place < choices(asked):
        return asked
    slots = list(asked.draft.slots)
    slots[asked.cursor] = None if slots[asked.cursor] == place else place
    draft = replace(asked.draft, slots=tuple(slots))
    return replace(asked, draft=draft, complaint="")


def cycle(asked: Asked, count: int) -> Asked:
    """The next or previous choice of the cursor's gap or pair."""
    size = choices(asked)
    if asked.state != ANSWERING or not size:
        return asked
    now = asked.draft.slots[asked.cursor]
    start = now if isinstance(now, int) else -1 if count > 0 else size
    place = (start + count) % size
    slots = (*asked.draft.slots[: asked.cursor], place, *asked.draft.slots[asked.cursor + 1 :])
    return replace(asked, draft=replace(asked.draft, slots=slots), complaint="")


def type_text(asked: Asked, text: str) -> Asked:
    """What stands in the text field."""
    if asked.state != ANSWERING or not asked.typed:
        return asked
    draft = asked.draft
    if isinstance(asked.question.body, Cloze):
        slots = (*draft.slots[: asked.cursor], text or None, *draft.slots[asked.cursor + 1 :])
        draft = replace(draft, slots=slots)
    else:
        draft = replace(draft, text=text)
    return replace(asked, draft=draft, complaint="")


def hint(asked: Asked) -> Asked:
    """One more hint, while there is one."""
    if asked.state != ANSWERING:
        return asked
    hints = min(asked.hints + 1, len(asked.question.hints))
    return replace(trying_on(asked), hints=hints)


# ---- answering ---------------------------------------------------------------------------------


def given(asked: Asked) -> object:
    """The draft as what is logged and marked: ids, texts; None where nothing has been answered."""
    draft, values = asked.draft, _values(asked)
    match asked.question.body:
        case Choice(multi=False):
            return values[0] if values else None
        case Choice() | Order() | Cloze() | Match():
            return values if any(value is not None for value in values) else None
    return draft.text.strip() or None


def _values(asked: Asked) -> list[str | int | None]:
    """What stands at each place of a draft that has places."""
    draft = asked.draft
    match asked.question.body:
        case Choice() | Order():
            shown = options(asked)
            return [shown[place].id for place in draft.picked]
        case Cloze():
            return [
                gap_choices(asked, gap)[slot] if isinstance(slot, int) else slot
                for gap, slot in enumerate(draft.slots)
            ]
        case Match():
            return [asked.order[slot] if isinstance(slot, int) else None for slot in draft.slots]
    return []


def typed_number(asked: Asked) -> Typed | None:
    """What stands in the field of a number, worked out; None where that comes to nothing."""
    if not isinstance(asked.question.body, Numeric | Variant):
        return None
    try:
        return evaluate(asked.draft.text)
    except ExpressionError:
        return None


def too_coarse(asked: Asked) -> bool:
    """Whether the answer was not taken because it was rounded too early."""
    return asked.complaint == TOO_COARSE


def _number_complaint(asked: Asked) -> str:
    """Why a number cannot be marked, or ""."""
    try:
        evaluate(asked.draft.text)
    except ExpressionError as error:
        return error.key
    found = mark(asked.question, given(asked), instance=asked.instance)
    return TOO_COARSE if found is not None and found.state == COARSE else ""


def submit(asked: Asked) -> Asked:
    """The answer is ready; the confidence is asked next. What is empty or no number stays, and so
    does what only rounding parts from the right number."""
    if asked.state != ANSWERING:
        return asked
    answer = given(asked)
    complaint = ""
    if answer is None:
        complaint = "question.empty"
    elif isinstance(answer, list) and None in answer:
        complaint = "question.incomplete"
    elif isinstance(asked.question.body, Numeric | Variant):
        complaint = _number_complaint(asked)
    if complaint:
        return replace(asked, complaint=complaint)
    return replace(asked, state=CONFIDENCE, complaint="")


def back_to_answer(asked: Asked) -> Asked:
    """From the confidence back to the answer, which stays as it is."""
    return replace(asked, state=ANSWERING) if asked.state == CONFIDENCE else asked


def sure(asked: Asked, confidence: int) -> Asked:
    """How sure the learner is; the answer is now being saved."""
    if asked.state != CONFIDENCE or confidence not in (GUESSED, MAYBE, SURE):
        return asked
    return replace(asked, state=SAVING, confidence=confidence)


def give_up(asked: Asked) -> Asked:
    """Show the answer, which then counts as not known: when asked for it a second time. After the
    first a sentence says so, and whatever else one does takes it back."""
    if asked.state != ANSWERING:
        return asked
    if asked.complaint != GIVING_UP:
        return replace(asked, complaint=GIVING_UP)
    return replace(asked, state=SAVING, revealed=True, complaint="")


def trying_on(asked: Asked) -> Asked:
    """The question without the offer to show its answer."""
    return replace(asked, complaint="") if asked.complaint == GIVING_UP else asked


def verdict(asked: Asked, glossary: Iterable[Term] = ()) -> Verdict:
    """What the answer is worth; an answer that was asked for instead of given is worth nothing."""
    marked = mark(asked.question, given(asked), instance=asked.instance, glossary=glossary)
    if marked is not None and not asked.revealed:
        return marked
    # What had been right already stays right, gap by gap and pair by pair.
    parts = marked.parts if marked is not None else (False,) * max(1, asked.rows)
    return Verdict(0.0, "wrong", (), _right(asked), parts)


def _right(asked: Asked) -> object:
    """The right answer to a question whose answer is typed; the others show it by their rows."""
    body = asked.question.body
    if isinstance(body, Variant) and asked.instance is not None:
        return decimal(asked.instance.key)
    return body.key if isinstance(body, Numeric) else None


def saved(asked: Asked, result: Verdict) -> Asked:
    """The answer is on disk: its verdict may be seen."""
    return replace(asked, state=DONE, verdict=result)


def unsaved(asked: Asked) -> Asked:
    """The answer could not be kept: back to it, nothing of it lost."""
    return replace(asked, state=ANSWERING, revealed=False)


def reopened(asked: Asked) -> Asked:
    """The question before its answer, which stands as it was given."""
    return replace(asked, state=ANSWERING, verdict=None, revealed=False, confidence=0)
