"""What a stage says about the learner's prediction and about what has come out, as rows.

Both shows of a session, on a screen and in plain lines, take them from here.
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
from rnntutor.session import because, outcome
from rnntutor.session import stage as stages
from rnntutor.session.naming import choice_word, knob_label
from rnntutor.session.outcome import PredictionOutcome
from rnntutor.session.stage import Prediction, Stage
from rnntutor.spans import Row, Rows, Span, behind, plain, width
from rnntutor.words import Words

SHORT = 12  # letters of a setting that is named
LONG = 10_000  # cells: a row that is wrapped later
GAP = "   "
FIELD = 20  # cells that a question leaves for its field, with the sign before it
_TINY = 0.0005
_HIGH = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def ask_rows(stage: Stage, words: Words, cells: int) -> Rows:
    """What stands over the picture: the open prediction, and in its place, once it is made, the
    learner's choice with its verdict."""
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
    """The question for a number, if it is so short that its field stands beside it; else "", and
    it stands above."""
    said = lay_out_inline(spec.say, max(2, cells - FIELD), Context(words=words))
    return plain(said[0]) if len(said) == 1 else ""


def prediction_rows(stage: Stage, words: Words, cells: int) -> Rows:
    """What the learner has predicted and, once the run has settled it, how that came out: their
    own choice, the right one, and the reason for a wrong one. No row where nothing is predicted;
    over another run than the one that was predicted only what stood otherwise in that one, until
    it has been made."""
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
    mine, verdict = _given(prediction, words), outcome.verdict(stage)
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
        return told  # to give the reason now would answer what is asked next
    return (*told, *_reason_rows(stage, verdict, words, cells))


def _reason_rows(stage: Stage, verdict: PredictionOutcome, words: Words, cells: int) -> Rows:
    """Why it came out so: the reason that was chosen, what is wrong with it or with the prediction,
    and after a wrong one the right one."""
    context, chosen = Context(words=words), because.chosen(stage)
    said = lay_out_inline(verdict.reason, cells - 2, context)
    if chosen is None:
        return behind(Span("  "), said)
    right = next(reason.text for reason in because.every(stage) if reason.right)
    rows = behind(Span("✓ ", "right"), lay_out_inline(right, cells - 2, context))
    if not because.is_told(stage):
        return rows  # the rest has been read: what is to be done needs the room
    if chosen.right:
        return (*rows, *behind(Span("  "), said))
    wrong = lay_out_inline(chosen.say, cells - 2, context)
    return (*behind(Span("✗ ", "wrong"), wrong), *rows)


def because_rows(stage: Stage, words: Words, cells: int) -> Rows:
    """What is asked after a missed prediction: why, with its reasons; no row at any other time."""
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
    """What the step's task has shown, over the run that it speaks of; no row over any other."""
    if not outcome.told(stage):
        return ()
    if not stage.spec.said:
        return ((Span("✓ ", "right"), Span(words("stage.done"), "right")),)
    said = lay_out_inline(stage.spec.said, cells - 2, Context(words=words))
    return behind(Span("✓ ", "right"), said)


def again_rows(stage: Stage, words: Words, cells: int) -> Rows:
    """What was told over another run than the one on the stage, headed by the settings of that run
    if it was in this session; no row where nothing was told elsewhere."""
    bound = stage.bound
    if not outcome.done(stage) or outcome.told(stage) or not stage.spec.said:
        return ()
    ran = "" if bound is None else _settings(stage, bound.settings, stage.controls, words)
    head = words("told.at", settings=ran) if ran else words("told.earlier")
    said = lay_out_inline(stage.spec.said, cells - 2, Context(words=words))
    return (*wrap((Span(head, "grey"),), cells), *behind(Span("· ", "grey"), said))


def _settings(stage: Stage, ran: Any, names: Iterable[str], words: Words) -> str:
    """What the knobs stood on in a run, those that can be said shortly."""
    values = [
        f"{knob_label(stage, words, name)} {choice_word(words, name, value)}"
        for name in names
        if isinstance(value := stage.simulation.value(ran, name), int | float | str)
        and len(str(value)) <= SHORT
    ]
    return ", ".join(values)


def _beside(left: Row, right: Row, cells: int) -> Rows:
    """Two parts of a sentence in one row with a gap, or where that is too long one below the
    other."""
    if width(left) + len(GAP) + width(right) <= cells:
        return ((*left, *((Span(GAP),) if right else ()), *right),)
    return (*wrap(left, cells), *wrap(right, cells))


def _given(prediction: Prediction, words: Words) -> Row:
    """The learner's own prediction."""
    if isinstance(prediction.spec, PredictChoice):
        assert isinstance(prediction.given, int)
        return _one_row(prediction.spec.options[prediction.given].text, words)
    typed = str(prediction.given).strip()
    found = evaluate(typed)
    return (Span(minus(typed if found.bare else f"{typed} = {number(found.value)}")),)


def _came(prediction: Prediction, verdict: PredictionOutcome, words: Words) -> Row:
    """What has come true: after a right choice only its number, after a wrong one all of it."""
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
    """What a number is called: a measure's words, a symbol with its step; "" for a name that only
    the program knows."""
    if f"measure.{path}" in words:
        return words(f"measure.{path}")
    return outcome.path_label(path) if outcome.is_symbol(path) else ""


def number(value: float) -> str:
    """Three decimals with a true minus; a number that would be 0.000 as a power of ten."""
    if 0 < abs(value) < _TINY:
        digits, _, power = f"{value:.1e}".partition("e")
        shown = f"{digits} × 10{str(int(power)).translate(_HIGH)}"
    else:
        shown = f"{value:.3f}"
    return minus(shown)


def _one_row(inline: Inline, words: Words) -> Row:
    rows = lay_out_inline(inline, LONG, Context(words=words))
    return rows[0] if rows else ()
