"""Parse a lesson from Markdown. Mistakes of the author are problems, never exceptions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from markdown_it.tree import SyntaxTreeNode as Node

from rnntutor.course.alerts import kind as alert_kind
from rnntutor.course.alerts import read, read_alerts
from rnntutor.course.attributes import Attributes, split_attributes
from rnntutor.course.blocks import Inline, Text
from rnntutor.course.clean import clean
from rnntutor.course.inline import InlineParser
from rnntutor.course.lesson import Lesson, Step
from rnntutor.course.markdown import dialect
from rnntutor.course.nodes import content, is_fence, line_of
from rnntutor.course.question import Question
from rnntutor.course.questions.registry import KINDS
from rnntutor.course.reader import BlockParser
from rnntutor.course.report import Problem, Report
from rnntutor.course.sim_block import read_sim
from rnntutor.course.sim_spec import SimSpec
from rnntutor.course.toml import TomlBlock
from rnntutor.words import Words

POOL = "pool"
GIVEN = "GIVEN"
PENCIL = "✎"
# Languages of the fenced blocks with a special meaning, each allowed only at its own point.
_FENCES = ("sim", "variant")
MOST = 1000  # headings; those after them are ignored


def parse_lesson(
    text: str,
    path: str,
    lang: str,
    id: str,  # noqa: A002
    words: Words,
) -> tuple[Lesson, tuple[Problem, ...]]:
    """Parse a lesson. Mistakes of the author never raise an exception.

    Args:
        text: Markdown source.
        path: Path of the file, for the problems.
        lang: Language of the lesson.
        id: Id of the lesson.
        words: Words in the language of the problems.

    Returns:
        The lesson, as far as it could be parsed, and the problems.
    """
    text = clean(text)
    report = Report(path, words)
    env: dict[str, object] = {}
    md = dialect(lesson=True)
    tree = Node(md.parse(text, env))
    reader = BlockParser(InlineParser(md, env, report, home=id), report, text.split("\n"))
    lesson = _Parser(reader, id, lang, path).lesson(tree.children)
    return lesson, report.sorted_problems()


def is_tasks(node: Node) -> bool:
    """Return whether a paragraph, or every item of a list, begins with a pencil."""
    paragraphs = _paragraphs(node)
    return bool(paragraphs) and all(content(p).startswith(PENCIL) for p in paragraphs)


def _paragraphs(node: Node) -> list[Node]:
    """Return the paragraph itself, or the paragraphs of a list that contains nothing else."""
    if node.type == "paragraph":
        return [node]
    if node.type != "bullet_list":
        return []
    inner = [child for item in node.children for child in item.children]
    return inner if all(child.type == "paragraph" for child in inner) else []


def _stands_before(given: Node, sim: Node, prose: list[Node]) -> bool:
    """Return whether the alert precedes the ```sim block without prose between them."""
    between = (node for node in prose if line_of(given) < line_of(node) < line_of(sim))
    return line_of(given) < line_of(sim) and not any(between)


@dataclass
class _Section:
    """A heading and the nodes up to the next heading."""

    heading: Node | None
    level: int
    nodes: list[Node] = field(default_factory=list)


def _sections(nodes: Sequence[Node]) -> Iterator[_Section]:
    """Split the nodes at every H1 to H3."""
    section = _Section(None, 0)
    for node in nodes:
        if node.type == "heading" and int(node.tag[1]) <= 3:
            yield section
            section = _Section(node, int(node.tag[1]))
        else:
            section.nodes.append(node)
    yield section


@dataclass
class _Parser:
    """Parses the sections of one lesson; `ids` maps each id to the line of its first use."""

    reader: BlockParser
    id: str
    lang: str
    path: str
    ids: dict[str, int] = field(default_factory=dict)

    def _say(self, line: int, key: str, **values: object) -> None:
        self.reader.report.add_problem(line, key, **values)

    def lesson(self, nodes: Sequence[Node]) -> Lesson:
        """Parse the whole lesson."""
        title: Inline = ()
        opening: list[Node] = []
        steps: list[Step] = []
        pool: list[Question] = []
        in_pool = False
        for count, section in enumerate(_sections(nodes)):
            if count > MOST:
                assert section.heading is not None
                self._say(line_of(section.heading), "headings", most=MOST)
                break
            if section.heading is None:
                opening += section.nodes
                if section.nodes:
                    self._say(line_of(section.nodes[0]), "before_title")
            elif section.level == 1:
                if title:
                    self._say(line_of(section.heading), "second_title")
                else:
                    title, _ = self._heading(section.heading, ())
                opening += section.nodes
            elif section.level == 2:
                step = self._step(section)
                in_pool = step.id == POOL
                if in_pool and step.blocks:
                    self._say(line_of(section.nodes[0]), "pool_prose")
                elif not in_pool:
                    steps.append(step)
            elif (question := self._question(section)) is not None:
                if in_pool:
                    pool.append(question)
                elif steps:
                    steps[-1] = replace(steps[-1], questions=(*steps[-1].questions, question))
                else:
                    self._say(question.line, "question_before_step")
        if not title:
            self._say(1, "no_title")
            title = (Text(self.id),)
        if not steps:
            self._say(1, "no_steps")
        blocks = self.reader.blocks(self._without_fences(opening, _FENCES))
        return Lesson(self.id, self.lang, title, blocks, tuple(steps), tuple(pool), self.path)

    def _heading(self, node: Node, allowed: tuple[str, ...]) -> tuple[Inline, Attributes]:
        """Return the text and attributes of a heading; report attributes that are not `allowed`."""
        at = line_of(node)
        source, attributes = split_attributes(content(node))
        for part in attributes.wrong:
            self._say(at, "attribute", text=part)
        used = [key for key, _ in attributes.values] + sorted(attributes.flags)
        for name in used + (["#id"] if attributes.id else []):
            if name not in allowed:
                self._say(at, "attribute_misplaced", name=name)
        inline = self.reader.inline(source, at)
        if not inline:
            self._say(at, "heading_empty")
        return inline, attributes

    def _identify(self, name: str, line: int) -> None:
        if name in self.ids:
            self._say(line, "id_twice", id=name, first=self.ids[name])
        self.ids.setdefault(name, line)

    def _step(self, section: _Section) -> Step:
        assert section.heading is not None
        at = line_of(section.heading)
        title, attributes = self._heading(section.heading, ("#id", "beyond"))
        name = attributes.id
        if not name:
            self._say(at, "step_id")
            name = f"step-{at}"
        elif "." in name:
            self._say(at, "step_dot", id=name)
        self._identify(name, at)
        sim: SimSpec | None = None
        prose: list[Node] = []
        sims = [n for n in section.nodes if is_fence(n, "sim")]
        for node in section.nodes:
            if is_fence(node, "sim"):
                if node is sims[0]:
                    report, inline = self.reader.report, self.reader.inline
                    sim = read_sim(TomlBlock(node.content, line_of(node), report, inline))
                else:
                    self._say(line_of(node), "sim_twice")
                continue
            self._check_prose(node)
            prose.append(node)
        prose, given = self._split_given(prose, sims)
        prose, tasks, tasks_line = self._tasks(prose, sims)
        blocks = self.reader.blocks(self._without_fences(prose, ("variant",)))
        return Step(
            name,
            title,
            blocks,
            sim,
            beyond="beyond" in attributes.flags,
            line=at,
            given=read(given, self.reader) if given is not None else (),
            tasks=tasks,
            given_line=line_of(given) if given is not None else 0,
            tasks_line=tasks_line,
        )

    def _split_given(self, prose: list[Node], sims: list[Node]) -> tuple[list[Node], Node | None]:
        """Split off the `[!GIVEN]` alert, which must directly precede the ```sim block.

        Returns:
            The prose without the alert, and the alert or None.
        """
        found = [node for node in prose if alert_kind(node) == GIVEN]
        for node in found[1:]:
            self._say(line_of(node), "given_twice")
        if found and not (sims and _stands_before(found[0], sims[0], prose)):
            self._say(line_of(found[0]), "given_misplaced")
        return [node for node in prose if node not in found], found[0] if found else None

    def _tasks(
        self, prose: list[Node], sims: list[Node]
    ) -> tuple[list[Node], tuple[Inline, ...], int]:
        """Split off the tasks: lists of which each item begins with a pencil.

        Older lessons have a single paragraph that begins with a pencil.

        Returns:
            The prose without the tasks, the tasks, and the line of the first.
        """
        found = [node for node in prose if is_tasks(node)]
        if not found:
            return prose, (), 0
        for node in found:
            if not sims or line_of(node) < line_of(sims[0]):
                self._say(line_of(node), "tasks_misplaced")
        tasks = [
            self.reader.inline(content(paragraph).removeprefix(PENCIL).lstrip(), line_of(paragraph))
            for node in found
            for paragraph in _paragraphs(node)
        ]
        return [node for node in prose if node not in found], tuple(tasks), line_of(found[0])

    def _without_fences(self, nodes: Sequence[Node], names: tuple[str, ...]) -> list[Node]:
        """Return the nodes without the ```sim or ```variant blocks in `names`, and report those."""
        kept = []
        for node in nodes:
            name = next((n for n in names if is_fence(node, n)), "")
            if name:
                self._say(line_of(node), "fence_here", name=name)
            else:
                kept.append(node)
        return kept

    def _check_prose(self, node: Node) -> None:
        at = line_of(node)
        if node.type == "heading":
            self._say(at, "deep_heading")
        elif (name := alert_kind(node)) and name not in ("RUN", GIVEN):
            self._say(at, "alert_here", kind=name)

    def _question(self, section: _Section) -> Question | None:
        assert section.heading is not None
        at = line_of(section.heading)
        allowed = ("#id", "type", "d", "rev", "beyond")
        title, attributes = self._heading(section.heading, allowed)
        name = attributes.get("type")
        if not attributes.id or not name:
            self._say(at, "question_head")
            return None
        if "." not in attributes.id:
            self._say(at, "question_dot", id=attributes.id)
        if name not in KINDS:
            self._say(at, "question_type", type=name, known=", ".join(KINDS))
            return None
        kind = KINDS[name]
        self._identify(attributes.id, at)
        first = next((n for n, x in enumerate(section.nodes) if alert_kind(x)), len(section.nodes))
        before, after = section.nodes[:first], section.nodes[first:]
        elsewhere = tuple(fence for fence in _FENCES if fence not in kind.fences)
        before = self._without_fences(before, elsewhere)
        for node in before:
            if node.type == "heading":
                self._say(line_of(node), "deep_heading")
        prompt, body = kind.parse(self.reader, before, at)
        alerts = read_alerts(after, self.reader)
        if body is None:
            return None
        reasoned = kind.with_reasons(body, alerts.reasons)
        if reasoned is None and alerts.reasons:
            self._say(alerts.line, "wrong_here")
        return Question(
            id=attributes.id,
            type=name,
            title=title,
            prompt=prompt,
            body=body if reasoned is None else reasoned,
            why=alerts.why,
            hints=alerts.hints,
            difficulty=self._number(attributes, "d", at, range(1, 4)),
            rev=self._number(attributes, "rev", at, range(1, 1000)),
            beyond="beyond" in attributes.flags,
            line=at,
        )

    def _number(self, attributes: Attributes, key: str, line: int, among: range) -> int:
        text = attributes.get(key, "1")
        if text.isascii() and text.isdigit() and int(text) in among:
            return int(text)
        self._say(line, "attribute_number", name=key, low=among[0], high=among[-1])
        return 1
