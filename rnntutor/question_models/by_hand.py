"""Numbers computed by hand: the results of a run when a person writes down few decimals.

A model computes with `Carried` numbers as with any others, and they round themselves: after every
single operation, or only where a value is noted (each value in the trace). So the result of the
right method with early rounding is computed for any model, not estimated.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import isfinite


@dataclass(frozen=True, slots=True)
class ByHand:
    """How a person computes by hand: where intermediate values are rounded.

    Attributes:
        rounded: Function that rounds a value to the written precision.
        every: Whether to round after each operation, instead of only where a value is written down.
    """

    rounded: Callable[[float], float]
    every: bool


class Carried(float):
    """A number in a computation by hand."""

    __slots__ = ("how",)

    def __new__(cls, value: float, how: ByHand) -> Carried:
        made = float.__new__(cls, value)
        made.how = how
        return made

    how: ByHand

    def then(self, value: float) -> Carried:
        """Return the result of an operation on this number."""
        how = self.how
        return Carried(how.rounded(value) if how.every and isfinite(value) else value, how)

    def write_down(self) -> Carried:
        """Return the value rounded as it is written down."""
        how, value = self.how, float(self)
        return Carried(how.rounded(value) if isfinite(value) else value, how)

    def __add__(self, other: float) -> Carried:
        return self.then(float(self) + float(other))

    def __sub__(self, other: float) -> Carried:
        return self.then(float(self) - float(other))

    def __mul__(self, other: float) -> Carried:
        return self.then(float(self) * float(other))

    def __truediv__(self, other: float) -> Carried:
        return self.then(float(self) / float(other))

    def __pow__(self, other: float, mod: None = None) -> Carried:
        """Compute an integer power as a series of products, each rounded."""
        power = float(other)
        if not (self.how.every and power.is_integer() and 1 <= power <= 100):
            return self.then(math.pow(float(self), power))
        out = self
        for _ in range(int(power) - 1):
            out = out * self
        return out

    def __radd__(self, other: float) -> Carried:
        return self + other

    def __rsub__(self, other: float) -> Carried:
        return self.then(float(other) - float(self))

    def __rmul__(self, other: float) -> Carried:
        return self * other

    def __rtruediv__(self, other: float) -> Carried:
        return self.then(float(other) / float(self))

    def __neg__(self) -> Carried:
        return Carried(-float(self), self.how)

    def __abs__(self) -> Carried:
        return Carried(abs(float(self)), self.how)


def write_down(value: float) -> float:
    """Return a value that is written down: rounded in a computation by hand, else unchanged."""
    return value.write_down() if isinstance(value, Carried) else value


def tanh(a: float) -> float:
    """Return the hyperbolic tangent."""
    return _like(math.tanh(a), a)


def exp(a: float) -> float:
    """Return e to the power of a."""
    return _like(math.exp(a), a)


def sigmoid(a: float) -> float:
    """Return σ(a), without overflow for large negative sums."""
    return 1 / (1 + exp(-a)) if a >= 0 else exp(a) / (1 + exp(a))


def total(values: Iterable[float]) -> float:
    """Return the sum, computed exactly (`math.fsum`) unless by hand."""
    found = list(values)
    if any(isinstance(value, Carried) for value in found):
        return sum(found)
    return math.fsum(found)


def length(values: Iterable[float]) -> float:
    """Return the Euclidean norm."""
    found = list(values)
    first = next((value for value in found if isinstance(value, Carried)), None)
    if first is None:
        return math.hypot(*found)
    return first.then(math.sqrt(sum(value * value for value in found)))


def _like(value: float, source: float) -> float:
    return source.then(value) if isinstance(source, Carried) else value
