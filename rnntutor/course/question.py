"""A question of a lesson, without what its kind adds: that is its body."""

from __future__ import annotations

from dataclasses import dataclass

from rnntutor.course.blocks import Blocks, Inline


@dataclass(frozen=True, slots=True)
class Option:
    """id: its `{#id}`, else its `m`, else its place from 1. feedback: why it is wrong."""

    id: str
    inline: Inline
    right: bool
    feedback: Blocks = ()
    m: str = ""
    fixed: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """kind "type": answers are those accepted, the first is the key. kind "pick": choices in the
    author's order, answers holds the right one."""

    kind: str
    answers: tuple[str, ...]
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a gap or a pair is wrong, whatever was put there. m: the misconception behind it."""

    inline: Inline
    m: str = ""


class Body:
    """What a question asks and what is right: each kind has its own, in course/questions."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Question:
    """id: "topic.name". type: the name of its kind."""

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
        return self.id.partition(".")[0]
