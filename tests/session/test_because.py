"""After a wrong prediction the learner chooses one reason before anything is explained."""

from __future__ import annotations

import pytest

from rnntutor.course.blocks import Text
from rnntutor.course.load import open_course
from rnntutor.course.sim_spec import Because, Condition, PredictChoice, PredictOption, SimSpec
from rnntutor.package_data import lessons_dir
from rnntutor.render.prose import Context, lay_out_inline
from rnntutor.session import acts, advance, because, feedback, knobs, predicting, records
from rnntutor.session import stage as stages
from rnntutor.session.pages import STEP, Page
from rnntutor.session.stage import Stage
from rnntutor.spans import Rows, plain
from rnntutor.words import LANGUAGES, load

WORDS = load("en")
PAGE = Page(STEP, "rnn", "loop")
REASONS = (
    Because((Text("W grows"),), say=(Text("W is shared"),), m="M-01"),
    Because((Text("the state is added"),), right=True),
    Because((Text("the cell has a buffer"),), say=(Text("it has a state"),), m="M-06"),
)
CHOICE = PredictChoice(
    (
        PredictOption((Text("less"),), Condition("h[2][0]", "at_most", 0.4), (Text("not less"),)),
        PredictOption((Text("more"),), Condition("h[2][0]", "at_least", 0.5)),
    ),
    because=REASONS,
)
SPEC = SimSpec(
    "cell",
    (("cell", "rnn"), ("units", 1), ("x", (1, 1, 1)), ("W", 0.5), ("U", 0.8)),
    controls=("U",),
    cursor=1,
    predict=CHOICE,
    do=(Condition("t", "at_least", 3),),
    said=(Text("it grew"),),
)


def shown(rows: Rows) -> str:
    return "\n".join(plain(row) for row in rows)


def missed() -> Stage:
    """Return a stage whose prediction has just turned out wrong."""
    stage = predicting.predict(stages.open_stage(SPEC), 0)
    assert because.reasons(stage) == (), "the run has not shown yet what comes out"
    return advance.move(stage, stage.transport.to(2 * stage.transport.phases))


def test_the_reasons_are_asked_for_once_the_run_has_shown_the_miss() -> None:
    stage = missed()
    assert because.reasons(stage) == REASONS
    assert acts.act(stage, reading=False) == acts.BECAUSE
    asked = shown(feedback.because_rows(stage, WORDS, 76))
    assert all(plain(lay_out_inline(r.text, 70, Context(WORDS))[0]) in asked for r in REASONS)
    assert "not less" not in shown(feedback.prediction_rows(stage, WORDS, 76)), "that would tell it"
    end = advance.move(stage, stage.transport.end())
    assert acts.act(end, reading=False) == acts.BECAUSE, "it comes before what has come out"


def test_after_the_right_reason_the_choice_is_told_to_be_wrong_and_why() -> None:
    stage = because.choose(missed(), 1)
    assert because.reasons(stage) == ()
    rows = shown(feedback.prediction_rows(stage, WORDS, 76))
    assert "✓ the state is added" in rows and "not less" in rows


def test_after_a_wrong_reason_what_is_wrong_with_both_is_told() -> None:
    """The mistakes of prediction and reason are both explained, then the right reason."""
    rows = shown(feedback.prediction_rows(because.choose(missed(), 0), WORDS, 76))
    said = ["not less", "✗ W is shared", "✓ the state is added"]
    assert sorted(said, key=rows.index) == said
    assert "it has a state" not in rows


@pytest.mark.parametrize("index", [0, 1])
def test_once_that_is_read_the_right_reason_stays_and_the_stage_has_the_room(index: int) -> None:
    stage = because.choose(missed(), index)
    assert acts.act(stage, reading=False) == acts.BECAUSE and because.is_told(stage)
    read = because.read(stage)
    assert acts.act(read, reading=False) == acts.DO and because.read(read) is read
    rows = shown(feedback.prediction_rows(read, WORDS, 76))
    assert "✓ the state is added" in rows
    assert "W is shared" not in rows and "not less" not in rows


def test_the_result_tells_what_was_wrong_with_the_reason_once_more() -> None:
    read = because.read(because.choose(missed(), 0))
    end = advance.move(read, read.transport.end())
    assert acts.act(end, reading=False) == acts.TOLD
    rows = shown(feedback.prediction_rows(end, WORDS, 76))
    assert rows.index("✗ W is shared") < rows.index("✓ the state is added")


@pytest.mark.parametrize("given", [1, None], ids=["right", "skipped"])
def test_who_has_not_missed_it_is_not_asked(given: int | None) -> None:
    opened = stages.open_stage(SPEC)
    stage = predicting.skip(opened) if given is None else predicting.predict(opened, given)
    stage = advance.move(stage, stage.transport.end())
    assert because.reasons(stage) == () and acts.act(stage, reading=False) == acts.TOLD


def test_no_such_reason_and_a_second_choice_change_nothing() -> None:
    stage = missed()
    assert because.choose(stage, 3) is stage and because.choose(stage, -1) is stage
    once = because.choose(stage, 0)
    assert because.choose(once, 1) is once


def test_over_another_run_nothing_is_asked_and_over_this_one_again() -> None:
    stage = missed()
    other = knobs.turn(stage, "U", 1)
    assert because.reasons(other) == ()
    assert because.reasons(knobs.turn(other, "U", -1)) == REASONS


def test_the_log_is_told_which_reason_and_the_misconception_behind_it() -> None:
    before = missed()
    for index, found in ((0, ["M-01"]), (1, [])):
        after = because.choose(before, index)
        ((kind, data),) = records.changes(before, after, PAGE)
        assert kind == "because"
        where = {"lesson": "rnn", "page": "loop"}
        assert data == {**where, "given": index, "right": index == 1, "found": found}
    assert records.changes(after, after, PAGE) == ()


# ---- the lessons ---------------------------------------------------------------------------


COURSE = open_course(lessons_dir(), WORDS)
ROOM = 70  # width in cells of an answer at 80 columns


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_choice_of_the_lessons_has_its_reasons_each_in_one_row(lang: str) -> None:
    """Each reason fits in one row, so that the picture stays visible; their number is left to
    check."""
    times_right = [0, 0, 0]
    for entry in COURSE.entries:
        for step in COURSE.lesson(entry.id, lang).steps:
            if step.sim is None or not isinstance(step.sim.predict, PredictChoice):
                continue
            reasons = step.sim.predict.because
            assert reasons, f"{entry.id}.{step.id}"
            for n, reason in enumerate(reasons):
                rows = lay_out_inline(reason.text, ROOM, Context(words=load(lang)))
                assert len(rows) == 1, plain(rows[0])
                told_rows = lay_out_inline(reason.say, ROOM, Context(words=load(lang)))
                assert len(told_rows) <= 3, plain(told_rows[0])
                times_right[n] += reason.right
    assert min(times_right) >= 4, "the right one stands at no index that can be learnt"
