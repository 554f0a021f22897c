"""A stage: one simulation with its transport, its views, its knobs, and what is asked of it.

It knows no simulation by name. A stage is frozen; every function here returns the next one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from rnntutor import sims
from rnntutor.course.blocks import Inline
from rnntutor.course.sim_spec import Condition, PredictChoice, PredictNumber, SimSpec
from rnntutor.failure import Failure
from rnntutor.nn.trace import Trace
from rnntutor.nn.training import History
from rnntutor.render.views.registry import expandable_rows, is_still, shows_training
from rnntutor.render.views.view_context import NOTHING, Cursor
from rnntutor.session.conditions import value_of
from rnntutor.session.training import Training
from rnntutor.session.transport import Transport
from rnntutor.sims.base import Knob, Simulation, knobs

ASKED, MADE, RIGHT, WRONG, SKIPPED = "asked", "made", "right", "wrong", "skipped"


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the learner expects before the run. state: asked, made (nobody knows yet whether it is
    right), right, wrong or skipped. key: the value, or the place (from 0) of the option that comes
    true. feedback: which mistake the number fits, in the lesson's words. settings: those of the
    run that it speaks of. because: the place of the reason that was chosen after a miss;
    because_read: what was said of it has been read."""

    spec: PredictNumber | PredictChoice
    state: str = ASKED
    given: str | int | None = None
    key: float | int | None = None
    feedback: Inline = ()
    settings: Any = None
    because: int | None = None
    because_read: bool = False

    @property
    def open(self) -> bool:
        return self.state == ASKED


@dataclass(frozen=True, slots=True)
class Earlier:
    """A run that stood here before: its settings as they were given, the run itself, and what its
    training had reported."""

    given: Mapping[str, object]
    trace: Trace
    history: History = NOTHING


@dataclass(frozen=True, slots=True)
class Bound:
    """The run to which the text shown after a step belongs: its settings, and the generation of its
    training. at: the cursor at the last tick, where not all conditions hold at once (one asks for
    T = 10, the next for T = 80); None where they do."""

    settings: Any
    generation: int = 0
    at: Cursor | None = None


class Measures(Mapping[str, float]):
    """What can be said of a run in one number; each is computed when it is asked for."""

    def __init__(self, simulation: Simulation, settings: Any, trace: Trace) -> None:
        self._of = simulation.measures
        self._run = settings, trace
        self._known: dict[str, float] = {}

    def __getitem__(self, name: str) -> float:
        if name not in self._known:
            self._known[name] = float(self._of[name](*self._run))
        return self._known[name]

    def __contains__(self, name: object) -> bool:
        return name in self._of

    def __iter__(self) -> Iterator[str]:
        return iter(self._of)

    def __len__(self) -> int:
        return len(self._of)


@dataclass(frozen=True, slots=True)
class Stage:
    """given: every setting as lesson and learner have set it, by name. phases: of one time step.
    controls: the knobs in reach, those of its block that change something with these settings.
    acted: whether the learner has touched anything. ticks: the conditions of `do` that have held
    once, by their place; task_done: all of them have; goal_met: `goal` has been met. bound: where
    that is told. before: the run from which the present knob was turned away; None before any
    was."""

    spec: SimSpec
    simulation: Simulation
    given: Mapping[str, object]
    settings: Any
    trace: Trace
    measures: Measures
    transport: Transport
    phases: tuple[str, ...]
    controls: tuple[str, ...]
    views: tuple[str, ...]
    view: int = 0
    knob: int = 0
    unit: int = 0
    shared: bool = False
    open_row: str = ""
    prediction: Prediction | None = None
    acted: bool = False
    ticks: frozenset[int] = frozenset()
    task_done: bool = False
    goal_met: bool = False
    complaint: Failure | None = None
    training: Training | None = None
    before: Earlier | None = None
    bound: Bound | None = None

    @property
    def at(self) -> Cursor:
        return self.transport.moment

    @property
    def ready(self) -> bool:
        """Whether the run may go on: it may not while a prediction is asked for."""
        return self.prediction is None or not self.prediction.open

    @property
    def finished(self) -> bool:
        return self.transport.position == self.transport.last


def open_stage(
    spec: SimSpec,
    *,
    ticks: frozenset[int] = frozenset(),
    task_done: bool = False,
    goal_met: bool = False,
    predicted: bool = False,
    simulation: Simulation | None = None,
) -> Stage:
    """The stage of a sim block, at its cursor. Views that its run does not have are left out.
    Raises SettingError for settings that cannot be, and NoSimulation.

    simulation: in place of the one that the block names. ticks, task_done, goal_met, predicted:
    what the learner has done here before; a prediction that has been made is not asked again.
    """
    simulation = simulation or sims.find(spec.use)
    given = dict(spec.settings)
    settings = simulation.make(given)
    trace = simulation.trace(settings)
    phases = simulation.phases(settings)
    ask = spec.predict is not None and not predicted
    there = simulation.views(settings)
    return Stage(
        spec=spec,
        simulation=simulation,
        given=given,
        settings=settings,
        trace=trace,
        measures=Measures(simulation, settings, trace),
        transport=Transport(trace.steps, len(phases)).to(spec.cursor * len(phases)),
        phases=phases,
        controls=_in_reach(spec, simulation, settings),
        views=tuple(view for view in spec.views if view in there) or there,
        prediction=Prediction(spec.predict) if ask and spec.predict else None,
        training=Training(reports=simulation.most_reports) if simulation.updates else None,
        ticks=frozenset(range(len(spec.do))) if task_done else ticks,
        task_done=task_done,
        goal_met=goal_met,
    )


def _in_reach(spec: SimSpec, simulation: Simulation, settings: Any) -> tuple[str, ...]:
    idle = simulation.idle(settings)
    return tuple(name for name in spec.controls if name not in idle)


# ---- the transport -------------------------------------------------------------------------


def reset(stage: Stage) -> Stage:
    """Everything as the lesson set it; what has been achieved and predicted stays."""
    fresh = open_stage(
        stage.spec,
        task_done=stage.task_done,
        goal_met=stage.goal_met,
        predicted=True,
        simulation=stage.simulation,
    )
    training = stage.training.anew() if stage.training is not None else None
    kept = replace(
        fresh,
        ticks=stage.ticks,
        prediction=stage.prediction,
        view=stage.view,
        training=training,
        bound=stage.bound,
    )
    return replace(kept, unit=min(stage.unit, fresh.trace.units - 1))


# ---- knobs ---------------------------------------------------------------------------------


def knob_of(stage: Stage, name: str) -> Knob:
    """How the setting `name` is turned."""
    return stage.simulation.knob(stage.settings, name)


def knob_value(stage: Stage, name: str) -> object:
    """What the knob `name` stands on at the cursor; None for a clamp that is free."""
    return stage.simulation.value(stage.settings, setting_at_cursor(stage, name))


def setting_at_cursor(stage: Stage, name: str) -> str:
    """`clamp_f@t` is a clamp at the cursor's step: the one whose phases are being computed."""
    t = max(1, -(-stage.transport.position // stage.transport.phases))
    return f"{name[:-2]}@{t}" if name.endswith("@t") else name


def rerun(stage: Stage, given: Mapping[str, object], settings: Any = None) -> Stage:
    """The stage with these settings, at the same place. Its training begins anew, unless only the
    way it is looked at has changed. settings: what `given` comes to, if it is known. Raises
    SettingError."""
    settings = stage.simulation.make(given) if settings is None else settings
    training = stage.training
    last = training.history.last if training is not None else None
    if training is not None and not (
        _only_view_changes(stage, settings) and (last is None or last.look)
    ):
        training, last = training.anew(), None
    seen = last.probe_with(settings).trace if last is not None else None
    trace = stage.simulation.trace(settings) if seen is None else seen
    # Where a lesson names no views there are all that these settings have.
    views, here = stage.views, stage.views[stage.view]
    if not stage.spec.views:
        views = stage.simulation.views(settings)
    phases = stage.simulation.phases(settings)
    return replace(
        stage,
        views=views,
        view=views.index(here) if here in views else 0,
        given=given,
        settings=settings,
        trace=trace,
        measures=Measures(stage.simulation, settings, trace),
        transport=stage.transport.rescaled(trace.steps, len(phases)),
        phases=phases,
        controls=_in_reach(stage.spec, stage.simulation, settings),
        unit=min(stage.unit, trace.units - 1),
        training=training,
        complaint=None,
        before=_before(stage, given),
    )


def _before(stage: Stage, given: Mapping[str, object]) -> Earlier | None:
    """The run that the new settings are compared with: the one before them; while the same knob
    is turned on, the one from which its turning began; and of training runs the last that ran."""
    if given == stage.given:
        return stage.before
    told = stage.training.history if stage.training is not None else NOTHING
    earlier = stage.before
    same = earlier is not None and len(_changed(earlier.given, given) | _turned(stage)) <= 1
    if earlier is not None and not told.updates and (same or stage.training is not None):
        return None if earlier.given == given else earlier
    return Earlier(stage.given, stage.trace, told)


def _turned(stage: Stage) -> set[str]:
    """The settings in which the present run differs from the one before."""
    return _changed(stage.before.given, stage.given) if stage.before is not None else set()


def _changed(one: Mapping[str, object], other: Mapping[str, object]) -> set[str]:
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


def _only_view_changes(stage: Stage, settings: Any) -> bool:
    """Whether these settings differ from the stage's only in how a trained net is looked at."""
    known = knobs(settings)
    return all(
        one.name in known and known[one.name].view_only
        for one in fields(settings)
        if getattr(settings, one.name) != getattr(stage.settings, one.name)
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
    rows = ("", *expandable_rows(stage.views[stage.view], stage.trace))
    place = rows.index(stage.open_row) if stage.open_row in rows else 0
    return replace(stage, open_row=rows[(place + 1) % len(rows)])


def share(stage: Stage) -> Stage:
    """Show, or no longer show, that all steps use the same weights."""
    return replace(stage, shared=not stage.shared)


def translated(stage: Stage, spec: SimSpec) -> Stage:
    """The same stage with the words of another language. A text that the learner has not changed
    becomes that language's."""
    old, new = dict(stage.spec.settings), dict(spec.settings)
    changed = {k: v for k, v in stage.given.items() if k not in old or v != old[k]}
    given = new | changed
    prediction = stage.prediction
    if prediction is not None and spec.predict is not None:
        prediction = replace(prediction, spec=spec.predict, feedback=())
    controls = _in_reach(spec, stage.simulation, stage.settings)
    same = replace(stage, spec=spec, controls=controls, prediction=prediction)
    if given == dict(stage.given):
        return same
    there = rerun(replace(same, bound=None), given)
    if prediction is not None and same_run(stage, prediction.settings):
        there = replace(there, prediction=replace(prediction, settings=there.settings))
    return there


# ---- what is asked of the learner ----------------------------------------------------------


def value_at(stage: Stage, path: str, at: Cursor) -> object:
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
    reports of a training run."""
    return stage.training is None or not shows_training(stage.views[stage.view])


def resting(stage: Stage) -> bool:
    """Whether nothing runs, and nothing that could run would change the present view."""
    running = stage.training is not None and stage.training.running
    return is_still(stage.views[stage.view]) and not running


def now(stage: Stage, condition: Condition) -> object:
    """What the condition speaks of, at the cursor; None while it is not known yet."""
    return value_at(stage, condition.of, stage.at)


def same_run(stage: Stage, settings: Any) -> bool:
    """Whether these settings give the run that is on the stage."""
    if settings == stage.settings:
        return True
    return (
        stage.training is not None
        and type(settings) is type(stage.settings)
        and _only_view_changes(stage, settings)
    )
