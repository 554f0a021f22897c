"""Every drawing of a run by the name that lessons use: "strip", "gate:f", "circuit"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rnntutor.nn.trace import Trace
from rnntutor.render.primitives.glyphs import ascii_rows
from rnntutor.render.views import (
    arrows,
    circuit,
    colour,
    compare,
    difference,
    direction,
    factors,
    forecast,
    gate,
    gradient_curves,
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
)
from rnntutor.render.views.view_context import Frame
from rnntutor.spans import Rows, fit, width
from rnntutor.words import Words


def _never(trace: Trace) -> bool:
    return False


def _always(trace: Trace) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class View:
    """draw: trace, frame and the argument of the view (what follows its colon, or its default)
    -> rows. default: the argument when none is given; "" for a view without one. training:
    whether it draws the reports of a training instead of a run. says: what its caption is, in
    words, "" for nothing of its own. shared: the subject whose runs are drawn another way under
    the same name, with another heading; "" for none. unit: whether it shows one unit of a run."""

    draw: Callable[[Trace, Frame, str], Rows]
    default: str = ""
    training: bool = False
    says: Callable[[Trace, Frame, str], str] | None = None
    shared: str = ""
    unit: Callable[[Trace], bool] = _never


def _of(subjects: tuple[str, ...], view: View, other: View, *, named: bool = False) -> View:
    """One name for two drawings: of runs of these subjects, and of all others. named: those have a
    heading of their own, `view.NAME.SUBJECT`."""

    def of(trace: Trace) -> View:
        return view if trace.subject in subjects else other

    def draw(trace: Trace, frame: Frame, argument: str) -> Rows:
        return of(trace).draw(trace, frame, argument)

    def says(trace: Trace, frame: Frame, argument: str) -> str:
        told = of(trace).says
        return told(trace, frame, argument) if told else ""

    def unit(trace: Trace) -> bool:
        return of(trace).unit(trace)

    return View(draw, other.default, other.training, says, subjects[0] if named else "", unit)


VIEWS: Mapping[str, View] = {
    "strip": View(strip.strip, "h", unit=_always),
    "gate": View(gate.gate, "h", unit=_always),
    "memory": View(memory.memory, unit=_always),
    "state": View(memory.state, unit=_always),
    "output": View(memory.output, unit=_always),
    "circuit": View(circuit.circuit, unit=_always),
    "table": _of(
        ("race", "forecast"),
        View(learning_table.table, says=learning_caption.said),
        View(table.table, training=True, unit=_always),
    ),
    "vector": View(vector.vector),
    "weights": View(weights.weights, says=weights.said),
    "softmax": View(softmax.softmax),
    "difference": View(difference.difference),
    "arrows": View(arrows.arrows, says=arrows.said, unit=_always),
    "sum": View(sums.sums, "U", says=arrows.said, unit=_always),
    "flow": View(gradient_curves.flow, says=gradient_curves.said),
    "tape": _of(
        ("slots",),
        View(slot_game.tape, says=slot_game.said_of_tape),
        View(tape.tape, says=gradient_curves.said),
        named=True,
    ),
    "kept": View(tape.kept, says=tape.said),
    "factors": View(factors.factors, says=factors.said),
    "direction": View(direction.direction, says=direction.said),
    "squash": View(squash.squash, says=squash.said),
    "switchboard": View(switchboard.switchboard, says=switchboard.said),
    "toy": View(toy.toy, says=toy.said),
    "compare": View(compare.compare, says=compare.said),
    "bag": View(compare.bag, says=compare.said_of_bag),
    "accuracy": View(reach.accuracy, says=reach.said_of_accuracy),
    "path": View(reach.path, says=reach.said_of_path),
    "curve": _of(
        ("text",),
        View(loss_bits.curve, training=True, says=samples.said),
        View(learning.curve, training=True, says=learning_caption.said),
    ),
    "curves": View(learning.curve, training=True, says=learning_caption.said),
    "forecast": View(forecast.forecast, training=True, says=learning_caption.said),
    "recall": View(recall.recall, training=True, says=learning_caption.said),
    "readout": View(recall.readout, training=True, says=learning_caption.of_readout),
    "probe": View(probe.probe, says=learning_caption.of_probe),
    "lstm": View(slot_game.lstm, says=slot_game.said_of_lstm, unit=_always),
    "samples": View(samples.samples, training=True, says=samples.said),
    "colour": View(colour.colour, training=True, says=colour.said),
    "probs": View(probs.probs, says=probs.said),
}


def _nothing(trace: Trace, frame: Frame, argument: str) -> Rows:
    return ()


NOTHING = View(_nothing)  # what a name draws that is no view; a test looks for such names


def _find(spec: str) -> tuple[View, str]:
    """The view of `gate:f`, and its argument: where it takes one and has none, its default."""
    name, _, argument = spec.partition(":")
    found = VIEWS.get(name, NOTHING)
    return found, argument or found.default


def view(spec: str, trace: Trace, frame: Frame) -> Rows:
    """The rows of a view: at most frame.height, none wider than frame.width."""
    found, argument = _find(spec)
    rows = found.draw(trace, frame, argument)[: frame.height]
    rows = tuple(row if width(row) <= frame.width else fit(row, frame.width) for row in rows)
    return ascii_rows(rows) if frame.ascii else rows


def caption_of(spec: str, trace: Trace, frame: Frame) -> str:
    """What a view says of itself, in words; "" for nothing of its own."""
    found, argument = _find(spec)
    return found.says(trace, frame, argument) if found.says else ""


def openable(spec: str, trace: Trace) -> tuple[str, ...]:
    """The rows of a view that can be opened, from the top: what frame.open may be."""
    found, argument = _find(spec)
    return gate.openable(trace, argument) if found is VIEWS["gate"] else ()


def tells_training(spec: str) -> bool:
    """Whether a view draws the reports of a training."""
    return _find(spec)[0].training


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
