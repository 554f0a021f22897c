"""What runs in every suite, and what only with `pytest -m long`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import product
from typing import Any

import pytest


def sampled(cases: Iterable[Any], always: Callable[[Any], bool]) -> list[Any]:
    """The cases for `parametrize`: those that `always` names run in every suite, all others are
    marked long. Raises ValueError if none is left: names change."""
    every = list(cases)
    if not any(map(always, every)):
        raise ValueError("nothing is left of these cases")
    return [case if always(case) else _long(case) for case in every]


def _long(case: Any) -> Any:
    values = case if isinstance(case, tuple) else (case,)
    return pytest.param(*values, marks=pytest.mark.long)


def in_turn(names: Iterable[Any], others: Iterable[Any]) -> list[Any]:
    """Every pair for `parametrize`; in every suite each name with one of the others, which take
    turns."""
    names, others = list(names), list(others)
    turns = {(name, others[n % len(others)]) for n, name in enumerate(names)}
    return sampled(product(names, others), lambda pair: pair in turns)
