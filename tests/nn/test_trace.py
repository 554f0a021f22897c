"""Paths into a trace: what they refer to, and the message for an unknown path."""

from __future__ import annotations

import numpy as np
import pytest

from rnntutor.nn.trace import PathError, Trace, split_path

TRACE = Trace(
    "rnn",
    3,
    {"h": np.arange(8.0).reshape(4, 2), "a": np.arange(6.0).reshape(3, 2)},
    {"W": np.array([[5.0]])},
)


@pytest.mark.parametrize(
    ("path", "value"),
    [("h[0][1]", 1), ("h[3][0]", 6), ("a[1][0]", 0), ("a[3][1]", 5), ("W[0][0]", 5)],
)
def test_time_counts_from_one_and_units_from_zero(path: str, value: float) -> None:
    assert TRACE[path] == value


def test_a_name_alone_is_the_whole_and_at_is_a_row() -> None:
    assert np.shape(TRACE["h"]) == (4, 2)
    np.testing.assert_array_equal(TRACE.at("a", 2), [2, 3])
    assert "h" in TRACE
    assert "W" in TRACE
    assert "q" not in TRACE
    assert TRACE.units == 2


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("a[0][0]", "from 1 to 3"),
        ("a[4][0]", "from 1 to 3"),
        ("h[4][0]", "from 0 to 3"),
        ("h[1][2]", r"shape \(4, 2\)"),
        ("h[1][1][1]", r"shape \(4, 2\)"),
        ("W[1][0]", r"shape \(1, 1\)"),
        ("q[1]", "no 'q' here; there are W, a, h"),
        ("h[t]", "is not a path"),
        ("__import__('os')", "is not a path"),
        ("h[-1]", "is not a path"),
    ],
)
def test_a_path_to_nothing_says_what_there_is(path: str, says: str) -> None:
    with pytest.raises(PathError, match=says):
        TRACE[path]


def test_a_path_splits_into_name_and_indices() -> None:
    assert split_path(" c[4][0] ") == ("c", (4, 0))


def test_a_run_without_a_hidden_state_has_one_unit() -> None:
    assert TRACE.units == 2
    assert Trace("", 3, {"mean": np.zeros(3)}).units == 1
