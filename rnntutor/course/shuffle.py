"""In which order a question's options, items or right column are shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random
from typing import TypeVar

from rnntutor.course.question import Option

T = TypeVar("T")


def shuffled_options(options: Sequence[Option], rng: Random) -> tuple[int, ...]:
    """The places of the options as they are shown; the fixed ones stay where they are."""
    movable = [n for n, option in enumerate(options) if not option.fixed]
    mixed = iter(shuffled(movable, rng))
    return tuple(n if option.fixed else next(mixed) for n, option in enumerate(options))


def shuffled_unsorted(items: int, places: int, rng: Random) -> tuple[int, ...]:
    """A shuffle of `places` that does not give the answer away by showing the first `items` in
    their order."""
    while True:
        mixed = shuffled(range(places), rng)
        shown = [n for n in mixed if n < items]
        if items < 2 or shown != sorted(shown):
            return mixed


def shuffled(items: Iterable[T], rng: Random) -> tuple[T, ...]:
    """Fisher and Yates, with random() alone: its stream is the same in every version."""
    out = list(items)
    for last in range(len(out) - 1, 0, -1):
        other = int(rng.random() * (last + 1))
        out[last], out[other] = out[other], out[last]
    return tuple(out)
