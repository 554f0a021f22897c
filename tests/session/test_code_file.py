"""The learner's code files are never lost or overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from rnntutor.course.load import open_course
from rnntutor.package_data import lessons_dir
from rnntutor.session import code_file
from rnntutor.words import load

EXERCISE, _ = open_course(lessons_dir(), load("en")).exercise("rnn_step", "en")


def test_a_file_that_is_there_is_never_touched(tmp_path: Path) -> None:
    path, made = code_file.begin(tmp_path, EXERCISE)
    assert made and code_file.read(path) == EXERCISE.start
    code_file.save(path, "mine")
    assert code_file.begin(tmp_path, EXERCISE) == (path, False)
    assert code_file.read(path) == "mine"


def test_every_change_of_another_program_is_kept(tmp_path: Path) -> None:
    """Each foreign version is kept in a file of its own."""
    path = tmp_path / "build" / "rnn_step.py"
    code_file.save(path, "mine")
    for suffix, theirs in ((".other", "theirs"), (".other-2", "theirs too"), (".other-3", "again")):
        path.write_text(theirs, encoding="utf-8")
        assert code_file.keep(path, "mine", "mine, typed on") == path.with_name(
            f"rnn_step{suffix}.py"
        )
        code_file.save(path, "mine")
    assert [code_file.read(path.with_name(f"rnn_step.other{n}.py")) for n in ("", "-2", "-3")] == [
        "theirs",
        "theirs too",
        "again",
    ]


def test_a_save_that_fails_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "build" / "rnn_step.py"
    code_file.save(path, "old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(code_file.os, "fsync", full)
    with pytest.raises(code_file.FileError) as caught:
        code_file.save(path, "new")
    assert "No space left" in load("en")(caught.value.key, **caught.value.values)
    assert path.read_text() == "old"
    assert [p.name for p in path.parent.iterdir()] == ["rnn_step.py"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    goal = tmp_path / "elsewhere.py"
    goal.write_text("old")
    path = code_file.path_of(tmp_path, "rnn_step")
    path.parent.mkdir()
    path.symlink_to(goal)
    code_file.save(path, "new")
    assert path.is_symlink() and goal.read_text() == "new"


def test_what_is_no_text_is_said(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "long").write_text("x" * (code_file.MOST + 1))
    for name in ("binary", "long", "none", "."):
        with pytest.raises(code_file.FileError) as caught:
            code_file.read(tmp_path / name)
        assert str(tmp_path) in load("ko")(caught.value.key, **caught.value.values)


def test_each_outside_change_is_reported_once_and_only_while_nothing_was_typed(
    tmp_path: Path,
) -> None:
    path, _ = code_file.begin(tmp_path, EXERCISE)
    file = code_file.CodeFile(path)
    mine = file.load()
    assert not file.report_change(mine)
    for theirs in ("x = 1", "x = 2"):
        path.write_text(theirs, encoding="utf-8")
        assert not file.report_change(f"{mine}# typed")
        assert [file.report_change(mine), file.report_change(mine)] == [True, False]
    backup = file.keep(mine)
    assert backup is not None and code_file.read(backup) == "x = 2"
    assert code_file.read(path) == mine and not file.report_change(mine)
