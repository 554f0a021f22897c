"""The lessons' claims about training are true when they are run, and none lacks its run."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache

import pytest

from rnntutor.check.runs import combinations, execute, in_blocks, runs_of
from rnntutor.check.source import parts
from rnntutor.cli.claims import head
from rnntutor.course.claims import ClaimedRun
from rnntutor.course.lesson import Lesson
from rnntutor.course.load import open_course, plain_text
from rnntutor.course.walk import inlines
from rnntutor.package_data import lessons_dir
from rnntutor.words import LANGUAGES, load
from tests.lessons import test_statements
from tests.sampling import sampled

COURSE = open_course(lessons_dir(), load("en"))

# A claim runs in every suite if its training needs at most this many time steps, a tenth of a
# second for a net with a few units, or fewer than all others of its simulation. An update has a
# fixed cost of about EACH steps; a race trains three nets.
CHEAP = 2_000
MOST = 14_000  # a simulation with no claim up to here has none in every suite
EACH = 8
# Steps if the line gives none; a text is read in parts of 32 by a larger net.
STEPS = {"race": 50, "memory": 20, "forecast": 10, "text": 64, "forcing": 10}


@cache
def lesson(name: str, lang: str) -> Lesson:
    return COURSE.lesson(name, lang)


def _every() -> dict[str, ClaimedRun]:
    """Return each claimed run of the course by its text, without duplicates."""
    found: dict[str, ClaimedRun] = {}
    for lang in LANGUAGES:
        for entry in COURSE.entries:
            for run in runs_of(lesson(entry.id, lang)):
                claims = ", ".join(claim.text for claim in run.claims)
                found.setdefault(f"{head(run)}: {claims}", run)
    return found


def _steps(run: ClaimedRun) -> float:
    if run.updates is None:
        return math.inf
    each = [
        int(str(given.get("T", given.get("context", STEPS.get(run.use, 0)))))
        for given in combinations(run)
    ]
    return run.updates * sum(steps + EACH for steps in each) * (3 if run.use == "race" else 1)


EVERY = _every()


def _fewest() -> set[str]:
    """Return the training with the fewest steps of each simulation, up to MOST."""
    found: dict[str, str] = {}
    for line, run in sorted(EVERY.items(), key=lambda item: _steps(item[1])):
        if 0 < _steps(run) <= MOST:
            found.setdefault(run.use, line)
    return set(found.values())


FEWEST = _fewest()


@pytest.mark.parametrize(
    "line", sampled(EVERY, lambda line: line in FEWEST or _steps(EVERY[line]) <= CHEAP)
)
def test_what_a_lesson_says_of_a_run_comes_out(line: str) -> None:
    wrong = {found.claim.text: found.values for found in execute(EVERY[line]) if not found.holds}
    assert wrong == {}


# ---- claims without a run ----------------------------------------------------------------------

# Words that state a result of training.
SPEAKS = {
    "en": (
        r"\d updates",
        r"\bseeds? \d",
        r"\b(two|three|four|five|six|seven) seeds\b",
        r"\b(at|near|beyond) chance\b",
        r"\d of the baseline",
        r"\b(never|not) learnt?\b",
        r"\blearnt?\b.*\bwithin\b",
        r"\btrained (once|for|at|on mixed)\b",
        r"\bafter [\d,]+,?\b.*\b(updates|loss|baseline|RNN|LSTM|GRU)\b",
    ),
    "ko": (
        r"\d번(쯤|을|의|까지|에|이)? ?(넘게 )?갱신",
        r"갱신 ?\d",
        r"우연 수준",
        r"시드 \d",
        r"기준의 \d",
        r"배우지 못",
        r"배웠다(?!(고|는) 보장)",  # "that it has learnt is not assured" states no result
        r"\d번 (뒤|안)",
    ),
}

# Place with a result that no simulation produces -> the test that produces it.
MADE_BY = {
    "sequence.memorised": test_statements.test_a_large_net_learns_stretches_of_a_walk_by_heart,
}


def _told(name: str, lang: str) -> Iterator[tuple[str, str]]:
    """Yield (place, text) for every line of a lesson; the place is a question's id or
    "lesson.step"."""
    found = lesson(name, lang)
    for part in parts(found):
        if part.question is not None:
            where = part.question.id
        else:
            before = [step.id for step in found.steps if step.line <= part.line]
            where = f"{name}.{before[-1] if before else ''}"
        for inline in inlines(part.blocks):
            yield where, plain_text(inline)


def _with_runs(name: str, lang: str) -> set[str]:
    found = lesson(name, lang)
    steps = {
        f"{name}.{step.id}"
        for step in found.steps
        if in_blocks(step.blocks) or (step.sim is not None and step.sim.runs)
    }
    return steps | {question.id for question in found.questions if in_blocks(question.why)}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", [entry.id for entry in COURSE.entries])
def test_what_speaks_of_a_training_names_its_run(name: str, lang: str) -> None:
    speaks = re.compile("|".join(SPEAKS[lang]))
    known = _with_runs(name, lang) | set(MADE_BY)
    without = [
        f"{where}: {text}"
        for where, text in _told(name, lang)
        if where not in known and speaks.search(text)
    ]
    assert without == []


def test_no_exception_is_left_over() -> None:
    """Each exception is a place that the patterns still match."""
    found = {
        where
        for lang in LANGUAGES
        for entry in COURSE.entries
        for where, text in _told(entry.id, lang)
        if re.search("|".join(SPEAKS[lang]), text)
    }
    assert set(MADE_BY) - found == set()


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "the GRU took 400 updates"),
        ("en", "with seeds 1 and 2 it was first"),
        ("en", "it stayed at chance"),
        ("en", "it learnt the task within a thousand"),
        ("ko", "400번의 갱신으로"),
        ("ko", "시드 1에서"),
        ("ko", "우연 수준에 머물렀다"),
    ],
)
def test_the_patterns_see_what_they_should(lang: str, text: str) -> None:
    assert re.search("|".join(SPEAKS[lang]), text)
