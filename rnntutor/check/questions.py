"""Rules about questions: each can be understood, answered on its merits and learnt from."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Iterable

from rich.cells import cell_len

from rnntutor.check.source import Source, inlines, options, shown
from rnntutor.course.blocks import Choice, Cloze, Inline, Match, Order, Question, Text
from rnntutor.course.wording import same_words

# The share of choices in which the key may be the longest option; judged from this many on.
LONGEST, ENOUGH = 0.6, 5


def check_questions(source: Source, topics: Collection[str]) -> None:
    """All rules about single questions and about those of a lesson together."""
    for question in source.lesson.questions:
        if question.topic not in topics:
            known = ", ".join(topics)
            source.say(question.line, "topic", topic=question.topic, choices=known)
        if not question.why:
            source.say(question.line, "why", id=question.id)
        for option in options(question):
            if not option.right and not option.feedback:
                source.say(option.line, "feedback", text=shown(option.inline))
        _reasons(source, question)
        _equal(source, question)
    _steps_named(source)
    _longest(source)
    _steps_without_questions(source)


def _steps_named(source: Source) -> None:
    """A question of the pool stands in no step: its explanation names the one that teaches it,
    to which a quiz leads back."""
    for question in source.lesson.pool:
        pieces = (piece for inline in inlines(question.why) for piece in inline)
        if question.why and not any(
            isinstance(piece, Text) and piece.link is not None and piece.link.kind == "step"
            for piece in pieces
        ):
            source.say(question.line, "why_step", id=question.id)


def _reasons(source: Source, question: Question) -> None:
    """Every gap and every pair has a reason for those who get it wrong."""
    match question.body:
        case Cloze(gaps=places, reasons=reasons) | Match(pairs=places, reasons=reasons):
            if len(reasons) != len(places):
                source.say(question.line, "reasons", wanted=len(places), found=len(reasons))


def _equal(source: Source, question: Question) -> None:
    """No two things to choose between may read the same."""
    match question.body:
        case Choice() | Order():
            _twice(source, ((option.line, option.inline) for option in options(question)))
        case Match(pairs=pairs, extra=extra):
            for cells in ([left for left, _ in pairs], [*(right for _, right in pairs), *extra]):
                _twice(source, ((question.line, cell) for cell in cells), shown)
        case Cloze(gaps=gaps):
            for gap in gaps:
                seen: set[str] = set()
                for text in gap.choices:
                    if same_words(text) in seen:
                        at = source.line(gap.choices[0], question.line)
                        source.say(at, "equal", text=text)
                    seen.add(same_words(text))


def _twice(
    source: Source,
    cells: Iterable[tuple[int, Inline]],
    needle: Callable[[Inline], str] = lambda inline: "",
) -> None:
    seen: set[str] = set()
    for line, inline in cells:
        text = normal(shown(inline))
        if text in seen:
            source.say(source.line(needle(inline), line), "equal", text=shown(inline))
        seen.add(text)


def normal(text: str) -> str:
    """What is left of an option when case, spaces, spacing commands and a full stop are ignored."""
    return re.sub(r"\\[,;:! ]|\\quad|\\left|\\right|[{}]", "", same_words(text)).rstrip(".")


def _longest(source: Source) -> None:
    """The key must not be found by its length."""
    judged, longest = 0, 0
    first = 1
    for question in source.lesson.questions:
        match question.body:
            case Choice(options=found, multi=False) if any(o.right for o in found):
                sizes = {o.right: 0 for o in found}
                for option in found:
                    size = cell_len(shown(option.inline))
                    sizes[option.right] = max(sizes[option.right], size)
                judged += 1
                if sizes[True] > sizes.get(False, 0):
                    longest += 1
                    first = question.line if longest == 1 else first
    if judged >= ENOUGH and longest > LONGEST * judged:
        source.say(first, "longest", longest=longest, judged=judged, most=round(LONGEST * 100))


def _steps_without_questions(source: Source) -> None:
    """At least every second step is followed by a question."""
    steps = source.lesson.steps
    for before, step in itertools.pairwise(steps):
        if not before.questions and not step.questions:
            source.say(step.line, "no_question", before=before.id, id=step.id)
