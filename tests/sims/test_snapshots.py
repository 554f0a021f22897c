"""The command that trains and writes the prepared weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rnntutor.package_data import assets_dir
from rnntutor.sims import makers, names, snapshots


@pytest.mark.parametrize("name", list(makers.MAKERS))
def test_every_snapshot_has_its_maker(name: str) -> None:
    assert callable(makers.maker(name))


def test_all_together_are_small() -> None:
    files = list((assets_dir() / "weights").glob("*.npz"))
    assert sum(file.stat().st_size for file in files) <= 2**20


def test_the_command_is_no_simulation() -> None:
    assert not {"makers", "snapshots"} & {*names()}


def fake(tell: object) -> dict[str, np.ndarray]:
    assert callable(tell)
    for share in (0.5, 1.0):
        tell(share)
    return {"W": np.random.default_rng(0).normal(size=(3, 4)).astype(np.float32)}


def test_the_same_numbers_make_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So a file in the repository changes only when its contents do."""
    monkeypatch.setattr(snapshots, "assets_dir", lambda: tmp_path)
    monkeypatch.setattr(snapshots, "maker", lambda name: fake)
    told: list[float] = []
    written = []
    for _ in range(2):
        snapshots.make("one", told.append)
        written.append((tmp_path / "weights" / "one.npz").read_bytes())
    assert written[0] == written[1]
    assert told == [0.5, 1.0, 0.5, 1.0]
    assert [file.name for file in (tmp_path / "weights").iterdir()] == ["one.npz"]


def test_the_command_shows_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(snapshots, "assets_dir", lambda: tmp_path)
    monkeypatch.setattr(snapshots, "MAKERS", {"one": "nowhere:at_all"})
    monkeypatch.setattr(snapshots, "maker", lambda name: fake)
    snapshots.main(["one"])
    assert "100%" in capsys.readouterr().out
    assert (tmp_path / "weights" / "one.npz").exists()


def test_an_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        snapshots.main(["nothing"])
    assert "memory" in capsys.readouterr().err
