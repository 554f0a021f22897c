"""A wrong answer given with full confidence is contrasted with a run: which one, when, in what
words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sampling import in_turn

from rnntutor.course.load import open_course
from rnntutor.course.question import Question
from rnntutor.course.questions.base import Verdict
from rnntutor.course.variant import Variant
from rnntutor.package_data import lessons_dir
from rnntutor.pages.contrast import contrast_rows, in_words
from rnntutor.pages.question import why_rows
from rnntutor.render.prose import Context, lay_out_inline
from rnntutor.session import composing, contrast, same_idea
from rnntutor.session import question as questions
from rnntutor.session import quiz as quizzes
from rnntutor.session import stage as stages
from rnntutor.session.links import sim_links
from rnntutor.session.question import DONE, MAYBE, SURE, QuestionState
from rnntutor.session.quiz import Item, Quiz
from rnntutor.session.start import QuizRequest
from rnntutor.spans import plain
from rnntutor.study.events import Event
from rnntutor.study.progress import EMPTY, Review, fold
from rnntutor.study.schedule import due_day
from rnntutor.words import LANGUAGES, load

WORDS = load("en")
COURSE = open_course(lessons_dir(), WORDS)
EVERY = {q.id: q for entry in COURSE.entries for q in COURSE.lesson(entry.id, "en").questions}


def concluded(question: Question, confidence: int = SURE, number: int = 0) -> QuestionState:
    """Return the question with its first option (or the number 1000) answered."""
    asked = questions.ask(question, salt="s", number=number)
    asked = questions.type_text(asked, "1000") if asked.field else questions.pick(asked, 0)
    asked = replace(asked, confidence=confidence)
    return replace(asked, state=DONE, verdict=questions.verdict(asked))


# ---- which stage ---------------------------------------------------------------------------

DRAWN = [
    q
    for q in EVERY.values()
    if isinstance(q.body, Variant) and contrast.own_run(questions.ask(q, salt="s", number=0))
]


def test_the_cells_that_questions_are_computed_with_are_found() -> None:
    assert {q.body.model for q in DRAWN if isinstance(q.body, Variant)} == {
        "scalar_rnn", "scalar_memory", "scalar_gru",
    }  # fmt: skip
    assert len(DRAWN) >= 12


@pytest.mark.parametrize("question", DRAWN, ids=lambda q: q.id)
def test_the_stage_computes_the_very_number_that_was_asked(question: Question) -> None:
    """The run uses the numbers drawn for the learner's variant of the question."""
    for number in range(3):
        asked = concluded(question, number=number)
        stage = contrast.stage_of(asked, "en")
        assert stage is not None and stage.finished
        assert isinstance(question.body, Variant) and asked.instance is not None
        path = question.body.ask
        there = stage.trace[f"{path}[0]" if "[" in path else path]
        assert float(there) == pytest.approx(asked.instance.key, abs=1e-9)


def test_otherwise_it_is_the_run_that_the_explanation_links_to() -> None:
    stage = contrast.stage_of(concluded(EVERY["gates.clamped-f"]), "en")
    assert stage is not None and stage.spec.use == "cell"
    assert dict(stage.given)["clamp_f@4"] == 1


@pytest.mark.parametrize(("name", "lang"), in_turn([entry.id for entry in COURSE.every], LANGUAGES))
def test_every_question_has_a_stage_but_those_before_the_first_lesson(name: str, lang: str) -> None:
    """It has one in its lesson and in a quiz alike."""
    lesson = COURSE.lesson(name, lang)
    in_path = {q.id: step for step in lesson.steps for q in step.questions}
    in_quiz = {
        item.question.id: quizzes.step_of(item, COURSE, lang)
        for item in composing.collect(COURSE, lang, QuizRequest(lesson=name))
    }
    assert lesson.questions
    for question in lesson.questions:
        state = questions.ask(question, salt="s", number=0)
        homes = [home[question.id] for home in (in_path, in_quiz) if question.id in home]
        for step in {id(home): home for home in homes or [None]}.values():
            stage = contrast.stage_of(state, lang, step)
            assert (stage is None) == (COURSE.entry(name) == COURSE.start), question.id


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_no_stage_can_the_page_has_both_answers_and_the_reason(lang: str) -> None:
    assert COURSE.start is not None
    for question in COURSE.lesson(COURSE.start.id, lang).questions:
        asked = concluded(question)
        words, context = load(lang), Context(words=load(lang))
        rows = contrast_rows(asked, words, 76, context, staged=False)
        told = "".join(plain(row) for row in rows)
        assert words("contrast.mine") in told and words("contrast.right") in told
        assert words("contrast.words") in told and why_rows(asked, words, 76, context)


def test_or_else_the_stage_of_the_step_with_nothing_asked_on_it() -> None:
    lesson = COURSE.lesson("rnn", "en")
    step = next(s for s in lesson.steps if s.id == "loop")
    linkless = replace(EVERY["rnn.one-weight"], why=())
    stage = contrast.stage_of(concluded(linkless), "en", step)
    assert stage is not None and stage.ready and stage.spec.do == ()
    assert stages.same_run(stage, stages.open_stage(step.sim).settings) if step.sim else False
    assert contrast.stage_of(concluded(linkless), "en") is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_link_to_the_run_of_the_step_is_seen_in_the_views_of_the_step(lang: str) -> None:
    """This also holds if only one of the two names the language of its examples."""
    found = 0
    for entry in COURSE.every:
        for step in COURSE.lesson(entry.id, lang).steps:
            for question in step.questions:
                linked = sim_links(question.why)[:1]
                if step.sim is None or not linked or linked[0].settings != step.sim.settings:
                    continue
                stage = contrast.stage_of(concluded(question), lang, step)
                found += 1
                assert stage is not None and stage.spec.views == step.sim.views, question.id
    assert found


# ---- when, and in which words --------------------------------------------------------------


def test_only_who_was_sure_and_wrong_sees_it() -> None:
    question = EVERY["rnn.trace-h2"]
    assert contrast.sure_and_wrong(concluded(question))
    assert not contrast.sure_and_wrong(concluded(question, MAYBE))
    assert not contrast.sure_and_wrong(replace(concluded(question), revealed=True))
    right = questions.ask(question, salt="s", number=0)
    assert right.instance is not None
    right = questions.type_text(right, f"{right.instance.key:.4f}")
    right = replace(right, confidence=SURE, state=DONE, verdict=questions.verdict(right))
    assert not contrast.sure_and_wrong(right)


@pytest.mark.parametrize(
    ("question", "raw", "parts", "said"),
    [
        ("rnn.one-weight", ["only"], (), "h₃ alone"),
        ("rnn.trace-h2", "-0.5", (), "−0.5"),
    ],
)
def test_an_answer_is_told_in_the_words_of_its_question(
    question: str, raw: object, parts: tuple[bool, ...], said: str
) -> None:
    inline = in_words(EVERY[question], raw, parts)
    assert plain(lay_out_inline(inline, 200, Context(words=WORDS))[0]) == said


@pytest.mark.parametrize("kind", sorted({q.type for q in EVERY.values()}))
def test_both_answers_stand_there_for_every_kind(kind: str) -> None:
    question = next(q for q in EVERY.values() if q.type == kind)
    asked = questions.ask(question, salt="s", number=0)
    verdict = questions.verdict(replace(asked, revealed=True))
    wrong = replace(verdict, parts=tuple(False for _ in verdict.parts))
    said = in_words(question, wrong.right, wrong.parts) if wrong.right is not None else ()
    rows = contrast_rows(replace(asked, verdict=wrong), WORDS, 76, Context(words=WORDS))
    assert all(row for row in rows)
    if said:
        assert any("✓" in plain(row) for row in rows)


# ---- when it comes again -------------------------------------------------------------------


def test_in_a_quiz_it_comes_again_after_three_others_and_undo_takes_that_back() -> None:
    items = tuple(Item("rnn", "loop", q) for q in list(EVERY.values())[:6])
    quiz = Quiz(items).record_score(0.0, again=True)
    assert [i.question.id for i in quiz.items].index(items[0].question.id, 1) == 4
    assert quiz.taken_back().items == items
    assert Quiz(items).record_score(0.0).items == items, "unsure and wrong: only at the end"
    twice = quiz
    for _ in range(3):
        twice = twice.record_score(1.0)
    assert twice.record_score(0.0, again=True).items == quiz.items, "not a third time"


def test_where_gates_are_held_the_sum_that_they_are_in_is_seen_first() -> None:
    stage = contrast.stage_of(concluded(EVERY["gates.forget-zero"]), "en")
    assert stage is not None and stage.given["clamp_f"] == 0
    assert (stage.views[0], set(stage.views)) == (
        "memory",
        set(stage.simulation.views(stage.settings)),
    )


def test_in_a_short_review_the_other_question_comes_first_too() -> None:
    one, two, other = (Item("rnn", "loop", q) for q in list(EVERY.values())[:3])
    review = Quiz((one, two), repeats=True).record_score(0.0, again=True, other=other)
    assert review.items == (one, two, other, one)


def test_instead_of_it_another_question_comes_and_in_a_review_both_do() -> None:
    *items, other = (Item("rnn", "loop", q) for q in list(EVERY.values())[:7])
    quiz = Quiz(tuple(items)).record_score(0.0, again=True, other=other)
    assert quiz.items == (*items[:4], other, *items[4:])
    review = Quiz(tuple(items), repeats=True).record_score(0.0, again=True, other=other)
    assert review.items == (*items[:4], other, items[0], *items[4:])
    for changed in (quiz, review):
        assert changed.taken_back().items == tuple(items)


def codes(item: Item) -> set[str]:
    return {option.m for option in getattr(item.question.body, "options", ()) if option.m}


def test_the_other_question_is_on_the_misconception_that_was_shown() -> None:
    """If another question has the same misconception, one of these is asked, and each only once."""
    items = composing.collect(COURSE, "en", QuizRequest())
    known = 0
    for item in items:
        for code in sorted(codes(item))[:1]:
            verdict = Verdict(0.0, "wrong", (), None, (False,), misconceptions=(code,))
            found = same_idea.another(item, verdict, items, EMPTY)
            if any(code in codes(other) for other in items if other != item):
                known += 1
                assert found is not None and found != item
                assert code in same_idea.ideas(found.question)
                asked = {found.question.id}
                assert same_idea.another(item, verdict, items, EMPTY, asked) != found
    assert known > 60


def test_else_it_is_one_that_the_same_step_teaches_the_least_recent_first() -> None:
    items = composing.collect(COURSE, "en", QuizRequest(lesson="rnn"))
    verdict = Verdict(0.0, "wrong", (), None, (False,))
    item = next(i for i in items if sum(o.step == i.step for o in items) > 3)
    first = same_idea.another(item, verdict, items, EMPTY)
    assert first is not None and (first.step, first.topic) == (item.step, item.topic)
    answer = {"question": first.question.id, "score": 1.0}
    progress = fold([Event("s", 1, "2026-03-01T12:00:00.000000Z", "+00:00", "answer", answer)])
    assert same_idea.another(item, verdict, items, progress) not in (None, first)


def test_it_comes_back_tomorrow_however_well_it_was_known() -> None:
    known = [Review(day, 1.0, confidence=3) for day in (100, 103, 115, 160)]
    missed = [*known, Review(300, 0.0, confidence=3)]
    unsure = [*known, Review(300, 0.0, confidence=2)]
    assert due_day(missed) == 301
    assert (due_day(unsure) or 0) > 301, "the test needs a question that was known well"


def test_a_run_with_other_numbers_is_not_called_the_answer() -> None:
    """A linked run with numbers other than the question's is announced in other words."""
    words, context = load("en"), Context(words=load("en"))
    for name, key in (("bptt.half", "like"), ("rnn.trace-h2", "head"), ("gates.clamped-f", "head")):
        rows = contrast_rows(concluded(EVERY[name]), words, 76, context)
        told = " ".join(plain(row) for row in rows)
        assert told.startswith(words(f"contrast.{key}")[:60]), name
