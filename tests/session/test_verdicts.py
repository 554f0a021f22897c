"""Verdicts on predictions: shown at the deciding step, first, and only for the predicted run."""

from __future__ import annotations

from functools import cache

import pytest
from predicted import CELLS, COURSE, cell, course_predictions
from sampling import in_turn

from rnntutor.course.blocks import Inline, Text
from rnntutor.course.sim_spec import Condition, PredictChoice, PredictNumber, PredictOption, SimSpec
from rnntutor.nn.training import Update
from rnntutor.render.prose import Context, lay_out_inline
from rnntutor.render.views.view_context import Cursor
from rnntutor.session import advance, because, feedback, knobs, outcome, predicting, records
from rnntutor.session import stage as stages
from rnntutor.session.feedback import ask_rows
from rnntutor.session.pages import STEP, Page
from rnntutor.session.stage import Stage
from rnntutor.spans import Rows, plain
from rnntutor.words import LANGUAGES, load

SPECS = {lang: dict(course_predictions(lang)) for lang in LANGUAGES}
OPTIONS = [
    (target, given)
    for target, spec in course_predictions("en")
    if isinstance(spec.predict, PredictChoice)
    for given in range(len(spec.predict.options))
]


def flat(rows: Rows) -> str:
    """Return rows as one text without spaces, so that line breaks do not matter."""
    return "".join(plain(row) for row in rows).replace(" ", "").replace("\u00a0", "")


def written(inline: Inline, lang: str) -> str:
    return flat(lay_out_inline(inline, 1000, Context(words=load(lang))))


def to_the_verdict(stage: Stage) -> Stage:
    """Move phase by phase until there is a verdict."""
    while outcome.verdict(stage) is None:
        assert not stage.finished, "the run is over and nothing was judged"
        stage = advance.move(stage, stage.transport.phase(1))
    return stage


def deciding_step(stage: Stage, of: str) -> int:
    """Return the step of the run that computes a path of the trace; the last step for other
    measures."""
    name, _, indices = of.partition("[")
    if name not in stage.trace.arrays:
        return stage.trace.steps
    return stage.trace.computed_step(int(indices.partition("]")[0]))


@cache
def opened(target: str, lang: str) -> Stage:
    return stages.open_stage(SPECS[lang][target])


@pytest.mark.parametrize(("option", "lang"), in_turn(OPTIONS, LANGUAGES))
def test_every_option_of_the_course_is_judged_where_its_run_settles_it(
    option: tuple[str, int], lang: str
) -> None:
    target, given = option
    spec = SPECS[lang][target]
    words, choice = load(lang), spec.predict
    assert isinstance(choice, PredictChoice)
    stage = opened(target, lang)
    key = outcome.came_true(stage, choice)
    assert key is not None
    made = predicting.predict(stage, given)
    own = written(choice.options[given].text, lang)
    assert own in flat(ask_rows(made, words, CELLS)), "the learner's choice stays in view"
    judged = to_the_verdict(made)
    assert judged.cursor.t == deciding_step(judged, choice.options[key].when.of)
    rows = ask_rows(judged, words, CELLS)
    assert plain(rows[0]).startswith("✓ " if given == key else "✗ ")
    shown = flat(rows)
    assert own in shown
    if given != key:
        assert written(choice.options[key].text, lang) in shown
        why = choice.options[given].say
        assert why and written(why, lang) not in shown, "a reason is chosen first"
        index = next(n for n, reason in enumerate(choice.because) if reason.right)
        judged = because.choose(judged, index)
        shown = flat(ask_rows(judged, words, CELLS))
        assert written(why, lang) in shown
    assert all(sum(span.width for span in row) <= CELLS for row in rows)
    end = advance.move(judged, judged.transport.end())
    assert flat(ask_rows(end, words, CELLS)) == shown, "it stays while the run stands"


@pytest.mark.parametrize(("option", "lang"), in_turn(OPTIONS, LANGUAGES))
def test_before_the_deciding_step_nothing_is_told(option: tuple[str, int], lang: str) -> None:
    target, given = option
    spec = SPECS[lang][target]
    assert isinstance(spec.predict, PredictChoice)
    made = predicting.predict(opened(target, lang), given)
    if outcome.verdict(made) is None:
        rows = feedback.prediction_rows(made, load(lang), CELLS)
        assert plain(rows[0]).startswith("· ")
        assert written(spec.predict.options[given].say, lang) not in flat(rows) or not (
            spec.predict.options[given].say
        )
    judged = to_the_verdict(made)
    before = advance.move(judged, judged.transport.phase(-1))
    if judged.cursor != made.cursor:
        assert outcome.verdict(before) is None


# ---- bound to the run ----------------------------------------------------------------------


def choice(of: str, *bounds: tuple[float, float]) -> PredictChoice:
    return PredictChoice(
        tuple(
            PredictOption((Text(f"option {n}"),), Condition(of, "between", pair), (Text("why"),))
            for n, pair in enumerate(bounds)
        )
    )


GROWS = choice("h[2][0]", (-1, 0.4), (0.5, 1))


def test_a_gate_is_known_before_its_step_is_over() -> None:
    spec = SimSpec(
        "cell",
        (("cell", "lstm"), ("units", 1), ("x", (1, 1))),
        predict=choice("f[2][0]", (0, 0.5), (0.5001, 1)),
    )
    judged = to_the_verdict(predicting.predict(stages.open_stage(spec), 0))
    assert judged.cursor == Cursor(2, judged.phases.index("gates") + 1)


@pytest.mark.parametrize("given", [0, 1])
def test_a_verdict_belongs_to_its_run(given: int) -> None:
    made = predicting.predict(stages.open_stage(cell(predict=GROWS)), given)
    judged = to_the_verdict(made)
    other = knobs.turn(judged, "U", -1)
    assert outcome.verdict(other) is None
    assert feedback.prediction_rows(other, load("en"), CELLS) == ()
    assert outcome.verdict(knobs.turn(other, "U", 1)) == outcome.verdict(judged)
    again = stages.reset(judged)
    assert outcome.verdict(again) is None
    assert outcome.verdict(to_the_verdict(again)) == outcome.verdict(judged)


def test_a_number_belongs_to_its_run() -> None:
    spec = cell(predict=PredictNumber("h[2][0]", 0.01))
    judged = predicting.predict(stages.open_stage(spec), "0.1")
    assert "0.701" in flat(feedback.prediction_rows(judged, load("en"), CELLS))
    other = knobs.turn(judged, "U", -1)
    assert "0.701" not in flat(feedback.prediction_rows(other, load("en"), CELLS))


def test_an_expression_is_shown_with_what_it_comes_to() -> None:
    spec = cell(predict=PredictNumber("h[2][0]", 0.01))
    typed = predicting.predict(stages.open_stage(spec), "0.5*0.8")
    assert "0.5*0.8=0.400" in flat(feedback.prediction_rows(typed, load("en"), CELLS))


def test_a_prediction_speaks_of_the_run_as_the_lesson_sets_it() -> None:
    """Predicting resets a turned knob, because the texts name the lesson's numbers."""
    opened = stages.open_stage(cell(predict=GROWS))
    made = predicting.predict(knobs.turn(opened, "U", -1), 1)
    assert made.settings == opened.settings
    found = outcome.verdict(to_the_verdict(made))
    assert found is not None and found.right


def test_a_training_is_judged_when_it_is_over_and_on_what_it_came_to() -> None:
    """The verdict uses the last report; the first ones would make another option right."""
    spec = SimSpec("forecast", predict=choice("ratio", (0.5, 99), (0, 0.4999)))
    page = Page("sequence", "information", STEP)
    stage = predicting.predict(stages.open_stage(spec), 1)
    assert stage.training is not None and outcome.verdict(stage) is None
    stage = advance.train(stage, stage.training.toggle())
    for step, ratio in ((10, 2.0), (20, 0.1)):
        stage = advance.add_report(stage, Update(step, 1.0, {"ratio": ratio}))
        assert outcome.verdict(stage) is None
    over = advance.add_report(stage, None)
    found = outcome.verdict(over)
    assert found is not None and found.right
    logged = [data for kind, data in records.changes(stage, over, page) if kind == "predicted"]
    assert [data["right"] for data in logged] == [True]
    assert over.training is not None
    assert outcome.verdict(advance.train(over, over.training.anew())) is None


def test_a_training_is_judged_once_the_first_task_has_been_trained_for() -> None:
    """A learner may continue after the first task, so the verdict does not wait for the last
    report."""
    enough = (Condition("updates", "at_least", 20), Condition("context", "at_least", 20))
    spec = SimSpec("forecast", predict=choice("ratio", (0.5, 99), (0, 0.4999)), do=enough)
    stage = predicting.predict(stages.open_stage(spec), 1)
    early = advance.add_report(stage, Update(10, 1.0, {"ratio": 2.0}))
    assert outcome.verdict(early) is None
    found = outcome.verdict(advance.add_report(early, Update(20, 1.0, {"ratio": 0.1})))
    assert found is not None and found.right


# ---- four pages of the course that once showed another run's text -------------------------


def page(name: str) -> Stage:
    lesson, _, step = name.partition(".")
    found = next(s for s in COURSE.lesson(lesson, "en").steps if s.id == step)
    assert found.sim is not None
    stage = stages.open_stage(found.sim)
    return predicting.skip(stage) if not stage.ready else stage


def says(stage: Stage) -> str:
    """Return the text above the picture with the step's outcome."""
    return flat(feedback.outcome_rows(stage, load("en"), CELLS))


def at_end(stage: Stage) -> Stage:
    return advance.move(stage, stage.transport.end())


def test_the_output_tells_its_numbers_at_the_setting_that_gives_them() -> None:
    stage = page("rnn.output")
    while not says(stage):
        stage = knobs.turn(stage, "U", -1)
    h, p, loss = (float(stage.trace[path]) for path in ("h[4][0]", "p[4][0]", "loss[4]"))
    for value in (h, p, loss):
        assert feedback.number(value) in says(stage)
    for further in (knobs.turn(stage, "U", -1), knobs.turn(stage, "U", -9), stages.reset(stage)):
        assert not outcome.told(further) and says(further) == ""


def test_what_was_said_of_one_series_is_not_said_of_another() -> None:
    opened = stages.open_stage(page("sequence.information").spec)
    stage = predicting.predict(opened, "1")
    verdict = outcome.verdict(stage)
    assert verdict is not None and not verdict.right
    other = knobs.turn(stage, "series", 1)
    assert outcome.verdict(other) is None
    assert "✗" not in flat(feedback.prediction_rows(other, load("en"), CELLS))
    over = advance.add_report(advance.add_report(other, Update(600, 0.1, {"ratio": 0.05})), None)
    assert outcome.told(over) and says(over)
    assert not outcome.told(knobs.turn(over, "series", -1))
    assert over.training is not None
    assert not outcome.told(advance.train(over, over.training.anew()))


def test_what_two_swapped_words_showed_is_not_said_of_two_others() -> None:
    opened = stages.open_stage(page("sequence.order-matters").spec)
    stage = at_end(predicting.predict(opened, 1))
    assert outcome.verdict(stage) is not None and says(stage) == ""
    other = at_end(knobs.turn(knobs.turn(stage, "i", -1), "j", -2))
    assert outcome.verdict(other) is None and says(other)
    back = at_end(knobs.turn(knobs.turn(other, "j", 2), "i", 1))
    assert says(back) == ""
    again = at_end(knobs.turn(knobs.turn(back, "i", -1), "j", -2))
    assert says(again) == says(other)


def test_the_other_cell_is_told_of_only_once_it_has_run_again() -> None:
    stage = knobs.turn(page("cell.replaced"), "cell", 1)
    stage = advance.move(stage, stage.transport.step(1))
    assert says(stage)
    assert says(stages.reset(stage)) == ""
    again = stages.open_stage(stage.spec, task_done=True)
    assert outcome.done(again) and says(again) == ""


# ---- tasks one by one ----------------------------------------------------------------------------


def test_a_path_is_read_with_its_step_as_a_subscript() -> None:
    assert outcome.path_label("c[2][0]") == outcome.path_label("c[2]") == "c₂"
    assert outcome.path_label("c[12][3]") == "c₁₂[3]"
    assert outcome.path_label("c[2][1]", unit=" of unit {}") == "c₂ of unit 1"
    for as_it_is in ("dU", "h[last][0]", "h[@t][0]"):
        assert outcome.path_label(as_it_is) == as_it_is


def test_what_a_lesson_writes_as_a_symbol_is_one() -> None:
    assert all(outcome.is_symbol(path) for path in ("h", "dU", "W_f", "c[2][0]", "dh[3]"))
    assert not any(outcome.is_symbol(path) for path in ("at_20", "rnn_loss", "loss", "h[last]"))
