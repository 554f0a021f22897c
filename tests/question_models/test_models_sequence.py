"""The models of short series agree with calculations by hand, and each slip with its mistake."""

from __future__ import annotations

import math

import pytest

from rnntutor.question_models import MODELS, Values, find

READ: Values = {"x": [1, -1, 2], "a": 0.5}
WAVE: Values = {"before": 0.5, "last": 0.8, "k": 1.5}
SERIES: Values = {"x1": 2, "x2": 5, "x3": 4, "x4": 9}
LONG: Values = {"T": 100, "w": 10}

# (model, values, slip or "", path, the number worked out by hand)
BY_HAND = [
    ("leaky_sum", READ, "", "s[2]", -0.5),
    ("leaky_sum", READ, "", "s[3]", 1.75),
    ("leaky_sum", READ, "", "end_back", 1.0),
    ("leaky_sum", READ, "", "bag", 2.0),
    ("leaky_sum", READ, "all_decayed", "end_back", 0.5),
    ("sine_next", WAVE, "", "next", 0.7),
    ("sine_next", WAVE, "straight_on", "next", 1.1),
    ("sine_next", WAVE, "added", "next", 1.7),
    ("sine_next", WAVE, "one_value", "next", 1.2),
    ("sine_next", WAVE, "swapped", "next", -0.05),
    ("repeat_error", SERIES, "", "off3", 1.0),
    ("repeat_error", SERIES, "", "error", 3.0),
    ("repeat_error", SERIES, "", "sum", 9.0),
    ("repeat_error", SERIES, "signed", "error", 7 / 3),
    ("repeat_error", SERIES, "divided_by_T", "error", 2.25),
    ("window_count", LONG, "", "count", 90),
    ("window_count", LONG, "no_answer", "count", 91),
    ("window_count", LONG, "apart", "count", 9),
    ("window_count", LONG, "one_less", "count", 89),
]


@pytest.mark.parametrize(("model", "values", "slip", "path", "number"), BY_HAND)
def test_series_by_hand(model: str, values: Values, slip: str, path: str, number: float) -> None:
    """The result is the one on paper, with and without the mistake."""
    run = find(model).slips[slip] if slip else find(model).run
    assert float(run(values)[path]) == pytest.approx(number)


def test_series_slips_all_covered() -> None:
    """Every slip has a number calculated by hand."""
    for name in ("leaky_sum", "sine_next", "repeat_error", "window_count"):
        assert set(MODELS[name].slips) <= {row[2] for row in BY_HAND if row[0] == name}


def test_two_values_continue_a_sine() -> None:
    """The rule gives the third value of any sine of this period, for any phase."""
    k = 2 * math.cos(2 * math.pi / 16)
    for phase in (0.0, 0.7, 2.0):
        x = [math.sin(2 * math.pi * t / 16 + phase) for t in range(3)]
        found = find("sine_next").run({"before": x[0], "last": x[1], "k": k})
        assert float(found["next"]) == pytest.approx(x[2])


def test_windows_are_as_many_as_can_be_cut() -> None:
    """The count includes only windows that are followed by a value."""
    values = list(range(17))
    pairs = [(values[n : n + 5], values[n + 5]) for n in range(len(values)) if n + 5 < len(values)]
    assert float(find("window_count").run({"T": 17, "w": 5})["count"]) == len(pairs)
