"""After a quiz the learner is directed to the step that explains a wrong answer."""

from __future__ import annotations

from collections import Counter

import pytest

from rnntutor.course.load import open_course
from rnntutor.package_data import lessons_dir
from rnntutor.session.composing import collect
from rnntutor.session.links import step_links
from rnntutor.session.quiz import Quiz, steps
from rnntutor.session.start import QuizRequest
from rnntutor.study.progress import EMPTY
from rnntutor.words import LANGUAGES, load

COURSE = open_course(lessons_dir(), load("en"))
STEPS = {
    (entry.id, step.id) for entry in COURSE.entries for step in COURSE.lesson(entry.id, "en").steps
}
POOL = {question.id for entry in COURSE.entries for question in COURSE.lesson(entry.id, "en").pool}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_question_leads_to_the_step_that_its_explanation_names(lang: str) -> None:
    for item in collect(COURSE, lang, QuizRequest()):
        named = [link.target for link in step_links(item.question.why)]
        assert (item.lesson, item.step) in STEPS, item.question.id
        if named:
            assert f"{item.lesson}.{item.step}" == named[0], item.question.id
        else:
            assert item.question.id not in POOL


def test_both_languages_lead_to_the_same_steps() -> None:
    ways = [
        [(i.question.id, i.lesson, i.step) for i in collect(COURSE, lang, QuizRequest())]
        for lang in LANGUAGES
    ]
    assert ways[0] == ways[1]


def test_no_page_stands_for_a_whole_topic() -> None:
    """The questions of a topic lead to several steps, not all to its first page."""
    items = collect(COURSE, "en", QuizRequest())
    for topic in {item.topic for item in items}:
        asked = [item for item in items if item.topic == topic]
        ((_, most),) = Counter((item.lesson, item.step) for item in asked).most_common(1)
        assert most <= len(asked) / 3 + 1, topic


def test_what_was_wrong_in_two_questions_of_one_step_leads_there_once() -> None:
    asked = {item.question.id: item for item in collect(COURSE, "en", QuizRequest())}
    wrong = [asked["gates.conveyor"], asked["gates.retention-20"], asked["gates.keep-and-write"]]
    quiz = Quiz((*wrong, asked["gates.over-one"]), (0.0, 0.5, 0.0, 1.0))
    assert steps(quiz, EMPTY) == (("cell", "forget-bias"), ("cell", "memory"))
