"""Render a stage's prediction, its verdict and the outcome of the task as rows.

The screens and plain mode share these rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rnntutor.course.blocks import Inline
from rnntutor.course.expression import evaluate
from rnntutor.course.sim_spec import PredictChoice, PredictNumber
from rnntutor.numbers import minus
from rnntutor.render.primitives.glyphs import written_out
from rnntutor.render.primitives.wrap import wrap
from rnntutor.render.prose import Context, lay_out_inline
from rnntutor.session import acts, because, outcome
from rnntutor.session import stage as stages
from rnntutor.session.naming import choice_word, knob_label
from rnntutor.session.outcome import PredictionOutcome
from rnntutor.session.stage import Prediction, Stage
from rnntutor.spans import Row, Rows, Span, behind, plain, width
from rnntutor.words import Words

SHORT = 12  # maximum length of a setting's value to show, in characters
LONG = 10_000  # width in cells of a row that is wrapped later
GAP = "   "
FIELD = 20  # width in cells of the field beside a question, including its sign
_TINY = 0.0005
_HIGH = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def ask_rows(stage: Stage, words: Words, cells: int) -> Rows:
    """Return the rows above the picture: the open prediction, or the choice and its verdict."""
    prediction = stage.prediction
    if prediction is None or not prediction.open:
        return prediction_rows(stage, words, cells)
    spec = prediction.spec
    context = Context(words=words)
    said = lay_out_inline(spec.say, cells - 2, context) if spec.say else ()
    if isinstance(spec, PredictChoice):
        head = said or ((Span(words("predict.choose")),),)
        rows = list(behind(Span("▸ ", "accent"), head))
        for n, one in enumerate(spec.options):
            link = f"key:{n + 1}"
            option = lay_out_inline(one.text, cells - 6, context)
            rows += behind(Span(f"  {n + 1}  ", "accent", link=link), option)
        return tuple(rows)
    beside = question_beside_field(spec, words, cells)
    return () if beside or not said else behind(Span("▸ ", "accent"), said)


def question_beside_field(spec: PredictNumber, words: Words, cells: int) -> str:
    """Return the question for a number if it fits in one row beside its field, else ""."""
    said = lay_out_inline(spec.say, max(2, cells - FIELD), Context(words=words))
    return plain(said[0]) if len(said) == 1 else ""


def prediction_rows(stage: Stage, words: Words, cells: int) -> Rows:
    """Return the learner's prediction and, once the run has decided it, its verdict.

    A wrong prediction is followed by the right one and the reason. Without a prediction there are
    no rows. While another run than the predicted one is shown, the only row names the settings in
    which they differ, until the predicted run has been made.
    """
    prediction = stage.prediction
    if prediction is None or prediction.state in (stages.ASKED, stages.SKIPPED):
        return ()
    if outcome.elsewhere(stage):
        value, now, then = stage.simulation.value, stage.settings, prediction.settings
        turned = [name for name in stage.controls if value(now, name) != value(then, name)]
        ran = _settings(stage, then, turned, words)
        said = words("predict.elsewhere", settings=ran) if ran else words("predict.another")
        return behind(Span("· ", "grey"), wrap((Span(said, "grey"),), cells - 2))
    if not stages.same_run(stage, prediction.settings):
        return ()
    mine, verdict = _prediction_row(prediction, words), outcome.verdict(stage)
    if verdict is None:
        head = (Span(words("predict.mine") + " ", "grey"), *mine)
        return behind(Span("· ", "grey"), wrap(head, cells - 2))
    role, sign = ("right", "✓") if verdict.right else ("wrong", "✗")
    came = _came(prediction, verdict, words)
    came = written_out(came) if words.ascii_only else came
    lead = words("predict.right" if verdict.right else "predict.mine")
    rows = _beside((Span(lead + " ", role), *mine), came, cells - 2)
    told = behind(Span(f"{sign} ", role), rows)
    if because.reasons(stage):
        return told  # the reason would give away the question that follows
    return (*told, *_reason_rows(stage, verdict, words, cells))


def _reason_rows(stage: Stage, verdict: PredictionOutcome, words: Words, cells: int) -> Rows:
    """Return the explanation of a verdict.

    It has what is wrong with the prediction, what is wrong with the chosen reason, and the right
    reason. Once the explanation has been read, the outcome repeats the last two; the tasks, which
    need the space, are shown with the right reason only.
    """
    context, chosen = Context(words=words), because.chosen_reason(stage)
    said = behind(Span("  "), lay_out_inline(verdict.reason, cells - 2, context))
    if chosen is None:
        return said
    right = next(reason.text for reason in because.every(stage) if reason.right)
    rows = behind(Span("✓ ", "right"), lay_out_inline(right, cells - 2, context))
    reading = because.is_told(stage)
    if not reading and not acts.is_told(stage):
        return rows
    if chosen.right:
        return (*rows, *said) if reading else rows
    wrong = behind(Span("✗ ", "wrong"), lay_out_inline(chosen.say, cells - 2, context))
    return (*said, *wrong, *rows) if reading else (*wrong, *rows)


def because_rows(stage: Stage, words: Words, cells: int) -> Rows:
    """Return the question why a prediction was wrong, with its reasons, if it is due."""
    reasons = because.reasons(stage)
    if not reasons:
        return ()
    rows: list[Row] = [(Span("▸ ", "accent"), Span(words("because.ask")))]
    for n, reason in enumerate(reasons, 1):
        link = f"key:{n}"
        said = lay_out_inline(reason.text, cells - 6, Context(words=words))
        rows += behind(Span(f"  {n}  ", "accent", link=link), said)
    return tuple(rows)


def outcome_rows(stage: Stage, words: Words, cells: int) -> Rows:
    """Return the outcome of the step's task, if it belongs to the present run."""
    if not outcome.told(stage):
        return ()
    if not stage.spec.said:
        return ((Span("✓ ", "right"), Span(words("stage.done"), "right")),)
    said = lay_out_inline(stage.spec.said, cells - 2, Context(words=words))
    return behind(Span("✓ ", "right"), said)


def again_rows(stage: Stage, words: Words, cells: int) -> Rows:
    """Return the outcome of the step's task if it belongs to another run.

    It is headed by the settings of that run, if they are from this session.
    """
    bound = stage.bound
    if not outcome.done(stage) or outcome.told(stage) or not stage.spec.said:
        return ()
    ran = "" if bound is None else _settings(stage, bound.settings, stage.controls, words)
    head = words("told.at", settings=ran) if ran else words("told.earlier")
    said = lay_out_inline(stage.spec.said, cells - 2, Context(words=words))
    return (*wrap((Span(head, "grey"),), cells), *behind(Span("· ", "grey"), said))


def _settings(stage: Stage, ran: Any, names: Iterable[str], words: Words) -> str:
    """Return the values of the named knobs in a run; long values are left out."""
    values = [
        f"{knob_label(stage, words, name)} {choice_word(words, name, value)}"
        for name in names
        if isinstance(value := stage.simulation.value(ran, name), int | float | str)
        and len(str(value)) <= SHORT
    ]
    return ", ".join(values)


def _beside(left: Row, right: Row, cells: int) -> Rows:
    """Return two parts of a sentence in one row with a gap, or one below the other if too long."""
    if width(left) + len(GAP) + width(right) <= cells:
        return ((*left, *((Span(GAP),) if right else ()), *right),)
    return (*wrap(left, cells), *wrap(right, cells))


def _prediction_row(prediction: Prediction, words: Words) -> Row:
    """Return the learner's prediction."""
    if isinstance(prediction.spec, PredictChoice):
        assert isinstance(prediction.given, int)
        return _one_row(prediction.spec.options[prediction.given].text, words)
    typed = str(prediction.given).strip()
    found = evaluate(typed)
    return (Span(minus(typed if found.bare else f"{typed} = {number(found.value)}")),)


def _came(prediction: Prediction, verdict: PredictionOutcome, words: Words) -> Row:
    """Return the true outcome; for a right choice only its number."""
    spec, key = prediction.spec, verdict.key
    lead = Span(words("predict.was") + " ", strong=True)
    if isinstance(spec, PredictNumber):
        assert isinstance(key, float)
        name = quantity(spec.ask, words)
        value = Span(f"{name} = {number(key)}" if name else number(key), strong=True)
        return (value,) if verdict.right else (lead, value)
    if key is None or isinstance(key, float):
        return (Span(words("predict.none")),)
    shown = f"{verdict.of} = {number(verdict.value)}" if verdict.of else ""
    if verdict.right:
        return (Span(shown, strong=True),) if shown else ()
    return (lead, *_one_row(key.text, words), Span(f" ({shown})" if shown else "", "grey"))


def quantity(path: str, words: Words) -> str:
    """Return the displayed name of a quantity; "" for a name used only internally."""
    if f"measure.{path}" in words:
        return words(f"measure.{path}")
    return outcome.path_label(path) if outcome.is_symbol(path) else ""


def number(value: float) -> str:
    """Format a number with three decimals and a true minus.

    A nonzero number that would be shown as 0.000 is written with a power of ten.
    """
    if 0 < abs(value) < _TINY:
        digits, _, power = f"{value:.1e}".partition("e")
        shown = f"{digits} × 10{str(int(power)).translate(_HIGH)}"
    else:
        shown = f"{value:.3f}"
    return minus(shown)


def _one_row(inline: Inline, words: Words) -> Row:
    rows = lay_out_inline(inline, LONG, Context(words=words))
    return rows[0] if rows else ()
