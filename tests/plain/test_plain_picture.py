"""A picture in plain mode is typed row by row, and displayed in the same form."""

from __future__ import annotations

from pathlib import Path

import pytest
from plain_talk import Talk, joined

from rnntutor.package_data import lessons_dir
from rnntutor.words import LANGUAGES

EMPTY = " ".join(["........"] * 8)
COLUMN = " ".join(["#......."] * 8)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_picture_is_typed_as_rows(tmp_path: Path, lang: str) -> None:
    talk = Talk(lessons_dir(), tmp_path / "data", lang).salted()
    label = talk.text("knob.picture")
    name = "picture" if label == "picture" else f"picture ({label})"

    def line(value: str) -> str:
        return talk.text("plain.knob.text", name=name, value=value).strip()

    typed = (COLUMN, "###", EMPTY)
    said = joined(talk("go types.vec-seq", *(f"picture {text}" for text in typed)))
    assert all(line(text) in said for text in (COLUMN, EMPTY))
    assert talk.text("choice.picture.none") not in said
    assert talk.text("setting.picture", name="picture", side=8) in said
