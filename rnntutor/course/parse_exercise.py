"""Parse code exercises: files `LANG/build/NAME.md` of a course.

Each has a title, prose with the equations, one ```build block with the names and shapes of the
arguments and results, and a ```python block with the text that the learner starts from. The file
contains no code that is run: the expected values are computed by the engine, which has the
quantities by the same names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markdown_it.tree import SyntaxTreeNode as Node

from rnntutor.course.blocks import Inline, Text
from rnntutor.course.clean import clean
from rnntutor.course.exercise import Exercise
from rnntutor.course.inline import InlineParser
from rnntutor.course.markdown import dialect
from rnntutor.course.nodes import content, is_fence, line_of
from rnntutor.course.reader import BlockParser
from rnntutor.course.report import Problem, Report
from rnntutor.course.toml import TomlBlock, parse
from rnntutor.words import Words

_KEYS = ("step", "given", "wanted", "hints")


def parse_exercise(
    text: str, path: str, name: str, words: Words
) -> tuple[Exercise, tuple[Problem, ...]]:
    """Parse the exercise `name`. Mistakes of the author never raise an exception.

    Args:
        text: Markdown source of the exercise.
        path: Path of the file, for the problems.
        name: Name of the exercise and of its function.
        words: Words in the language of the problems.

    Returns:
        The exercise, and the problems of the file.
    """
    text = clean(text)
    report = Report(path, words)
    env: dict[str, object] = {}
    md = dialect(lesson=True)
    nodes = Node(md.parse(text, env)).children
    reader = BlockParser(InlineParser(md, env, report), report, text.split("\n"))
    title = _title(nodes, reader) or (Text(name),)
    block = _only(nodes, "build", reader)
    start = _only(nodes, "python", reader)
    apart = [node for node in nodes if is_fence(node, "build") or is_fence(node, "python")]
    prose = [node for node in nodes if node.type != "heading" and node not in apart]
    for node in nodes:
        if node.type == "heading" and node.tag != "h1":
            report.add_problem(line_of(node), "build_heading")
    table: dict[str, object] = {}
    toml: TomlBlock | None = None
    if block is not None:
        toml = TomlBlock(block.content, line_of(block), report, reader.inline)
        table = parse(block.content, line_of(block), report) or {}
        toml.only(table, _KEYS, "build")
    exercise = Exercise(
        name,
        title,
        reader.blocks(prose),
        step=toml.string(table, "step") if toml else "",
        given=_shapes(toml, table, "given"),
        wanted=_shapes(toml, table, "wanted"),
        start=start.content if start is not None else "",
        hints=_hints(toml, table),
        path=path,
        line=line_of(block) if block is not None else 1,
        start_line=line_of(start) if start is not None else 1,
    )
    return exercise, report.sorted_problems()


def _title(nodes: Sequence[Node], reader: BlockParser) -> Inline:
    """Return the title of the file; a missing or second title is a problem."""
    titles = [node for node in nodes if node.type == "heading" and node.tag == "h1"]
    if not titles:
        reader.report.add_problem(1, "no_title")
        return ()
    for other in titles[1:]:
        reader.report.add_problem(line_of(other), "second_title")
    return reader.inline(content(titles[0]), line_of(titles[0]))


def _only(nodes: Sequence[Node], name: str, reader: BlockParser) -> Node | None:
    """Return the first fenced block with that language; a missing or second one is a problem."""
    found = [node for node in nodes if is_fence(node, name)]
    if not found:
        reader.report.add_problem(1, "build_block", name=name)
        return None
    for other in found[1:]:
        reader.report.add_problem(line_of(other), "build_twice", name=name)
    return found[0]


def _shapes(
    toml: TomlBlock | None, table: Mapping[str, object], key: str
) -> tuple[tuple[str, str], ...]:
    """Return (name, shape) for each quantity in the `[given]` or `[wanted]` table, in order."""
    if toml is None:
        return ()
    found = table.get(key)
    if not isinstance(found, dict) or not found:
        toml.wrong(key, "shapes")
        return ()
    return tuple((name, toml.string(found, name)) for name in found)


def _hints(toml: TomlBlock | None, table: Mapping[str, object]) -> tuple[Inline, ...]:
    if toml is None:
        return ()
    return tuple(
        toml.inline(text, toml.line_of_text(text, "hints")) for text in toml.strings(table, "hints")
    )
