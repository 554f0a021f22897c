"""A missing or damaged file of the program is one message with its name, not a crash."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from rnntutor import assets
from rnntutor.assets import AssetError

# Opens every simulation of a program without any assets, and prints the results. In a process of
# its own, because files that were read are cached.
WITHOUT = """
import json, sys
from pathlib import Path
from rnntutor import assets, sims
from rnntutor.failure import Failure
from rnntutor.session import opening
from rnntutor.session.stage import open_stage
from rnntutor.words import load

assets.assets_dir = lambda: Path(sys.argv[1])
words, found = load("en"), {}
for name in sims.names():
    try:
        open_stage(opening.spec(name, {}, "en"))
        found[name] = ""
    except Failure as failure:
        found[name] = words(failure.key, **failure.values)
    except Exception as error:
        found[name] = f"raises {error!r}"
print(json.dumps(found))
"""


def test_a_simulation_whose_files_are_missing_names_the_file(tmp_path: Path) -> None:
    made = subprocess.run(
        [sys.executable, "-c", WITHOUT, str(tmp_path)], capture_output=True, text=True, check=True
    )
    found = json.loads(made.stdout)
    said = {name: sentence for name, sentence in found.items() if sentence}
    assert {"text", "types", "attention"} <= set(said)
    for sentence in said.values():
        assert sentence.startswith(str(tmp_path))
        assert "install it again" in sentence


@pytest.fixture
def assets_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make an assets directory in which every file is damaged."""
    monkeypatch.setattr(assets, "assets_dir", lambda: tmp_path)
    for directory, name in (("data", "dates.toml"), ("weights", "memory.npz")):
        (tmp_path / directory).mkdir()
        (tmp_path / directory / name).write_bytes(b"\xff\xfe[= not this")
    return tmp_path


@pytest.mark.parametrize("size", [0, 14])
def test_a_damaged_file_is_told_from_a_missing_one(assets_path: Path, size: int) -> None:
    file = assets_path / "weights" / "memory.npz"
    file.write_bytes(file.read_bytes()[:size])
    for read, there in (
        (lambda: assets.weights("memory"), file),
        (lambda: assets.table("data", "dates.toml"), assets_path / "data" / "dates.toml"),
    ):
        with pytest.raises(AssetError) as told:
            read()
        assert (told.value.key, told.value.values) == ("asset.damaged", {"file": there})
    with pytest.raises(AssetError) as told:
        assets.text("figures", "lstm.txt")
    assert told.value.key == "asset.missing"
