"""A stage as text: where the run stands, its view, what it comes to in words, its knobs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rnntutor.course.blocks import Inline
from rnntutor.course.sim_spec import PredictChoice
from rnntutor.nn.trace import Trace
from rnntutor.numbers import minus
from rnntutor.pages.goal import goal_row
from rnntutor.pages.listed import hang
from rnntutor.pages.stage import context as view_context
from rnntutor.plain.lines import COLUMNS, Lines
from rnntutor.plain.prose import task_line
from rnntutor.render.prose import Context, lay_out_inline
from rnntutor.render.views.caption import caption
from rnntutor.render.views.registry import heading, view
from rnntutor.session import because, knobs, outcome, told
from rnntutor.session import stage as stages
from rnntutor.session.naming import choice_word, kind_word, knob_label, path_word
from rnntutor.session.stage import Stage, probing
from rnntutor.session.training import Training
from rnntutor.spans import Rows, plain
from rnntutor.words import Words

HEIGHT = 24  # lines of a view: a whole table, but no picture that a screen would have to scroll


def show(stage: Stage, lines: Lines, words: Words, context: Context) -> None:
    """All of the stage: views, position, picture, caption, knobs, and the prediction if one is
    asked for."""
    lines.say()
    lines.say(views_line(stage, words), "grey")
    picture(stage, lines, words)
    _rows(told.prediction_rows(stage, words, COLUMNS), lines)
    _rows(told.outcome_rows(stage, words, COLUMNS), lines)
    for name in stage.controls:
        lines.say(knob_line(stage, name, words))
    _because(stage, lines, words)
    ask(stage, lines, words, context)


def tell(
    old: Stage, new: Stage, lines: Lines, words: Words, context: Context, tasks: Sequence[Inline]
) -> None:
    """What has become different between two states. tasks: of the step that the stage belongs to;
    one that has just been done is said to be."""
    lines.say()
    for name in new.controls:
        if stages.knob_value(old, name) != stages.knob_value(new, name):
            lines.say(knob_line(new, name, words))
    if old.ready or _seen(old) != _seen(new):
        picture(new, lines, words, before=old.trace if old.given != new.given else None)
    judged = outcome.verdict(new) is not None and outcome.verdict(old) is None
    if judged:
        _rows(told.prediction_rows(new, words, COLUMNS), lines)
    if because.chosen(new) is not None and because.chosen(old) is None:
        _rows(told.prediction_rows(new, words, COLUMNS), lines)
    if because.reasons(new) and not because.reasons(old):
        _because(new, lines, words)
    for n in range(len(tasks)):
        if outcome.task_done(new, n, len(tasks)) and not outcome.task_done(old, n, len(tasks)):
            lines.say(task_line(new, tasks, n, words, context))
    if _is_told(new) and not _is_told(old):
        _rows(told.outcome_rows(new, words, COLUMNS), lines)
    elif outcome.missed(new) and not because.reasons(new):
        lines.say(plain(goal_row(new, words)).rstrip())
    if new.training is not None and new.training.diverged:
        lines.say(words("plain.diverged"), "wrong")
    if old.prediction is not None and old.prediction.open and not judged:
        skipped = new.prediction is None or new.prediction.state == stages.SKIPPED
        lines.say(words("plain.predict.skipped" if skipped else "plain.predict.noted"))


def _is_told(stage: Stage) -> bool:
    """Whether it is said what came of the step; not while a reason is asked for."""
    return outcome.told(stage) and not because.reasons(stage)


def _seen(stage: Stage) -> tuple[object, ...]:
    """What a picture depends on."""
    shown = (stage.views[stage.view], stage.unit, stage.shared, stage.open_row)
    return (stage.given, stage.at, stage.training, *shown)


def picture(stage: Stage, lines: Lines, words: Words, before: Trace | None = None) -> None:
    """Where the run stands, its view and what that comes to in words. before: the run that was
    printed last, where this is another; that a full bar stands for something else is said."""
    context = view_context(stage, words, COLUMNS, HEIGHT)
    spec = stage.views[stage.view]
    lines.say(position(stage, words))
    lines.say()
    try:
        lines.rows(view(spec, stage.trace, context))
    except LookupError:  # the view shows what this cell does not have
        lines.say(words("plain.no_picture"), "wrong")
        return
    lines.say()
    lines.rows(caption(stage.trace, replace(context, before=before), spec))


def position(stage: Stage, words: Words) -> str:
    """Where the run stands: the view, the step, the phase, the unit."""
    at, transport = stage.at, stage.transport
    parts = [heading(stage.views[stage.view], words, stage.trace)]
    if stage.training is not None and not probing(stage):
        return ", ".join([*parts, training_line(stage.training, words)])
    parts.append(f"t = {stage.trace.turned(at.t)}/{transport.steps}")
    if at.phase:
        name = words(f"phase.{stage.phases[at.phase - 1]}")
        parts.append(words("plain.stage.phase", n=at.phase, of=transport.phases, name=name))
    else:
        parts.append(words("stage.start"))
    if stage.trace.units > 1:
        parts.append(words("plain.stage.unit", n=stage.unit, last=stage.trace.units - 1))
    return ", ".join(parts)


def training_line(training: Training, words: Words) -> str:
    """How far a training run is: its updates, its loss."""
    loss = f", {words('stage.loss')} {training.loss:.3f}" if training.loss is not None else ""
    return f"{words('stage.updates', n=training.updates)}{loss}"


def views_line(stage: Stage, words: Words) -> str:
    """The simulation and its views with their numbers."""
    key = f"sim.{stage.simulation.name}"
    name = words(key) if key in words else stage.simulation.name
    views = ", ".join(
        f"{n} {heading(spec, words, stage.trace)}" for n, spec in enumerate(stage.views, 1)
    )
    return words(
        "plain.stage.views", name=f"{name} {kind_word(stage.trace.kind, words)}", views=views
    )


# ---- knobs ---------------------------------------------------------------------------------


def knob_line(stage: Stage, name: str, words: Words) -> str:
    """A knob: what is typed for it, what it stands on, what it can stand on."""
    knob = stages.knob_of(stage, name)
    value = stages.knob_value(stage, name)
    label = knob_label(stage, words, name)
    if name.endswith("@t"):
        label = words("plain.knob.here", name=label)
    shown = f"{name} ({label})" if label and label != name else name
    if knob.kind == "choice":
        choices = ", ".join(_chosen(words, name, choice) for choice in knob.choices)
        chosen = _chosen(words, name, value)
        return words("plain.knob.choice", name=shown, value=chosen, choices=choices)
    bounds = {"low": _written(knob.low, words), "high": _written(knob.high, words)}
    if knob.kind == "clamp":
        free, held = words("stage.free"), _written(value, words)
        return words("plain.knob.clamp", name=shown, value=held, free=free, **bounds)
    if knob.kind in ("int", "float"):
        known = "·" if value is None else _written(value, words)
        return words("plain.knob.range", name=shown, value=known, **bounds)
    return words("plain.knob.text", name=shown, value=knobs.as_text(stage, name))


def _chosen(words: Words, name: str, value: object) -> str:
    """A choice as it would be typed, with the word for it where that is another."""
    typed, word = _written(value, words), choice_word(words, name, value)
    return typed if word.casefold() == typed.casefold() else f"{typed} ({word})"


def _written(value: object, words: Words) -> str:
    """A value as it would be typed."""
    if value is None:
        return words("stage.free")
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return minus(f"{value:g}")
    return str(value)


# ---- what is asked and what came of it -----------------------------------------------------


def ask(stage: Stage, lines: Lines, words: Words, context: Context) -> None:
    """The open prediction: what is asked, its options, how to answer."""
    prediction = stage.prediction
    if prediction is None or not prediction.open:
        return
    spec = prediction.spec
    lines.say()
    lines.say(words("predict.choose"), "head")
    lines.rows(lay_out_inline(spec.say, COLUMNS, context))
    if isinstance(spec, PredictChoice):
        for n, option in enumerate(spec.options, 1):
            for text in hang(f"  {n}  ", lay_out_inline(option.text, COLUMNS - 5, context)):
                lines.say(text)
        lines.say(words("plain.predict.choice", n=len(spec.options)))
    else:
        lines.say(words("plain.predict.number", name=path_word(words, spec.ask)))


def _because(stage: Stage, lines: Lines, words: Words) -> None:
    """The reasons to choose from after a missed prediction, and how."""
    reasons = because.reasons(stage)
    if reasons:
        lines.say()
        lines.rows(told.because_rows(stage, words, COLUMNS))
        lines.say(words("plain.because.choice", n=len(reasons)))


def _rows(rows: Rows, lines: Lines) -> None:
    """A verdict, or what has come out, in the colour of its sign."""
    role = rows[0][0].role if rows else ""
    for row in rows:
        lines.say(plain(row), role)
