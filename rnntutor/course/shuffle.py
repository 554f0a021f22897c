"""Shuffle the options, items or right column of a question for display."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random
from typing import TypeVar

from rnntutor.course.question import Option

T = TypeVar("T")


def shuffle_options(options: Sequence[Option], rng: Random) -> tuple[int, ...]:
    """Return the indices of the options in display order; fixed ones keep their position."""
    movable = [n for n, option in enumerate(options) if not option.fixed]
    mixed = iter(shuffle(movable, rng))
    return tuple(n if option.fixed else next(mixed) for n, option in enumerate(options))


def shuffle_unsorted(items: int, count: int, rng: Random) -> tuple[int, ...]:
    """Return a shuffle of `count` indices in which the first `items` are not in their order.

    That order is the answer and must not be given away.
    """
    while True:
        mixed = shuffle(range(count), rng)
        shown = [n for n in mixed if n < items]
        if items < 2 or shown != sorted(shown):
            return mixed


def shuffle(items: Iterable[T], rng: Random) -> tuple[T, ...]:
    """Return the items in a Fisher-Yates shuffle.

    Only random() is used: its stream is the same in every Python version.
    """
    out = list(items)
    for last in range(len(out) - 1, 0, -1):
        other = int(rng.random() * (last + 1))
        out[last], out[other] = out[other], out[last]
    return tuple(out)
