"""Find the image files of a text and their dimensions. Only the beginning of a file is read."""

from __future__ import annotations

import os
import re
import stat
import struct
from dataclasses import replace
from pathlib import Path
from typing import assert_never

from rnntutor.course.blocks import (
    Block,
    Blocks,
    CodeBlock,
    Heading,
    Listing,
    MathBlock,
    Paragraph,
    Picture,
    PictureFile,
    Quote,
    Rule,
    RunsBlock,
    Table,
)

HEAD = 65_536  # bytes read from the beginning of a file
_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
_UP = 6  # levels above the text's directory to search for the root of its repository
_SVG = re.compile(r"<svg\b[^>]*>", re.IGNORECASE)
_LENGTH = r"""\b{}\s*=\s*["']\s*([\d.]+)(?:px)?\s*["']"""
_BOX = re.compile(r"""\bviewBox\s*=\s*["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)""")


def with_files(blocks: Blocks, folder: Path | None) -> Blocks:
    """Return the blocks with the file of each picture, if it exists.

    Args:
        blocks: The blocks.
        folder: Directory of the text; if None, the blocks are returned unchanged.
    """
    if folder is None:
        return blocks
    return tuple(_block(block, folder) for block in blocks)


def _block(block: Block, folder: Path) -> Block:
    match block:
        case Picture(source=source):
            return replace(block, file=_file(source, folder))
        case Listing(items=items):
            return replace(block, items=tuple(with_files(item, folder) for item in items))
        case Quote(blocks=inside):
            return replace(block, blocks=with_files(inside, folder))
        case Paragraph() | Heading() | CodeBlock() | Table() | MathBlock() | Rule() | RunsBlock():
            return block
    assert_never(block)


def _file(source: str, folder: Path) -> PictureFile | None:
    """Return the image file at an address.

    Returns:
        The file, or None if it is missing, not an image, or outside the repository of the text.
    """
    if "://" in source[:12] or source.startswith("data:"):
        return None
    try:
        # An address that begins with a slash is relative to the root of the site.
        root = _root(folder)
        base = root if source.startswith("/") else folder
        path = (base / source.lstrip("/").partition("?")[0]).resolve()
        if not path.is_relative_to(root) or path.suffix.lower() not in _SUFFIXES:
            return None
        head, size = _head(path)
    except (OSError, ValueError, RuntimeError):
        return None
    found = pixels(head)
    return PictureFile(str(path), found, size) if found is not None else None


def _root(folder: Path) -> Path:
    """Return the directory that may contain the files of a text: its repository, else its own."""
    own = folder.resolve()
    return next((p for p in (own, *own.parents[:_UP]) if (p / ".git").exists()), own)


def _head(path: Path) -> tuple[bytes, int]:
    """Return the beginning of a regular file and its size in bytes.

    Raises:
        OSError: The file cannot be read or is not a regular file.
    """
    file = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        found = os.fstat(file)
        if not stat.S_ISREG(found.st_mode):
            raise OSError("no plain file")
        return os.read(file, HEAD), found.st_size
    finally:
        os.close(file)


def pixels(head: bytes) -> tuple[int, int] | None:
    """Return width and height of an image in pixels.

    Args:
        head: The beginning of the file.

    Returns:
        The dimensions, (0, 0) if they are unknown, or None if the file is not an image.
    """
    if head.startswith(b"\x89PNG\r\n\x1a\n") and len(head) >= 24:
        return struct.unpack(">II", head[16:24])
    if head.startswith((b"GIF87a", b"GIF89a")) and len(head) >= 10:
        return struct.unpack("<HH", head[6:10])
    if head.startswith(b"\xff\xd8\xff"):
        return _jpeg(head)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return 0, 0
    return _svg(head.decode("utf-8", errors="replace"))


def _jpeg(head: bytes) -> tuple[int, int]:
    """Return the dimensions in the frame header, which may follow any number of other segments."""
    at = 2
    while at + 9 <= len(head) and head[at] == 0xFF:
        kind = head[at + 1]
        if kind == 0xFF:  # a fill byte
            at += 1
            continue
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            high, wide = struct.unpack(">HH", head[at + 5 : at + 9])
            return wide, high
        at += 2 + struct.unpack(">H", head[at + 2 : at + 4])[0]
    return 0, 0


def _svg(text: str) -> tuple[int, int] | None:
    found = _SVG.search(text)
    if found is None:
        return None
    wide, high = (re.search(_LENGTH.format(name), found[0]) for name in ("width", "height"))
    if wide and high:
        return _whole(wide[1]), _whole(high[1])
    box = _BOX.search(found[0])
    return (_whole(box[1]), _whole(box[2])) if box else (0, 0)


def _whole(number: str) -> int:
    try:
        return round(float(number))
    except (ValueError, OverflowError):
        return 0
