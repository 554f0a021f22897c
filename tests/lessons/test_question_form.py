"""The course has enough questions of every kind, and their form does not reveal the answer."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from rnntutor.course.blocks import Paragraph
from rnntutor.course.lesson import Lesson
from rnntutor.course.load import open_course
from rnntutor.course.question import Option, Question
from rnntutor.course.questions.single import Single
from rnntutor.package_data import lessons_dir
from rnntutor.render.prose import Context, lay_out_inline
from rnntutor.session.links import sim_links
from rnntutor.spans import plain
from rnntutor.words import LANGUAGES, load

COURSE = open_course(lessons_dir(), load("en"))
LESSONS = [entry.id for entry in COURSE.entries]
TYPES = {"single", "multi", "numeric", "cloze", "order", "match", "trace"}

# Known misconceptions of learners; those about a library's interface go beyond the lecture.
MISCONCEPTIONS = {f"M-{n:02}" for n in range(1, 69)}
LIBRARY = {"M-11", "M-37", "M-53", "M-58", "M-59"}

# Words that reveal a true statement.
HEDGES = {
    "en": re.compile(r"\b(can|may|might|usually|often|mostly|some|partly|roughly|about)\b", re.I),
    "ko": re.compile(r"수 있다|대개|보통|흔히|대체로|주로|어느 정도|경우가 있다"),
}


def _lesson(name: str, lang: str) -> Lesson:
    return COURSE.lesson(name, lang)


def _text(option: Option, lang: str) -> str:
    context = Context(load(lang), COURSE.names(lang), COURSE.roles)
    return " ".join(plain(row) for row in lay_out_inline(option.inline, 500, context))


def _singles(name: str, lang: str) -> list[tuple[Question, Single]]:
    return [(q, q.body) for q in _lesson(name, lang).questions if isinstance(q.body, Single)]


def _excess(name: str, lang: str, pick) -> float:
    """Return by how much a guessing strategy beats chance, as a share of the lesson's single
    choices."""
    questions = _singles(name, lang)
    won = lost = 0.0
    for _, body in questions:
        best = pick([_text(o, lang) for o in body.options])
        won += sum(body.options[n].right for n in best) / len(best)
        lost += 1 / len(body.options)
    return (won - lost) / len(questions)


def _most(values: list[float]) -> list[int]:
    """Return all indices of the largest value; a guesser takes one at random."""
    return [n for n, value in enumerate(values) if value == max(values)]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", LESSONS)
def test_the_longest_option_is_no_better_than_chance(name: str, lang: str) -> None:
    assert _excess(name, lang, lambda texts: _most([len(t) for t in texts])) <= 0.10


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", LESSONS)
def test_the_most_hedged_option_is_no_better_than_chance(name: str, lang: str) -> None:
    hedged = HEDGES[lang]
    found = _excess(name, lang, lambda ts: _most([len(hedged.findall(t)) for t in ts]))
    assert found <= 0.10


@pytest.mark.parametrize("index", [0, -1])
@pytest.mark.parametrize("name", LESSONS)
def test_the_first_and_the_last_shown_are_no_better_than_chance(name: str, index: int) -> None:
    """Over many learners, shuffling and options with a fixed place give no advantage."""
    from rnntutor.course.questions import order_of

    questions = _singles(name, "en")
    won = chance = 0.0
    learners = 40
    for question, body in questions:
        for learner in range(learners):
            order = order_of(question, str(learner), 0)
            won += body.options[order[index]].right / learners
            chance += 1 / len(body.options) / learners
    assert (won - chance) / len(questions) <= 0.10


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_has_enough_questions_and_few_in_its_path(name: str) -> None:
    """Partly worked calculations and questions beyond the lecture do not count."""
    lesson = _lesson(name, "ko")
    assert len(lesson.questions) >= 15
    path = [question for step in lesson.steps for question in step.questions]
    assert sum(q.type != "faded" and not q.beyond for q in path) <= 8


def test_the_lesson_on_the_cell_has_all_seven_types() -> None:
    assert {q.type for q in _lesson("cell", "ko").questions} == TYPES


def test_every_topic_is_asked_in_three_types() -> None:
    kinds: dict[str, set[str]] = {}
    for name in LESSONS:
        for question in _lesson(name, "ko").questions:
            kinds.setdefault(question.topic, set()).add(question.type)
    assert {topic for topic, types in kinds.items() if len(types) < 3} == set()
    assert {topic for entry in COURSE.entries for topic in entry.topics} == set(kinds)


def test_there_are_140_questions_and_24_that_are_computed() -> None:
    types = Counter(q.type for name in LESSONS for q in _lesson(name, "ko").questions)
    assert types.total() >= 140
    assert types["trace"] >= 24


def test_every_misconception_is_met_and_leads_to_where_it_can_be_seen() -> None:
    met: dict[str, list[Question]] = {}
    for name in LESSONS:
        for question in _lesson(name, "ko").questions:
            for m in _codes(question):
                met.setdefault(m, []).append(question)
    assert MISCONCEPTIONS - set(met) == set()
    for m, questions in met.items():
        if m in LIBRARY:
            assert all(q.beyond for q in questions), f"{m} belongs beyond the lecture"
        else:
            assert any(sim_links(q.why) for q in questions), f"{m} can be seen nowhere"


def _codes(question: Question) -> set[str]:
    body = question.body
    options = getattr(body, "options", ()) or getattr(body, "distractors", ())
    return {option.m for option in options if option.m}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_praise_and_no_exclamation(lang: str) -> None:
    praise = re.compile(r"!(?!=)|잘했|훌륭|아쉽|Well done|Great|Good job", re.I)
    for name in LESSONS:
        for question in _lesson(name, lang).questions:
            for block in question.why:
                if isinstance(block, Paragraph):
                    text = "".join(getattr(p, "text", "") for p in block.inline)
                    assert not praise.search(text), (question.id, text)


def test_the_glossary_has_its_terms_in_both_languages_and_its_steps_exist() -> None:
    terms = COURSE.terms
    assert len(terms) >= 45
    steps = {f"{name}.{step.id}" for name in LESSONS for step in _lesson(name, "ko").steps}
    for term in terms:
        assert {lang for lang, _ in term.word} == set(LANGUAGES), term.id
        assert {lang for lang, _ in term.definition} == set(LANGUAGES), term.id
        assert not term.step or term.step in steps, term.id
