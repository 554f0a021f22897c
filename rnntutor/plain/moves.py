"""Commands and knobs of a stage: functions from a line to the stage's next state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from rnntutor.course.expression import parse_number
from rnntutor.course.sim_spec import PredictChoice
from rnntutor.course.typed_line import wholes
from rnntutor.failure import Refused
from rnntutor.plain.panel import knob_line
from rnntutor.render.views.registry import heading
from rnntutor.session import advance, because, knobs, predicting, viewing
from rnntutor.session import stage as stages
from rnntutor.session.naming import choice_word
from rnntutor.session.stage import Stage
from rnntutor.session.transport import Transport
from rnntutor.sims.base import Knob, SettingError
from rnntutor.words import Words

_MOVES: Mapping[str, Callable[[Transport], Transport]] = {
    "phase-on": lambda transport: transport.phase(1),
    "phase-back": lambda transport: transport.phase(-1),
    "step-on": lambda transport: transport.step(1),
    "step-back": lambda transport: transport.step(-1),
    "start": Transport.start,
}
FREE = "free"


def act(stage: Stage, name: str, argument: str, words: Words) -> Stage:
    """Return the stage after a command.

    Raises:
        Refused: the command is not possible, or would change nothing.
    """
    if name in _MOVES:
        return _move(stage, _MOVES[name](stage.transport))
    if name == "run":
        return _run(stage)
    if name == "view":
        return _change_view(stage, argument, words)
    if name == "unit":
        return _unit(stage, argument)
    if name == "reset":
        fresh = stages.reset(replace(stage, view=0))
        return replace(fresh, view=min(stage.view, len(fresh.views) - 1))
    return {"shared": viewing.share, "open-row": viewing.open_next_row}[name](stage)


def _move(stage: Stage, transport: Transport) -> Stage:
    if not stage.ready and transport.position > stage.transport.position:
        raise Refused("plain.predict.first")
    if transport.position == stage.transport.position:
        raise Refused("plain.at_end" if transport.position else "plain.at_start")
    return advance.move(stage, transport)


def _run(stage: Stage) -> Stage:
    """Run to the end, phase by phase so that tasks are checked at each; restart a finished run."""
    if not stage.ready:
        raise Refused("plain.predict.first")
    if stage.finished:
        stage = advance.move(stage, stage.transport.start())
    while not stage.finished:
        stage = advance.move(stage, stage.transport.phase(1))
    return stage


def _change_view(stage: Stage, argument: str, words: Words) -> Stage:
    """Return the stage at the next view, or at a view given by its number or name.

    A name may be of any view of the simulation.
    """
    if not argument:
        return viewing.next_view(stage)
    numbers = wholes(argument)
    if numbers is not None and 1 <= numbers[0] <= len(stage.views):
        return viewing.show(stage, numbers[0] - 1)
    possible = tuple(dict.fromkeys((*stage.views, *stage.simulation.views(stage.settings))))
    names = {
        view: {view.casefold(), heading(view, words, stage.trace).casefold()} for view in possible
    }
    found = next((view for view in possible if argument.casefold() in names[view]), None)
    if found is None:
        raise Refused("plain.no_view", names=", ".join(possible))
    views = stage.views if found in stage.views else (*stage.views, found)
    return replace(stage, views=views, view=views.index(found))


def _unit(stage: Stage, argument: str) -> Stage:
    numbers = wholes(argument.removeprefix("u")) if argument else None
    if not argument:
        return viewing.next_unit(stage)
    if numbers is None or not 0 <= numbers[0] < stage.trace.units:
        raise Refused("plain.no_unit", last=stage.trace.units - 1)
    return replace(stage, unit=numbers[0])


# ---- knobs ---------------------------------------------------------------------------------


def find_knob(stage: Stage, name: str) -> str:
    """Return the control with this name, its name without the step, or its symbol; "" for none."""
    for said in (lambda text: text, str.casefold):
        for control in stage.controls:
            knob = stages.knob_of(stage, control)
            known = {control, control.partition("@")[0]}
            known |= {knob.symbol} if knob.kind != "clamp" and knob.symbol else set()
            if said(name) in {said(text) for text in known}:
                return control
    return ""


def turn_knob(stage: Stage, line: str, words: Words) -> Stage | None:
    """Return the stage after a line "KNOB VALUE"; None if it names no knob.

    Raises:
        Refused: the value is missing, or a prediction is open.
        Failure: the knob cannot take the value.
    """
    name, _, value = line.replace("=", " ", 1).partition(" ")
    control = find_knob(stage, name)
    if not control:
        return None
    if not stage.ready:
        raise Refused("plain.predict.first")
    knob, value = stages.knob_of(stage, control), value.strip()
    if not value:
        raise Refused("plain.knob.alone", knob=knob_line(stage, control, words))
    if value in ("+", "-", "−"):
        new = knobs.turn(stage, control, 1 if value == "+" else -1)
    elif knobs.typed(stage, control):
        new = knobs.type_knob(stage, control, value)
    else:
        new = knobs.set_knob(stage, control, _value(knob, control, value, words))
    if new.complaint is not None:
        raise new.complaint
    return _drawable(new)


def _drawable(stage: Stage) -> Stage:
    """Return the stage without views that its settings no longer have."""
    possible = {*stage.spec.views, *stage.simulation.views(stage.settings)}
    views = tuple(view for view in stage.views if view in possible)
    here = stage.views[stage.view]
    return replace(stage, views=views, view=views.index(here) if here in views else 0)


def _value(knob: Knob, name: str, text: str, words: Words) -> object:
    """Return a typed value converted for the knob.

    Raises:
        SettingError: the knob cannot take the value.
    """
    if knob.kind == "clamp" and text.casefold() in (FREE, words("stage.free").casefold()):
        return None
    if knob.kind == "choice":
        choices = {choice_word(words, name, choice).casefold(): choice for choice in knob.choices}
        choices |= {str(choice).casefold(): choice for choice in knob.choices}
        if text.casefold() not in choices:
            shown = ", ".join(str(choice) for choice in knob.choices)
            raise SettingError("setting.choice", name=name, value=text, choices=shown)
        return choices[text.casefold()]
    return _number(knob, name, text)


def _number(knob: Knob, name: str, text: str) -> float | int:
    number = parse_number(text)
    whole = knob.kind == "int"
    if number is None or (whole and not number.is_integer()):
        raise SettingError("setting.whole" if whole else "setting.number", name=name, value=text)
    if not knob.low <= number <= knob.high:
        low, high = f"{knob.low:g}", f"{knob.high:g}"
        raise SettingError("setting.range", name=name, value=text, low=low, high=high)
    return int(number) if whole else number


# ---- predictions ---------------------------------------------------------------------------


def predict(stage: Stage, line: str) -> Stage | None:
    """Return the stage after a prediction, which a blank line skips; None if the line is none.

    Raises:
        Refused: there is no option with this number.
    """
    prediction = stage.prediction
    if prediction is None or not prediction.open:
        return None
    if not line:
        return predicting.skip(stage)
    if not isinstance(prediction.spec, PredictChoice):
        new = predicting.predict(stage, line)
        return None if new is stage else new
    numbers = wholes(line)
    if numbers is None:
        return None
    if len(numbers) != 1 or not 1 <= numbers[0] <= len(prediction.spec.options):
        raise Refused("plain.predict.choice", n=len(prediction.spec.options))
    return predicting.predict(stage, numbers[0] - 1)


def choose_reason(stage: Stage, line: str) -> Stage | None:
    """Return the stage after the choice of a reason; None if none is due or the line is no number.

    Raises:
        Refused: there is no reason with this number, or the line is blank.
    """
    found = because.reasons(stage)
    numbers = wholes(line)
    if not found or (line and numbers is None):
        return None
    if numbers is None or len(numbers) != 1 or not 1 <= numbers[0] <= len(found):
        raise Refused("plain.because.choice", n=len(found))
    return because.choose(stage, numbers[0] - 1)
