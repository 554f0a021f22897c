"""The parts of every scalar model: its inputs, and how its trace is put together."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any, get_args

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.trace import Trace
from rnntutor.question_models.by_hand import Carried
from rnntutor.sims.base import SettingError

Value = float | str | list[float] | tuple[float, ...]
Values = Mapping[str, Value]
ModelRun = Callable[[Values], Trace]
Results = tuple[Mapping[str, list[float]], Mapping[str, float]]
"""The results of a model: values over time, and single values.

A list over time has an entry for step 0 (used only of h and c), so that index t is step t.
"""


@dataclass(frozen=True)
class ScalarModel:
    """A model that a `variant` block names.

    Attributes:
        name: Name of the model.
        inputs: Names of its inputs.
        run: Computes a trace from values.
        slips: The same computation with each known mistake, by the name of the slip.

    Raises:
        SettingError: Raised by `run` and the slips for a name that is not an input
            ("setting.unknown"), a missing input ("setting.missing"), a value that is not a number
            ("setting.number") and lists of different lengths ("setting.unequal").
    """

    name: str
    inputs: tuple[str, ...]
    run: ModelRun
    slips: Mapping[str, ModelRun]


class ModelInputs:
    """The inputs of one run, read by name as single numbers or as series over T steps."""

    def __init__(self, values: Values, inputs: tuple[str, ...]) -> None:
        self.values = values
        for name in values:
            if name not in inputs:
                raise SettingError("setting.unknown", name=name, choices=", ".join(inputs))
        lists = {k: v for k, v in values.items() if isinstance(v, list | tuple)}
        lengths = {len(v) for v in lists.values()}
        if len(lengths) > 1 or 0 in lengths:
            said = ", ".join(f"{k}: {len(v)}" for k, v in lists.items())
            raise SettingError("setting.unequal", name=", ".join(lists), lengths=said)
        self.steps = lengths.pop() if lengths else int(self.number("T", 1))
        if not 1 <= self.steps <= 1000:
            raise SettingError("setting.range", name="T", value=self.steps, low=1, high=1000)

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def number(self, name: str, default: float | None = None) -> float:
        """Return a single number."""
        if name not in self.values and default is not None:
            return default
        return _real(name, self._value(name))

    def numbers(self, *names: str) -> tuple[float, ...]:
        """Return several single numbers."""
        return tuple(self.number(name) for name in names)

    def series(self, name: str, default: float | None = None) -> list[float]:
        """Return T numbers after an unused first entry, so that index t is step t."""
        value = default if default is not None and name not in self.values else self._value(name)
        if isinstance(value, list | tuple):
            return [math.nan, *(_real(name, v) for v in value)]
        return [math.nan] + [_real(name, value)] * self.steps

    def word(self, name: str, choices: Mapping[str, int]) -> str:
        """Return an input that must be one of the keys of `choices`."""
        value = self._value(name)
        if not isinstance(value, str) or value not in choices:
            raise SettingError("setting.choice", name=name, value=value, choices=", ".join(choices))
        return value

    def trace(self, found: Results) -> Trace:
        """Return the trace of a run: the results, and the inputs under their own names.

        The arrays of h and c start at step 0. All others start at step 1; their unused entry 0 is
        dropped.
        """
        arrays, totals = found
        over_time: dict[str, Array] = {}
        fixed: dict[str, Array] = {k: np.array(v, dtype=np.float64) for k, v in totals.items()}
        for name, value in self.values.items():
            if isinstance(value, list | tuple):
                over_time[name] = np.array(value, dtype=np.float64)
            elif not isinstance(value, str):
                fixed[name] = np.array(value, dtype=np.float64)
        for name, series in arrays.items():
            if name not in fixed:
                over_time[name] = np.array(series if name in ("h", "c") else series[1:])
        return Trace("", self.steps, over_time, fixed)

    def _value(self, name: str) -> Value:
        if name not in self.values:
            raise SettingError("setting.missing", name=name)
        return self.values[name]


def model(
    name: str, inputs: str, slips: object
) -> Callable[[Callable[[ModelInputs, Any], Results]], ScalarModel]:
    """Return a decorator that makes a model from a function of the inputs and a slip ("" for none).

    Args:
        name: Name of the model.
        inputs: Names of the inputs, separated by spaces.
        slips: Literal of the names of the slips and "".
    """

    def of(find: Callable[[ModelInputs, Any], Results]) -> ScalarModel:
        names = tuple(inputs.split())

        def run(values: Values, slip: str) -> Trace:
            given = ModelInputs(values, names)
            return given.trace(find(given, slip))

        wrong = {slip: partial(run, slip=slip) for slip in get_args(slips) if slip}
        return ScalarModel(name, names, partial(run, slip=""), MappingProxyType(wrong))

    return of


def _real(name: str, value: object) -> float:
    """Return a finite number of limited size.

    Raises:
        SettingError: The value, which comes from a file, is anything else.
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool) and -1e15 < value < 1e15:
        return value if isinstance(value, Carried) else float(value)
    raise SettingError("setting.number", name=name, value=value)
