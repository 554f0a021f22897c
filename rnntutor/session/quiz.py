"""A quiz: which questions are asked, in which order, and the results."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from rnntutor.course.entries import Pair
from rnntutor.course.errors import CourseError
from rnntutor.course.lesson import Lesson, Step
from rnntutor.course.load import Course
from rnntutor.course.question import Question
from rnntutor.course.shuffle import shuffled
from rnntutor.failure import Refused
from rnntutor.session import missed
from rnntutor.session.contents import topic_of
from rnntutor.session.links import step_links
from rnntutor.session.pages import Page
from rnntutor.session.start import GUESSED, WRONG, QuizRequest
from rnntutor.session.waiting import in_review
from rnntutor.study.progress import Progress, page_of
from rnntutor.study.schedule import GUESS

LEECH = 4
"""From so many days with a wrong answer on a question is one that keeps being missed."""

BETWEEN = 3
"""The questions between a wrong answer and the same question again."""


@dataclass(frozen=True, slots=True)
class Item:
    """A question in a quiz. lesson, step: where it is taught, to go back to after a wrong answer
    (step "" where no step is known). about: the topic, where its id does not say it."""

    lesson: str
    step: str
    question: Question
    about: str = ""

    @property
    def topic(self) -> str:
        return self.about or self.question.topic

    @property
    def task(self) -> missed.StageTask | None:
        """What is to be done at a stage; None for a question to answer."""
        body = self.question.body
        return body if isinstance(body, missed.StageTask) else None


@dataclass(frozen=True, slots=True)
class Quiz:
    """items: what is asked, in order. scores: of those answered so far, in the same order. repeats:
    what was not right is asked again in the same session. brought: the ids of questions that came
    for another one about the same idea. before: as it was before the last answer."""

    items: tuple[Item, ...]
    scores: tuple[float, ...] = ()
    repeats: bool = False
    brought: frozenset[str] = frozenset()
    before: Quiz | None = field(default=None, compare=False, repr=False)

    @property
    def place(self) -> int:
        """How many have been answered."""
        return len(self.scores)

    @property
    def current(self) -> Item | None:
        return self.items[self.place] if self.place < len(self.items) else None

    def answered(self, score: float, *, again: bool = False, other: Item | None = None) -> Quiz:
        """With the score of the present item. What was not right comes again, where the quiz
        repeats or `again` is set: after three others, or after all that are left. other: a question
        about the same idea, which comes instead; where the quiz repeats, before it."""
        items, before = self.items, replace(self, before=None)
        if (self.repeats or again) and score < 1 and not self._again(self.place):
            there = min(self.place + 1 + BETWEEN, len(items))
            if self.repeats or other is None:
                items = (*items[:there], items[self.place], *items[there:])
            if other is not None:
                items = (*items[:there], other, *items[there:])
        scores, brought = (*self.scores, score), self.brought
        if other is not None and items != self.items:
            brought = brought | {other.question.id}
        return replace(self, items=items, scores=scores, brought=brought, before=before)

    def taken_back(self) -> Quiz:
        """The last answer does not count, and does not make a question come again."""
        return self.before or self

    def _again(self, place: int) -> bool:
        """Whether the item at a place is asked for the second time."""
        return self.items[place] in self.items[:place]

    def ended(self) -> Quiz:
        """Nothing more is asked: what is left waits for another day."""
        return replace(self, items=self.items[: self.place])

    def without_current(self) -> Quiz:
        """The present question cannot be asked."""
        return replace(self, items=(*self.items[: self.place], *self.items[self.place + 1 :]))

    @property
    def wrong(self) -> tuple[Item, ...]:
        """What was not fully right the first time."""
        wrong = [i for i, s in zip(self.items, self.scores, strict=False) if s < 1]
        return tuple({item.question.id: item for item in wrong}.values())

    def again(self) -> Quiz:
        """The wrong ones once more."""
        return Quiz(self.wrong)

    def by_topic(self) -> dict[str, tuple[float, int]]:
        """Topic -> points and questions, in the order in which the topics came."""
        found: dict[str, tuple[float, int]] = {}
        for item, score in zip(self.items, self.scores, strict=False):
            points, count = found.get(item.topic, (0.0, 0))
            found[item.topic] = (points + score, count + 1)
        return found


def missed_days(progress: Progress, question: str) -> int:
    """On how many days the first answer to a question was not right."""
    return sum(review.score < 1 for review in progress.reviews(question))


def is_leech(progress: Progress, question: str) -> bool:
    """Whether a question keeps being missed: to ask it again and again does not help."""
    return missed_days(progress, question) >= LEECH


def steps(quiz: Quiz, progress: Progress) -> tuple[tuple[str, str], ...]:
    """The steps to go back to: first those of what keeps being missed, then of each wrong question
    the one that teaches it."""
    asked = quiz.items[: quiz.place]
    leeches = [item for item in asked if is_leech(progress, item.question.id)]
    found = (*leeches, *quiz.wrong)
    return tuple(dict.fromkeys((item.lesson, item.step) for item in found if item.step))


def wrong_at_last(pages: Iterable[Page], progress: Progress) -> tuple[Item, ...]:
    """The questions among the pages of a lesson that were answered, and not right at last."""
    return tuple(
        Item(page.lesson, page.step.id, page.question)
        for page in pages
        if page.question is not None
        and page.step is not None
        and not page.extra
        and page.question.id in progress.questions
        and not progress.known(page.question.id, page.question.rev)
    )


def step_of(item: Item, course: Course, lang: str) -> Step | None:
    """The step that teaches an item, if it is there in this language."""
    try:
        steps = course.lesson(item.lesson, lang).steps
    except CourseError:
        return None
    return next((step for step in steps if step.id == item.step), None)


def over(wanted: QuizRequest, seconds: float) -> bool:
    """Whether a quiz with a bound on its time has gone on for long enough."""
    return bool(wanted.minutes) and seconds >= 60 * wanted.minutes


def translated(quiz: Quiz, course: Course, lang: str) -> Quiz:
    """The same questions in another language, as far as it has them."""
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


def made(course: Course, lang: str, wanted: QuizRequest, progress: Progress, seed: int) -> Quiz:
    """The quiz that is wanted, of the questions that the learner's history leaves."""
    there = collect(course, lang, wanted)
    if wanted.due:
        there = (*there, *of_steps(course, lang, wanted.due))
    items = practised(there, wanted, course, progress)
    pair = _pair(course, wanted) if wanted.pair else None
    return compose(items, wanted, seed, pair)


def refuse_empty(course: Course, lang: str, wanted: QuizRequest, progress: Progress) -> None:
    """Raises Refused where it can be said which part of what is wanted leaves no question, and
    CourseError for a lesson that cannot be read."""
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
    """Every question that fits. A lesson that goes beyond the lecture is not in the final test;
    such a question of any other lesson is in no quiz, and neither is what is asked before the first
    lesson: they are asked again only where they are due."""
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
            found.append(Item(*(_named(course, lang, question) or (entry.id, step)), question))
    return tuple(found)


def of_steps(course: Course, lang: str, ids: Iterable[str]) -> tuple[Item, ...]:
    """Those of the ids that are predictions or tasks of steps."""
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


def _named(course: Course, lang: str, question: Question) -> tuple[str, str] | None:
    """Lesson and step that the question's explanation names first, if it names one that is there
    in this language."""
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


def practised(
    items: Sequence[Item], wanted: QuizRequest, course: Course, progress: Progress
) -> tuple[Item, ...]:
    """Those of the items that the learner's history leaves: what was wrong or guessed, where that
    is wanted; in a mixed quiz nothing of a lesson that is not opened yet, unless none is."""
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
    """How the last answer to a question stands: WRONG, GUESSED, or "" for one that is known or was
    never asked."""
    record = progress.questions.get(question)
    if record is None or record.last is None:
        return ""
    if not record.right:
        return WRONG
    return GUESSED if record.last.confidence == GUESS else ""


def _pair(course: Course, wanted: QuizRequest) -> Pair:
    return next(pair for pair in course.pairs if pair.id == wanted.pair)


def compose(
    items: Sequence[Item], wanted: QuizRequest, seed: int, pair: Pair | None = None
) -> Quiz:
    """`wanted.size` of the items at random. Mixed over several topics, each topic gets its share
    and no two of one topic follow each other where that can be avoided; the same of the two sides
    of a pair. A review asks what is due, those that waited longest first."""
    if wanted.due:
        there = _chosen(items, wanted.due)
        asked = in_review([item.question.id for item in there], wanted.size)
        return Quiz(_apart(_chosen(there, asked)), repeats=True)
    rng = Random(seed)
    piles: dict[str, list[Item]] = {}
    for item in shuffled(items, rng):
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


def _chosen(items: Sequence[Item], ids: Sequence[str]) -> tuple[Item, ...]:
    """The items with these ids, in the order of the ids."""
    by_id = {item.question.id: item for item in items}
    return tuple(by_id[id_] for id_ in ids if id_ in by_id)


def _apart(items: Sequence[Item]) -> tuple[Item, ...]:
    """The items in their order, but that one of the topic that was just asked waits for another."""
    left, out = list(items), list[Item]()
    while left:
        last = out[-1].topic if out else ""
        place = next((n for n, item in enumerate(left) if item.topic != last), 0)
        out.append(left.pop(place))
    return tuple(out)


def _next_topic(piles: dict[str, list[Item]], sizes: dict[str, int], last: str, rng: Random) -> str:
    """The topic that is furthest behind its share of all questions (the divisors 1, 3, 5 ... of
    Sainte-Laguë, by which small topics are asked too); not the last one again."""

    def claim(topic: str) -> float:
        return sizes[topic] / (2 * (sizes[topic] - len(piles[topic])) + 1)

    others = [topic for topic in piles if topic != last] or list(piles)
    most = max(map(claim, others))
    return shuffled([topic for topic in others if claim(topic) == most], rng)[0]
