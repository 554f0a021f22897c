"""A learner's own words on a page, and that it is unclear: which page they belong to, and what the
log is told of them."""

from __future__ import annotations

from rnntutor.session.pages import Page
from rnntutor.session.records import LogEntry
from rnntutor.study.progress import Page as Key
from rnntutor.study.progress import Progress, page_of

LONGEST = 500  # letters of a note


def key(page: Page) -> Key:
    """Of a page of a lesson. A question has its notes wherever it is asked."""
    return question_key(page.question.id) if page.question else (page.lesson, page.id)


def question_key(question: str) -> Key:
    """Of a question, in a quiz or in a lesson; a prediction or task that comes back has its
    step's."""
    return page_of(question) or ("", question)


def noted(where: Key, text: str) -> LogEntry:
    """The entry that keeps what the learner wrote on a page, cut to LONGEST characters; "" deletes
    the note."""
    return "note", {"lesson": where[0], "page": where[1], "text": " ".join(text.split())[:LONGEST]}


def flagged(where: Key, progress: Progress) -> LogEntry:
    """The entry that marks a page as unclear, or takes that mark away."""
    on = where not in progress.flags
    return "unclear", {"lesson": where[0], "page": where[1], "on": on}
