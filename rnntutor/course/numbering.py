"""The numbers of lessons, by which they are named."""

from __future__ import annotations

from rnntutor.course.load import Course


def numbers(course: Course) -> tuple[str, ...]:
    """What each lesson is called by: the number that its file carries ("06-cell.md" is 6), or its
    place in the course where a file has none or two have the same."""
    leads = [entry.file.partition("-")[0] for entry in course.entries]
    found = [str(int(lead)) for lead in leads if lead.isdecimal()]
    if len(set(found)) == len(leads):
        return tuple(found)
    return tuple(str(n + 1) for n in range(len(leads)))


def number(course: Course, lesson: str) -> str:
    """The number of one lesson, "0" before the first; "" for one that is not in the course."""
    if course.start is not None and lesson == course.start.id:
        return "0"
    ids = [entry.id for entry in course.entries]
    return numbers(course)[ids.index(lesson)] if lesson in ids else ""
