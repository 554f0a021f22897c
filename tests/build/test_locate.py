"""A finding names the quantity and the line at which a function differs from the engine."""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest
from in_process import check_here
from sampling import sampled

from rnntutor.build.check import Missing, Passed, WrongShape

SOLUTIONS = Path(__file__).parents[2] / "benchmarks" / "solutions"
EXERCISES = ("lstm_step", "lstm_backward", "gru_step", "rnn_backward")

LSTM = """
import numpy as np
def sigmoid(a): return 1 / (1 + np.exp(-a))
def lstm_step(x, h_prev, c_prev, W, U, b):
    f = sigmoid(W["f"] @ x + U["f"] @ h_prev + b["f"])
    i = sigmoid(W["i"] @ x + U["i"] @ h_prev + b["i"])
    o = sigmoid(W["o"] @ x + U["o"] @ h_prev + b["o"])
    g = np.tanh(W["g"] @ x + U["g"] @ h_prev + b["g"])
    c = f * c_prev + i * g
    h = o * np.tanh(c)
    return h, c
"""


def changed(right: str, wrong: str) -> Missing:
    assert LSTM.count(right) == 1
    finding = check_here("lstm_step", LSTM.replace(right, wrong))
    assert isinstance(finding, Missing), finding
    return finding


@pytest.mark.parametrize(
    ("right", "wrong", "key", "line"),
    [
        ('f = sigmoid(W["f"] @ x + U["f"]', 'f = sigmoid(W["f"] @ x - U["f"]', "f", 5),
        ('U["i"] @ h_prev + b["i"]', 'U["i"] @ h_prev + b["o"]', "i", 6),
        ('np.tanh(W["g"]', 'sigmoid(W["g"]', "g", 8),
        ("c = f * c_prev + i * g", "c = f * c_prev + i + g", "c", 9),
        ("c = f * c_prev + i * g", "c = f * h_prev + i * g", "c", 9),
        ("h = o * np.tanh(c)", "h = o * c", "h", 10),
    ],
)
def test_a_mistake_is_found_at_its_line(right: str, wrong: str, key: str, line: int) -> None:
    finding = changed(right, wrong)
    assert (finding.suspect.key.split("_")[-1], finding.suspect.line) == (key, line)
    assert finding.slip is not None


def test_what_was_right_before_it_is_named() -> None:
    finding = changed("c = f * c_prev + i * g", "c = f * c_prev - i * g")
    assert {"f", "i", "o", "g"} <= set(finding.right) and "c" not in finding.right


def test_results_of_another_shape_are_told_as_that() -> None:
    finding = check_here("lstm_step", LSTM.replace("return h, c", "return h[:2], c"))
    assert isinstance(finding, WrongShape) and (finding.wanted, finding.found) == ((4,), (2,))


def test_the_other_number_of_results_is_told() -> None:
    finding = check_here("lstm_step", LSTM.replace("return h, c", "return h"))
    assert isinstance(finding, WrongShape) and finding.count == (2, 1)


@pytest.mark.parametrize("style", ["wordy", "terse", "batch_first", "stacked"])
@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_style_of_writing_is_accepted(style: str, exercise: str) -> None:
    source = (SOLUTIONS / f"{style}.py").read_text(encoding="utf-8")
    assert isinstance(check_here(exercise, source), Passed)


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    path = SOLUTIONS.parent / "locate.py"
    spec = importlib.util.spec_from_file_location("benchmark_locate", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


# In every suite mutants of one step forward and of one function backward.
@pytest.mark.parametrize(
    ("exercises", "most"),
    sampled([(("gru_step", "rnn_backward"), 36), ((), 400)], lambda case: case[1] == 36),
)
def test_the_right_line_is_found_for_most_mutants(
    benchmark: ModuleType, exercises: tuple[str, ...], most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A small sample of benchmarks/locate.py."""
    monkeypatch.setattr(benchmark, "EXERCISES", exercises or benchmark.EXERCISES)
    todo = list(benchmark.mutants("terse"))
    random.Random(1).shuffle(todo)
    seen = [one for one in map(benchmark.look, todo[:most]) if one is not None]
    assert len(seen) >= 10
    assert sum(one.said == one.mutant.line for one in seen) >= 0.9 * len(seen)
