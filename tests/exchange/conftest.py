"""A class of made-up learners, whose answers are right, wrong and half right by chance."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from rnntutor.course.load import Course, open_course
from rnntutor.course.questions import mark
from rnntutor.course.questions.cloze import Cloze
from rnntutor.course.questions.match import Match
from rnntutor.course.questions.multi import Multi
from rnntutor.course.questions.numeric import Numeric
from rnntutor.course.questions.options import Choice
from rnntutor.course.questions.order import Order
from rnntutor.exchange.questions import Posed, drawn_question
from rnntutor.places import lessons_dir
from rnntutor.study.log import Log
from rnntutor.words import load


@pytest.fixture(scope="session")
def course() -> Course:
    return open_course(lessons_dir(), load("en"))


def answered(one: Posed, rng: Random) -> object:
    """An answer in the form in which the log keeps it."""
    match one.question.body:
        case Multi() as body:
            return [o.id for o in body.options if rng.random() < 0.5]
        case Choice() as body:
            return rng.choice(body.options).id
        case Order() as body:
            items = [o.id for o in body.items]
            return items if rng.random() < 0.5 else rng.sample(items, len(items))
        case Match() as body:
            return [rng.choice([n, n, 0]) for n in range(len(body.pairs))]
        case Cloze() as body:
            return [rng.choice([gap.answers[0], "no"]) for gap in body.gaps]
        case Numeric() as body:
            return rng.choice([f"{body.middle:g}", "12345"])
        case _:
            assert one.drawn is not None
            return rng.choice([f"{one.drawn.key:.6f}", "12345", "1/3"])


def asked(course: Course, lang: str, salt: str) -> Iterator[Posed]:
    """Every question of the course, with the numbers that this learner is given."""
    for entry in course.entries:
        for question in course.lesson(entry.id, lang).questions:
            filled, drawn = drawn_question(question, salt, 0)
            yield Posed(filled, entry.id, lang, 0, drawn)


@pytest.fixture(scope="session")
def learner(course: Course) -> Callable[[Path, int], Path]:
    """Writes the history of a learner of one's own into a directory."""

    def write(directory: Path, seed: int) -> Path:
        rng, salt, lang = Random(seed), f"salt{seed}", ("ko", "en")[seed % 2]
        log = Log(directory, f"session{seed}")
        log.append("setting", name="salt", value=salt)
        for one in asked(course, lang, salt):
            if rng.random() < 0.4:
                continue
            given = answered(one, rng)
            found = mark(one.question, given, instance=one.drawn, glossary=course.terms)
            log.append(
                "answer",
                question=one.question.id,
                rev=one.question.rev,
                variant=one.number,
                lang=lang,
                given=given,
                score=0.0 if found is None else found.score,
                seconds=float(rng.randint(5, 90)),
            )
        log.close()
        return directory

    return write
