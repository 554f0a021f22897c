"""The location of the data directory, and the messages if it cannot be used."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rnntutor.study.directory import DataDirError, data_dir, prepare


def test_the_option_comes_before_the_variable_and_that_before_the_platform() -> None:
    environ = {"RNNTUTOR_DATA": "/b"}
    assert data_dir("/a", environ) == Path("/a")
    assert data_dir(None, environ) == Path("/b")
    assert data_dir(None, {"RNNTUTOR_DATA": ""}) == data_dir(None, {})
    assert data_dir(None, {}).name == "rnntutor"


def test_a_relative_path_does_not_move_with_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert data_dir("here", {}) == tmp_path / "here"


def test_preparing_makes_a_private_directory_and_leaves_no_trace_in_it(tmp_path: Path) -> None:
    directory = prepare(tmp_path / "a" / "b")
    assert [p.name for p in directory.iterdir()] == ["events"]
    assert list((directory / "events").iterdir()) == []
    if os.name == "posix":
        assert directory.stat().st_mode & 0o077 == 0
    assert prepare(directory) == directory


def test_a_directory_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DataDirError) as caught:
        prepare(tmp_path / "file" / "data")
    assert caught.value.key == "study.data_dir_failed"
    assert caught.value.values["dir"] == tmp_path / "file" / "data"
