"""Looking things up from any page: the card of a lesson, and search over the course."""

from __future__ import annotations

from rnntutor import sims
from rnntutor.failure import Refused
from rnntutor.pages.card import card_rows
from rnntutor.plain.lines import COLUMNS
from rnntutor.plain.tutor import PlainTutor
from rnntutor.session import finding
from rnntutor.session.finding import Place

MOST = 12  # places that are listed


def card(tutor: PlainTutor, wanted: str) -> None:
    """The symbols and equations of a lesson: of the one that is named by number or id, else of the
    one that is being read. Raises Refused where there is no such lesson."""
    course, words, lines = tutor.course, tutor.words, tutor.lines
    names = course.numbers
    ids = [entry.id for entry in course.entries]
    if wanted and wanted not in (*ids, *names):
        raise Refused("plain.card.which", name=wanted, numbers=", ".join(names))
    place = tutor.view.place
    lesson_id = tutor.reading or (place[0] if place else ids[0])
    if wanted:
        lesson_id = wanted if wanted in ids else ids[names.index(wanted)]
    lesson = course.lesson(lesson_id, words.lang)
    lines.say()
    lines.say(f"{words('card.title')}: {tutor.view.title(lesson_id)}", "head")
    lines.rows(card_rows(lesson, course.symbols[0], words, COLUMNS, tutor.context()))


def search(tutor: PlainTutor, wanted: str) -> None:
    """What fits, the best first, each with the line that leads there. Raises Refused for nothing
    to look for."""
    lines, words = tutor.lines, tutor.words
    if not wanted:
        raise Refused("plain.search.how")
    asked = tutor.progress.questions
    places = (
        place
        for place in (*finding.course_places(tutor.course, words.lang), *_sims(tutor))
        if place.kind != "question" or place.link.partition("/")[2] in asked
    )
    found = finding.found(places, wanted)
    lines.say()
    if not found:
        lines.say(words("search.nothing"))
        return
    for place in found[:MOST]:
        kind = words(f"search.{place.kind}")
        lines.say(f"{_typed(place)}:  {place.title}  ({kind})")
    if len(found) > MOST:
        lines.say(words("plain.search.more", n=len(found) - MOST), "grey")


def _sims(tutor: PlainTutor) -> tuple[Place, ...]:
    words = tutor.words
    return tuple(
        Place("sim", words(f"sim.{name}"), f"sim:{name}", names=(name,)) for name in sims.names()
    )


def _typed(place: Place) -> str:
    """What is typed to get there."""
    target = place.link.partition(":")[2]
    if place.kind == "term":
        return f"g {target}"
    if place.kind == "sim":
        return f"rnntutor sim {target}"
    return f"go {target.replace('/', '.')}"
