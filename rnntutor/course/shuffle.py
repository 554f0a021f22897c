"""In which order a question's options, items or right column are shown."""

from __future__ import annotations

from random import Random

from rnntutor.course.blocks import Choice, Cloze, Match, Order, Question
from rnntutor.course.variant import seed_of


def order_of(question: Question, salt: str, number: int) -> tuple[int, ...]:
    """The places, in the author's order from 0, as they are shown from top to bottom.

    Of a choice: its options, of which the fixed ones stay where they are. Of an order: its items,
    then its distractors; never in the right order. Of a match: the right cells of its pairs, then
    the extra ones. () for any other question.
    """
    rng = Random(seed_of(question.id, salt, number))
    match question.body:
        case Choice(options=options):
            movable = [n for n, option in enumerate(options) if not option.fixed]
            mixed = iter(_shuffled(movable, rng))
            return tuple(n if o.fixed else next(mixed) for n, o in enumerate(options))
        case Order(items=items, distractors=distractors):
            return _unsorted(len(items), len(items) + len(distractors), rng)
        case Match(pairs=pairs, extra=extra):
            return _unsorted(len(pairs), len(pairs) + len(extra), rng)
    return ()


def _unsorted(items: int, places: int, rng: Random) -> tuple[int, ...]:
    """A shuffle that does not give the answer away by showing the items in their order."""
    while True:
        mixed = _shuffled(list(range(places)), rng)
        shown = [n for n in mixed if n < items]
        if items < 2 or shown != sorted(shown):
            return tuple(mixed)


def _shuffled(places: list[int], rng: Random) -> list[int]:
    """Fisher and Yates, with random() alone: its stream is the same in every version."""
    out = places.copy()
    for last in range(len(out) - 1, 0, -1):
        other = int(rng.random() * (last + 1))
        out[last], out[other] = out[other], out[last]
    return out


def gap_orders(question: Question, salt: str, number: int) -> tuple[tuple[int, ...], ...]:
    """For each gap of a cloze the places of its choices, in the author's order, as they are shown;
    () for a gap that is typed, and for any other question."""
    if not isinstance(question.body, Cloze):
        return ()
    rng = Random(seed_of(question.id, salt, number))
    return tuple(tuple(_shuffled(list(range(len(gap.choices))), rng)) for gap in question.body.gaps)
