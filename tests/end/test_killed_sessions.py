"""If two sessions of one learner are killed, every answer with a displayed verdict is kept."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from rnntutor.study.events import read
from rnntutor.study.log import Log
from rnntutor.words import load

VERDICT = load("en")("plain.foot.answered")[:12]


def session(data: Path) -> subprocess.Popen[str]:
    """Start a quiz in plain mode, with input that gives up every question."""
    command = [sys.executable, "-m", "rnntutor", "--lang", "en", "--data-dir", str(data)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        [*command, "--plain", "quiz", "--lesson", "rnn", "-n", "20"],
        stdin=pipe,
        stdout=pipe,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdin is not None
    process.stdin.write("answer\nanswer\n\n" * 20)
    process.stdin.flush()
    return process


def verdicts(process: subprocess.Popen[str], most: int | None = None) -> int:
    """Read until that many verdicts, or to the end; return their number."""
    assert process.stdout is not None
    found = 0
    for line in process.stdout:
        found += VERDICT in line
        if found == most:
            break
    return found


@pytest.mark.parametrize("pairs", [1, pytest.param(100, marks=pytest.mark.long)])
def test_what_was_acknowledged_is_on_the_disk(tmp_path: Path, pairs: int) -> None:
    rng = Random(1)
    log = Log(tmp_path, "salt")
    log.append("setting", name="salt", value="one")  # so that no session has to make one
    log.close()
    seen = 0
    for _ in range(pairs):
        both = [session(tmp_path), session(tmp_path)]
        seen += sum(verdicts(process, rng.randint(1, 4)) for process in both)
        for process in rng.sample(both, 2):
            process.send_signal(signal.SIGKILL)
            # Output that was not yet read counts as acknowledged too.
            seen += verdicts(process)
            process.communicate()
        kept = [event for event in read(tmp_path / "events") if event.kind == "answer"]
        assert len(kept) >= seen
    assert seen >= 2 * pairs
