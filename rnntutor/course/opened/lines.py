"""A text that is no Markdown, line by line: verse, trees and aligned tables stay as they are."""

from __future__ import annotations

import re

from rnntutor.course.blocks import Blocks, Break, Inline, Paragraph, Text

# Blanks that align: at the beginning of a line, and more than one.
_ALIGNING = re.compile(r"^ +| {2,}")
_GLUE = "\u00a0"


def line_blocks(text: str) -> Blocks:
    """Each group of lines as a paragraph with every line in a row of its own."""
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
