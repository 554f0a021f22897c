"""Caches for the check's most expensive steps: these tests break one thing of a course at a
time."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from rnntutor.check import variants
from rnntutor.course.variant import Instance, Variant, every_variant

_drawn: dict[str, tuple[tuple[Instance, ...], ...]] = {}


@pytest.fixture
def tmp_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the same directory in every test, empty at first.

    An unchanged lesson at the same path is parsed only once in all tests.
    """
    path = tmp_path_factory.getbasetemp() / "check"
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir()
    return path


@pytest.fixture(autouse=True)
def drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compute the variants of an unchanged question only once in all tests."""

    def every(blocks: Sequence[Variant], question: str) -> tuple[tuple[Instance, ...], ...]:
        key = f"{question} {blocks!r}"
        if key not in _drawn:
            _drawn[key] = tuple(every_variant(blocks, question))
        return _drawn[key]

    monkeypatch.setattr(variants, "every_variant", every)
