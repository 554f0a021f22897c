"""`rnntutor build`: list, show, check and watch exercises."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from rnntutor import cli
from rnntutor.course.load import open_course
from rnntutor.package_data import lessons_dir
from rnntutor.session import building
from rnntutor.study.events import read
from rnntutor.words import LANGUAGES, load

RIGHT = """\
import numpy as np
def rnn_step(x, h_prev, W, U, b):
    return np.tanh(W @ x + U @ h_prev + b)
"""


def run(capsys: pytest.CaptureFixture[str], *argv: str | Path) -> tuple[int, str, str]:
    status = cli.main([str(word) for word in argv])
    out, err = capsys.readouterr()
    return status, out, err


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_lists_and_shows(capsys: pytest.CaptureFixture[str], tmp_path: Path, lang: str) -> None:
    status, out, err = run(capsys, "--lang", lang, "build", "--data-dir", tmp_path)
    assert (status, err) == (0, "")
    names = [line.split()[0] for line in out.splitlines()]
    assert names == list(open_course(lessons_dir(), load(lang)).builds) and len(names) == 12
    status, out, err = run(capsys, "--lang", lang, "build", "lstm_step", "--data-dir", tmp_path)
    file = tmp_path / "build" / "lstm_step.py"
    assert (status, err) == (0, "") and str(file) in out
    assert "hₜ = oₜ ⊙ tanh(cₜ)" in out and "def lstm_step(" in file.read_text(encoding="utf-8")


def test_a_check_passes_or_not_and_is_logged(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    wrong, right = tmp_path / "wrong.py", tmp_path / "right.py"
    wrong.write_text(RIGHT.replace("+ U", "- U"))
    right.write_text(RIGHT)
    argv = ("--lang", "en", "build", "rnn_step", "--check", "--data-dir", tmp_path, "--file")
    status, out, _ = run(capsys, *argv, wrong)
    assert status == 1 and "in place of" in out and "line 3" in out
    assert run(capsys, *argv, right)[0] == 0
    told = [event.data for event in read(tmp_path / "events") if event.kind == "build"]
    assert sorted(data["passed"] is True for data in told) == [False, True]
    _, listed, _ = run(capsys, "--lang", "en", "build", "--data-dir", tmp_path)
    assert "(passed)" in listed


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("build", "nothing"), "There is no code exercise nothing."),
        (("build", "--check"), "Name the exercise"),
        (("build", "rnn_step", "--check", "--watch"), "Use only one of them"),
        (("build", "attend", "--stage"), "There is no stage for attend."),
        (("build", "gru_step", "--race"), "gru_step alone makes no cell"),
        (("build", "rnn_step", "--chek"), "There is no command or option --chek."),
        (("build", "rnn_step", "--check", "--file", "/no/such"), "cannot be read"),
    ],
)
def test_bad_input_is_one_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, argv: tuple[str, ...], said: str
) -> None:
    status, out, err = run(capsys, "--lang", "en", *argv, "--data-dir", tmp_path)
    assert (status, out, err.count("\n")) == (2, "", 1) and said in err


@pytest.mark.skipif(os.name == "nt", reason="ended by a signal")
def test_watching_checks_again_when_the_file_is_saved(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text("def rnn_step(x, h_prev, W, U, b): pass\n")
    argv = [sys.executable, "-m", "rnntutor", "--lang", "en", "--data-dir", str(tmp_path)]
    argv += ["build", "rnn_step", "--watch", "--file", str(file)]
    process = subprocess.Popen(
        argv,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        # A test run in the background ignores SIGINT, and its children would too.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout is not None
    try:
        lines = iter(process.stdout.readline, "")
        assert next(line for line in lines if "Nothing was returned" in line)
        new = file.with_name("new.py")
        new.write_text(RIGHT)
        new.replace(file)  # as an editor saves
        assert next(line for line in lines if "✓ Right." in line)
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
    finally:
        process.kill()
        process.stdout.close()


def test_what_passes_is_run_as_lines(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """`--stage` and `--race` print whose run it is, and the command line to repeat it."""
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "rnn_step.py").write_text(RIGHT)
    argv = ("--lang", "en", "--plain", "--data-dir", tmp_path, "build", "rnn_step")
    status, out, err = run(capsys, *argv, "--stage", "--units", "2", "--view", "strip")
    assert (status, err) == (0, "") and out.startswith("◆ your rnn_step")
    assert "rnntutor build rnn_step --stage --units 2" in out
    status, out, err = run(capsys, *argv, "--race")
    assert (status, out) == (2, "") and "needs rnn_backward" in err
    (tmp_path / "build" / "rnn_step.py").write_text(RIGHT.replace("+ U", "- U"))
    status, out, err = run(capsys, *argv, "--stage")
    assert status == 1 and "in place of" in out


def test_where_memory_is_not_bounded_it_is_said_and_checks_go_on(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This is the case on Windows, which has no `resource`."""
    monkeypatch.setattr(building, "find_spec", lambda name: None)
    argv = ("--lang", "en", "build", "rnn_step", "--data-dir", tmp_path)
    status, out, _ = run(capsys, *argv)
    assert status == 0 and out.count("but not its memory") == 1
    (tmp_path / "build" / "rnn_step.py").write_text(RIGHT)
    status, out, _ = run(capsys, *argv, "--check")
    assert status == 0 and "memory" not in out
