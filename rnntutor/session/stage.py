"""A stage: one simulation with its transport, its views, its knobs, and what is asked of it.

It knows no simulation by name. A stage is frozen; every function here returns the next one.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rnntutor import sims
from rnntutor.course.blocks import Condition, Inline, PredictChoice, PredictNumber, SimSpec
from rnntutor.course.mark import parse_number
from rnntutor.draw.frame import Moment
from rnntutor.draw.views import openable, tells_training
from rnntutor.nn.trace import PathError, Trace, split_path
from rnntutor.session.conditions import holds, value_of
from rnntutor.session.training import Training
from rnntutor.session.transport import Transport
from rnntutor.sims.base import Knob, SettingError, Simulation, Update

KINDS = ("int", "float", "choice", "clamp", "text", "numbers")
ASKED, RIGHT, WRONG, SKIPPED = "asked", "right", "wrong", "skipped"


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the learner expects before the run. state: asked, right, wrong or skipped.
    key: the value, or the place (from 0) of the option that came true. feedback: which mistake
    the number fits, in the lesson's words."""

    spec: PredictNumber | PredictChoice
    state: str = ASKED
    given: str | int | None = None
    key: float | int | None = None
    feedback: Inline = ()

    @property
    def open(self) -> bool:
        return self.state == ASKED


@dataclass(frozen=True, slots=True)
class Stage:
    """given: every setting as lesson and learner have set it, by name. acted: whether the learner
    has touched anything. ticked: `do` has been fulfilled once; reached: `goal` has."""

    spec: SimSpec
    simulation: Simulation
    given: Mapping[str, object]
    settings: Any
    trace: Trace
    transport: Transport
    views: tuple[str, ...]
    view: int = 0
    knob: int = 0
    unit: int = 0
    shared: bool = False
    open_row: str = ""
    prediction: Prediction | None = None
    acted: bool = False
    ticked: bool = False
    reached: bool = False
    complaint: SettingError | None = None
    measures: Mapping[str, float] = field(default_factory=dict)
    training: Training | None = None

    @property
    def at(self) -> Moment:
        return self.transport.moment

    @property
    def phases(self) -> tuple[str, ...]:
        return self.simulation.phases(self.settings)

    @property
    def armed(self) -> bool:
        """Whether the run may go on: it may not while a prediction is asked for."""
        return self.prediction is None or not self.prediction.open

    @property
    def finished(self) -> bool:
        return self.transport.place == self.transport.last


def open_stage(
    spec: SimSpec, *, ticked: bool = False, reached: bool = False, predicted: bool = False
) -> Stage:
    """The stage of a sim block, at its cursor. Raises SettingError for settings that cannot be.

    ticked, reached, predicted: what the learner has done here before; a prediction that has been
    made is not asked again.
    """
    simulation = sims.find(spec.use)
    given = dict(spec.settings)
    settings = simulation.make(given)
    trace = simulation.trace(settings)
    phases = len(simulation.phases(settings))
    ask = spec.predict is not None and not predicted
    return Stage(
        spec=spec,
        simulation=simulation,
        given=given,
        settings=settings,
        trace=trace,
        transport=Transport(trace.steps, phases).to(spec.cursor * phases),
        views=spec.views or simulation.views(settings),
        prediction=Prediction(spec.predict) if ask and spec.predict else None,
        training=Training() if simulation.updates is not None else None,
        ticked=ticked,
        reached=reached,
        measures=_measures(simulation, settings, trace),
    )


def _measures(simulation: Simulation, settings: Any, trace: Trace) -> dict[str, float]:
    return {name: float(f(settings, trace)) for name, f in simulation.measures.items()}


# ---- the transport -------------------------------------------------------------------------


def move(stage: Stage, transport: Transport) -> Stage:
    """The stage with its transport elsewhere. While a prediction is open it does not go on."""
    if not stage.armed and (transport.place > stage.transport.place or transport.running):
        return stage
    return _checked(replace(stage, transport=transport, acted=True))


def train(stage: Stage, training: Training) -> Stage:
    """The stage with its training run, paused, stepped or begun anew."""
    if stage.training is None or not stage.armed:
        return stage
    fresh = stage
    if training.generation != stage.training.generation:
        fresh = _computed(stage, stage.given)
    return _checked(replace(fresh, training=training, acted=True))


def reported(stage: Stage, update: Update | None) -> Stage:
    """The stage after a report of its training; None: the training is over. A probe that comes
    with it is shown as far as the last one was."""
    if stage.training is None:
        return stage
    if update is None:
        return _checked(replace(stage, training=stage.training.ended()))
    told = replace(stage, training=stage.training.reported(update))
    if update.trace is None:
        return _checked(told)
    whole = stage.finished
    transport = stage.transport.fitted(update.trace.steps)
    return _checked(
        replace(
            told,
            trace=update.trace,
            transport=transport.end() if whole else transport,
            unit=min(stage.unit, update.trace.units - 1),
            measures=_measures(stage.simulation, stage.settings, update.trace),
        )
    )


def reset(stage: Stage) -> Stage:
    """Everything as the lesson set it; what has been achieved and predicted stays."""
    fresh = open_stage(stage.spec, ticked=stage.ticked, reached=stage.reached, predicted=True)
    training = stage.training.anew() if stage.training is not None else None
    kept = replace(fresh, prediction=stage.prediction, view=stage.view, training=training)
    return replace(kept, unit=min(stage.unit, fresh.trace.units - 1))


# ---- knobs ---------------------------------------------------------------------------------


def knob_of(stage: Stage, name: str) -> Knob:
    """How the setting `name` is turned."""
    return stage.simulation.knob(stage.settings, name)


def turnable(spec: SimSpec, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of `names` that are knobs of the simulation and can be turned. Raises SettingError."""
    simulation = sims.find(spec.use)
    settings = simulation.make(dict(spec.settings))
    return tuple(n for n in names if simulation.knob(settings, n).kind in KINDS)


def knob_value(stage: Stage, name: str) -> object:
    """What the knob `name` stands on at the cursor; None for a clamp that is free."""
    return stage.simulation.value(stage.settings, _placed(stage, name))


def _placed(stage: Stage, name: str) -> str:
    """`clamp_f@t` is a clamp at the cursor's step: the one whose phases are being computed."""
    t = max(1, -(-stage.transport.place // stage.transport.phases))
    return f"{name[:-2]}@{t}" if name.endswith("@t") else name


def turn(stage: Stage, name: str, count: int) -> Stage:
    """The knob `name` turned by `count` of its steps; at its end it stays."""
    knob = knob_of(stage, name)
    old = knob_value(stage, name)
    if knob.kind in ("choice", "clamp"):
        choices = ((None,) if knob.kind == "clamp" else ()) + tuple(knob.choices)
        place = choices.index(old) if old in choices else 0
        new: object = choices[max(0, min(place + count, len(choices) - 1))]
    elif knob.kind in ("int", "float") and isinstance(old, int | float):
        value = max(knob.low, min(round(old + count * knob.step, 6), knob.high))
        new = int(value) if knob.kind == "int" else value
    else:
        return stage
    return set_knob(stage, name, new)


def typed(stage: Stage, name: str) -> bool:
    """Whether the knob is set by typing: a text, or numbers."""
    return knob_of(stage, name).kind in ("text", "numbers")


def as_text(stage: Stage, name: str) -> str:
    """What a typed knob holds, as it is typed: words, or numbers with spaces between them."""
    value = knob_value(stage, name)
    if isinstance(value, str):
        return value
    rows = value if isinstance(value, tuple | list) else (value,)
    return ", ".join(
        " ".join(f"{n:g}" for n in row) if isinstance(row, tuple | list) else f"{row:g}"
        for row in rows
    )


def type_knob(stage: Stage, name: str, text: str) -> Stage:
    """A typed knob set to `text`. Numbers stand between spaces or commas; where commas part
    groups of several numbers, each group is one step's input. What cannot be leaves the stage
    as it is, with the reason in `complaint`."""
    if knob_of(stage, name).kind == "text":
        return set_knob(stage, name, text.strip())
    groups = [[parse_number(word) for word in group.split()] for group in text.split(",")]
    if any(n is None for group in groups for n in group) or not any(groups):
        return replace(stage, complaint=SettingError("setting.number", name=name, value=text))
    rows = [[n for n in group if n is not None] for group in groups if group]
    flat = [n for row in rows for n in row]
    many = len(rows) > 1 and len(rows[0]) > 1
    return set_knob(stage, name, rows if many else flat)


def set_knob(stage: Stage, name: str, value: object) -> Stage:
    """The setting `name` set to `value` (None releases a clamp), and the run computed anew.

    A value that cannot be leaves the stage as it is, with the reason in `complaint`.
    """
    if not stage.armed:
        return stage
    place = _placed(stage, name)
    given = {k: v for k, v in stage.given.items() if k != place}
    # A free step of a gate that is clamped for the whole run has to be said.
    if value is not None or place.partition("@")[0] in given:
        given[place] = value
    try:
        return _checked(replace(_computed(stage, given), acted=True))
    except SettingError as error:
        return replace(stage, complaint=error)


def _computed(stage: Stage, given: Mapping[str, object]) -> Stage:
    """The stage with these settings, at the same place. Raises SettingError."""
    settings = stage.simulation.make(given)
    trace = stage.simulation.trace(settings)
    return replace(
        stage,
        given=given,
        settings=settings,
        trace=trace,
        transport=stage.transport.fitted(trace.steps),
        unit=min(stage.unit, trace.units - 1),
        measures=_measures(stage.simulation, settings, trace),
        training=stage.training.anew() if stage.training is not None else None,
        complaint=None,
    )


# ---- views ---------------------------------------------------------------------------------


def show(stage: Stage, view: int) -> Stage:
    """Another view, by its place from 0; no such place changes nothing."""
    return replace(stage, view=view) if 0 <= view < len(stage.views) else stage


def next_view(stage: Stage) -> Stage:
    return replace(stage, view=(stage.view + 1) % len(stage.views))


def next_unit(stage: Stage, count: int = 1) -> Stage:
    return replace(stage, unit=(stage.unit + count) % stage.trace.units)


def open_next_row(stage: Stage) -> Stage:
    """Show the products inside the next row of the present view, after the last none again."""
    rows = ("", *openable(stage.views[stage.view], stage.trace))
    place = rows.index(stage.open_row) if stage.open_row in rows else 0
    return replace(stage, open_row=rows[(place + 1) % len(rows)])


def share(stage: Stage) -> Stage:
    """Show, or no longer show, that all steps use the same weights."""
    return replace(stage, shared=not stage.shared)


def command_line(stage: Stage) -> str:
    """The line that brings one back to what is seen."""
    parts = [f"rnntutor sim {stage.spec.use}"]
    for name, value in stage.given.items():
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        text = value if isinstance(value, str) else text
        parts.append(f"--{name} {shlex.quote(text)}")
    parts.append(f"--t {stage.at.t}")
    return " ".join(parts)


def translated(stage: Stage, spec: SimSpec) -> Stage:
    """The same stage with the words of another language. A text that the learner has not changed
    becomes that language's."""
    old, new = dict(stage.spec.settings), dict(spec.settings)
    given = {k: new[k] if k in new and v == old.get(k) else v for k, v in stage.given.items()}
    prediction = stage.prediction
    if prediction is not None and spec.predict is not None:
        prediction = replace(prediction, spec=spec.predict, feedback=())
    same = replace(stage, spec=spec, prediction=prediction)
    return same if given == dict(stage.given) else _computed(same, given)


# ---- what is asked of the learner ----------------------------------------------------------


def predict(stage: Stage, given: str | int) -> Stage:
    """The learner's prediction: a number as typed, or an option's place from 0.

    Text that is not a number changes nothing (the screen asks again).
    """
    if stage.prediction is None or not stage.prediction.open:
        return stage
    spec = stage.prediction.spec
    if isinstance(spec, PredictChoice):
        assert isinstance(given, int)
        return _predict_choice(stage, spec, given)
    number = parse_number(str(given))
    return stage if number is None else _predict_number(stage, spec, str(given), number)


def _predict_choice(stage: Stage, spec: PredictChoice, given: int) -> Stage:
    true = [n for n, (_, when) in enumerate(spec.options) if _at_end(stage, when)]
    key = true[0] if true else None
    state = RIGHT if given in true else WRONG
    return replace(stage, prediction=Prediction(spec, state, given, key), acted=True)


def _predict_number(stage: Stage, spec: PredictNumber, given: str, number: float) -> Stage:
    key = _asked_value(stage, spec.ask)
    state = RIGHT if abs(number - key) <= spec.atol else WRONG
    feedback: Inline = ()
    if state == WRONG:
        close = [
            (abs(number - slip), wrong.say)
            for wrong in spec.wrong
            if (slip := _slip(stage, spec.ask, wrong.slip, wrong.of)) is not None
            and abs(number - slip) <= spec.atol
        ]
        feedback = min(close, default=(0.0, ()), key=lambda pair: pair[0])[1]
    asked = Prediction(spec, state, given, key, feedback)
    revealed = replace(stage, prediction=asked, acted=True)
    # The answer is shown at once: the run goes to the end of the step that was asked about.
    name, places = split_path(spec.ask)
    over_time = bool(places) and name in stage.trace.arrays
    t = stage.trace.turned(places[0]) if over_time else stage.trace.steps
    place = max(stage.transport.place, t * stage.transport.phases)
    return _checked(replace(revealed, transport=stage.transport.to(place)))


def _asked_value(stage: Stage, ask: str) -> float:
    """The value that a prediction asks for: a measure, or a place of the trace."""
    return stage.measures[ask] if ask in stage.measures else float(stage.trace[ask])


def _slip(stage: Stage, ask: str, slip: str, of: str) -> float | None:
    """The value that a known mistake gives; None where it has no value here."""
    try:
        if of:
            return float(stage.trace[of])
        return float(stage.simulation.slips[slip](stage.settings, stage.trace, ask))
    except (KeyError, PathError):
        return None


def skip(stage: Stage) -> Stage:
    """No prediction this time; the run is armed."""
    if stage.prediction is None or not stage.prediction.open:
        return stage
    return replace(stage, prediction=replace(stage.prediction, state=SKIPPED))


def _at_end(stage: Stage, condition: Condition) -> bool:
    end = Moment(stage.trace.steps, stage.transport.phases)
    return holds(condition, _value(stage, condition.of, end))


def _value(stage: Stage, path: str, at: Moment) -> object:
    settings = {name: knob_value(stage, name) for name in stage.spec.controls} | dict(stage.given)
    told = reports(stage)
    if path in told:
        return told[path]
    return value_of(
        path,
        trace=stage.trace,
        at=at,
        phases=stage.transport.phases,
        measures=stage.measures,
        settings=settings,
    )


def reports(stage: Stage) -> Mapping[str, float]:
    """What the training has last reported: "updates", "loss" and its metrics."""
    if stage.training is None:
        return {}
    last = stage.training.history.last
    if last is None:
        return {"updates": 0.0}
    return {**last.metrics, "loss": last.loss, "updates": float(last.step)}


def probing(stage: Stage) -> bool:
    """Whether the present view shows a run (so that the transport moves in it) rather than the
    reports of a training."""
    return stage.training is None or not tells_training(stage.views[stage.view])


def now(stage: Stage, condition: Condition) -> object:
    """What the condition speaks of, at the cursor; None while it is not known yet."""
    return _value(stage, condition.of, stage.at)


def _checked(stage: Stage) -> Stage:
    """The stage with its ticks: what has held once, stays ticked."""
    do, goal = stage.spec.do, stage.spec.goal
    return replace(
        stage,
        ticked=stage.ticked or (bool(do) and all(holds(c, now(stage, c)) for c in do)),
        reached=stage.reached or (bool(goal) and all(holds(c, now(stage, c)) for c in goal)),
    )
