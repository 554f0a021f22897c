"""Training in plain mode: several reports at once, one at a time, restarting."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from plain_talk import Talk, joined

from rnntutor import sims
from rnntutor.nn.training import Update
from rnntutor.render.views import registry
from rnntutor.session import stage as stages
from rnntutor.sims.base import Simulation

GATES = ("go one.gates", "")


def trained(monkeypatch: pytest.MonkeyPatch, losses: list[float]) -> None:
    """Make the stage's simulation train with these losses, ten updates a report."""

    def updates(settings: Any) -> Iterator[Update]:
        for n, loss in enumerate(losses, 1):
            yield Update(10 * n, loss)

    cell: Simulation = sims.find("cell")
    monkeypatch.setattr(stages.sims, "find", lambda name: replace(cell, updates=updates))


def said_updates(said: str) -> list[str]:
    return [line for line in said.splitlines() if line[:1].isdecimal() and ", loss " in line]


def test_a_run_reports_line_by_line_and_goes_on(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained(monkeypatch, [1 / n for n in range(1, 26)])
    once, twice = talk(*GATES, "run"), talk(GATES[0], "run", "run")
    assert len(said_updates(once)) == 20
    assert said_updates(twice)[:20] == said_updates(once)
    updates, loss = talk.text("stage.updates", n=250), talk.text("stage.loss")
    assert said_updates(twice)[24] == f"{updates}, {loss} 0.040"
    assert len(said_updates(twice)) == 25


def test_a_training_that_is_over_or_reset_begins_anew(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained(monkeypatch, [0.5, 0.25])
    said = talk(*GATES, "run", "run", "reset", "run", "forget_bias 1", "run")
    assert [line.rpartition(" ")[2] for line in said_updates(said)] == ["0.500", "0.250"] * 4


def test_one_report_at_a_time(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a view of training, moving by a phase shows the next report."""
    trained(monkeypatch, [0.5, 0.25])
    drawn = {("gate", None): replace(registry.views()["gate", None], training=True)}
    monkeypatch.setattr(registry, "views", lambda: drawn)
    said = talk(*GATES, ".", ".", ".")
    ends = [line.rpartition(" ")[2] for line in said.splitlines() if "loss" in line]
    assert ends == ["0.500", "0.250", "0.250"]


def test_a_loss_that_is_no_number_ends_it_with_advice(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained(monkeypatch, [1.0, math.nan, 1.0])
    said = talk(*GATES, "run")
    assert len(said_updates(said)) == 2
    assert talk.text("plain.diverged") in joined(said)
