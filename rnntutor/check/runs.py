"""Check the runs that a lesson mentions: whether they are possible, and their claims hold."""

from __future__ import annotations

import itertools
import math
import statistics
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnntutor import sims
from rnntutor.check.sims import settings_of, simulation_of
from rnntutor.check.source import Source, parts
from rnntutor.course.blocks import Blocks, RunsBlock
from rnntutor.course.claims import Claim, ClaimedRun
from rnntutor.course.lesson import Lesson
from rnntutor.course.runs import varied
from rnntutor.deadline import tick
from rnntutor.nn.trace import PathError, Trace
from rnntutor.sims.base import Simulation

MOST_RUNS, MOST_UPDATES = 40, 20_000  # limits for one line
NEVER = math.inf  # value of a report that was never made, such as the update that solves a task


@dataclass(frozen=True, slots=True)
class ClaimResult:
    """The result of a claim.

    Attributes:
        claim: The claim.
        values: Value in each run, in the order of `combinations`.
        others: Values with which they are compared, if the claim names another value.
        holds: Whether the claim holds.
    """

    claim: Claim
    values: tuple[float, ...]
    others: tuple[float, ...]
    holds: bool


def runs_of(lesson: Lesson) -> tuple[ClaimedRun, ...]:
    """Return all runs that the lesson mentions, in the order of lines."""
    found = [run for part in parts(lesson) for run in in_blocks(part.blocks)]
    found += [run for step in lesson.steps if step.sim for run in step.sim.runs]
    return tuple(sorted(found, key=lambda run: run.line))


def in_blocks(blocks: Blocks) -> tuple[ClaimedRun, ...]:
    """Return the runs in the blocks."""
    return tuple(run for block in blocks if isinstance(block, RunsBlock) for run in block.runs)


# ---- without running -----------------------------------------------------------------------


def check_runs(source: Source) -> None:
    """Check that every line names an existing simulation, settings and values, without training."""
    for run in runs_of(source.lesson):
        tick()
        _check(source, run)


def _check(source: Source, run: ClaimedRun) -> None:
    simulation = simulation_of(source, run.line, run.use)
    if simulation is None:
        return
    many = list(itertools.islice(combinations(run), MOST_RUNS + 1))
    if len(many) > MOST_RUNS or (run.updates or 0) > MOST_UPDATES:
        source.add_problem(run.line, "run_long", runs=MOST_RUNS, updates=MOST_UPDATES)
        return
    if simulation.updates is None and run.updates != 0:
        source.add_problem(run.line, "run_untrained", name=run.use)
        return
    known = {*simulation.measures}
    if run.updates != 0:
        known |= {*simulation.reports, "loss", "updates"}
    entries = {name for claim in run.claims for name in _names(claim)} - known
    made = [settings_of(source, run.line, simulation, given) for given in many]
    if None in made:
        return
    try:
        with np.errstate(all="ignore"):
            trace = simulation.trace(made[0]) if entries else None
    except (ValueError, TypeError, ArithmeticError, LookupError) as error:
        source.add_problem(run.line, "runs", name=run.use, why=str(error))
        return
    for name in sorted(entries):
        if trace is None or _read(simulation, made[0], trace, name) is None:
            source.add_problem(run.line, "run_value", name=name, choices=", ".join(sorted(known)))


# ---- running -------------------------------------------------------------------------------


def execute(run: ClaimedRun) -> tuple[ClaimResult, ...]:
    """Run all runs of a line and evaluate its claims.

    Settings are not validated here: an exception of the simulation propagates. check_runs reports
    wrong settings beforehand.
    """
    simulation = sims.find(run.use)
    told = [_run_values(simulation, given, run) for given in combinations(run)]
    return tuple(judge(claim, told) for claim in run.claims)


def combinations(run: ClaimedRun) -> Iterator[dict[str, object]]:
    """Yield the settings of each run of the line; the last list varies fastest."""
    lists = [
        value if isinstance(value, tuple) and varied(run.use, name, value) else (value,)
        for name, value in run.settings
    ]
    for values in itertools.product(*lists):
        yield {name: value for (name, _), value in zip(run.settings, values, strict=True)}


def judge(claim: Claim, told: list[Mapping[str, list[float]]]) -> ClaimResult:
    """Evaluate a claim.

    Args:
        claim: The claim.
        told: For each run the values of each name, one per report.
    """
    values = [_one(claim, reports[claim.of]) for reports in told]
    wanted = claim.value
    others = [_one(claim, reports[wanted]) for reports in told] if isinstance(wanted, str) else []
    if claim.over == "median":
        held = _holds(claim, statistics.median(values), statistics.median(others or [0.0]))
    else:
        each = [_holds(claim, v, o) for v, o in zip(values, others or values, strict=True)]
        held = any(each) if claim.over == "some" else all(each)
    return ClaimResult(claim, tuple(values), tuple(others), held)


def _one(claim: Claim, reports: list[float]) -> float:
    if claim.at == "lowest":
        return min(reports)
    return max(reports) if claim.at == "highest" else reports[-1]


def _holds(claim: Claim, value: float, other: float) -> bool:
    wanted = claim.value
    if math.isnan(value):
        return False
    if isinstance(wanted, tuple):
        return wanted[0] <= value <= wanted[1]
    limit = other if isinstance(wanted, str) else wanted
    if claim.test == "=":
        exact = isinstance(wanted, str) or math.isinf(value)
        return value == limit if exact else abs(value - limit) <= 0.5 * 10**-claim.decimals + 1e-9
    below, same = value < limit, value == limit
    return {"<": below, "<=": below or same, ">": value > limit, ">=": value >= limit}[claim.test]


def _names(claim: Claim) -> tuple[str, ...]:
    return (claim.of, claim.value) if isinstance(claim.value, str) else (claim.of,)


def _run_values(
    simulation: Simulation, given: Mapping[str, object], run: ClaimedRun
) -> Mapping[str, list[float]]:
    """Run once and return the values of each name in the claims, one per report.

    The last report is the first one with at least the requested number of updates.
    """
    settings = simulation.make(given)
    names = tuple(dict.fromkeys(name for claim in run.claims for name in _names(claim)))
    every = any(claim.at for claim in run.claims)
    told: dict[str, list[float]] = {name: [] for name in names}

    def note(values: Mapping[str, float], trace: Trace | None) -> None:
        for name in names:
            if name in values:
                told[name].append(values[name])
            elif name in simulation.reports and run.updates != 0:
                told[name].append(NEVER)
            elif trace is not None:
                value = _read(simulation, settings, trace, name)
                told[name].append(math.nan if value is None else value)

    with np.errstate(all="ignore"):
        if run.updates == 0:
            note({}, simulation.trace(settings))
            return told
        assert simulation.updates is not None
        last = None
        for update in simulation.updates(settings):
            last = update
            values = {**update.metrics, "loss": update.loss, "updates": float(update.step)}
            done = run.updates is not None and update.step >= run.updates
            if every and not done:
                note(values, update.probe_with(settings).trace)
            if done:
                break
        if last is not None:
            values = {**last.metrics, "loss": last.loss, "updates": float(last.step)}
            note(values, last.probe_with(settings).trace)
    return told


def _read(simulation: Simulation, settings: Any, trace: Trace, name: str) -> float | None:
    """Return a measure or the number at a path of the trace, or None if there is none."""
    if name in simulation.measures:
        return float(simulation.measures[name](settings, trace))
    try:
        there = np.asarray(trace[name])
    except PathError:
        return None
    return float(there) if there.ndim == 0 else None
