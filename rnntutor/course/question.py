"""A question of a lesson. The data specific to its kind is in its body."""

from __future__ import annotations

from dataclasses import dataclass

from rnntutor.course.blocks import Blocks, Inline


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a question.

    Attributes:
        id: The `{#id}`, else the misconception `m`, else the position counted from 1.
        inline: Text of the option.
        right: Whether the option is right.
        feedback: Explanation of why the option is wrong.
        m: Code of the misconception behind it.
        fixed: Whether the option keeps its position when the options are shuffled.
        line: Line of the file.
    """

    id: str
    inline: Inline
    right: bool
    feedback: Blocks = ()
    m: str = ""
    fixed: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap of a cloze.

    Attributes:
        kind: "type" for a typed gap, "pick" for one with choices.
        answers: Accepted answers of a typed gap, the first of them the key; or the right choice.
        choices: Choices in the author's order.
    """

    kind: str
    answers: tuple[str, ...]
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Explanation of a wrong gap or pair, for any wrong answer.

    Attributes:
        inline: The explanation.
        m: Code of the misconception behind it.
    """

    inline: Inline
    m: str = ""


class Body:
    """Base class of the data specific to one kind of question; see course/questions."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question.

    Attributes:
        id: "topic.name".
        type: Name of the kind.
        title: The heading.
        prompt: Text between the heading and the alerts, without the body.
        body: Data specific to the kind.
        why: The explanation.
        hints: Hints in order.
        difficulty: From 1 to 3.
        rev: Revision number.
        beyond: Whether the question goes beyond the lecture.
        line: Line of the heading.
    """

    id: str
    type: str
    title: Inline
    prompt: Blocks
    body: Body
    why: Blocks
    hints: tuple[Blocks, ...] = ()
    difficulty: int = 1
    rev: int = 1
    beyond: bool = False
    line: int = 0

    @property
    def topic(self) -> str:
        """The topic, which is the first part of the id."""
        return self.id.partition(".")[0]
