"""Parsing a typed line as the answer to a question."""

from __future__ import annotations

from dataclasses import replace

from rnntutor.course.questions import kind_of
from rnntutor.failure import Refused
from rnntutor.session import question as questions
from rnntutor.session.question import ANSWERING, QuestionState

LITERALLY = "="
"""Prefix that marks a line as an answer even if it reads like a command."""


def form(asked: QuestionState) -> Refused:
    """Return a sentence that explains how the question is answered."""
    return kind_of(asked.question).line_form(asked.question.body)


def answer(asked: QuestionState, line: str) -> QuestionState:
    """Return the question with `line` as its answer, ready to be confirmed.

    An answer rounded too early is returned unconfirmed.

    Raises:
        Refused: the line is not a possible answer.
    """
    kind, body = kind_of(asked.question), asked.question.body
    blank = replace(asked, draft=kind.blank(body), cursor=0)
    filled = kind.read_line(body, blank, line.removeprefix(LITERALLY).strip())
    ready = questions.submit(replace(filled, complaint=""))
    if questions.too_coarse(ready):
        return ready
    if ready.state == ANSWERING:
        raise Refused(ready.complaint) if ready.complaint else form(asked)
    return ready
