"""The numbers of a `trace` question: drawn from a seed and computed by its model.

Nothing is evaluated as code: a path is looked up in the trace of the model, and a slip is a
function of the model. The same question, salt and number give the same variant on every machine,
because only `random.Random(seed).random()` is used, which is guaranteed to be the same in every
Python version.
"""

from __future__ import annotations

import hashlib
import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import TypeGuard, cast

from rnntutor import question_models
from rnntutor.course.question import Body
from rnntutor.course.sim_spec import KnownMistake
from rnntutor.deadline import tick
from rnntutor.failure import Failure
from rnntutor.nn.trace import PathError, Trace
from rnntutor.question_models.by_hand import ByHand, Carried

REDRAWS = 100
SAMPLE = 1000
PART = 0.02  # smallest tolerance, as a fraction of the key
MIXED = 0.25
COARSE = 2  # decimals of a calculation that is rounded too early


class VariantError(Failure, ValueError):
    """Raised when a variant block cannot be computed."""


@dataclass(frozen=True, slots=True)
class Variant(Body):
    """The `variant` block of a trace question.

    Attributes:
        model: Name of the model.
        ask: Path of the right number in the trace of the model.
        atol: Absolute tolerance.
        draws: For each name a constant or the parsed definition of its draw, `{"choice": [...]}` or
            `{"uniform": [a, b], "round": n}`.
        settings: Further settings of the model (dh_last).
        wrong: Known mistakes.
        line: Line of the block.
    """

    model: str
    ask: str
    atol: float
    draws: tuple[tuple[str, object], ...]
    settings: tuple[tuple[str, object], ...] = ()
    wrong: tuple[KnownMistake, ...] = ()
    line: int = 0

    @property
    def facts(self) -> dict[str, object]:
        """Return the data that must be equal in every language, except for `ask`."""
        draws = {f"draw.{name}": how for name, how in self.draws}
        return {"model": self.model, "atol": self.atol, **dict(self.settings), **draws}


@dataclass(frozen=True)
class Instance:
    """One variant of a question with its numbers.

    Attributes:
        values: Drawn and constant values by name.
        key: The right number.
        trace: The run that contains it.
        slips: The result of each known mistake.
        seed: Seed of the draw.
        decimals: Number of decimals of the draws that are rounded.
        by_hand: Results of the right method when every intermediate value is rounded to two
            decimals, for each way of rounding.
    """

    values: Mapping[str, question_models.Value]
    key: float
    trace: Trace
    slips: tuple[tuple[float, KnownMistake], ...]
    seed: int
    decimals: Mapping[str, int]
    by_hand: tuple[float, ...] = ()

    @property
    def whole(self) -> bool:
        """Return whether the key and all intermediate values are integers."""
        return self.key.is_integer() and all(value == self.key for value in self.by_hand)


def seed_of(question: str, salt: str, number: int) -> int:
    """Return the seed of a variant.

    It is the first 8 bytes of the SHA-256 of the three arguments, each on a line of its own.

    Args:
        question: Id of the question.
        salt: Salt of the learner.
        number: Number of the variant.
    """
    digest = hashlib.sha256(f"{question}\n{salt}\n{number}".encode()).digest()
    return int.from_bytes(digest[:8], "big")


def instance_of(blocks: Sequence[Variant], question: str, salt: str, number: int) -> Instance:
    """Draw a variant of a question.

    Args:
        blocks: The variant blocks, one for each number that the question asks for in the same run.
        question: Id of the question.
        salt: Salt of the learner.
        number: Number of the variant.

    Returns:
        The instance for the first block.

    Raises:
        VariantError: A block is wrong, or none of REDRAWS draws is usable.
    """
    seed = seed_of(question, salt, number)
    rng = Random(seed)
    for _ in range(REDRAWS):
        values = _draw(blocks[0], rng)
        drawn = compute(blocks, values, seed)
        if all(map(usable, blocks, drawn)):
            return drawn[0]
    raise VariantError("variant.unusable", redraws=REDRAWS)


def every_variant(blocks: Sequence[Variant], question: str) -> Iterator[tuple[Instance, ...]]:
    """Yield all variants, usable or not; SAMPLE random ones if there are more.

    Each variant has one instance per block.

    Raises:
        VariantError: A block is wrong.
    """
    for values in _every_draw(blocks[0], question):
        yield compute(blocks, values)


def _every_draw(block: Variant, question: str) -> Iterator[dict[str, question_models.Value]]:
    lists = [_choices(name, how) for name, how in sorted(block.draws)]
    finite = [choices for choices in lists if choices is not None]
    if len(finite) == len(lists) and math.prod(map(len, finite)) <= SAMPLE:
        for picked in itertools.product(*finite):
            names = (name for name, _ in sorted(block.draws))
            yield dict(zip(names, picked, strict=True))
        return
    rng = Random(seed_of(question, "", 0))
    for _ in range(SAMPLE):
        yield _draw(block, rng)


def compute(
    blocks: Sequence[Variant], drawn: Mapping[str, question_models.Value], seed: int = 0
) -> tuple[Instance, ...]:
    """Compute the instance of each block for given drawn values.

    Consecutive blocks with the same model and settings share their runs.

    Raises:
        VariantError: A block is wrong.
    """
    tick()
    found: list[Instance] = []
    runs: _Runs | None = None
    for before, block in zip((None, *blocks), blocks, strict=False):
        if runs is None or before is None or _model(before) != _model(block):
            runs = _Runs(block, drawn)
        try:
            found.append(_read_off(block, runs, seed))
        except Failure as error:
            raise VariantError(error.key, **error.values) from None
    return tuple(found)


def _model(block: Variant) -> tuple[object, ...]:
    return block.model, block.settings


class _Runs:
    """The runs of a block's model on drawn values, computed lazily."""

    def __init__(self, block: Variant, drawn: Mapping[str, question_models.Value]) -> None:
        self.name = block.model
        try:
            self.model = question_models.find(block.model)
        except KeyError:
            choices = ", ".join(question_models.MODELS)
            raise VariantError("variant.model", name=block.model, choices=choices) from None
        settings = cast(Sequence[tuple[str, question_models.Value]], block.settings)
        self.values = {**dict(settings), **drawn}
        self._slips: dict[str, Trace] = {}

    @cached_property
    def right(self) -> Trace:
        """Return the run of the right method."""
        return self.model.run(self.values)

    @cached_property
    def by_hand(self) -> tuple[Trace, ...]:
        """Return the runs of the right method with rounding, one for each way in HANDS."""
        return tuple(self.model.run(_carry(self.values, how)) for how in HANDS)

    def slip(self, name: str) -> Trace:
        """Return the run with a known mistake."""
        if name not in self._slips:
            slips = self.model.slips
            if name not in slips:
                choices = ", ".join(slips)
                raise VariantError("variant.slip", name=name, model=self.name, choices=choices)
            self._slips[name] = slips[name](self.values)
        return self._slips[name]


def _read_off(block: Variant, runs: _Runs, seed: int) -> Instance:
    """Return the instance of one block, from the runs of its model."""
    slips = tuple(
        (number_at(runs.slip(w.slip) if w.slip else runs.right, w.of or block.ask), w)
        for w in block.wrong
    )
    key = number_at(runs.right, block.ask)
    by_hand = tuple(number_at(run, block.ask) for run in runs.by_hand)
    decimals = {
        name: int(how["round"])
        for name, how in block.draws
        if isinstance(how, Mapping) and "uniform" in how and "round" in how
    }
    return Instance(runs.values, key, runs.right, slips, seed, decimals, by_hand)


def tolerance(block: Variant, drawn: Instance) -> float:
    """Return the tolerance around the key: that of the author, but at least 2 % of the key.

    An integer result needs no rounding, so there only the author's tolerance counts.
    """
    return block.atol if drawn.whole else max(block.atol, PART * abs(drawn.key))


def band(block: Variant, drawn: Instance) -> tuple[float, float]:
    """Return the interval of results of the right method with rounding to two decimals.

    It contains the right interval. Rounding by hand does not follow one rule, and rounded values
    are rounded again. The interval is therefore extended by one unit of the last digit, and
    symmetrically in the other direction up to MIXED of the key.
    """
    right = tolerance(block, drawn)
    low, high = drawn.key - right, drawn.key + right
    if drawn.whole:
        return low, high
    reached = [value for value in drawn.by_hand if math.isfinite(value)]
    last = 10.0**-COARSE
    lost = max((abs(value - drawn.key) for value in reached), default=0.0) + last
    either = min(MIXED * abs(drawn.key), lost)
    return (
        min(low, drawn.key - either, *(v - last for v in reached)),
        max(high, drawn.key + either, *(v + last for v in reached)),
    )


def usable(block: Variant, drawn: Instance) -> bool:
    """Return whether the variant can be marked fairly.

    All numbers must be finite, and the key at least ten times the author's tolerance. Every known
    mistake must lie outside of the results of rounding and differ by more than 3·atol from the key
    and all other mistakes. The key must differ from all given numbers.
    """
    atol = block.atol
    slips = [value for value, _ in drawn.slips]
    if not all(map(math.isfinite, (drawn.key, *slips))) or abs(drawn.key) < 10 * atol:
        return False
    if any(abs(a - b) <= 3 * atol for a, b in itertools.combinations([drawn.key, *slips], 2)):
        return False
    low, high = band(block, drawn)
    if any(low - atol <= slip <= high + atol for slip in slips):
        return False
    given = itertools.chain([0.0], *(_flat(value) for value in drawn.values.values()))
    return all(abs(drawn.key - number) > tolerance(block, drawn) for number in given)


# ---- calculation by hand -------------------------------------------------------------------

SCALE = 10**COARSE


def _to_even(value: float) -> float:
    return round(value, COARSE)


def _half_up(value: float) -> float:
    """Round half away from zero, as taught at school: 0.125 becomes 0.13."""
    return math.copysign(math.floor(abs(value) * SCALE + 0.5 + 1e-9) / SCALE, value)


def _cut(value: float) -> float:
    """Truncate after the second decimal."""
    return math.copysign(math.floor(abs(value) * SCALE + 1e-9) / SCALE, value)


HANDS = tuple(ByHand(how, every) for how in (_to_even, _half_up, _cut) for every in (True, False))


def _carry(
    values: Mapping[str, question_models.Value], how: ByHand
) -> dict[str, question_models.Value]:
    """Return the given numbers, not rounded themselves, for a calculation with rounding."""

    def carried(value: question_models.Value) -> question_models.Value:
        if isinstance(value, list | tuple):
            return [Carried(item, how) if _is_number(item) else item for item in value]
        return Carried(value, how) if _is_number(value) else value

    return {name: carried(value) for name, value in values.items()}


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


# ---- drawing -------------------------------------------------------------------------------


def _draw(block: Variant, rng: Random) -> dict[str, question_models.Value]:
    """Draw all names in alphabetical order, so that the order in the file does not matter."""
    out: dict[str, question_models.Value] = {}
    for name, how in sorted(block.draws):
        choices = _choices(name, how)
        if choices is None:
            low, high, digits = _uniform(name, how)
            value = low + (high - low) * rng.random()
            out[name] = value if digits is None else round(value, digits)
        else:
            out[name] = choices[int(rng.random() * len(choices))]
    return out


def _choices(name: str, how: object) -> Sequence[question_models.Value] | None:
    """Return the possible values of a name, a single one for a constant, or None for a range."""
    if not isinstance(how, Mapping):
        return (cast(question_models.Value, how),)
    if set(how) == {"choice"} and isinstance(how["choice"], Sequence) and how["choice"]:
        return cast(Sequence[question_models.Value], how["choice"])
    _uniform(name, how)
    return None


def _uniform(name: str, how: object) -> tuple[float, float, int | None]:
    """Return the ends of a range, and the number of decimals to which its draws are rounded.

    Raises:
        VariantError: The definition is wrong.
    """
    match how:
        case {"uniform": [int() | float() as low, int() | float() as high], **rest}:
            digits = rest.get("round")
            whole = isinstance(digits, int) and 0 <= digits <= 9
            if -1e15 < low < high < 1e15 and set(rest) <= {"round"} and (whole or not rest):
                return float(low), float(high), digits if isinstance(digits, int) else None
        case _:
            pass
    raise VariantError("variant.draw", name=name)


def number_at(trace: Trace, path: str) -> float:
    """Return the single number at a path.

    Raises:
        VariantError: There is nothing at the path, or an array.
    """
    try:
        value = trace[path]
    except PathError as error:
        there = ", ".join(sorted({*trace.arrays, *trace.fixed}))
        raise VariantError("variant.path", path=path, choices=there) from error
    if value.ndim:
        raise VariantError("variant.number", path=path)
    return float(value)


def _flat(value: question_models.Value) -> Sequence[float]:
    if isinstance(value, list | tuple):
        return value
    return () if isinstance(value, str) else (value,)
