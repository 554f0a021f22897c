"""Every drawing of a run by the name that lessons use: "strip", "gate:f", "circuit"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rnntutor.nn.trace import Trace
from rnntutor.render.primitives.glyphs import ascii_rows
from rnntutor.render.views import (
    arrows,
    batch,
    circuit,
    colour,
    compare,
    difference,
    direction,
    factors,
    forecast,
    free_run,
    gate,
    gradient_curves,
    later,
    layers,
    learning,
    learning_caption,
    learning_table,
    loss_bits,
    memory,
    probe,
    probs,
    reach,
    recall,
    samples,
    slot_game,
    softmax,
    squash,
    strip,
    sums,
    switchboard,
    table,
    tape,
    toy,
    vector,
    weights,
    windows,
    worked,
    written,
)
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Rows, fit, width
from rnntutor.words import Words


def _never(trace: Trace) -> bool:
    return False


def _always(trace: Trace) -> bool:
    return True


def _fixed(full: Callable[[Trace, str], float], argument: str) -> Callable[[Trace, str], float]:
    """The same for a view that takes no argument of its own."""
    return lambda trace, _: full(trace, argument)


@dataclass(frozen=True, slots=True)
class View:
    """draw: trace, context and the argument of the view (what follows its colon, or its default)
    -> rows. default: the argument when none is given; "" for a view without one. training:
    whether it draws the reports of a training run instead of a run. describe: its caption in words,
    "" for none of its own. shared: the subject whose runs are drawn another way under
    the same name, with another heading; "" for none. unit: whether it shows one unit of a run.
    full: trace and argument -> what a full bar stands for, where that depends on the run. still:
    whether neither a run nor a training changes what it draws, only the settings do."""

    draw: Callable[[Trace, ViewContext, str], Rows]
    default: str = ""
    training: bool = False
    describe: Callable[[Trace, ViewContext, str], str] | None = None
    shared: str = ""
    unit: Callable[[Trace], bool] = _never
    full: Callable[[Trace, str], float] | None = None
    still: bool = False


def _of(subjects: tuple[str, ...], view: View, other: View, *, named: bool = False) -> View:
    """One name for two drawings: of runs of these subjects, and of all others. named: those have a
    heading of their own, `view.NAME.SUBJECT`."""

    def of(trace: Trace) -> View:
        return view if trace.subject in subjects else other

    def draw(trace: Trace, context: ViewContext, argument: str) -> Rows:
        return of(trace).draw(trace, context, argument)

    def describe(trace: Trace, context: ViewContext, argument: str) -> str:
        told = of(trace).describe
        return told(trace, context, argument) if told else ""

    def unit(trace: Trace) -> bool:
        return of(trace).unit(trace)

    def full(trace: Trace, argument: str) -> float:
        told = of(trace).full
        return told(trace, argument) if told else 0.0

    shared = subjects[0] if named else ""
    return View(draw, other.default, other.training, describe, shared, unit, full)


VIEWS: Mapping[str, View] = {
    "strip": View(strip.strip, "h", unit=_always, full=strip.full_of),
    "gate": View(gate.gate, "h", unit=_always, full=gate.full_of),
    "memory": View(memory.memory, unit=_always, full=_fixed(memory.full_of_sum, "memory")),
    "state": View(memory.state, unit=_always, full=_fixed(memory.full_of_sum, "state")),
    "output": View(memory.output, unit=_always, full=_fixed(memory.full_of, "h")),
    "circuit": View(circuit.circuit, unit=_always),
    "table": _of(
        ("race", "forecast"),
        View(
            learning_table.table,
            describe=learning_caption.describe,
            full=lambda trace, _: learning_table.full_of(trace),
        ),
        View(table.table, training=True, unit=_always),
    ),
    "vector": View(
        vector.vector, describe=vector.describe, full=lambda trace, _: vector.full_of(trace)
    ),
    "weights": View(weights.weights, describe=weights.describe),
    "softmax": View(softmax.softmax),
    "difference": View(difference.difference, full=lambda trace, _: difference.full_of(trace)),
    "arrows": View(
        arrows.arrows,
        describe=arrows.describe,
        unit=_always,
        full=lambda trace, _: arrows.full_of(trace),
    ),
    "layers": View(layers.layers, describe=layers.describe),
    "worked": View(worked.worked, describe=arrows.describe, unit=_always),
    "sum": View(sums.sums, "U", describe=arrows.describe, unit=_always, full=sums.full_of),
    "flow": View(gradient_curves.flow, describe=gradient_curves.describe),
    "tape": _of(
        ("slots",),
        View(slot_game.tape, describe=slot_game.describe_tape),
        View(tape.tape, describe=gradient_curves.describe),
        named=True,
    ),
    "kept": View(tape.kept, describe=tape.describe),
    "factors": View(factors.factors, describe=factors.describe),
    "direction": View(
        direction.direction,
        describe=direction.describe,
        full=lambda trace, _: direction.full_of(trace),
    ),
    "squash": View(squash.squash, describe=squash.describe),
    "switchboard": View(switchboard.switchboard, describe=switchboard.describe),
    "toy": View(toy.toy, describe=toy.describe),
    "later": View(later.later, describe=later.describe, full=lambda trace, _: later.full_of(trace)),
    "compare": View(compare.compare, describe=compare.describe),
    "bag": View(compare.bag, describe=compare.describe_bag),
    "accuracy": View(reach.accuracy, describe=reach.describe_accuracy),
    "path": View(reach.path, describe=reach.describe_path),
    "curve": _of(
        ("text",),
        View(loss_bits.curve, training=True, describe=samples.describe),
        View(learning.curve, training=True, describe=learning_caption.describe),
    ),
    "written": View(written.written, training=True, describe=written.describe),
    "curves": View(learning.curve, training=True, describe=learning_caption.describe),
    "forecast": View(
        forecast.forecast,
        training=True,
        describe=learning_caption.describe,
        full=lambda trace, _: forecast.full_of(trace),
    ),
    "free": View(free_run.free_run, training=True, describe=free_run.describe),
    "recall": View(recall.recall, training=True, describe=learning_caption.describe),
    "readout": View(
        recall.readout, training=True, still=True, describe=learning_caption.describe_readout
    ),
    "probe": View(probe.probe, describe=learning_caption.describe_probe),
    "lstm": View(slot_game.lstm, describe=slot_game.describe_lstm, unit=_always),
    "samples": View(samples.samples, training=True, describe=samples.describe),
    "colour": View(colour.colour, training=True, describe=colour.describe),
    "probs": View(probs.probs, describe=probs.describe),
    "rows": View(batch.rows, "h", describe=batch.describe),
    "layout": View(batch.layout, describe=batch.describe_layout),
    "windows": View(windows.windows, describe=windows.describe),
}


def _nothing(trace: Trace, context: ViewContext, argument: str) -> Rows:
    return ()


NOTHING = View(_nothing)  # what a name draws that is no view; a test looks for such names


def _find(spec: str) -> tuple[View, str]:
    """The view of `gate:f`, and its argument: where it takes one and has none, its default."""
    name, _, argument = spec.partition(":")
    found = VIEWS.get(name, NOTHING)
    return found, argument or found.default


def view(spec: str, trace: Trace, context: ViewContext) -> Rows:
    """The rows of a view: at most context.height, none wider than context.width."""
    found, argument = _find(spec)
    rows = found.draw(trace, context, argument)[: context.height]
    rows = tuple(row if width(row) <= context.width else fit(row, context.width) for row in rows)
    return ascii_rows(rows) if context.ascii else rows


def caption_of(spec: str, trace: Trace, context: ViewContext) -> str:
    """What a view describe of itself, in words; "" for nothing of its own."""
    found, argument = _find(spec)
    return found.describe(trace, context, argument) if found.describe else ""


def full_of(spec: str, trace: Trace) -> float:
    """What a full bar of a view stands for; 0 where it has none whose length depends on the run."""
    found, argument = _find(spec)
    return found.full(trace, argument) if found.full else 0.0


def openable(spec: str, trace: Trace) -> tuple[str, ...]:
    """The rows of a view that can be opened, from the top: what context.open may be."""
    found, argument = _find(spec)
    return gate.openable(trace, argument) if found is VIEWS["gate"] else ()


def tells_training(spec: str) -> bool:
    """Whether a view draws the reports of a training run."""
    return _find(spec)[0].training


def is_still(spec: str) -> bool:
    """Whether nothing that runs changes what a view draws."""
    return _find(spec)[0].still


def looks_at_unit(spec: str, trace: Trace) -> bool:
    """Whether a view of this run shows one of its units, so that another can be chosen."""
    return _find(spec)[0].unit(trace)


def heading(spec: str, words: Words, trace: Trace | None = None) -> str:
    """What a view is called where one is chosen: "망각 게이트 f". trace: of what; a name that two
    drawings share is called by what is drawn of it."""
    found, argument = _find(spec)
    name = spec.partition(":")[0]
    key = f"view.{name}.{argument}" if argument else f"view.{name}"
    named = found.shared and trace and trace.subject == found.shared
    return words(f"{key}.{found.shared}" if named else key)
