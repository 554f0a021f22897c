"""docs/events.md names every kind of event that the program writes."""

from __future__ import annotations

import re
from pathlib import Path

import rnntutor

PACKAGE = Path(rnntutor.__file__).parent
WRITTEN = re.compile(
    r'(?:record|append)\(\s*"(\w+)"|^\s*(?:return|out\.append\()\s*\(?"(\w+)", \{', re.M
)


def test_every_kind_that_is_written_is_described() -> None:
    kinds = {
        kind
        for path in PACKAGE.rglob("*.py")
        for pair in WRITTEN.findall(path.read_text(encoding="utf-8"))
        for kind in pair
        if kind
    }
    assert {"answer", "setting", "page", "done", "undo", "coarse"} <= kinds
    document = (PACKAGE.parent / "docs" / "events.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^\| `(\w+)`", document, re.M))
    assert kinds - described == set()
