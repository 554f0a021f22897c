"""The page of a quiz, a question or a step's task, shared by the screens and plain mode."""

from __future__ import annotations

from collections.abc import Iterable
from time import monotonic

from rnntutor.course.term import GlossaryTerm
from rnntutor.session import question as questions
from rnntutor.session import records
from rnntutor.session import stage as stages
from rnntutor.session.page_state import PageState
from rnntutor.session.quiz import Item, Quiz
from rnntutor.session.records import LogEntry


def record_task(
    quiz: Quiz, page_state: PageState, *, met: bool, lang: str
) -> tuple[Quiz, LogEntry]:
    """Return the quiz after its current task has been done or left, and the log entry of that."""
    assert quiz.current is not None
    seconds = monotonic() - page_state.started
    entry = records.task(quiz.current.question, met=met, lang=lang, seconds=seconds)
    return quiz.record_score(float(met)), entry


def translate_page(page_state: PageState, item: Item, terms: Iterable[GlossaryTerm]) -> None:
    """Switch a page to the language of its item."""
    if page_state.asked is not None:
        page_state.asked = questions.translate(page_state.asked, item.question, terms)
    if page_state.stage is not None and item.task is not None:
        page_state.stage = stages.translate(page_state.stage, item.task.spec)
