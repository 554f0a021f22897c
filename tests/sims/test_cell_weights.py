"""Trained weights from a file instead of random ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from rnntutor import assets
from rnntutor.sims.base import SettingError
from rnntutor.sims.cell import make, trace
from rnntutor.sims.common import snapshot as _snapshot


@pytest.fixture
def snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, np.ndarray]]:
    """Write a small RNN of two units that knows two words."""
    arrays = {
        "W": np.array([[1.0, 0.0, 0.5], [0.0, 1.0, -0.5]]),
        "U": np.eye(2),
        "b": np.array([0.1, -0.1]),
        "V": np.array([[1.0, -1.0]]),
        "E": np.array([[1.0, 0, 0], [0, 2.0, 0]]),
        "words": np.array(["안", "비싸고"]),
    }
    (tmp_path / "weights").mkdir()
    np.savez(tmp_path / "weights" / "small.npz", **arrays)
    monkeypatch.setattr(assets, "assets_dir", lambda: tmp_path)
    _snapshot._load.cache_clear()
    yield arrays
    _snapshot._load.cache_clear()


def test_the_run_uses_the_trained_numbers(snapshot: dict[str, np.ndarray]) -> None:
    """Sizes, parameters and word vectors come from the file; unknown words are zeros."""
    settings = make({"weights": "small", "text": "안 비싸고 맛있다"})
    t = trace(settings)
    assert (settings.units, settings.width, settings.outputs) == (2, 3, 1)
    assert np.array_equal(np.asarray(t["W"]), snapshot["W"])
    assert np.asarray(t["x"]).tolist() == [[1, 0, 0], [0, 2, 0], [0, 0, 0]]
    changed = trace(make({"weights": "small", "text": "안", "U": 0.5}))
    assert (np.asarray(changed["U"]) == 0.5).all()


def test_weights_of_another_cell_are_refused(snapshot: dict[str, np.ndarray]) -> None:
    with pytest.raises(SettingError, match="needs"):
        make({"weights": "small", "cell": "lstm"})
