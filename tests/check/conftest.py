"""A cache for the check's most expensive step: these tests break one thing of a course at a
time."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rnntutor.check import variants
from rnntutor.course.variant import Instance, Variant, every_variant

_drawn: dict[str, tuple[tuple[Instance, ...], ...]] = {}


@pytest.fixture(autouse=True)
def drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compute the variants of an unchanged question only once in all tests."""

    def every(blocks: Sequence[Variant], question: str) -> tuple[tuple[Instance, ...], ...]:
        key = f"{question} {blocks!r}"
        if key not in _drawn:
            _drawn[key] = tuple(every_variant(blocks, question))
        return _drawn[key]

    monkeypatch.setattr(variants, "every_variant", every)
