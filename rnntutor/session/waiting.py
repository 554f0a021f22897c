"""What waits to be reviewed, and how much of it one review asks."""

from __future__ import annotations

from collections.abc import Sequence

from rnntutor.course.load import Course
from rnntutor.session.contents import topic_of
from rnntutor.study.log import local_now
from rnntutor.study.progress import PREDICTION, TASK, Progress, page_of
from rnntutor.study.schedule import CAP, due

TASKS = 3
"""The tasks at a stage that one review asks for at most."""


def due_here(progress: Progress, course: Course) -> tuple[str, ...]:
    """The questions on this course's topics that are due, those that waited longest first."""
    topics = {topic.id for topic in course.topics}
    return tuple(name for name in due(progress, local_now()) if topic_of(course, name) in topics)


def in_review(due: Sequence[str], size: int = CAP) -> tuple[str, ...]:
    """What one review asks of what is due: few tasks, each of which takes as long as several
    questions, and none of a step whose prediction is asked too, for its stage would show the
    answer. The rest waits for another review."""
    asked = {page_of(name) for name in due if name.startswith(PREDICTION)}
    left = [name for name in due if not (name.startswith(TASK) and page_of(name) in asked)]
    few = [name for name in left if name.startswith(TASK)][:TASKS]
    return tuple(name for name in left if not name.startswith(TASK) or name in few)[:size]
