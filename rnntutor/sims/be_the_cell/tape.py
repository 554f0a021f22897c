"""A tape of digits and questions, and a memory of two slots kept by hand.

Some digits are marked A or B. "A?" asks for the latest digit marked A; unmarked digits are
irrelevant. The reader must keep the latest A and the latest B, replace each when a new one comes,
and ignore everything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.random import Generator

from rnntutor.nn.arrays import Array

DIGITS = 10
MARKS = ("", "A", "B")
PLAIN, A, B = range(3)  # indices into MARKS
INPUTS = DIGITS + 4  # the digit one-hot, whether it is marked A or B, whether A or B is asked for

KEEP, WRITE_1, WRITE_2 = "keep", "write1", "write2"
ACTIONS = (KEEP, WRITE_1, WRITE_2)

ASK, MARK = 0.25, 0.3  # how often a step asks, and how often a digit is marked
OFTEN = 5  # a tape that is played asks at least once in so many steps


@dataclass(frozen=True, slots=True)
class Sign:
    """One step of the tape: a digit, marked or plain; or, with digit -1, the question for a
    mark."""

    mark: int = PLAIN
    digit: int = -1

    @property
    def asks(self) -> bool:
        """Whether it is a question, not a digit."""
        return self.digit < 0

    def __str__(self) -> str:
        return MARKS[self.mark] + ("?" if self.asks else str(self.digit))


Tape = tuple[Sign, ...]


@lru_cache(maxsize=256)
def draw_tape(seed: int, steps: int, marks: int) -> Tape:
    """Return the tape of a seed: the first random one that asks often enough and for every mark,
    and that cannot be solved by keeping the latest digits."""
    numbers = np.random.default_rng([seed, steps, marks])
    while True:
        tape = random_tape(numbers, steps, marks)
        asked = [sign.mark for sign in tape if sign.asks]
        if len(asked) >= steps // OFTEN and len(set(asked)) == marks and not _easy(tape, marks):
            return tape


def _easy(tape: Tape, marks: int) -> bool:
    """Return whether two slots written alternately, with every digit or with every marked one,
    answer all questions."""
    slots: MemorySlots = (None, None)
    turn = 0
    for t, (sign, wanted) in enumerate(zip(tape, truth(tape), strict=True), 1):
        if sign.asks and answer(slots, sign.mark) != wanted:
            return False
        if not sign.asks and (sign.mark or marks == 1):
            slots = act(slots, sign, t, (WRITE_1, WRITE_2)[turn % 2])
            turn += 1
    return True


def random_tape(numbers: Generator, steps: int, marks: int) -> Tape:
    """Return a random tape whose last step asks and which asks only for digits that occurred.

    At least one step lies between a digit and its question, and each marked digit is asked for once
    (the last question may repeat one).

    Args:
        numbers: the random generator.
        steps: T.
        marks: 1 for A only, 2 for A and B.
    """
    tape: list[Sign] = []
    latest: dict[int, int] = {}  # mark -> its latest digit
    waiting: dict[int, int] = {}  # mark -> the step of that digit, until it is asked for
    for t in range(steps):
        last = t == steps - 1
        ripe = [mark for mark, since in waiting.items() if t - since > 1]
        ripe = ripe or (sorted(latest) if last else [])
        if ripe and (last or numbers.random() < ASK):
            mark = int(numbers.choice(ripe))
            waiting.pop(mark, None)
            tape.append(Sign(mark))
        elif not latest or numbers.random() < MARK:
            mark = int(numbers.integers(1, marks + 1))
            latest[mark] = _other(numbers, latest.get(mark, -1))
            waiting[mark] = t
            tape.append(Sign(mark, latest[mark]))
        else:
            tape.append(Sign(PLAIN, int(numbers.integers(DIGITS))))
    return tuple(tape)


def _other(numbers: Generator, digit: int) -> int:
    """Return a different digit, so that an outdated answer is wrong."""
    return (digit + int(numbers.integers(1, DIGITS))) % DIGITS


def truth(tape: Sequence[Sign]) -> tuple[int, ...]:
    """Return the right answer of each step, -1 where nothing is asked."""
    latest: dict[int, int] = {}
    found = []
    for sign in tape:
        if not sign.asks:
            latest[sign.mark] = sign.digit
        found.append(latest[sign.mark] if sign.asks else -1)
    return tuple(found)


def encode(tape: Sequence[Sign]) -> Array:
    """Return the input of the LSTM, (T,D): the digit one-hot; marked A, marked B; A asked, B
    asked."""
    x = np.zeros((len(tape), INPUTS))
    for row, sign in zip(x, tape, strict=True):
        if not sign.asks:
            row[sign.digit] = 1
        if sign.mark:
            row[DIGITS + sign.mark - 1 + 2 * sign.asks] = 1
    return x


# ---- the memory of two slots ----------------------------------------------------------------

MemorySlot = tuple[Sign, int] | None  # what was written, and at which step
MemorySlots = tuple[MemorySlot, ...]


def act(slots: MemorySlots, sign: Sign, t: int, action: str) -> MemorySlots:
    """Return the slots after step t: unchanged, or one overwritten by the digit."""
    index = ACTIONS.index(action) - 1
    if index < 0 or index >= len(slots) or sign.asks:
        return slots
    return (*slots[:index], (sign, t), *slots[index + 1 :])


def answer(slots: MemorySlots, mark: int) -> int:
    """Return the most recently written digit with that mark, -1 if no slot holds one."""
    found = [slot for slot in slots if slot and slot[0].mark == mark]
    return max(found, key=lambda slot: slot[1])[0].digit if found else -1
