"""Verdicts on predictions: shown at the deciding step, first, and only for the predicted run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from rnntutor import sims
from rnntutor.course.blocks import Inline, Text
from rnntutor.course.load import open_course
from rnntutor.course.sim_spec import Condition, PredictChoice, PredictNumber, PredictOption, SimSpec
from rnntutor.nn.training import Update
from rnntutor.package_data import lessons_dir
from rnntutor.render.prose import Context, lay_out_inline
from rnntutor.render.views.view_context import Cursor
from rnntutor.session import advance, because, knobs, outcome, predicting, records, told
from rnntutor.session import stage as stages
from rnntutor.session.pages import STEP, Page
from rnntutor.session.stage import Stage
from rnntutor.session.told import ask_rows
from rnntutor.spans import Rows, plain
from rnntutor.words import LANGUAGES, load

COURSE = open_course(lessons_dir(), load("en"))
CELLS = 76  # of a screen of 80


def _asked(lang: str) -> Iterator[tuple[str, SimSpec]]:
    for entry in COURSE.entries:
        for step in COURSE.lesson(entry.id, lang).steps:
            spec = step.sim  # training runs are judged by their last report: below
            if spec is None or sims.find(spec.use).updates is not None:
                continue
            if isinstance(spec.predict, PredictChoice):
                yield f"{entry.id}.{step.id}", spec


CHOICES = [
    pytest.param(lang, spec, given, id=f"{target}-{lang}-{given + 1}")
    for lang in LANGUAGES
    for target, spec in _asked(lang)
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


@pytest.mark.parametrize(("lang", "spec", "given"), CHOICES)
def test_every_option_of_the_course_is_judged_where_its_run_settles_it(
    lang: str, spec: SimSpec, given: int
) -> None:
    words, choice = load(lang), spec.predict
    assert isinstance(choice, PredictChoice)
    opened = stages.open_stage(spec)
    key = outcome.came_true(opened, choice)
    assert key is not None
    made = predicting.predict(opened, given)
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


@pytest.mark.parametrize(("lang", "spec", "given"), CHOICES)
def test_before_the_deciding_step_nothing_is_told(lang: str, spec: SimSpec, given: int) -> None:
    made = predicting.predict(stages.open_stage(spec), given)
    if outcome.verdict(made) is None:
        rows = told.prediction_rows(made, load(lang), CELLS)
        assert plain(rows[0]).startswith("· ")
        assert written(spec.predict.options[given].say, lang) not in flat(rows) or not (
            spec.predict.options[given].say
        )
    judged = to_the_verdict(made)
    before = advance.move(judged, judged.transport.phase(-1))
    if judged.cursor != made.cursor:
        assert outcome.verdict(before) is None


# ---- bound to the run ----------------------------------------------------------------------

ONE = {"cell": "rnn", "units": 1, "x": (1, 1, 1), "W": 0.5, "U": 0.8}
SAID: Inline = (Text("h grew"),)


def choice(of: str, *bounds: tuple[float, float]) -> PredictChoice:
    return PredictChoice(
        tuple(
            PredictOption((Text(f"option {n}"),), Condition(of, "between", pair), (Text("why"),))
            for n, pair in enumerate(bounds)
        )
    )


def cell(**more: object) -> SimSpec:
    base = SimSpec("cell", tuple(ONE.items()), controls=("U",), said=SAID)
    return replace(base, **more)  # type: ignore[arg-type]


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
    assert told.prediction_rows(other, load("en"), CELLS) == ()
    assert outcome.verdict(knobs.turn(other, "U", 1)) == outcome.verdict(judged)
    again = stages.reset(judged)
    assert outcome.verdict(again) is None
    assert outcome.verdict(to_the_verdict(again)) == outcome.verdict(judged)


def test_a_number_belongs_to_its_run() -> None:
    spec = cell(predict=PredictNumber("h[2][0]", 0.01))
    judged = predicting.predict(stages.open_stage(spec), "0.1")
    assert "0.701" in flat(told.prediction_rows(judged, load("en"), CELLS))
    other = knobs.turn(judged, "U", -1)
    assert "0.701" not in flat(told.prediction_rows(other, load("en"), CELLS))


def test_an_expression_is_shown_with_what_it_comes_to() -> None:
    spec = cell(predict=PredictNumber("h[2][0]", 0.01))
    typed = predicting.predict(stages.open_stage(spec), "0.5*0.8")
    assert "0.5*0.8=0.400" in flat(told.prediction_rows(typed, load("en"), CELLS))


def test_a_prediction_speaks_of_the_run_as_the_lesson_sets_it() -> None:
    """Predicting resets a turned knob, because the texts name the lesson's numbers."""
    opened = stages.open_stage(cell(predict=GROWS))
    made = predicting.predict(knobs.turn(opened, "U", -1), 1)
    assert made.settings == opened.settings
    found = outcome.verdict(to_the_verdict(made))
    assert found is not None and found.right


def test_what_the_task_has_shown_belongs_to_the_run_in_which_it_was_reached() -> None:
    words = load("en")
    spec = cell(do=(Condition("U", "at_most", 0.7), Condition("t", "at_least", 3)))
    stage = advance.move(knobs.turn(stages.open_stage(spec), "U", -1), stages_end(spec))
    assert stage.task_done and "h grew" in plain(told.outcome_rows(stage, words, CELLS)[0])
    other = knobs.turn(stage, "U", -1)
    assert other.task_done and told.outcome_rows(other, words, CELLS) == ()
    assert told.outcome_rows(knobs.turn(other, "U", 1), words, CELLS)
    assert told.outcome_rows(stages.reset(stage), words, CELLS) == ()
    back = advance.move(stage, stage.transport.start())
    assert back.task_done and told.outcome_rows(back, words, CELLS) == ()


def test_a_task_to_be_done_after_others_ticks_when_they_are_done() -> None:
    again = Condition("t", "at_least", 3, after=True)
    spec = cell(do=(Condition("U", "at_most", 0.7), again))
    stage = advance.move(stages.open_stage(spec), stages_end(spec))
    assert stage.ticks == frozenset()
    stage = advance.move(stage, stage.transport.start())
    stage = knobs.turn(stage, "U", -1)
    assert stage.ticks == {0} and not outcome.told(stage)
    stage = advance.move(stage, stage.transport.end())
    assert stage.task_done and outcome.told(stage)


def stages_end(spec: SimSpec) -> object:
    return stages.open_stage(spec).transport.end()


def test_what_the_lessons_own_run_shows_is_not_told_over_another() -> None:
    spec = cell(do=(Condition("t", "at_least", 3),))
    turned = knobs.turn(stages.open_stage(spec), "U", -1)
    there = advance.move(turned, turned.transport.end())
    assert there.task_done and not outcome.told(there)
    assert outcome.told(knobs.turn(there, "U", 1))


def test_a_done_step_that_is_opened_again_tells_nothing_before_its_run() -> None:
    spec = cell(do=(Condition("t", "at_least", 3),))
    again = stages.open_stage(spec, task_done=True)
    assert outcome.done(again) and not outcome.told(again)
    assert outcome.told(advance.move(again, again.transport.end()))


# ---- training runs -------------------------------------------------------------------------


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
    return flat(told.outcome_rows(stage, load("en"), CELLS))


def at_end(stage: Stage) -> Stage:
    return advance.move(stage, stage.transport.end())


def test_the_output_tells_its_numbers_at_the_setting_that_gives_them() -> None:
    stage = page("rnn.output")
    while not says(stage):
        stage = knobs.turn(stage, "U", -1)
    h, p, loss = (float(stage.trace[path]) for path in ("h[4][0]", "p[4][0]", "loss[4]"))
    for value in (h, p, loss):
        assert told.number(value) in says(stage)
    for further in (knobs.turn(stage, "U", -1), knobs.turn(stage, "U", -9), stages.reset(stage)):
        assert not outcome.told(further) and says(further) == ""


def test_what_was_said_of_one_series_is_not_said_of_another() -> None:
    opened = stages.open_stage(page("sequence.information").spec)
    stage = predicting.predict(opened, "1")
    verdict = outcome.verdict(stage)
    assert verdict is not None and not verdict.right
    other = knobs.turn(stage, "series", 1)
    assert outcome.verdict(other) is None
    assert "✗" not in flat(told.prediction_rows(other, load("en"), CELLS))
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


def two_tasks(*do: tuple[str, object]) -> Stage:
    spec = SimSpec(
        "cell",
        (("cell", "rnn"), ("units", 1), ("x", (1, 1, 0)), ("W", 0.5), ("U", 0.8)),
        controls=("U",),
        do=tuple(Condition(of, "is", value) for of, value in do),
    )
    return stages.open_stage(spec)


def test_each_task_has_a_tick_that_stays() -> None:
    stage = two_tasks(("t", 3), ("U", -0.8))
    stage = advance.move(stage, stage.transport.end())
    assert (stage.ticks, stage.task_done) == ({0}, False)
    stage = outcome.with_ticks(stages.rerun(stage, dict(stage.given) | {"U": -0.8}))
    assert (stage.ticks, stage.task_done) == ({0, 1}, True)
    assert outcome.task_done(stage, 0, 2) and outcome.task_done(stage, 1, 2)


def test_tasks_that_exclude_each_other_are_told_where_the_last_was_done() -> None:
    stage = two_tasks(("U", 0.5), ("U", -0.8))
    first = outcome.with_ticks(stages.rerun(stage, dict(stage.given) | {"U": 0.5}))
    assert not first.task_done and not outcome.told(first)
    second = outcome.with_ticks(stages.rerun(first, dict(stage.given) | {"U": -0.8}))
    assert second.task_done and outcome.told(second)
    back = outcome.with_ticks(stages.rerun(second, dict(stage.given) | {"U": 0.5}))
    assert back.task_done and not outcome.told(back)


def test_ticks_come_back_with_the_history() -> None:
    spec = two_tasks(("t", 3), ("U", -0.8)).spec
    assert stages.open_stage(spec, task_done=True).ticks == {0, 1}
    assert stages.open_stage(spec).ticks == frozenset()


def test_what_was_told_can_be_read_again_headed_by_its_settings() -> None:
    words = load("en")
    stage = two_tasks(("t", 3), ("U", -0.8))
    stage = replace(stage, spec=replace(stage.spec, said=(Text("It turned."),)))
    stage = advance.move(stage, stage.transport.end())
    there = outcome.with_ticks(stages.rerun(stage, dict(stage.given) | {"U": -0.8}))
    assert outcome.told(there) and told.again_rows(there, words, CELLS) == ()
    elsewhere = outcome.with_ticks(stages.rerun(there, dict(there.given) | {"U": 0.5}))
    rows = [plain(row) for row in told.again_rows(elsewhere, words, CELLS)]
    assert "−0.8" in rows[0] and "It turned." in rows[1]
    assert told.again_rows(stages.open_stage(stage.spec), words, CELLS) == ()


OTHERWISE = {"radius": 0.5, "w": 1.0, "mask": "on", "border": "reset", "loss": "every"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_counts_before_the_run_that_was_predicted(lang: str) -> None:
    """With a turned knob no task is completed, and a message names the predicted settings.

    The predicted run is the step's first task, so that no learner is stuck.
    """
    words, turned = load(lang), 0
    for target, spec in _asked(lang):
        made = predicting.predict(stages.open_stage(spec), 0)
        there = advance.move(made, made.transport.end())
        assert not spec.do or 0 in there.ticks, target
        name = next((name for name in spec.controls if name in OTHERWISE), "")
        if not name:
            continue
        turned += 1
        away = knobs.set_knob(made, name, OTHERWISE[name])
        away = advance.move(away, away.transport.end())
        assert not away.ticks and not away.task_done, target
        assert words("predict.elsewhere", settings="").split(" ")[0] in plain(
            told.prediction_rows(away, words, CELLS)[0]
        )
        back = knobs.set_knob(away, name, made.simulation.value(made.settings, name))
        assert 0 in back.ticks and outcome.verdict(back) is not None
        again = knobs.set_knob(back, name, OTHERWISE[name])
        assert told.prediction_rows(again, words, CELLS) == (), "it has been judged"
    assert turned >= 5


def test_a_path_is_read_with_its_step_as_a_subscript() -> None:
    assert outcome.path_label("c[2][0]") == "c₂"
    assert outcome.path_label("c[12][3]") == "c₁₂[3]"
    assert outcome.path_label("c[2][1]", unit=" of unit {}") == "c₂ of unit 1"
    for as_it_is in ("dU", "h[last][0]", "h[@t][0]"):
        assert outcome.path_label(as_it_is) == as_it_is


def test_what_a_lesson_writes_as_a_symbol_is_one() -> None:
    assert all(outcome.is_symbol(path) for path in ("h", "dU", "W_f", "c[2][0]", "dh[3]"))
    assert not any(outcome.is_symbol(path) for path in ("at_20", "rnn_loss", "loss", "h[last]"))
