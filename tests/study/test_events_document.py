"""docs/events.md lists every kind of event that the program writes."""

from __future__ import annotations

import re
from pathlib import Path

import rnntutor

PACKAGE = Path(rnntutor.__file__).parent
RECORDED = re.compile(r'(?:record|log\.append)\(\s*"(\w+)"')
TOLD = re.compile(r'(?:return|out\.append\() ?\(?"(\w+)", (?:\{|where|data|_which)')


def test_every_kind_that_is_written_is_described() -> None:
    sources = [path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")]
    kinds = {kind for text in sources for kind in RECORDED.findall(text)}
    session = (PACKAGE / "session").glob("*.py")
    kinds |= {kind for path in session for kind in TOLD.findall(path.read_text(encoding="utf-8"))}
    assert {"answer", "setting", "page", "done", "undo", "coarse", "tick", "tried"} <= kinds
    assert {"because", "contrast", "note", "unclear", "stay"} <= kinds
    document = (PACKAGE.parent / "docs" / "events.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^\| `(\w+)`", document, re.M))
    assert kinds - described == set()
