"""Any Markdown or text file as a lesson: its headings are the steps; it asks nothing and runs
nothing. Nothing in it is a mistake."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from markdown_it.tree import SyntaxTreeNode as Node

from rnntutor.course import files
from rnntutor.course.blocks import Inline, Lesson, Step, Text
from rnntutor.course.clean import clean
from rnntutor.course.inline import InlineParser
from rnntutor.course.markdown import dialect
from rnntutor.course.nodes import content, line_of
from rnntutor.course.reader import BlockParser
from rnntutor.course.report import Report
from rnntutor.words import Words


def open_file(path: Path, lang: str, words: Words, text: str | None = None) -> Lesson:
    """The file as a lesson. text: what it holds, where it has been read. Raises CourseError for
    what is missing, too large or no text."""
    return open_text(files.any_text(path) if text is None else text, path.name, lang, words)


def open_text(text: str, name: str, lang: str, words: Words) -> Lesson:
    """`text` as a lesson. A single top heading is its title, else `name` is; the headings below
    (or, of several top ones, those) begin the steps; deeper ones stay headings."""
    text = clean(text)
    env: dict[str, object] = {}
    md = dialect(lesson=False)
    report = Report(name, words)
    reader = BlockParser(InlineParser(md, env, report, lesson=False), report, text.split("\n"))
    nodes = Node(md.parse(text, env)).children
    levels = [_level(n) for n in nodes if n.type == "heading"]
    title: Inline = (Text(clean(name)),)
    titled = bool(levels) and levels.count(min(levels)) == 1 and levels[0] == min(levels)
    if titled:
        head = next(n for n in nodes if n.type == "heading")
        title = reader.inline(content(head), line_of(head)) or title
        nodes = [n for n in nodes if n is not head]
        levels = levels[1:]
    cut = min(levels, default=0)
    starts = [k for k, n in enumerate(nodes) if n.type == "heading" and _level(n) == cut]
    before = nodes[: starts[0]] if starts else nodes
    steps = [
        _step(nodes[start:end], reader, place)
        for place, (start, end) in enumerate(pairwise([*starts, len(nodes)]), 1)
    ]
    if not steps:
        steps, before = [Step("step-1", title, reader.blocks(before), line=1)], []
    return Lesson(name, lang, title, reader.blocks(before), tuple(steps), path=name)


def _step(nodes: Sequence[Node], reader: BlockParser, place: int) -> Step:
    head, at = nodes[0], line_of(nodes[0])
    title = reader.inline(content(head), at) or (Text(str(place)),)
    return Step(f"step-{place}", title, reader.blocks(nodes[1:]), line=at)


def _level(node: Node) -> int:
    return int(node.tag[1])
