"""Match statements with questions and stages of the course, by common glossary terms and words."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rnntutor.course.blocks import Blocks, Maths, Text
from rnntutor.course.lesson import Step
from rnntutor.course.load import Course, plain_text
from rnntutor.course.question import Question
from rnntutor.course.walk import displays, inlines
from rnntutor.maths.errors import MathsError
from rnntutor.maths.latex import parse
from rnntutor.maths.nodes import Nodes

LEAST = 0.15
"""Lowest cosine similarity between a statement and a proposal for it."""
NAMED = 3
"""Number of the course's terms that a lecture must name for any proposals."""
_WORD = re.compile(r"[가-힣]+|[A-Za-z][A-Za-z0-9-]+")
_OWN = ("rnn", "lstm", "gru", "bptt", "bidirectional", "hidden-state", "cell-state", "gate")
_NAMES = frozenset({"rnn", "lstm", "gru", "bptt", "bidirectional-rnn"})
"""Terms that occur in no other subject, unlike cell, gate and state, which biology has too."""


@dataclass(frozen=True)
class StatementMatch:
    """A question or stage that matches a statement.

    Attributes:
        lesson: Lesson of the course that contains it.
        question: The question; exactly one of `question` and `step` is set.
        step: The step with the stage.
        score: Cosine similarity with the statement.
    """

    lesson: str
    question: Question | None
    step: Step | None
    score: float


@dataclass(frozen=True)
class _Entry:
    """A question or stage with its normalised word vector and the terms that it names."""

    found: StatementMatch
    vector: dict[str, float]
    terms: frozenset[str]


class Index:
    """The questions and stages of a course in one language, indexed for matching."""

    def __init__(self, course: Course, lang: str) -> None:
        self.names = [
            (term.id, name.lower())
            for term in course.terms
            for name in (*(v for k, v in term.word if k == lang), *dict(term.aliases).get(lang, ()))
            if len(name) > 1
        ]
        self.names.sort(key=lambda pair: -len(pair[1]))
        self.lessons = {term.id: term.step.partition(".")[0] for term in course.terms}
        self.formulas: dict[Nodes, StatementMatch] = {}
        raw: list[tuple[StatementMatch, str]] = []
        for entry in course.entries:
            lesson = course.lesson(entry.id, lang)
            for step in lesson.steps:
                said = f"{plain_text(step.title)} {text_of(step.blocks)}"
                if step.sim is not None:
                    found = StatementMatch(entry.id, None, step, 0.0)
                    raw.append((found, said))
                    for tree in filter(None, map(_tree, formulas_of(step.blocks))):
                        self.formulas.setdefault(tree, found)
            for question in lesson.questions:
                if not question.beyond:
                    said = f"{plain_text(question.title)} {text_of(question.prompt)} "
                    raw.append(
                        (
                            StatementMatch(entry.id, question, None, 0.0),
                            said + text_of(question.why),
                        )
                    )
        counts = [Counter(_tokens(said)) for _, said in raw]
        seen = Counter(token for count in counts for token in count)
        self.weight = {token: math.log(1 + len(raw) / n) for token, n in seen.items()}
        self.entries = [
            _Entry(found, self._vector(count), self.terms(said))
            for (found, said), count in zip(raw, counts, strict=True)
        ]

    def _vector(self, count: Counter[str]) -> dict[str, float]:
        vector = {
            t: self.weight[t] * (1 + math.log(n)) for t, n in count.items() if t in self.weight
        }
        size = math.sqrt(sum(v * v for v in vector.values())) or 1.0
        return {t: v / size for t, v in vector.items()}

    def terms(self, text: str) -> frozenset[str]:
        """Return the glossary terms that a text names; longer names are matched first."""
        left, out = text.lower(), set()
        for term, name in self.names:
            if name not in left:
                continue
            edge = r"(?<![a-z])" if name[0].isascii() else ""
            end = r"(?![a-z])" if name[-1].isascii() else ""
            left, count = re.subn(f"{edge}{re.escape(name)}{end}", " ", left)
            if count:
                out.add(term)
        return frozenset(out)

    def teaching_lessons(self, text: str) -> frozenset[str]:
        """Return the lessons that teach the terms named in a text."""
        return frozenset(lesson for term in self.terms(text) if (lesson := self.lessons.get(term)))

    def is_about(self, text: str) -> bool:
        """Return whether a lecture has the subject of the course."""
        named = self.terms(text)
        own = sum(any(part in term for part in _OWN) for term in named)
        return own >= NAMED and bool(named & _NAMES)

    def names_it(self, headings: str, statements: Iterable[str]) -> bool:
        """Return whether a part of a lecture has the subject of the course.

        This is so if the headings or at least two statements name one of its terms.
        """
        if self.terms(headings) & _NAMES:
            return True
        return sum(bool(self.terms(said) & _NAMES) for said in statements) > 1

    def best(self, statement: str, around: str) -> list[StatementMatch]:
        """Return the matches of a statement, best first.

        Args:
            statement: The text of the statement.
            around: The headings and list items above it.
        """
        named = self.terms(statement) | (self.terms(around) if len(statement) < 40 else frozenset())
        if not named:
            return []
        count = Counter(_tokens(statement))
        for token in _tokens(around):
            count[token] += 1
        vector = self._vector(count)
        out = []
        for entry in self.entries:
            if not named & entry.terms:
                continue
            score = sum(v * entry.vector.get(t, 0.0) for t, v in vector.items())
            if score >= LEAST:
                found = entry.found
                out.append(StatementMatch(found.lesson, found.question, found.step, score))
        return sorted(out, key=lambda found: -found.score)

    def stage_of(self, source: str) -> StatementMatch | None:
        """Return the stage of a step that contains the same formula, if there is one."""
        tree = _tree(source)
        return self.formulas.get(tree) if tree else None


def _tokens(text: str) -> Iterable[str]:
    """Yield Latin words, and pairs of Hangul syllables.

    Pairs of the same stem match in spite of different particles.
    """
    for word in _WORD.findall(text):
        if word[0].isascii():
            yield word.lower()
        else:
            yield from (word[n : n + 2] for n in range(len(word) - 1))


def _tree(source: str) -> Nodes | None:
    try:
        nodes = parse(source)
    except MathsError:
        return None
    return nodes if len(nodes) > 4 else None


def text_of(blocks: Blocks) -> str:
    """Return the text of the blocks without formulas."""
    parts = (part for inline in inlines(blocks) for part in (*inline, Text(" ")))
    return "".join(part.text for part in parts if isinstance(part, Text)).rstrip()


def formulas_of(blocks: Blocks) -> list[str]:
    """Return the LaTeX sources of the formulas in the blocks."""
    found = [formula.source for formula in displays(blocks)]
    return found + [p.source for line in inlines(blocks) for p in line if isinstance(p, Maths)]
