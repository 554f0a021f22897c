"""The seven types of question, each from the blocks between its heading and its first alert."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from markdown_it.tree import SyntaxTreeNode as Node

from rnntutor.course.attributes import take
from rnntutor.course.blocks import (
    Blocks,
    Body,
    Choice,
    Cloze,
    Gap,
    Inline,
    Match,
    Option,
    Order,
    Variant,
)
from rnntutor.course.numeric import read_numeric, starts_answer
from rnntutor.course.reader import Reader, content, line_of
from rnntutor.course.simspec import read_variant
from rnntutor.course.toml import Block

TYPES = ("single", "multi", "numeric", "cloze", "order", "match", "trace")
_TASK = re.compile(r"\[([ xX])\](?:\s+|$)")
Read = tuple[Blocks, Body | None]


@dataclass(frozen=True)
class Questions:
    """Reads the body of a question: `nodes` are all between its heading and its first alert;
    what is not the body is the prompt. A body that cannot be read is None, with a problem."""

    reader: Reader

    def read(self, kind: str, nodes: Sequence[Node], line: int) -> Read:
        how: dict[str, Callable[[Sequence[Node], int], Read]] = {
            "single": self._single,
            "multi": self._multi,
            "numeric": self._numeric,
            "cloze": self._cloze,
            "order": self._order,
            "match": self._match,
            "trace": self._trace,
        }
        return how[kind](nodes, line)

    def _say(self, line: int, key: str, **values: object) -> None:
        self.reader.report.say(line, key, **values)

    def _without(self, nodes: Sequence[Node], body: Sequence[Node]) -> Blocks:
        """The prompt: every block but the body's."""
        return self.reader.blocks(n for n in nodes if all(n is not b for b in body))

    # ---- single, multi --------------------------------------------------------------------

    def _single(self, nodes: Sequence[Node], line: int) -> Read:
        prompt, options = self._options(nodes, line, "single")
        right = sum(o.right for o in options)
        if options and right != 1:
            self._say(line, "single_right", found=right)
        return prompt, Choice(options, multi=False) if options else None

    def _multi(self, nodes: Sequence[Node], line: int) -> Read:
        prompt, options = self._options(nodes, line, "multi")
        right = sum(o.right for o in options)
        if options and right in (0, len(options)):
            self._say(line, "multi_right")
        return prompt, Choice(options, multi=True) if options else None

    def _options(
        self, nodes: Sequence[Node], line: int, kind: str
    ) -> tuple[Blocks, tuple[Option, ...]]:
        lists = [n for n in nodes if _is_tasks(n)]
        if not lists:
            self._say(line, "no_options", type=kind)
            return self.reader.blocks(nodes), ()
        options = self._tasks(item for found in lists for item in found.children)
        if len(options) < 2:
            self._say(line, "few_options")
        return self._without(nodes, lists), options

    def _tasks(self, items: Iterable[Node], first: int = 1) -> tuple[Option, ...]:
        """Options from the items of task lists; places count from `first`."""
        out: list[Option] = []
        for item in items:
            option = self._option(item, first + len(out))
            if option is not None:
                out.append(option)
        return self._identified(out)

    def _option(self, item: Node, place: int) -> Option | None:
        at = line_of(item)
        first = item.children[0] if item.children else None
        source = content(first) if first is not None and first.type == "paragraph" else ""
        mark = _TASK.match(source)
        if mark is None:
            self._say(at, "task")
            return None
        return self._item(item, source[mark.end() :], place, right=mark[1] != " ")

    def _item(self, item: Node, source: str, place: int, *, right: bool) -> Option:
        """An option whose first paragraph is `source`; a `>` quote after it is its feedback."""
        at = line_of(item)
        source, attributes = take(source)
        for part in attributes.wrong:
            self._say(at, "attribute", text=part)
        for key, _ in attributes.values:
            if key != "m":
                self._say(at, "attribute_place", name=key)
        inline = self.reader.inline(source, at)
        if not inline:
            self._say(at, "option_empty")
        feedback: list[Node] = []
        for child in item.children[1:]:
            if child.type == "blockquote":
                feedback += child.children
            else:
                self._say(line_of(child), "option_block")
        return Option(
            id=attributes.id or attributes.get("m") or str(place),
            inline=inline,
            right=right,
            feedback=self.reader.blocks(feedback),
            m=attributes.get("m"),
            fixed="fixed" in attributes.flags,
            line=at,
        )

    def _identified(self, options: list[Option]) -> tuple[Option, ...]:
        """Ids made unique: the second option for the same misconception M-10 is M-10-2."""
        seen: dict[str, int] = {}
        out = []
        for option in options:
            seen[option.id] = n = seen.get(option.id, 0) + 1
            if n > 1 and option.id != option.m:
                self._say(option.line, "option_id", id=option.id)
            out.append(option if n == 1 else replace(option, id=f"{option.id}-{n}"))
        return tuple(out)

    # ---- numeric, cloze --------------------------------------------------------------------

    def _numeric(self, nodes: Sequence[Node], line: int) -> Read:
        for node in nodes:
            if node.type == "paragraph" and (cut := starts_answer(content(node))) is not None:
                at = line_of(node)
                source = content(node)
                before = source[:cut].strip()
                prompt = self.reader.blocks(n for n in nodes if n is not node)
                if before:
                    prompt = (*prompt, *self.reader.paragraphs(before, at))
                skipped = source[:cut].count("\n")
                body = read_numeric(
                    source[cut:], at + skipped, self.reader.inline, self.reader.report
                )
                return prompt, body
        self._say(line, "numeric_key")
        return self.reader.blocks(nodes), None

    def _cloze(self, nodes: Sequence[Node], line: int) -> Read:
        gaps: list[Gap] = []
        self.reader.line.gaps = gaps
        prompt = self.reader.blocks(nodes)
        self.reader.line.gaps = None
        if not gaps:
            self._say(line, "no_gaps")
            return prompt, None
        return prompt, Cloze(tuple(gaps))

    # ---- order, match, trace ----------------------------------------------------------------

    def _order(self, nodes: Sequence[Node], line: int) -> Read:
        ordered = [n for n in nodes if n.type == "ordered_list"]
        if not ordered or len(ordered[-1].children) < 2:
            self._say(line, "no_order")
            return self.reader.blocks(nodes), None
        tasks = [n for n in nodes if _is_tasks(n)]
        items = []
        for place, item in enumerate(ordered[-1].children, 1):
            source = content(item.children[0]) if item.children else ""
            items.append(self._item(item, source, place, right=True))
        distractors = self._tasks((i for n in tasks for i in n.children), len(items) + 1)
        for option in distractors:
            if option.right:
                self._say(option.line, "order_right")
        if len(distractors) > 2:
            self._say(distractors[2].line, "order_distractors")
        prompt = self._without(nodes, [ordered[-1], *tasks])
        return prompt, Order(self._identified(items), distractors)

    def _match(self, nodes: Sequence[Node], line: int) -> Read:
        tables = [n for n in nodes if n.type == "table"]
        if not tables:
            self._say(line, "no_match")
            return self.reader.blocks(nodes), None
        table = self.reader.table(tables[-1])
        if len(table.head) != 2:
            self._say(line_of(tables[-1]), "match_columns", found=len(table.head))
            return self._without(nodes, tables[-1:]), None
        pairs: list[tuple[Inline, Inline]] = []
        extra: list[Inline] = []
        for n, (left, right) in enumerate(table.rows):
            if not right:
                self._say(line_of(tables[-1]) + 2 + n, "match_right")
            elif left:
                pairs.append((left, right))
            else:
                extra.append(right)
        if len(pairs) < 2:
            self._say(line_of(tables[-1]), "no_match")
        body = Match((table.head[0], table.head[1]), tuple(pairs), tuple(extra))
        return self._without(nodes, tables[-1:]), body if pairs else None

    def _trace(self, nodes: Sequence[Node], line: int) -> Read:
        blocks = [n for n in nodes if is_fence(n, "variant")]
        if len(blocks) != 1:
            self._say(line, "variant_one", found=len(blocks))
        body: Variant | None = None
        if blocks:
            body = read_variant(toml_block(blocks[0], self.reader))
        return self._without(nodes, blocks), body


def is_fence(node: Node, language: str) -> bool:
    """Whether the node is a ```language block."""
    return node.type == "fence" and node.info.strip().split(" ")[0] == language


def toml_block(node: Node, reader: Reader) -> Block:
    return Block(node.content, line_of(node), reader.report, reader.inline)


def _is_tasks(node: Node) -> bool:
    """A bullet list with at least one `[ ]` or `[x]`."""
    return node.type == "bullet_list" and any(
        item.children
        and item.children[0].type == "paragraph"
        and _TASK.match(content(item.children[0]))
        for item in node.children
    )
