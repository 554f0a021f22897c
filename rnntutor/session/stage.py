"""A stage: one simulation with its transport, views, knobs, prediction and tasks.

It knows no simulation by name. A stage is frozen; functions that change it return the next one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from rnntutor import sims
from rnntutor.course.blocks import Inline
from rnntutor.course.sim_spec import PredictChoice, PredictNumber, SimSpec
from rnntutor.failure import Failure
from rnntutor.nn.trace import Trace
from rnntutor.nn.training import History
from rnntutor.render.views.registry import is_still, shows_training
from rnntutor.render.views.view_context import NOTHING, Cursor
from rnntutor.session.training import Training
from rnntutor.session.transport import Transport
from rnntutor.sims.base import Knob, Simulation, knobs

ASKED, MADE, RIGHT, WRONG, SKIPPED = "asked", "made", "right", "wrong", "skipped"


@dataclass(frozen=True, slots=True)
class Prediction:
    """A prediction that the learner makes before the run.

    Attributes:
        spec: what to predict.
        state: ASKED, MADE (not yet judged), RIGHT, WRONG or SKIPPED.
        given: the typed number, or the index of the predicted option, from 0.
        key: the true value, or the index of the option that comes true, from 0.
        feedback: the lesson's text on the mistake that the number matches.
        settings: settings of the run that the prediction refers to.
        because: index of the reason chosen after a wrong prediction.
        because_read: whether the feedback on that reason has been read.
    """

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
        """Whether the learner still has to predict."""
        return self.state == ASKED


@dataclass(frozen=True, slots=True)
class Earlier:
    """A previous run of the stage.

    Attributes:
        given: its settings in raw form.
        trace: the run.
        history: the reports of its training.
    """

    given: Mapping[str, object]
    trace: Trace
    history: History = NOTHING


@dataclass(frozen=True, slots=True)
class Bound:
    """The run to which a step's outcome text belongs.

    Attributes:
        settings: settings of the run.
        generation: generation of its training.
        at: cursor at the last tick, if the conditions do not hold at the same time (T = 10 in one,
            T = 80 in the next); None if they do.
    """

    settings: Any
    generation: int = 0
    at: Cursor | None = None


class Measures(Mapping[str, float]):
    """The scalar measures of a run, each computed lazily and cached."""

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
    """A simulation with its run and everything that the learner does with it.

    Attributes:
        spec: the sim block.
        simulation: the simulation.
        given: settings in raw form, as set by the lesson and the learner, by name.
        settings: parsed settings.
        trace: the run.
        measures: measures of the run.
        transport: position in the run.
        phases: names of the phases of a time step.
        controls: the block's knobs that have an effect with these settings.
        views: names of the available views.
        view: index of the present view.
        knob: index of the selected knob.
        unit: index of the unit whose numbers are spelled out.
        shared: whether the shared weights of all steps are shown.
        open_row: the row whose products are expanded; "" for none.
        prediction: the prediction, if the step has one.
        acted: whether the learner has done anything.
        ticks: indices of the conditions of `do` that have been met.
        task_done: whether all of them have been met.
        goal_met: whether `goal` has been met.
        complaint: why the last change was rejected.
        training: state of the training, if the simulation trains.
        before: the run before the present knob was first turned; None if no knob was.
        bound: the run to which the outcome text belongs.
    """

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
    def cursor(self) -> Cursor:
        """The position of the transport as step and phase."""
        return self.transport.cursor

    @property
    def ready(self) -> bool:
        """Whether the run may go on: no prediction is open."""
        return self.prediction is None or not self.prediction.open

    @property
    def finished(self) -> bool:
        """Whether the transport is at the end of the run."""
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
    """Open the stage of a sim block at its cursor.

    Views that the run does not have are left out.

    Args:
        spec: the sim block.
        ticks: indices of the conditions met earlier.
        task_done: whether the task was done earlier.
        goal_met: whether the goal was met earlier.
        predicted: whether the prediction was made earlier; it is then not offered again.
        simulation: used instead of the block's simulation.

    Raises:
        SettingError: a setting is invalid.
        NoSimulation: the simulation does not exist.
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


# ---- transport -----------------------------------------------------------------------------


def reset(stage: Stage) -> Stage:
    """Restore the lesson's settings; ticks and prediction are kept."""
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
    """Return the knob of the setting `name`."""
    return stage.simulation.knob(stage.settings, name)


def knob_value(stage: Stage, name: str) -> object:
    """Return the value of the knob `name` at the cursor; None for a released clamp."""
    return stage.simulation.value(stage.settings, setting_at_cursor(stage, name))


def setting_at_cursor(stage: Stage, name: str) -> str:
    """Return the setting that a per-step knob refers to at the cursor.

    `clamp_f@t` is the clamp of the step whose phases are being computed; other names are unchanged.
    """
    t = max(1, -(-stage.transport.position // stage.transport.phases))
    return f"{name[:-2]}@{t}" if name.endswith("@t") else name


def rerun(stage: Stage, given: Mapping[str, object], settings: Any = None) -> Stage:
    """Return the stage with new settings, at the same position.

    Training restarts unless only display settings of a trained net changed.

    Args:
        stage: the stage.
        given: the settings in raw form.
        settings: the parsed settings, if known.

    Raises:
        SettingError: a setting is invalid.
    """
    settings = stage.simulation.make(given) if settings is None else settings
    training = stage.training
    last = training.history.last if training is not None else None
    if training is not None and not (
        _only_view_changes(stage, settings) and (last is None or last.look)
    ):
        training, last = training.anew(), None
    seen = last.probe_with(settings).trace if last is not None else None
    trace = stage.simulation.trace(settings) if seen is None else seen
    # If the lesson names no views, all views that these settings have are available.
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
        transport=stage.transport.rescale(trace.steps, len(phases)),
        phases=phases,
        controls=_in_reach(stage.spec, stage.simulation, settings),
        unit=min(stage.unit, trace.units - 1),
        training=training,
        complaint=None,
        before=_before(stage, given),
    )


def _before(stage: Stage, given: Mapping[str, object]) -> Earlier | None:
    """Return the run to compare the new one with.

    This is the previous run. While the same knob keeps being turned it is the run before the first
    turn; for training it is the last run that reported anything.
    """
    if given == stage.given:
        return stage.before
    told = stage.training.history if stage.training is not None else NOTHING
    earlier = stage.before
    same = (
        earlier is not None
        and len(_differing_names(earlier.given, given) | _settings_changed(stage)) <= 1
    )
    if earlier is not None and not told.updates and (same or stage.training is not None):
        return None if earlier.given == given else earlier
    return Earlier(stage.given, stage.trace, told)


def _settings_changed(stage: Stage) -> set[str]:
    """Return the settings in which the present run differs from the previous run."""
    return _differing_names(stage.before.given, stage.given) if stage.before is not None else set()


def _differing_names(one: Mapping[str, object], other: Mapping[str, object]) -> set[str]:
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


def _only_view_changes(stage: Stage, settings: Any) -> bool:
    """Return whether these settings differ from the stage's only in display settings."""
    known = knobs(settings)
    return all(
        one.name in known and known[one.name].view_only
        for one in fields(settings)
        if getattr(settings, one.name) != getattr(stage.settings, one.name)
    )


# ---- language ------------------------------------------------------------------------------


def translate(stage: Stage, spec: SimSpec) -> Stage:
    """Return the stage in another language.

    A text setting that the learner has not changed is translated too.
    """
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


# ---- what is shown -------------------------------------------------------------------------


def probing(stage: Stage) -> bool:
    """Return whether the present view shows a run, in which the transport moves.

    The other views show the reports of a training run.
    """
    return stage.training is None or not shows_training(stage.views[stage.view], stage.trace)


def resting(stage: Stage) -> bool:
    """Return whether nothing runs that could change the present view."""
    running = stage.training is not None and stage.training.running
    return is_still(stage.views[stage.view], stage.trace) and not running


def same_run(stage: Stage, settings: Any) -> bool:
    """Return whether these settings give the run that is on the stage."""
    if settings == stage.settings:
        return True
    return (
        stage.training is not None
        and type(settings) is type(stage.settings)
        and _only_view_changes(stage, settings)
    )
