"""Made-up learners with random right, wrong and partly right answers."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import assert_never

import pytest

from rnntutor.course.load import Course, open_course
from rnntutor.course.questions import mark
from rnntutor.course.questions.forms import (
    FormGap,
    GapForm,
    NumberForm,
    NumberGap,
    OptionForm,
    OrderForm,
    PairForm,
    PickedGap,
    TypedGap,
)
from rnntutor.exchange.questions import Posed, drawn_question
from rnntutor.package_data import lessons_dir
from rnntutor.study.log import Log
from rnntutor.words import load


@pytest.fixture(scope="session")
def course() -> Course:
    return open_course(lessons_dir(), load("en"))


def answered(one: Posed, rng: Random) -> object:
    """Return a random answer in the form of the log."""
    form = one.form
    match form:
        case OptionForm(options=options, several=True):
            return [option.id for option in options if rng.random() < 0.5]
        case OptionForm(options=options):
            return rng.choice(options).id
        case OrderForm(items=items):
            ids = [item.id for item in items]
            return ids if rng.random() < 0.5 else rng.sample(ids, len(ids))
        case PairForm(pairs=pairs):
            return [rng.choice([n, n, 0]) for n in range(len(pairs))]
        case NumberForm(key=key):
            return rng.choice([key, "12345", "1/3"])
        case GapForm(gaps=gaps):
            return [rng.choice([right_in(gap), "no"]) for gap in gaps]
    assert_never(form)


def right_in(gap: FormGap) -> str:
    match gap:
        case TypedGap(answers=answers):
            return answers[0]
        case PickedGap(answer=answer):
            return answer
        case NumberGap(value=value):
            return f"{value:.6f}"
    assert_never(gap)


def asked(course: Course, lang: str, salt: str) -> Iterator[Posed]:
    """Yield every question of the course with this learner's numbers."""
    for entry in course.entries:
        for question in course.lesson(entry.id, lang).questions:
            filled, drawn = drawn_question(question, salt, 0)
            yield Posed(filled, entry.id, lang, 0, drawn)


@pytest.fixture(scope="session")
def learner(
    course: Course, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Path, int], Path]:
    """Return a function that puts a made-up learner's history into a directory.

    Each learner answers only once in all tests.
    """
    kept: dict[int, Path] = {}

    def write(directory: Path, seed: int) -> Path:
        if seed not in kept:
            kept[seed] = tmp_path_factory.mktemp("learner")
            answer_all(course, kept[seed], seed)
        shutil.copytree(kept[seed], directory)
        return directory

    return write


def answer_all(course: Course, directory: Path, seed: int) -> None:
    """Write the history of a learner who answers more than half of the questions."""
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
