"""A stage as text: position of the run, view, caption, knobs."""

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
from rnntutor.session import because, feedback, knobs, outcome
from rnntutor.session import stage as stages
from rnntutor.session.naming import choice_word, knob_label, path_word, title_word
from rnntutor.session.stage import Stage, probing
from rnntutor.session.training import Training
from rnntutor.spans import Rows, plain
from rnntutor.words import Words

HEIGHT = 24  # lines of a view: enough for a whole table, but not more than a screen


def show(stage: Stage, lines: Lines, words: Words, context: Context) -> None:
    """Print a stage with its views, position, picture, caption, knobs and any open prediction."""
    lines.say()
    lines.say(views_line(stage, words), "grey")
    picture(stage, lines, words)
    _rows(feedback.prediction_rows(stage, words, COLUMNS), lines)
    _rows(feedback.outcome_rows(stage, words, COLUMNS), lines)
    for name in stage.controls:
        lines.say(knob_line(stage, name, words))
    _because(stage, lines, words)
    ask(stage, lines, words, context)


def tell(
    old: Stage, new: Stage, lines: Lines, words: Words, context: Context, tasks: Sequence[Inline]
) -> None:
    """Print the differences between two states of a stage.

    Args:
        tasks: tasks of the stage's step; one that has just been done is reported.
    """
    lines.say()
    for name in new.controls:
        if stages.knob_value(old, name) != stages.knob_value(new, name):
            lines.say(knob_line(new, name, words))
    if old.ready or _picture_state(old) != _picture_state(new):
        picture(new, lines, words, before=old.trace if old.given != new.given else None)
    judged = outcome.verdict(new) is not None and outcome.verdict(old) is None
    if judged:
        _rows(feedback.prediction_rows(new, words, COLUMNS), lines)
    if because.chosen_reason(new) is not None and because.chosen_reason(old) is None:
        _rows(feedback.prediction_rows(new, words, COLUMNS), lines)
    if because.reasons(new) and not because.reasons(old):
        _because(new, lines, words)
    for n in range(len(tasks)):
        if outcome.task_done(new, n, len(tasks)) and not outcome.task_done(old, n, len(tasks)):
            lines.say(task_line(new, tasks, n, words, context))
    if _is_told(new) and not _is_told(old):
        _rows(feedback.outcome_rows(new, words, COLUMNS), lines)
    elif outcome.missed(new) and not because.reasons(new):
        lines.say(plain(goal_row(new, words)).rstrip())
    if new.training is not None and new.training.diverged:
        lines.say(words("plain.diverged"), "wrong")
    if old.prediction is not None and old.prediction.open and not judged:
        skipped = new.prediction is None or new.prediction.state == stages.SKIPPED
        lines.say(words("plain.predict.skipped" if skipped else "plain.predict.noted"))


def _is_told(stage: Stage) -> bool:
    """Return whether the step's conclusion is shown, which waits for the choice of a reason."""
    return outcome.told(stage) and not because.reasons(stage)


def _picture_state(stage: Stage) -> tuple[object, ...]:
    """Return the parts of the state that a picture depends on."""
    shown = (stage.views[stage.view], stage.unit, stage.shared, stage.open_row)
    return (stage.given, stage.cursor, stage.training, *shown)


def picture(stage: Stage, lines: Lines, words: Words, before: Trace | None = None) -> None:
    """Print the position of the run, its view and its caption.

    Args:
        before: the run printed last, if another one; the caption then mentions a changed scale.
    """
    context = view_context(stage, words, COLUMNS, HEIGHT)
    spec = stage.views[stage.view]
    lines.say(position(stage, words))
    lines.say()
    try:
        lines.rows(view(spec, stage.trace, context))
    except LookupError:  # the view needs quantities that this cell lacks
        lines.say(words("plain.no_picture"), "wrong")
        return
    lines.say()
    lines.rows(caption(stage.trace, replace(context, before=before), spec))


def position(stage: Stage, words: Words) -> str:
    """Return the position of the run: view, step, phase, unit."""
    at, transport = stage.cursor, stage.transport
    parts = [heading(stage.views[stage.view], words, stage.trace)]
    if stage.training is not None and not probing(stage):
        return ", ".join([*parts, training_line(stage.training, words)])
    parts.append(f"t = {stage.trace.computed_step(at.t)}/{transport.steps}")
    if at.phase:
        name = words(f"phase.{stage.phases[at.phase - 1]}")
        parts.append(words("plain.stage.phase", n=at.phase, of=transport.phases, name=name))
    else:
        parts.append(words("stage.start"))
    if stage.trace.units > 1:
        parts.append(words("plain.stage.unit", n=stage.unit, last=stage.trace.units - 1))
    return ", ".join(parts)


def training_line(training: Training, words: Words) -> str:
    """Return the progress of a training run: number of updates, loss."""
    loss = f", {words('stage.loss')} {training.loss:.3f}" if training.loss is not None else ""
    return f"{words('stage.updates', n=training.updates)}{loss}"


def views_line(stage: Stage, words: Words) -> str:
    """Return the simulation's name and its numbered views."""
    key = f"sim.{stage.simulation.name}"
    name = words(key) if key in words else stage.simulation.name
    views = ", ".join(
        f"{n} {heading(spec, words, stage.trace)}" for n, spec in enumerate(stage.views, 1)
    )
    return words("plain.stage.views", name=f"{name} {title_word(stage.trace, words)}", views=views)


# ---- knobs ---------------------------------------------------------------------------------


def knob_line(stage: Stage, name: str, words: Words) -> str:
    """Return a knob's name as typed, its value, and its possible values."""
    knob = stages.knob_of(stage, name)
    value = stages.knob_value(stage, name)
    label = knob_label(stage, words, name)
    if name.endswith("@t"):
        label = words("plain.knob.here", name=label)
    shown = f"{name} ({label})" if label and label != name else name
    if knob.kind == "choice":
        choices = ", ".join(_describe_choice(words, name, choice) for choice in knob.choices)
        chosen = _describe_choice(words, name, value)
        return words("plain.knob.choice", name=shown, value=chosen, choices=choices)
    bounds = {"low": _format_value(knob.low, words), "high": _format_value(knob.high, words)}
    if knob.kind == "clamp":
        free, held = words("stage.free"), _format_value(value, words)
        return words("plain.knob.clamp", name=shown, value=held, free=free, **bounds)
    if knob.kind in ("int", "float"):
        known = "·" if value is None else _format_value(value, words)
        return words("plain.knob.range", name=shown, value=known, **bounds)
    return words("plain.knob.text", name=shown, value=knobs.as_text(stage, name))


def _describe_choice(words: Words, name: str, value: object) -> str:
    """Return a choice as it is typed, followed by its word if that differs."""
    typed, word = _format_value(value, words), choice_word(words, name, value)
    return typed if word.casefold() == typed.casefold() else f"{typed} ({word})"


def _format_value(value: object, words: Words) -> str:
    """Return a value as it is typed."""
    if value is None:
        return words("stage.free")
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return minus(f"{value:g}")
    return str(value)


# ---- what is asked and what came of it -----------------------------------------------------


def ask(stage: Stage, lines: Lines, words: Words, context: Context) -> None:
    """Print the open prediction: question, options, and how to answer."""
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
    """Print the reasons to choose from after a missed prediction."""
    reasons = because.reasons(stage)
    if reasons:
        lines.say()
        lines.rows(feedback.because_rows(stage, words, COLUMNS))
        lines.say(words("plain.because.choice", n=len(reasons)))


def _rows(rows: Rows, lines: Lines) -> None:
    """Print a verdict or conclusion in the colour of its sign."""
    role = rows[0][0].role if rows else ""
    for row in rows:
        lines.say(plain(row), role)
