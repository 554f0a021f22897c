"""`rnntutor check --runs` as a command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rnntutor.cli import main
from rnntutor.sims.common import fit
from rnntutor.words import load
from tests.course.test_runs import LESSON, course

WORDS = load("en")


@pytest.fixture(autouse=True)
def few_updates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a report of a race come after every 20 updates."""
    monkeypatch.setattr(fit, "per_report", lambda cells, steps, units: 20)


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str]:
    status = main(["--lang", "en", "check", *argv])
    return status, capsys.readouterr().out


def test_each_claim_is_told_with_what_came_out_and_runs_once_for_both_languages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out = run(capsys, "--runs", str(course(tmp_path, LESSON, LESSON)))
    assert status == 0
    assert "one.md:8: race units=4 T=5 seed=[1,2] updates=20" in out
    assert out.count("✓") == 6
    assert WORDS("cli.runs_good", claims=6, runs=5) in out


def test_a_claim_that_is_not_so_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    few = re.sub(r"> \[!RUN\]\n> `race.*\n> `forecast.*\n", "", LESSON)
    wrong = few.replace("solved_gru > 20", "solved_gru < 20")
    status, out = run(capsys, "--runs", str(course(tmp_path, wrong)))
    assert status == 1
    assert out.count("✗") == 1
    assert "✗ solved_gru < 20" in out
    assert WORDS("cli.runs_bad", wrong=1, claims=3, runs=3) in out


def test_nothing_runs_unless_it_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = LESSON.replace("solved_gru > 20", "solved_gru < 20")
    status, out = run(capsys, str(course(tmp_path, wrong)))
    assert status == 0
    assert "claims" not in out


def test_the_option_belongs_to_check_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en", "--runs"]) == 2
    assert "--runs" in capsys.readouterr().err
