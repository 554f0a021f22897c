"""A full disk is reported in a message, and no answer is lost."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest
from sitting import Learner, begin_at
from terminal import Start, command


def test_where_nothing_can_be_kept_the_tutor_runs_and_says_so(start: Start, tmp_path: Path) -> None:
    there = tmp_path / "file"
    there.write_text("")
    terminal = start("--lang", "en", "--data-dir", str(there / "data"))
    terminal.wait("Your progress cannot be kept")
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert "Traceback" not in terminal.text
    assert terminal.restored


def test_an_answer_that_cannot_be_kept_stays_on_the_screen(start: Start, data: Path) -> None:
    begin_at(data, "cell", "gates.forget-vector")
    line = 'ulimit -S -f 0; exec "$@"'
    terminal = start(program=["/bin/sh", "-c", line, "sh", *command(), "--lang", "en"])
    learner = Learner(terminal, data, "en")
    terminal.wait(learner.words("home.continue"))
    terminal.press("enter")
    terminal.wait(lambda: "Forgetting in two units" in terminal.rows[0])
    terminal.press("2", "enter")
    terminal.wait(learner.words("confidence.ask"))
    terminal.press("3")
    terminal.wait(lambda: learner.words("key.answer") in terminal.rows[-1])
    terminal.wait("Cannot save: the disk is full.")
    assert "2 (•)" in terminal.text
    assert learner.answers == []
    if not hasattr(resource, "prlimit"):
        pytest.skip("the limit of another process can be lifted on Linux only")
    _, most = resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE, (most, most))
    terminal.press("enter")
    terminal.wait(learner.words("confidence.ask"))
    terminal.press("3")
    terminal.wait(lambda: learner.words("question.why") in terminal.text)
    assert [question for question, _ in learner.answers] == ["gates.forget-vector"]
