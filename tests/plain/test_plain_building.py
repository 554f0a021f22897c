"""Code exercises in plain mode: found from the first page, written in an editor, checked, run."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from plain_talk import Talk
from sampling import sampled

from rnntutor.package_data import lessons_dir
from rnntutor.study.events import read

RIGHT = """\
import numpy as np
def rnn_step(x, h_prev, W, U, b):
    return np.tanh(W @ x + U @ h_prev + b)
"""
EDITOR = """\
#!/bin/sh
if grep -q tanh "$1"; then cp {right} "$1"; else sed "s/+ U/- U/" {right} > "$1"; fi
"""


@pytest.mark.parametrize("lang", sampled(["ko", "en"], lambda lang: lang == "ko"))
def test_an_exercise_is_written_and_drives_its_stage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    """The editor first writes a mistake, and corrects it when it is opened again."""
    editor = tmp_path / "editor"
    right = tmp_path / "right.py"
    right.write_text(RIGHT)
    editor.write_text(EDITOR.format(right=right))
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("VISUAL", str(editor))
    talk = Talk(lessons_dir(), tmp_path / "data", lang)
    said = talk("build", "build rnn_step", "edit", "stage", "edit", "stage", "", "race", "b", "q")
    assert said.index("lstm_backward") < said.index("def rnn_step(")
    first, _, rest = said.partition("✗")
    assert "W xₜ − U hₜ₋₁" in rest and "✓" not in first
    assert "◆" in rest and "rnn_backward" in rest[rest.index("◆") :]
    told = [e.data["passed"] for e in read(tmp_path / "data" / "events") if e.kind == "build"]
    assert told == [False, False, True, True, True]


def test_what_cannot_be_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    talk = Talk(lessons_dir(), tmp_path / "data")
    said = talk("build nothing", "build attend", "edit", "stage", "race", "hint", "?", "q")
    for sentence in (
        "There is no code exercise nothing.",
        "No editor is named.",
        "There is no stage for attend.",
        "attend alone makes no cell",
        "Hint 1 of 3",
        "blank: check the file",
    ):
        assert sentence in said, sentence
