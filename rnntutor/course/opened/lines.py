"""Convert plain text line by line: verse, trees and aligned tables keep their layout."""

from __future__ import annotations

import re

from rnntutor.course.blocks import Blocks, Break, Inline, Paragraph, Text

# Spaces that align text: at the beginning of a line, or two or more in a row.
_ALIGNING = re.compile(r"^ +| {2,}")
_GLUE = "\u00a0"


def line_blocks(text: str) -> Blocks:
    """Return each group of lines as a paragraph with all of its line breaks."""
    groups: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip():
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return tuple(Paragraph(_rows(group)) for group in groups if group)


def _rows(lines: list[str]) -> Inline:
    out: list[Text | Break] = []
    for line in lines:
        kept = line.rstrip().expandtabs(8)
        out += [Break(), Text(_ALIGNING.sub(lambda m: _GLUE * len(m[0]), kept))]
    return tuple(out[1:])
