"""Calls a learner's function along a run of the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from rnntutor.build.computations import COMPUTATIONS
from rnntutor.build.pool import Pool
from rnntutor.build.process import Trouble
from rnntutor.build.runner import CallResult
from rnntutor.nn.arrays import Array
from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.trace import Trace


class Stopped(Exception):
    """Raised when the learner's function fails or returns something unusable."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.kind)
        self.trouble = trouble


Call = Callable[[Sequence[Any]], CallResult]


@dataclass
class Followed:
    """The result of calling the function along a run.

    Attributes:
        arrays: quantities over time, without the start.
        fixed: quantities without a time axis.
        pools: all values computed in each step's call; None where there was no call.
        given: quantities that the function receives, which are therefore not its own.
    """

    arrays: dict[str, list[Array]] = field(default_factory=dict)
    fixed: dict[str, Array] = field(default_factory=dict)
    pools: list[Pool | None] = field(default_factory=list)
    given: frozenset[str] = frozenset()


def returned_arrays(run: CallResult, shapes: Sequence[tuple[int, ...]]) -> list[Array]:
    """Return the results of a call as arrays of the expected shapes.

    Raises:
        Stopped: the call failed, or a result has the wrong shape or is not finite.
    """
    if run.trouble is not None:
        raise Stopped(run.trouble)
    values = run.value if isinstance(run.value, tuple) and len(shapes) > 1 else (run.value,)
    fits = len(values) == len(shapes) and all(
        isinstance(v, np.ndarray) and v.shape == shape
        for v, shape in zip(values, shapes, strict=True)
    )
    if not fits:
        raise Stopped(Trouble("other_result"))
    if not all(np.isfinite(v).all() for v in values):
        raise Stopped(Trouble("not_finite"))
    return list(values)


def _arguments(exercise: str, run: Trace, given: Mapping[str, Any]) -> list[Any]:
    """Return the arguments of the function: the given ones, and the run's parameters by name, or as
    dictionaries by block letter where the cell has several blocks."""
    found: list[Any] = []
    for name in COMPUTATIONS[exercise].arguments:
        if name in given:
            found.append(given[name])
        elif name in run.fixed:
            found.append(run.fixed[name])
        else:
            blocks = CELLS[run.cell].blocks
            found.append({b.letter: run.fixed[f"{name}{b.tail}"] for b in blocks})
    return found


def _steps(exercise: str, run: Trace, call: Call) -> Followed:
    """Call a forward step repeatedly, each time with the states that the previous call returned."""
    states = CELLS[run.cell].states
    now = [np.asarray(run.arrays[name])[0] for name in states]
    followed = Followed(arrays={name: [] for name in states})
    for x in np.asarray(run.arrays["x"]):
        before = {f"{name}_prev": value for name, value in zip(states, now, strict=True)}
        made = call(_arguments(exercise, run, {"x": x, **before}))
        now = returned_arrays(made, [value.shape for value in now])
        followed.pools.append(Pool(made))
        for name, value in zip(states, now, strict=True):
            followed.arrays[name].append(value)
    return followed


def _sequence(exercise: str, run: Trace, call: Call) -> Followed:
    """Call a function that computes all forward steps."""
    h = np.asarray(run.arrays["h"])
    made = call(_arguments(exercise, run, {"x": run.arrays["x"], "h0": h[0]}))
    [found] = returned_arrays(made, [h[1:].shape])
    return Followed({"h": list(found)}, pools=[Pool(made)] * run.steps)


def _back_steps(exercise: str, run: Trace, call: Call) -> Followed:
    """Call a backward step of the LSTM from the last step to the first, passing on what it
    returns."""
    letters = [b.letter for b in CELLS[run.cell].blocks]
    D, H = np.asarray(run.arrays["x"]).shape[1], run.units
    matrices = [(H, D)] * len(letters), [(H, H)] * len(letters), [(H,)] * len(letters)
    dh_next: Array = np.zeros(H)
    dc_next: Array = np.zeros(H)
    found: dict[str, list[Array]] = {name: [] for name in ("dx", *(f"da_{k}" for k in letters))}
    followed = Followed(given=frozenset(("h", "c", "dh_loss", *letters)))
    totals = {f"d{name}_{k}": np.asarray(0.0) for name in "WUb" for k in letters}
    for t in range(run.steps, 0, -1):
        step = {name: run.at(name, t) for name in ("x", "c", *letters)}
        step |= {"h_prev": run.at("h", t - 1), "c_prev": run.at("c", t - 1)}
        given = {"dh": run.at("dh_loss", t) + dh_next, "dc_next": dc_next, "step": step}
        made = call(_arguments(exercise, run, given))
        shapes = [(D,), (H,), (H,)]
        dx, dh_next, dc_next, *tables = _returned_tables(made, shapes, letters, matrices)
        for k, db in zip(letters, tables[2 * len(letters) :], strict=True):
            found[f"da_{k}"].insert(0, db)
        found["dx"].insert(0, dx)
        for name, value in zip(totals, tables, strict=True):
            totals[name] = np.asarray(totals[name] + value)
        followed.pools.insert(0, Pool(made))
    return replace(followed, arrays=found, fixed=totals | {"dh0": dh_next, "dc0": dc_next})


def _returned_tables(
    run: CallResult,
    shapes: Sequence[tuple[int, ...]],
    letters: Sequence[str],
    tables: Sequence[Sequence[tuple[int, ...]]],
) -> list[Array]:
    """Return the results of a call, flattening results that are dictionaries by gate letter."""
    if run.trouble is None and isinstance(run.value, tuple):
        flat: list[Any] = []
        for value in run.value:
            flat += [value.get(k) for k in letters] if isinstance(value, Mapping) else [value]
        run = replace(run, value=tuple(flat))
    return returned_arrays(run, [*shapes, *(shape for table in tables for shape in table)])


def _back_sequence(exercise: str, run: Trace, call: Call) -> Followed:
    """Call a function that computes the whole backward pass."""
    h = np.asarray(run.arrays["h"])
    given = {"dh_loss": run.arrays["dh_loss"], "x": run.arrays["x"], "h0": h[0], "h": h[1:]}
    made = call(_arguments(exercise, run, given))
    names = ("dW", "dU", "db", "dh0")
    D, H = np.asarray(run.arrays["x"]).shape[1], run.units
    values = returned_arrays(made, [(H, D), (H, H), (H,), (H,)])
    fixed = dict(zip(names, values, strict=True))
    pools: list[Pool | None] = [Pool(made)] * run.steps
    return Followed(fixed=fixed, pools=pools, given=frozenset(("h", "dh_loss")))


def _losses(exercise: str, run: Trace, call: Call) -> Followed:
    """Compute the loss of every step that has a target."""
    followed = Followed(arrays={"loss": [], "dy": []}, given=frozenset("y"))
    for t in range(1, run.steps + 1):
        target, y = int(run.at("target", t)), run.at("y", t)
        values = [run.at("loss", t), run.at("dy", t)]
        pool = None
        if target >= 0:
            made = call([y, target])
            values, pool = returned_arrays(made, [(), y.shape]), Pool(made)
        followed.pools.append(pool)
        for name, value in zip(followed.arrays, values, strict=True):
            followed.arrays[name].append(value)
    return followed


def _gate(exercise: str, run: Trace, call: Call) -> Followed:
    """Compute the value of one gate."""
    made = call([run.arrays["a"]])
    [value] = returned_arrays(made, [np.shape(run.arrays["a"])])
    return Followed({"value": list(value)}, pools=[Pool(made)], given=frozenset("a"))


@dataclass(frozen=True)
class ExerciseStage:
    """The simulation that an exercise drives.

    Attributes:
        use: name of the simulation.
        given: settings that it requires.
        follow: calls the function along the engine's run.
    """

    use: str
    given: Mapping[str, object]
    follow: Callable[[str, Trace, Call], Followed]


PARTS: Mapping[str, ExerciseStage] = {
    "sigmoid": ExerciseStage("gate", {"activation": "sigmoid"}, _gate),
    "softmax_loss": ExerciseStage("cell", {"outputs": 5, "target": 2}, _losses),
    "rnn_backward": ExerciseStage("bptt", {"cell": "rnn"}, _back_sequence),
    "lstm_backward": ExerciseStage("bptt", {"cell": "lstm"}, _back_steps),
    "rnn_step": ExerciseStage("cell", {"cell": "rnn"}, _steps),
    "rnn_forward": ExerciseStage("cell", {"cell": "rnn"}, _sequence),
    "lstm_step": ExerciseStage("cell", {"cell": "lstm"}, _steps),
    "gru_step": ExerciseStage("cell", {"cell": "gru"}, _steps),
}
