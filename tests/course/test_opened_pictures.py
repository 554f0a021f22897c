"""Pictures in a text: an existing file is shown with its size, and nothing else of it is read."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnntutor.course.blocks import Listing, Picture, PictureFile, Quote
from rnntutor.course.opened.document import Document
from rnntutor.course.opened.lesson import open_document
from rnntutor.course.opened.pictures import pixels
from rnntutor.render.prose import Context, lay_out
from rnntutor.spans import plain
from rnntutor.words import load

WORDS = load("en")
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480) + bytes(1980)
JPEG = (
    b"\xff\xd8"
    + b"\xff\xe0\x00\x10JFIF\0" + bytes(9)
    + b"\xff\xc2\x00\x11\x08" + struct.pack(">HH", 48, 64) + bytes(20)
)  # fmt: skip


@pytest.mark.parametrize(
    ("head", "size"),
    [
        (PNG, (640, 480)),
        (JPEG, (64, 48)),
        (b"\xff\xd8\xff\xd9", (0, 0)),
        (b"GIF89a" + struct.pack("<HH", 3, 4) + b"\0", (3, 4)),
        (b'<?xml version="1.0"?>\n<svg xmlns="x" width="120px" height="80.4">', (120, 80)),
        (b'<svg viewBox="0 0 300 150" width="100%">', (300, 150)),
        (b"<svg>", (0, 0)),
        (b"RIFF\0\0\0\0WEBPVP8 ", (0, 0)),
        (b"", None),
        (b"not a picture", None),
    ],
)
def test_size_from_the_beginning_of_a_file(head: bytes, size: tuple[int, int] | None) -> None:
    assert pixels(head) == size


@given(
    st.sampled_from([b"", PNG[:8], b"GIF89a", b"\xff\xd8\xff\xc0", b"<svg width='"]), st.binary()
)
def test_any_beginning_has_a_size_or_none(start: bytes, rest: bytes) -> None:
    found = pixels(start + rest)
    assert found is None or min(found) >= 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    notes = tmp_path / "notes"
    (notes / "img").mkdir(parents=True)
    for path in (notes / "img" / "a b.png", tmp_path / "outside.png", notes / "fake.png"):
        path.write_bytes(PNG)
    (notes / "fake.png").write_bytes(b"#!/bin/sh\n")
    (notes / "page.html").write_text("<svg></svg>", encoding="utf-8")
    return notes


def pictures(text: str, folder: Path) -> list[Picture]:
    lesson = open_document(Document("notes.md", text, folder), "en", WORDS)

    def within(blocks: object) -> list[Picture]:
        out: list[Picture] = []
        for block in blocks:  # type: ignore[attr-defined]
            if isinstance(block, Picture):
                out.append(block)
            elif isinstance(block, Quote):
                out += within(block.blocks)
            elif isinstance(block, Listing):
                out += [picture for item in block.items for picture in within(item)]
        return out

    return within(lesson.steps[0].prose)


def test_a_picture_that_is_there_is_named_with_its_size(folder: Path) -> None:
    path = str(folder / "img" / "a b.png")
    file = PictureFile(path, (640, 480), len(PNG))
    for text in (
        "![Net](<img/a b.png>)\n",
        "![Net](img/a%20b.png)\n",
        '- x\n\n  <img src="img/a b.png" alt="Net">\n',
        "> ![Net](<img/a b.png>)\n",
        "![[img/a b.png|Net]]\n",
    ):
        (found,) = pictures(text, folder)
        assert found.file == file, text
        (row,) = lay_out((found,), 76, Context(WORDS))
        assert plain(row) == "▨ Net (640×480, 2.0 kB)"
        assert f"picture:{path}" in {span.link for span in row}


@pytest.mark.parametrize(
    "source",
    ["gone.png", "../outside.png", "fake.png", "page.html", "img", "https://x.org/a.png", "", "\0"],
)
def test_what_is_missing_outside_or_no_picture_has_only_its_caption(
    folder: Path, source: str
) -> None:
    found = pictures(f"![Net](<{source}>)\n", folder)
    assert [picture.file for picture in found] == [None] * len(found)


def test_what_belongs_to_the_same_repository_is_found(folder: Path) -> None:
    (folder.parent / ".git").mkdir()
    for source in ("../outside.png", "/outside.png"):
        (found,) = pictures(f"![Net]({source})\n", folder)
        assert found.file is not None
        assert found.file.path == str(folder.parent / "outside.png")
