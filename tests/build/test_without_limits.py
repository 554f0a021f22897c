"""Where the system cannot limit memory, the child process still runs, with a time limit."""

from __future__ import annotations

import sys

import pytest

from rnntutor.build.child import bounds


def test_without_resource_nothing_is_bounded_and_nothing_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "resource", None)  # importing it fails
    bounds.set_limits(1)
    bounds.allow(1)
