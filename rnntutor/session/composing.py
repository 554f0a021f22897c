"""The questions of a quiz: which of the course's are asked, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random

from rnntutor.course.entries import ConfusablePair
from rnntutor.course.errors import CourseError
from rnntutor.course.lesson import Lesson
from rnntutor.course.load import Course
from rnntutor.course.question import Question
from rnntutor.course.shuffle import shuffle
from rnntutor.failure import Refused
from rnntutor.session import missed
from rnntutor.session.contents import topic_of
from rnntutor.session.links import step_links
from rnntutor.session.quiz import Item, Quiz
from rnntutor.session.start import GUESSED, WRONG, QuizRequest
from rnntutor.session.waiting import in_review
from rnntutor.study.progress import Progress, page_of
from rnntutor.study.schedule import GUESS


def translate(quiz: Quiz, course: Course, lang: str) -> Quiz:
    """Return the same quiz in another language; questions that it lacks stay as they are."""
    topics = {item.topic for item in quiz.items}
    taught = [entry.id for entry in course.entries if topics & {*entry.topics}]
    found = {
        item.question.id: item
        for lesson in taught
        for item in collect(course, lang, QuizRequest(lesson=lesson))
    }
    asked = of_steps(course, lang, (item.question.id for item in quiz.items))
    found.update((item.question.id, item) for item in asked)

    def there(quiz: Quiz) -> Quiz:
        items = tuple(found.get(i.question.id, i) for i in quiz.items)
        return replace(quiz, items=items, before=there(quiz.before) if quiz.before else None)

    return there(quiz)


def build_quiz(
    course: Course, lang: str, wanted: QuizRequest, progress: Progress, seed: int
) -> Quiz:
    """Return the requested quiz, taking the learner's progress into account."""
    there = collect(course, lang, wanted)
    if wanted.due:
        there = (*there, *of_steps(course, lang, wanted.due))
    items = practice_items(there, wanted, course, progress)
    pair = _pair(course, wanted) if wanted.pair else None
    return compose(items, wanted, seed, pair)


def refuse_empty(course: Course, lang: str, wanted: QuizRequest, progress: Progress) -> None:
    """Check that a quiz request leaves some question.

    Raises:
        Refused: a part of the request excludes every question.
        CourseError: the lesson cannot be read.
    """
    if wanted.lesson:
        course.lesson(wanted.lesson, lang)
        items = collect(course, lang, QuizRequest(lesson=wanted.lesson))
        topics = tuple(dict.fromkeys(item.topic for item in items))
        if not topics:
            raise Refused("quiz.nothing_in", lesson=wanted.lesson)
        if wanted.topic and wanted.topic not in topics:
            about, there = wanted.topic, ", ".join(topics)
            raise Refused("quiz.nothing_about", topic=about, lesson=wanted.lesson, choices=there)
    if wanted.only and not any(_stands(progress, q) == wanted.only for q in progress.questions):
        raise Refused(f"quiz.nothing_{wanted.only}")


def collect(course: Course, lang: str, wanted: QuizRequest) -> tuple[Item, ...]:
    """Return every question that matches a request.

    Optional lessons are left out of the final test. Optional questions of other lessons, and the
    questions before the first lesson, are only asked again when due.
    """
    found: list[Item] = []
    for entry in course.every:
        if entry == course.start and not (wanted.due or wanted.lesson == entry.id):
            continue
        if (wanted.lesson and entry.id != wanted.lesson) or (wanted.final and entry.beyond):
            continue
        try:
            lesson = course.lesson(entry.id, lang)
        except CourseError:
            continue
        home = {q.id: step.id for step in lesson.steps for q in step.questions}
        first = {q.topic: step.id for step in reversed(lesson.steps) for q in step.questions}
        for question in lesson.questions:
            if (question.beyond and not wanted.due) or (
                wanted.topic and question.topic != wanted.topic
            ):
                continue
            step = home.get(question.id) or first.get(question.topic, "")
            found.append(
                Item(*(_linked_step(course, lang, question) or (entry.id, step)), question)
            )
    return tuple(found)


def of_steps(course: Course, lang: str, ids: Iterable[str]) -> tuple[Item, ...]:
    """Return the items of those ids that name predictions or tasks of steps."""
    wanted = frozenset(name for name in ids if page_of(name))
    homes = {page[0] for name in wanted if (page := page_of(name))}
    found: list[Item] = []
    for entry in course.entries:
        if entry.id not in homes:
            continue
        try:
            lesson = course.lesson(entry.id, lang)
        except CourseError:
            continue
        found += [
            Item(entry.id, step.id, question, topic_of(course, question.id))
            for step, question in missed.questions(lesson, wanted)
        ]
    return tuple(found)


def _linked_step(course: Course, lang: str, question: Question) -> tuple[str, str] | None:
    """Return the lesson and step that the question's explanation links to first, if they exist."""
    for link in step_links(question.why):
        lesson, _, step = link.target.partition(".")
        try:
            if step in course.fact(lesson, lang, _step_ids):
                return lesson, step
        except CourseError:
            continue
    return None


def _step_ids(lesson: Lesson) -> frozenset[str]:
    return frozenset(step.id for step in lesson.steps)


def practice_items(
    items: Sequence[Item], wanted: QuizRequest, course: Course, progress: Progress
) -> tuple[Item, ...]:
    """Return those of the items that fit the request and the learner's progress.

    A mixed quiz leaves out lessons that were not opened, unless none was.
    """
    if wanted.only:
        return tuple(item for item in items if _stands(progress, item.question.id) == wanted.only)
    if wanted.pair:
        pair = _pair(course, wanted)
        return tuple(item for item in items if pair.side(item.question.id) is not None)
    asked_for = wanted.topic or wanted.lesson or wanted.final or wanted.due or wanted.unopened
    opened = {lesson for lesson, _ in progress.visited}
    topics = {topic for entry in course.entries if entry.id in opened for topic in entry.topics}
    if asked_for or not topics:
        return tuple(items)
    return tuple(item for item in items if item.topic in topics)


def _stands(progress: Progress, question: str) -> str:
    """Return the state of the last answer to a question.

    It is WRONG, GUESSED, or "" for a question that is known or was never asked.
    """
    record = progress.questions.get(question)
    if record is None or record.last is None:
        return ""
    if not record.right:
        return WRONG
    return GUESSED if record.last.confidence == GUESS else ""


def _pair(course: Course, wanted: QuizRequest) -> ConfusablePair:
    return next(pair for pair in course.pairs if pair.id == wanted.pair)


def compose(
    items: Sequence[Item], wanted: QuizRequest, seed: int, pair: ConfusablePair | None = None
) -> Quiz:
    """Select `wanted.size` of the items and put them in order.

    A review asks what is due, longest overdue first. Any other quiz is random: each topic (or side
    of a pair) gets its share, and two items of one topic do not follow each other if that can be
    avoided.
    """
    if wanted.due:
        there = _select(items, wanted.due)
        asked = in_review([item.question.id for item in there], wanted.size)
        return Quiz(_apart(_select(there, asked)), repeats=True)
    rng = Random(seed)
    piles: dict[str, list[Item]] = {}
    for item in shuffle(items, rng):
        side = item.topic if pair is None else str(pair.side(item.question.id))
        piles.setdefault(side, []).append(item)
    sizes = {topic: len(pile) for topic, pile in piles.items()}
    order: list[Item] = []
    last = ""
    while piles and len(order) < wanted.size:
        last = _next_topic(piles, sizes, last, rng)
        order.append(piles[last].pop())
        if not piles[last]:
            del piles[last]
    return Quiz(tuple(order))


def _select(items: Sequence[Item], ids: Sequence[str]) -> tuple[Item, ...]:
    """Return the items with these ids, in the order of the ids."""
    by_id = {item.question.id: item for item in items}
    return tuple(by_id[id_] for id_ in ids if id_ in by_id)


def _apart(items: Sequence[Item]) -> tuple[Item, ...]:
    """Return the items in order, moving items so that no topic follows itself, where possible."""
    left, out = list(items), list[Item]()
    while left:
        last = out[-1].topic if out else ""
        index = next((n for n, item in enumerate(left) if item.topic != last), 0)
        out.append(left.pop(index))
    return tuple(out)


def _next_topic(piles: dict[str, list[Item]], sizes: dict[str, int], last: str, rng: Random) -> str:
    """Return the topic furthest below its share of all questions, preferably not the last one.

    The share uses the divisors 1, 3, 5, ... of Sainte-Laguë, which also give small topics a turn.
    """

    def claim(topic: str) -> float:
        return sizes[topic] / (2 * (sizes[topic] - len(piles[topic])) + 1)

    others = [topic for topic in piles if topic != last] or list(piles)
    most = max(map(claim, others))
    return shuffle([topic for topic in others if claim(topic) == most], rng)[0]
