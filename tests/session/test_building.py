"""The learner's code files are never lost or overwritten, and the log contains no code."""

from __future__ import annotations

from pathlib import Path

import pytest

from rnntutor.build.check import check
from rnntutor.course.load import open_course
from rnntutor.package_data import lessons_dir
from rnntutor.session import building
from rnntutor.study.events import Event
from rnntutor.study.progress import fold
from rnntutor.words import load

EXERCISE, _ = open_course(lessons_dir(), load("en")).exercise("rnn_step", "en")


def test_a_file_that_is_there_is_never_touched(tmp_path: Path) -> None:
    path, made = building.begin(tmp_path, EXERCISE)
    assert made and building.read(path) == EXERCISE.start
    building.save(path, "mine")
    assert building.begin(tmp_path, EXERCISE) == (path, False)
    assert building.read(path) == "mine"


def test_every_change_of_another_program_is_kept(tmp_path: Path) -> None:
    """Each foreign version is kept in a file of its own."""
    path = tmp_path / "build" / "rnn_step.py"
    building.save(path, "mine")
    for suffix, theirs in ((".other", "theirs"), (".other-2", "theirs too"), (".other-3", "again")):
        path.write_text(theirs, encoding="utf-8")
        assert building.keep(path, "mine", "mine, typed on") == path.with_name(
            f"rnn_step{suffix}.py"
        )
        building.save(path, "mine")
    assert [building.read(path.with_name(f"rnn_step.other{n}.py")) for n in ("", "-2", "-3")] == [
        "theirs",
        "theirs too",
        "again",
    ]


def test_a_save_that_fails_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "build" / "rnn_step.py"
    building.save(path, "old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(building.os, "fsync", full)
    with pytest.raises(building.FileError) as caught:
        building.save(path, "new")
    assert "No space left" in load("en")(caught.value.key, **caught.value.values)
    assert path.read_text() == "old"
    assert [p.name for p in path.parent.iterdir()] == ["rnn_step.py"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    goal = tmp_path / "elsewhere.py"
    goal.write_text("old")
    path = building.path_of(tmp_path, "rnn_step")
    path.parent.mkdir()
    path.symlink_to(goal)
    building.save(path, "new")
    assert path.is_symlink() and goal.read_text() == "new"


def test_what_is_no_text_is_said(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "long").write_text("x" * (building.MOST + 1))
    for name in ("binary", "long", "none", "."):
        with pytest.raises(building.FileError) as caught:
            building.read(tmp_path / name)
        assert str(tmp_path) in load("ko")(caught.value.key, **caught.value.values)


def test_the_log_is_told_what_was_found_and_never_the_code() -> None:
    source = "import numpy as np\ndef rnn_step(x, h_prev, W, U, b):\n    a = W @ x + b\n"
    source += "    return np.tanh(a)\n"
    told = building.check_data("rnn_step", check("rnn_step", source), 3, 12.34)
    assert (told["found"], told["passed"], told["attempt"]) == ("missing", False, 3)
    assert told["quantity"] == "a" and told["line"] == 3
    assert not any("np" in str(value) for value in told.values())


def test_an_exercise_stays_passed() -> None:
    def event(n: int, passed: object) -> Event:
        data = {"exercise": "rnn_step", "passed": passed}
        return Event("s", n, f"2026-03-01T00:00:{n:02}.000000Z", "+00:00", "build", data)

    assert fold([event(1, False)]).builds == {"rnn_step": False}
    assert fold([event(1, True), event(2, False)]).builds == {"rnn_step": True}
    assert fold([event(1, "yes")]).builds == {"rnn_step": False}
