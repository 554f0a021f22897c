"""The common part of single, multi and order questions: parsing, picking and marking options."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING, ClassVar, TypeVar

from rnntutor.course.attributes import split_attributes
from rnntutor.course.blocks import Blocks, Inline
from rnntutor.course.nodes import content, line_of
from rnntutor.course.question import Body, Option
from rnntutor.course.questions.base import (
    A,
    AnswerDraft,
    AnswerField,
    AnswerPart,
    Attempt,
    QuestionKind,
    Verdict,
    items_of,
    prompt_without,
    typed_text,
    verdict,
)
from rnntutor.course.questions.forms import OptionForm
from rnntutor.course.shuffle import shuffle_options
from rnntutor.course.typed_line import wholes
from rnntutor.failure import Refused

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode as Node

    from rnntutor.course.nodes import Nodes
    from rnntutor.course.reader import BlockParser

B = TypeVar("B", bound=Body)
_TASK = re.compile(r"\[([ xX])\](?:\s+|$)")


@dataclass(frozen=True, slots=True)
class Choice(Body):
    """The options of a single or multi question."""

    options: tuple[Option, ...]


C = TypeVar("C", bound=Choice)


class OptionKind(QuestionKind[B]):
    """A question with a row for each option.

    Attributes:
        most: Number of options that may be picked, None for all.
    """

    most: ClassVar[int | None] = None

    def sentences(self, body: B) -> tuple[Inline, ...]:
        return ()

    def same_in_translation(self, body: B) -> dict[str, object]:
        return {}

    def ideas(self, body: B) -> frozenset[str]:
        return frozenset(option.m for option in self.options(body) if option.m)

    def blank(self, body: B) -> AnswerDraft:
        return AnswerDraft()

    def rows(self, body: B) -> int:
        return len(self.options(body))

    def field(self, body: B, attempt: Attempt) -> AnswerField | None:
        return None

    def pick(self, body: B, attempt: A, index: int | None) -> A:
        """Pick an option, or unpick one that is picked.

        If only one may be picked it replaces the previous one; otherwise it is added at the end.
        """
        at = attempt.cursor if index is None else index
        if not 0 <= at < self.rows(body):
            return attempt
        before = attempt.draft.picked
        if self.most == 1:
            picked: tuple[int, ...] = (at,)
        elif at in before:
            picked = tuple(p for p in before if p != at)
        else:
            picked = (*before, at)
        return replace(attempt, draft=replace(attempt.draft, picked=picked), cursor=at)

    def picked_ids(self, body: B, attempt: Attempt) -> list[str]:
        """Return the ids of the picked options in the order in which they were picked."""
        options = self.options(body)
        return [options[attempt.order[index]].id for index in attempt.draft.picked]

    def answer(self, body: B, attempt: Attempt) -> object:
        return self.picked_ids(body, attempt) or None

    def right(self, body: B, attempt: Attempt) -> object:
        return None

    def answer_parts(self, body: B, raw: object) -> tuple[AnswerPart, ...]:
        """Return each picked option; one that no longer exists as stored in the log."""
        there = {option.id: option.inline for option in self.options(body)}
        picked = map(typed_text, items_of(raw) or [raw])
        return tuple(AnswerPart(there.get(name or "", name)) for name in picked)

    def line_form(self, body: B) -> Refused:
        return Refused(f"plain.answer.{self.name}", n=self.rows(body))

    def read_line(self, body: B, attempt: A, line: str) -> A:
        """Parse the numbers of options, each at most once."""
        numbers = wholes(line)
        if numbers is None or any(not 1 <= n <= self.rows(body) for n in numbers):
            raise self.line_form(body)
        if len(set(numbers)) < len(numbers):
            raise Refused("plain.answer.twice")
        if self.most is not None and len(numbers) > self.most:
            raise self.line_form(body)
        for n in numbers:
            attempt = self.pick(body, attempt, n - 1)
        return attempt


class ChoiceKind(OptionKind[C]):
    """A question with options written as a task list."""

    def options(self, body: C) -> tuple[Option, ...]:
        return body.options

    def order(self, body: C, rng: Random) -> tuple[int, ...]:
        return shuffle_options(body.options, rng)

    def form(self, body: C, attempt: Attempt) -> OptionForm:
        options = tuple(body.options[index] for index in attempt.order)
        return OptionForm(options, several=self.most != 1)


# ---- task lists --------------------------------------------------------------------------------


def read_choice(
    reader: BlockParser, nodes: Nodes, line: int, kind: str
) -> tuple[Blocks, tuple[Option, ...]]:
    """Parse the prompt, and the options of all task lists."""
    lists = [n for n in nodes if is_tasks(n)]
    if not lists:
        reader.report.add_problem(line, "no_options", type=kind)
        return reader.blocks(nodes), ()
    options = read_tasks(reader, (item for found in lists for item in found.children))
    if len(options) < 2:
        reader.report.add_problem(line, "few_options")
    return prompt_without(reader, nodes, lists), options


def is_tasks(node: Node) -> bool:
    """Return whether a node is a bullet list with at least one `[ ]` or `[x]`."""
    return node.type == "bullet_list" and any(
        item.children
        and item.children[0].type == "paragraph"
        and _TASK.match(content(item.children[0]))
        for item in node.children
    )


def read_tasks(reader: BlockParser, items: Iterable[Node], first: int = 1) -> tuple[Option, ...]:
    """Parse the items of task lists as options; positions count from `first`."""
    out: list[Option] = []
    for item in items:
        option = _task(reader, item, first + len(out))
        if option is not None:
            out.append(option)
    return with_unique_ids(reader, out)


def _task(reader: BlockParser, item: Node, number: int) -> Option | None:
    at = line_of(item)
    first = item.children[0] if item.children else None
    source = content(first) if first is not None and first.type == "paragraph" else ""
    mark = _TASK.match(source)
    if mark is None:
        reader.report.add_problem(at, "task")
        return None
    return read_item(reader, item, source[mark.end() :], number, right=mark[1] != " ")


def read_item(reader: BlockParser, item: Node, source: str, number: int, *, right: bool) -> Option:
    """Parse an option with `source` as its first paragraph and a `>` quote after it as feedback."""
    at = line_of(item)
    source, attributes = split_attributes(source)
    for part in attributes.wrong:
        reader.report.add_problem(at, "attribute", text=part)
    for key, _ in attributes.values:
        if key != "m":
            reader.report.add_problem(at, "attribute_misplaced", name=key)
    inline = reader.inline(source, at)
    if not inline:
        reader.report.add_problem(at, "option_empty")
    feedback: list[Node] = []
    for child in item.children[1:]:
        if child.type == "blockquote":
            feedback += child.children
        else:
            reader.report.add_problem(line_of(child), "option_block")
    return Option(
        id=attributes.id or attributes.get("m") or str(number),
        inline=inline,
        right=right,
        feedback=reader.blocks(feedback),
        m=attributes.get("m"),
        fixed="fixed" in attributes.flags,
        line=at,
    )


def with_unique_ids(reader: BlockParser, options: Sequence[Option]) -> tuple[Option, ...]:
    """Make ids unique: the second option for the same misconception M-10 becomes M-10-2."""
    seen: dict[str, int] = {}
    out = []
    for option in options:
        seen[option.id] = n = seen.get(option.id, 0) + 1
        if n > 1 and option.id != option.m:
            reader.report.add_problem(option.line, "option_id", id=option.id)
        out.append(option if n == 1 else replace(option, id=f"{option.id}-{n}"))
    return tuple(out)


# ---- marking -----------------------------------------------------------------------------------


def ids_of(raw: object) -> list[str]:
    """Return the ids in an answer."""
    return [str(name) for name in items_of(raw)]


def by_options(
    score: float, right: object, parts: tuple[bool, ...], wrong: Iterable[Option]
) -> Verdict:
    """Return a verdict with the feedback of the wrong options chosen."""
    chosen = tuple(wrong)
    return verdict(
        score,
        tuple(option.feedback for option in chosen if option.feedback),
        right,
        parts,
        tuple(option.id for option in chosen),
        tuple(option.m for option in chosen if option.m),
    )
