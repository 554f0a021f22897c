"""Reference commands available on every page: the card of a lesson, and search."""

from __future__ import annotations

from rnntutor import sims
from rnntutor.failure import Refused
from rnntutor.pages.card import card_rows
from rnntutor.plain.lines import COLUMNS
from rnntutor.plain.tutor import PlainTutor
from rnntutor.session import finding
from rnntutor.session.finding import SearchEntry

MOST = 12  # maximum number of results


def card(tutor: PlainTutor, wanted: str) -> None:
    """Print the symbols and equations of a lesson.

    Args:
        wanted: the lesson's number or id; "" for the lesson being read.

    Raises:
        Refused: there is no such lesson.
    """
    course, words, lines = tutor.course, tutor.words, tutor.lines
    names = course.numbers
    ids = [entry.id for entry in course.entries]
    if wanted and wanted not in (*ids, *names):
        raise Refused("plain.card.which", name=wanted, numbers=", ".join(names))
    last_page = tutor.view.last_page
    lesson_id = tutor.reading or (last_page[0] if last_page else ids[0])
    if wanted:
        lesson_id = wanted if wanted in ids else ids[names.index(wanted)]
    lesson = course.lesson(lesson_id, words.lang)
    lines.say()
    lines.say(f"{words('card.title')}: {tutor.view.title(lesson_id)}", "head")
    lines.rows(card_rows(lesson, course.symbols[0], words, COLUMNS, tutor.context()))


def search(tutor: PlainTutor, wanted: str) -> None:
    """Print the matches, best first, each with the command that leads there.

    Raises:
        Refused: the search text is empty.
    """
    lines, words = tutor.lines, tutor.words
    if not wanted:
        raise Refused("plain.search.how")
    asked = tutor.progress.questions
    entries = (
        entry
        for entry in (*finding.course_entries(tutor.course, words.lang), *_sims(tutor))
        if entry.kind != "question" or entry.link.partition("/")[2] in asked
    )
    found = finding.find_matches(entries, wanted)
    lines.say()
    if not found:
        lines.say(words("search.nothing"))
        return
    for entry in found[:MOST]:
        kind = words(f"search.{entry.kind}")
        lines.say(f"{_command_to(entry)}:  {entry.title}  ({kind})")
    if len(found) > MOST:
        lines.say(words("plain.search.more", n=len(found) - MOST), "grey")


def _sims(tutor: PlainTutor) -> tuple[SearchEntry, ...]:
    words = tutor.words
    return tuple(
        SearchEntry("sim", words(f"sim.{name}"), f"sim:{name}", names=(name,))
        for name in sims.names()
    )


def _command_to(entry: SearchEntry) -> str:
    """Return the command that leads to an entry."""
    target = entry.link.partition(":")[2]
    if entry.kind == "term":
        return f"g {target}"
    if entry.kind == "sim":
        return f"rnntutor sim {target}"
    return f"go {target.replace('/', '.')}"
