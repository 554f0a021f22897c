"""A typed line as the answer to a question: what the screens put together key by key."""

from __future__ import annotations

import re
from dataclasses import replace

from rnntutor.course.blocks import Choice, Cloze, Match, Order
from rnntutor.plain.commands import wholes
from rnntutor.plain.leaving import Refused
from rnntutor.session import question as questions
from rnntutor.session.question import ANSWERING, Asked, Draft

LITERALLY = "="
"""A line that begins with it is an answer, even if it reads like a command."""


def form(asked: Asked) -> Refused:
    """How this question is answered, as the sentence that says so."""
    body, rows = asked.question.body, asked.rows
    match body:
        case Choice(multi=False):
            return Refused("plain.answer.single", n=rows)
        case Choice():
            return Refused("plain.answer.multi", n=rows)
        case Order():
            return Refused("plain.answer.order", n=rows)
        case Match():
            return Refused("plain.answer.match", rows=rows, n=len(questions.right_column(asked)))
        case Cloze(gaps=gaps) if len(gaps) == 1:
            return Refused("plain.answer.gap" if gaps[0].kind == "type" else "plain.answer.pick")
        case Cloze(gaps=gaps):
            return Refused("plain.answer.cloze", n=len(gaps))
    return Refused("plain.answer.number")


def answered(asked: Asked, line: str) -> Asked:
    """The question with the line as its answer, ready to be confirmed. Raises Refused for a line
    that cannot be one; the question stays as it was. An answer that was rounded too early comes
    back unconfirmed."""
    text = line.removeprefix(LITERALLY).strip()
    empty = replace(asked, draft=Draft(slots=(None,) * len(asked.draft.slots)), cursor=0)
    match asked.question.body:
        case Choice(multi=multi):
            filled = _picked(empty, text, most=None if multi else 1)
        case Order():
            filled = _picked(empty, text, most=None)
        case Match():
            filled = _matched(empty, text)
        case Cloze() as body:
            filled = _gaps(empty, body, text)
        case _:
            filled = questions.type_text(empty, text)
    ready = questions.submit(filled)
    if questions.too_coarse(ready):
        return ready
    if ready.state == ANSWERING:
        raise Refused(ready.complaint) if ready.complaint else form(asked)
    return ready


def _picked(asked: Asked, text: str, most: int | None) -> Asked:
    """Options by their numbers, each of them once."""
    numbers = wholes(text)
    if numbers is None or any(not 1 <= n <= asked.rows for n in numbers):
        raise form(asked)
    if len(set(numbers)) < len(numbers):
        raise Refused("plain.answer.twice")
    if most is not None and len(numbers) > most:
        raise form(asked)
    for n in numbers:
        asked = questions.pick(asked, n - 1)
    return asked


def _matched(asked: Asked, text: str) -> Asked:
    """For each row the number of its right cell."""
    numbers = wholes(text)
    column = len(questions.right_column(asked))
    if numbers is None or len(numbers) != asked.rows or any(not 1 <= n <= column for n in numbers):
        raise form(asked)
    for row, n in enumerate(numbers):
        asked = questions.pick(replace(asked, cursor=row), n - 1)
    return replace(asked, cursor=0)


def _gaps(asked: Asked, body: Cloze, text: str) -> Asked:
    """For each gap its text, or the number or the text of the choice."""
    texts = _parts(text, len(body.gaps))
    if len(texts) != len(body.gaps):
        raise form(asked)
    for gap, part in enumerate(texts):
        asked = replace(asked, cursor=gap)
        if body.gaps[gap].kind == "type":
            asked = questions.type_text(asked, part)
        elif part:
            asked = questions.pick(asked, _choice(asked, gap, part))
    return replace(asked, cursor=0)


def _parts(text: str, gaps: int) -> list[str]:
    """A line parted at its slashes; those without spaces part it only where others do not."""
    if gaps == 1:
        return [text]
    spaced = re.split(r"\s+/\s*|\s*/\s+", text)
    found = spaced if len(spaced) == gaps else text.split("/")
    return [part.strip() for part in found]


def _choice(asked: Asked, gap: int, text: str) -> int:
    """The place of a choice from its number, or from its words."""
    choices = questions.gap_choices(asked, gap)
    numbers = wholes(text)
    if numbers is not None and len(numbers) == 1 and 1 <= numbers[0] <= len(choices):
        return numbers[0] - 1
    if text in choices:
        return choices.index(text)
    raise Refused("plain.answer.choice", gap=gap + 1, n=len(choices))
