"""Rules for simulations: every block and link runs, and all names in it exist."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, assert_never

import numpy as np

from rnntutor import sims
from rnntutor.check.source import Source
from rnntutor.course.blocks import Link
from rnntutor.course.conditions import holds
from rnntutor.course.sim_spec import Condition, PredictChoice, PredictNumber, SimSpec
from rnntutor.deadline import tick
from rnntutor.nn.trace import PathError, Trace
from rnntutor.sims.base import SettingError, Simulation, knobs

TRANSPORT = ("t", "phase", "updates")
UPDATES = 3
BECAUSES = 3
"""Number of reasons to choose from after a missed prediction."""


def check_sims(source: Source) -> None:
    """Check every sim block of the lesson by one run with its settings."""
    for step in source.lesson.steps:
        if step.sim is not None:
            _Block(source, step.sim).check()


def check_link(source: Source, line: int, link: Link) -> None:
    """Check the simulation, settings and view of a `{sim:name setting=value view=name}` link."""
    simulation = simulation_of(source, line, link.target)
    if simulation is None:
        return
    made = settings_of(source, line, simulation, dict(link.settings))
    views = simulation.views(made) if made is not None and link.view else ()
    if views and link.view not in views:
        source.add_problem(line, "view", name=link.view, choices=", ".join(views))


def simulation_of(source: Source, line: int, name: str) -> Simulation | None:
    """Return the simulation of that name, or None after reporting a problem."""
    try:
        return sims.find(name)
    except sims.NoSimulation as error:
        source.add_problem(line, "sim", name=name, choices=error.values["choices"])
        return None


def settings_of(
    source: Source, line: int, simulation: Simulation, given: Mapping[str, object]
) -> Any | None:
    """Return the settings, or None after reporting a problem at the line of the wrong setting."""
    try:
        return simulation.make(given)
    except SettingError as error:
        name = str(error.values.get("name", ""))
        why = source.findings.because(error.key, error.values)
        source.add_problem(source.line(name, line), "setting", name=name, why=why)
    except (ValueError, TypeError, ArithmeticError) as error:
        source.add_problem(line, "runs", name=simulation.name, why=str(error))
    return None


@lru_cache(maxsize=256)
def _ran(name: str, settings: Any) -> Trace:
    """Run a simulation, with the first reports of its training.

    The result is cached, because both languages have the same blocks. Exceptions of the run
    propagate.
    """
    simulation = sims.find(name)
    with np.errstate(all="ignore"):
        trace = simulation.trace(settings)
        if simulation.updates is not None:
            for update in itertools.islice(simulation.updates(settings), UPDATES):
                tick()
                update.probe_with(settings)
    return trace


class _Block:
    """Checks one sim block."""

    def __init__(self, source: Source, spec: SimSpec) -> None:
        self.source, self.spec = source, spec

    def add_problem(self, text: str, rule: str, /, **values: object) -> None:
        """Report a problem at the first line of the block that contains the text."""
        self.source.add_problem(self.source.line(text, self.spec.line), rule, **values)

    def check(self) -> None:
        """Check the whole block."""
        spec = self.spec
        simulation = simulation_of(self.source, self.source.line("use", spec.line), spec.use)
        if simulation is None:
            return
        settings = settings_of(self.source, spec.line, simulation, dict(spec.settings))
        if settings is None:
            return
        self.simulation, self.settings = simulation, settings
        try:
            self.trace = _ran(simulation.name, settings)
        except (ValueError, TypeError, ArithmeticError, LookupError) as error:
            self.add_problem("use", "runs", name=spec.use, why=str(error))
            return
        self._screen()
        match spec.predict:
            case PredictNumber() as predict:
                self._number(predict)
            case PredictChoice() as predict:
                self._choice(predict)
                self._because(predict)
            case None:
                pass
            case _:
                assert_never(spec.predict)
        for condition in (*spec.do, *spec.goal):
            self._condition(condition)
        if spec.goal and not any(self._is_outcome(c) for c in spec.goal):
            self.add_problem("goal", "goal", choices=", ".join(self.simulation.measures))

    def _screen(self) -> None:
        """Check that controls, views, focus and cursor exist."""
        for name in self.spec.controls:
            if not self._is_knob(name):
                choices = ", ".join(k for k in self._fields())
                self.add_problem(f'"{name}"', "control", name=name, choices=choices)
        views = self.simulation.views(self.settings)
        for name in self.spec.views:
            if name not in views:
                self.add_problem(f'"{name}"', "view", name=name, choices=", ".join(views))
        for name in self.spec.focus:
            if name not in views and name not in self.trace:
                self.add_problem("focus", "focus", name=name, choices=", ".join(views))
        if self.spec.cursor > self.trace.steps:
            self.add_problem("cursor", "cursor", cursor=self.spec.cursor, steps=self.trace.steps)

    # ---- predictions -----------------------------------------------------------------------

    def _number(self, predict: PredictNumber) -> None:
        """Check that the predicted value exists and no known mistake would count as right."""
        right = self._value(predict.ask)
        if right is None:
            return
        for wrong in predict.wrong:
            value = self._slip(wrong.slip, predict.ask) if wrong.slip else self._value(wrong.of)
            if value is not None and abs(value - right) <= predict.atol:
                name = wrong.slip or wrong.of
                self.add_problem(
                    f'"{name}"', "slip_right", name=name, value=f"{value:.3f}", key=f"{right:.3f}"
                )

    def _slip(self, name: str, path: str) -> float | None:
        if name not in self.simulation.misconceptions:
            self.add_problem(
                f'"{name}"', "slip", name=name, choices=", ".join(self.simulation.misconceptions)
            )
            return None
        try:
            return float(self.simulation.misconceptions[name](self.settings, self.trace, path))
        except LookupError as error:
            self.add_problem(f'"{name}"', "slip_path", name=name, path=path, why=_plain(error))
            return None

    def _choice(self, predict: PredictChoice) -> None:
        """Check that exactly one option holds at the end, and that the others have an explanation.

        The result of a training run is unknown here: all of its options but one need an
        explanation.
        """
        if self.simulation.updates is not None:
            if sum(not option.say for option in predict.options) > 1:
                self._reasons(predict, [False] * len(predict.options))
            return
        held = [self._condition(option.when) for option in predict.options]
        if None in held:
            return
        if sum(bool(h) for h in held) != 1:
            self.add_problem("predict", "options", held=sum(bool(h) for h in held))
            return
        self._reasons(predict, held)

    def _reasons(self, predict: PredictChoice, held: Sequence[bool | None]) -> None:
        """Report every option that does not hold and has no explanation."""
        for option, right in zip(predict.options, held, strict=True):
            if not right and not option.say:
                self.source.add_problem(option.line, "option_say")

    def _because(self, predict: PredictChoice) -> None:
        """Check that of three reasons exactly one is right and the others have an explanation."""
        if not predict.because:
            return
        right = sum(reason.right for reason in predict.because)
        if len(predict.because) != BECAUSES or right != 1:
            line = predict.because[0].line
            found = {"found": len(predict.because), "right": right}
            self.source.add_problem(line, "because_count", wanted=BECAUSES, **found)
        for reason in predict.because:
            if reason.right == bool(reason.say):
                self.source.add_problem(reason.line, "because_say")

    # ---- conditions ------------------------------------------------------------------------

    def _condition(self, condition: Condition) -> bool | None:
        """Return whether a condition holds at the end of the run, or None if unknown."""
        of = condition.of
        if of == "t":
            wanted = condition.value
            fixed = not {"T", "text", "x"} & set(self.spec.controls)
            if fixed and condition.test == "at_least" and _above(wanted, self.trace.steps):
                self.add_problem(f'"{of}"', "never", of=of, steps=self.trace.steps, value=wanted)
            return holds(condition, self.trace.steps)
        if of in TRANSPORT:
            return None
        if of not in self.simulation.measures and self._is_knob(of):
            return holds(condition, self.simulation.value(self.settings, of))
        value = self._value(of)
        return None if value is None else holds(condition, value)

    def _is_outcome(self, condition: Condition) -> bool:
        """Return whether a condition depends on the run, not on a setting or the transport."""
        of = condition.of
        if of in self.simulation.measures:
            return True
        return of not in TRANSPORT and not self._is_knob(of)

    def _value(self, path: str) -> float | None:
        """Return the number at a path or of a measure, or None after reporting a problem."""
        if path in self.simulation.measures:
            value = float(self.simulation.measures[path](self.settings, self.trace))
            if not np.isfinite(value):
                self.add_problem(f'"{path}"', "not_finite", path=path)
                return None
            return value
        try:
            there = self.trace[path]
        except PathError:
            names = (*TRANSPORT, *self.simulation.measures, *self._fields(), *_names(self.trace))
            choices = ", ".join(dict.fromkeys(names))
            self.add_problem(f'"{path}"', "of", path=path, choices=choices, steps=self.trace.steps)
            return None
        if there.ndim or not np.isfinite(there):
            self.add_problem(f'"{path}"', "not_finite", path=path)
            return None
        return float(there)

    def _is_knob(self, name: str) -> bool:
        try:
            self.simulation.knob(self.settings, name)
        except (SettingError, LookupError, AttributeError):
            return False
        return True

    def _fields(self) -> tuple[str, ...]:
        return tuple(knobs(self.settings))


def _above(value: object, limit: int) -> bool:
    return isinstance(value, int | float) and value > limit


def _names(trace: Trace) -> list[str]:
    return sorted({*trace.arrays, *trace.fixed})


def _plain(error: LookupError) -> str:
    return str(error.args[0]) if error.args else ""
