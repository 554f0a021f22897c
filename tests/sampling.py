"""Selection of cases that run in every suite; the others run only with `pytest -m long`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import update_wrapper
from inspect import Parameter, Signature, signature
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings


def sampled(cases: Iterable[Any], always: Callable[[Any], bool]) -> list[Any]:
    """Return the cases for `parametrize`; those not selected by `always` are marked long.

    Raises:
        ValueError: no case is selected, for instance because names changed.
    """
    every = list(cases)
    if not any(map(always, every)):
        raise ValueError("nothing is left of these cases")
    return [case if always(case) else _long(case) for case in every]


def _long(case: Any) -> Any:
    values = case if isinstance(case, tuple) else (case,)
    return pytest.param(*values, marks=pytest.mark.long)


def in_turn(names: Iterable[Any], others: Iterable[Any]) -> list[Any]:
    """Return every pair for `parametrize`.

    In every suite each name runs with only one of the others, in rotation.
    """
    names, others = list(names), list(others)
    turns = {(name, others[n % len(others)]) for n, name in enumerate(names)}
    return sampled(product(names, others), lambda pair: pair in turns)


def given_some(few: int, many: int, *strategies: Any, **named: Any) -> Callable[[Any], Any]:
    """Return Hypothesis' `given` with `few` examples in every suite and `many` in the long one."""

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        def run(examples: int, **fixtures: Any) -> None:
            settings(max_examples=examples)(given(*strategies, **named)(test))(**fixtures)

        left = signature(given(*strategies, **named)(test)).parameters.values()
        update_wrapper(run, test, assigned=("__module__", "__name__", "__qualname__", "__doc__"))
        del run.__wrapped__  # type: ignore[attr-defined]
        examples = Parameter("examples", Parameter.POSITIONAL_OR_KEYWORD)
        run.__signature__ = Signature([examples, *left])  # type: ignore[attr-defined]
        return pytest.mark.parametrize("examples", [few, _long(many)])(run)

    return decorate
