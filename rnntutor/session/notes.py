"""A learner's notes and "unclear" marks on pages: their keys and log entries."""

from __future__ import annotations

from rnntutor.session.pages import Page
from rnntutor.session.records import LogEntry
from rnntutor.study.progress import PageKey, Progress, page_of

LONGEST = 500  # maximum length of a note in characters


def key(page: Page) -> PageKey:
    """Return the key of a page's notes; a question has the same key wherever it is asked."""
    return question_key(page.question.id) if page.question else (page.lesson, page.id)


def question_key(question: str) -> PageKey:
    """Return the key of a question's notes.

    A prediction or task in a review shares the key of its step.
    """
    return page_of(question) or ("", question)


def note_entry(where: PageKey, text: str) -> LogEntry:
    """Return the log entry of a note, cut to LONGEST characters; an empty text deletes the note."""
    return "note", {"lesson": where[0], "page": where[1], "text": " ".join(text.split())[:LONGEST]}


def flag_entry(where: PageKey, progress: Progress) -> LogEntry:
    """Return the log entry that toggles a page's "unclear" mark."""
    on = where not in progress.flags
    return "unclear", {"lesson": where[0], "page": where[1], "on": on}
