"""Due reviews, and the selection for one review session."""

from __future__ import annotations

from collections.abc import Sequence

from rnntutor.course.load import Course
from rnntutor.session.contents import topic_of
from rnntutor.study.log import local_now
from rnntutor.study.progress import PREDICTION, TASK, Progress, page_of
from rnntutor.study.schedule import CAP, due

TASKS = 3
"""Maximum number of stage tasks in one review."""


def due_here(progress: Progress, course: Course) -> tuple[str, ...]:
    """Return the due questions on this course's topics, longest overdue first."""
    topics = {topic.id for topic in course.topics}
    return tuple(name for name in due(progress, local_now()) if topic_of(course, name) in topics)


def in_review(due: Sequence[str], size: int = CAP) -> tuple[str, ...]:
    """Return the questions for one review.

    Only a few tasks are taken, because each takes as long as several questions. A task is left for
    another review if the prediction of its step is included, because its stage would show the
    answer.
    """
    asked = {page_of(name) for name in due if name.startswith(PREDICTION)}
    left = [name for name in due if not (name.startswith(TASK) and page_of(name) in asked)]
    few = [name for name in left if name.startswith(TASK)][:TASKS]
    return tuple(name for name in left if not name.startswith(TASK) or name in few)[:size]
