"""A question goes from answer to verdict in fixed states, which ignore all other input."""

from __future__ import annotations

from dataclasses import replace

import pytest
import small_course

from rnntutor.course.load import Course, open_course
from rnntutor.session import question as questions
from rnntutor.session.question import ANSWERING, CONFIDENCE, DONE, SAVING, QuestionState
from rnntutor.words import load


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return open_course(small_course.write(tmp_path_factory.mktemp("course")), load("en"))


@pytest.fixture
def ask(course: Course):
    """Return a function that asks the course's question of a type."""

    def asked(kind: str) -> QuestionState:
        every = course.lesson("one", "en").questions
        found = next(q for q in every if q.type == kind)
        return questions.ask(found, salt="", number=0)

    return asked


def test_it_is_answered_then_weighed_then_saved_then_judged(ask) -> None:
    asked = ask("single")
    assert asked.state == ANSWERING and questions.raw_answer(asked) is None
    asked = questions.submit(questions.pick(asked, 1))
    assert (asked.state, asked.complaint) == (CONFIDENCE, "")
    asked = questions.set_confidence(asked, 2)
    assert (asked.state, asked.confidence, asked.verdict) == (SAVING, 2, None)
    judged = questions.set_verdict(asked, questions.verdict(asked))
    assert judged.state == DONE and judged.verdict is not None
    assert (judged.verdict.state, judged.verdict.score) == ("right", 1)
    again = questions.reopen(judged)
    assert (again.state, again.verdict, again.confidence) == (ANSWERING, None, 0)
    assert questions.raw_answer(again) == questions.raw_answer(asked)
    lost = questions.undo_save(replace(asked, revealed=True))
    assert (lost.state, lost.revealed) == (ANSWERING, False)


@pytest.mark.parametrize("state", [CONFIDENCE, SAVING, DONE])
def test_an_answer_that_has_been_given_does_not_move(ask, state: str) -> None:
    single = replace(questions.pick(ask("single"), 0), state=state)
    for same in (
        questions.pick(single, 1),
        questions.walk(single, 1),
        questions.hint(single),
        questions.give_up(single),
        questions.submit(single),
    ):
        assert same is single
    number = replace(ask("numeric"), state=state)
    assert questions.type_text(number, "1") is number
    match = replace(ask("match"), state=state)
    assert questions.cycle(match, 1) is match


@pytest.mark.parametrize("state", [ANSWERING, SAVING, DONE])
def test_the_confidence_is_taken_only_when_it_is_asked_for(ask, state: str) -> None:
    asked = replace(ask("single"), state=state)
    assert questions.set_confidence(asked, 2) is asked
    assert questions.skip_confidence(asked) is asked
    assert questions.back_to_answer(asked) is asked


def test_there_are_three_confidences_and_a_way_back(ask) -> None:
    asked = questions.submit(questions.pick(ask("single"), 0))
    assert [questions.set_confidence(asked, n).confidence for n in range(5)] == [0, 1, 2, 3, 0]
    assert questions.set_confidence(asked, 4) is asked
    unasked = questions.skip_confidence(asked)
    assert (unasked.state, unasked.confidence) == (SAVING, 0), "who does not want to be asked"
    back = questions.back_to_answer(asked)
    assert back.state == ANSWERING and questions.raw_answer(back) == questions.raw_answer(asked)


def test_an_order_in_which_every_item_belongs_is_not_taken_half(ask) -> None:
    """Without distractors all items are required; with distractors their number is unknown."""
    some = ask("order")
    assert some.question.body.distractors
    assert questions.submit(questions.pick(some, 0)).state == CONFIDENCE
    body = replace(some.question.body, distractors=())
    every = questions.ask(replace(some.question, body=body), salt="", number=0)
    for n in range(len(body.items)):
        asked = questions.submit(every)
        assert asked.state == ANSWERING
        assert asked.complaint == ("question.incomplete" if n else questions.EMPTY)
        every = questions.pick(every, n)
    assert questions.submit(every).state == CONFIDENCE


def test_what_is_empty_or_half_is_asked_again(ask) -> None:
    for kind in ("single", "multi", "numeric", "cloze", "order", "match", "trace"):
        asked = questions.submit(ask(kind))
        assert asked.state == ANSWERING
        assert asked.complaint in (questions.EMPTY, "question.incomplete"), kind
    half = questions.submit(questions.pick(ask("match"), 0))
    assert (half.state, half.complaint) == (ANSWERING, "question.incomplete")
    assert questions.pick(half, 99) is half, "there is no such choice: what is missing still is"
    more = questions.pick(half, 1)
    assert more.complaint == "", "what was missing is not said of an answer that has moved"


def test_the_cursor_stays_within_the_rows(ask) -> None:
    asked = ask("single")
    assert asked.rows == 3
    assert [questions.walk(asked, n).cursor for n in (-1, 0, 1, 2, 3)] == [0, 0, 1, 2, 2]
    number = ask("numeric")
    assert number.rows == 0 and questions.walk(number, 1) is number


def test_hints_come_one_by_one_until_there_are_no_more(ask) -> None:
    asked, shown = ask("single"), []
    for _ in range(3):
        asked = questions.hint(asked)
        shown.append(asked.hints)
    assert shown == [1, 2, 2]


def test_the_answer_is_shown_when_it_is_asked_for_twice(ask) -> None:
    once = questions.give_up(ask("single"))
    assert (once.state, once.complaint, once.revealed) == (ANSWERING, questions.GIVING_UP, False)
    for other in (
        questions.walk(once, 1),
        questions.pick(once, 0),
        questions.hint(once),
        questions.trying_on(once),
    ):
        assert other.complaint == "", "whatever else one does takes it back"
    missing = replace(once, complaint=questions.EMPTY)
    assert questions.trying_on(missing) is missing
    shown = questions.give_up(once)
    assert (shown.state, shown.complaint, shown.revealed) == (SAVING, "", True)
    assert shown.confidence == 0, "nobody was asked how sure they were"


def test_an_answer_that_was_asked_for_is_worth_nothing_but_says_what_was_right(ask) -> None:
    right = questions.pick(ask("single"), 1)
    shown = questions.give_up(questions.give_up(right))
    verdict = questions.verdict(shown)
    assert (verdict.score, verdict.state) == (0, "wrong")
    blank = questions.give_up(questions.give_up(ask("match")))
    assert questions.verdict(blank).parts == (False, False, False)
    assert questions.verdict(questions.give_up(questions.give_up(ask("numeric")))).parts == (False,)


def test_what_was_asked_keeps_its_state_in_another_language(ask) -> None:
    asked = questions.pick(ask("single"), 1)
    assert questions.translate(asked, asked.question) == asked
    judged = questions.set_verdict(asked, questions.verdict(asked))
    assert questions.translate(judged, asked.question).verdict == judged.verdict


def test_what_stands_in_a_slot_is_picked_given_back_or_gone_through(ask) -> None:
    """A choice in a slot can be set, cleared by picking it again, and cycled from either end."""
    asked = ask("match")
    count = questions.choices(asked)
    assert count == 4

    def slot(it: QuestionState) -> object:
        return it.draft.slots[it.cursor]

    assert [slot(questions.pick(asked, n)) for n in range(count)] == [0, 1, 2, 3]
    assert questions.pick(asked, count) is asked and questions.pick(asked, -1) is asked
    assert questions.pick(asked) is asked, "the cursor stands on a pair and on no choice"
    assert slot(questions.pick(questions.pick(asked, 2), 2)) is None
    assert [slot(questions.cycle(asked, n)) for n in (1, -1)] == [0, 3]
    third = questions.pick(asked, 2)
    assert [slot(questions.cycle(third, n)) for n in (-1, 1, 2)] == [1, 3, 0]
    assert asked.draft.slots == (None,) * asked.rows
    below = questions.pick(questions.walk(asked, 1), 0)
    assert below.draft.slots == (None, 0, None)


def test_a_gap_is_typed_or_picked(ask) -> None:
    asked = ask("cloze")
    assert [questions.choices(questions.walk(asked, n)) for n in range(3)] == [0, 2, 0]
    assert questions.cycle(asked, 1) is asked and questions.pick(asked, 0) is asked
    fields = [questions.walk(asked, n).field for n in range(3)]
    assert [field and field.values["n"] for field in fields] == [1, None, 3]
    typed = questions.type_text(asked, "state")
    assert typed.field is not None and (typed.field.text, typed.field.number) == ("state", False)
    assert questions.raw_answer(typed) == ["state", None, None]
    assert questions.raw_answer(questions.type_text(typed, "")) is None
    picked = questions.pick(questions.walk(asked, 1), 1)
    assert picked.field is None
    choices = {questions.raw_answer(questions.pick(questions.walk(asked, 1), n))[1] for n in (0, 1)}
    assert choices == {"below", "above"}


def test_options_are_ticked_and_given_back_and_one_replaces_another(ask) -> None:
    single, several = ask("single"), ask("multi")
    for asked in (single, several):
        assert questions.pick(asked, 3) is asked and questions.pick(asked, -1) is asked
        below = questions.pick(questions.walk(asked, 2))
        assert (below.draft.picked, below.cursor) == ((2,), 2), "without an index: where it stands"
    assert questions.pick(questions.pick(single, 2), 0).draft.picked == (0,)
    assert questions.pick(questions.pick(single, 2), 2).draft.picked == (2,)
    both = questions.pick(questions.pick(several, 2), 0)
    assert both.draft.picked == (2, 0)
    assert questions.pick(both, 2).draft.picked == (0,)


def test_a_text_field_is_where_something_is_typed(ask) -> None:
    for kind in ("numeric", "trace"):
        field = ask(kind).field
        assert field is not None and field.number, "it opens when a number begins"
    asked = ask("single")
    assert asked.field is None and questions.type_text(asked, "x") is asked
    typed = questions.type_text(ask("numeric"), "0.5")
    number = questions.typed_number(typed)
    assert number is not None and number.value == 0.5
    assert not questions.too_coarse(typed)
