"""A course is broken in one thing at a time, and its trace questions are all the same."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rnntutor.check import variants
from rnntutor.course.variant import Instance, Variant, every_variant

_drawn: dict[str, tuple[tuple[Instance, ...], ...]] = {}


@pytest.fixture(autouse=True)
def drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The variants of a question that was not touched are computed by the first test that checks
    it."""

    def every(blocks: Sequence[Variant], question: str) -> tuple[tuple[Instance, ...], ...]:
        key = f"{question} {blocks!r}"
        if key not in _drawn:
            _drawn[key] = tuple(every_variant(blocks, question))
        return _drawn[key]

    monkeypatch.setattr(variants, "every_variant", every)
