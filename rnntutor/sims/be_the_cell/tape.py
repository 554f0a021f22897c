"""A tape of digits with questions on it, and a memory of two slots that is kept by hand.

Some digits are marked A or B. "A?" asks for the latest digit marked A. Every other digit only
passes by. Whoever reads the tape has to keep the latest A and the latest B, to replace each when
a new one comes, and to let all else go.
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
PLAIN, A, B = range(3)  # places in MARKS
INPUTS = DIGITS + 4  # the digit one-hot, whether it is marked A or B, whether A or B is asked for

KEEP, WRITE_1, WRITE_2 = "keep", "write1", "write2"
ACTIONS = (KEEP, WRITE_1, WRITE_2)

ASK, MARK = 0.25, 0.3  # how often a step asks, and how often a digit is marked
OFTEN = 5  # a tape that is played asks at least once in so many steps


@dataclass(frozen=True, slots=True)
class Sign:
    """One step of the tape: a digit, marked or plain; or, with digit -1, the question for that
    mark."""

    mark: int = PLAIN
    digit: int = -1

    @property
    def asks(self) -> bool:
        return self.digit < 0

    def __str__(self) -> str:
        return MARKS[self.mark] + ("?" if self.asks else str(self.digit))


Tape = tuple[Sign, ...]


@lru_cache(maxsize=256)
def drawn(seed: int, steps: int, marks: int) -> Tape:
    """The tape of a seed to be played: of those drawn, the first that asks often enough and for
    every mark, and on which it is not enough to keep what came last."""
    numbers = np.random.default_rng([seed, steps, marks])
    while True:
        tape = random_tape(numbers, steps, marks)
        asked = [sign.mark for sign in tape if sign.asks]
        if len(asked) >= steps // OFTEN and len(set(asked)) == marks and not _easy(tape, marks):
            return tape


def _easy(tape: Tape, marks: int) -> bool:
    """Whether two slots that are written in turn answer everything: with every digit, or, where
    there are two marks, with the marked ones."""
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
    """Any tape; its last step asks, and nothing is asked for that was never given.

    marks: 1, only A; 2, A and B. At least one step lies between a digit and its question, and
    each marked digit is asked for once (the last question may be one again).
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
    """A digit that is not this one, so that an old answer is a wrong one."""
    return (digit + int(numbers.integers(1, DIGITS))) % DIGITS


def truth(tape: Sequence[Sign]) -> tuple[int, ...]:
    """The digit that is asked for at each step, -1 where nothing is."""
    latest: dict[int, int] = {}
    found = []
    for sign in tape:
        if not sign.asks:
            latest[sign.mark] = sign.digit
        found.append(latest[sign.mark] if sign.asks else -1)
    return tuple(found)


def coded(tape: Sequence[Sign]) -> Array:
    """What the LSTM reads, (T,D): the digit one-hot; marked A, marked B; A asked, B asked."""
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
    """The slots after step t: kept as they are, or one of them overwritten with the digit."""
    place = ACTIONS.index(action) - 1
    if place < 0 or place >= len(slots) or sign.asks:
        return slots
    return (*slots[:place], (sign, t), *slots[place + 1 :])


def answer(slots: MemorySlots, mark: int) -> int:
    """The digit with that mark that was written last, -1 if no slot holds one."""
    found = [slot for slot in slots if slot and slot[0].mark == mark]
    return max(found, key=lambda slot: slot[1])[0].digit if found else -1
