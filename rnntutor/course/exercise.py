"""Code exercises: files `LANG/build/NAME.md` of a course.

Each has a title, prose with the equations, one ```build block that names what is given and wanted
with its shapes, and a ```python block with the text that the learner starts from. It holds nothing
that runs: what is right is known by the engine, which has the quantities by the same names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markdown_it.tree import SyntaxTreeNode as Node

from rnntutor.course.blocks import Blocks, Inline, Text
from rnntutor.course.clean import clean
from rnntutor.course.inline import InlineParser
from rnntutor.course.markdown import dialect
from rnntutor.course.nodes import content, is_fence, line_of
from rnntutor.course.reader import BlockParser
from rnntutor.course.report import Problem, Report
from rnntutor.course.toml import TomlBlock, parse
from rnntutor.words import Words

_KEYS = ("step", "given", "wanted", "hints")


@dataclass(frozen=True, slots=True)
class Exercise:
    """One code exercise in one language.

    name: of the function and of the exercise. blocks: the prose, equations in it. step:
    "lesson.step" that teaches them. given, wanted: (name, shape as the author wrote it) of the
    arguments and results. start: the text that the learner starts from. line: of the ```build
    block; start_line: of the ```python block.
    """

    name: str
    title: Inline
    blocks: Blocks
    step: str = ""
    given: tuple[tuple[str, str], ...] = ()
    wanted: tuple[tuple[str, str], ...] = ()
    start: str = ""
    hints: tuple[Inline, ...] = ()
    path: str = ""
    line: int = 1
    start_line: int = 1

    @property
    def signature(self) -> str:
        """How the function is called: "rnn_step(x, h_prev, W, U, b)"."""
        return f"{self.name}({', '.join(name for name, _ in self.given)})"


def parse_exercise(
    text: str, path: str, name: str, words: Words
) -> tuple[Exercise, tuple[Problem, ...]]:
    """The exercise `name` written in `text`, and what is wrong with it. Never raises for what an
    author wrote."""
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
    return exercise, report.sorted()


def _title(nodes: Sequence[Node], reader: BlockParser) -> Inline:
    """The words of the file's first line, which has to be its title."""
    titles = [node for node in nodes if node.type == "heading" and node.tag == "h1"]
    if not titles:
        reader.report.add_problem(1, "no_title")
        return ()
    for other in titles[1:]:
        reader.report.add_problem(line_of(other), "second_title")
    return reader.inline(content(titles[0]), line_of(titles[0]))


def _only(nodes: Sequence[Node], name: str, reader: BlockParser) -> Node | None:
    """The one fenced block of that name; a problem if there is none or another."""
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
    """`[given]` or `[wanted]`: a shape for each name, in order."""
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
