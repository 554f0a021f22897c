"""All views by the names used in lessons: "strip", "gate:f", "circuit"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rnntutor.nn.subject import (
    Description,
    Dictation,
    Forecast,
    Judgement,
    LanguageModel,
    Race,
    Recall,
    SlotGame,
    Subject,
    Tagging,
    Translation,
)
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
    heat,
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
    toy_picture,
    toy_reading,
    toy_tags,
    toy_writing,
    vector,
    weights,
    windows,
    worked,
    written,
)
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Rows, fit, width
from rnntutor.words import Words


def _fixed(full: Callable[[Trace, str], float], argument: str) -> Callable[[Trace, str], float]:
    """Return `full` with a fixed argument, for a view that takes no argument."""
    return lambda trace, _: full(trace, argument)


@dataclass(frozen=True, slots=True)
class View:
    """A view.

    Attributes:
        draw: returns the rows, given the trace, the context and the view's argument (the part after
            its colon, or its default).
        default: argument if none is given; "" for a view without one.
        training: whether it draws the reports of a training run instead of a run.
        describe: returns its caption; None for a view without one.
        named: suffix of the key of its heading, `view.NAME.SUFFIX`, for one of several views with
            the same name.
        unit: whether it shows one unit of a run.
        full: returns the value of a full bar, given trace and argument; None if that does not
            depend on the run.
        still: whether it depends on the settings only, not on the progress of a run or training.
    """

    draw: Callable[[Trace, ViewContext, str], Rows]
    default: str = ""
    training: bool = False
    describe: Callable[[Trace, ViewContext, str], str] | None = None
    named: str = ""
    unit: bool = False
    full: Callable[[Trace, str], float] | None = None
    still: bool = False


VIEWS: Mapping[str, View] = {
    "strip": View(strip.strip, "h", unit=True, full=strip.full_of),
    "gate": View(gate.gate, "h", unit=True, full=gate.full_of),
    "memory": View(memory.memory, unit=True, full=_fixed(memory.full_of_sum, "memory")),
    "state": View(memory.state, unit=True, full=_fixed(memory.full_of_sum, "state")),
    "output": View(memory.output, unit=True, full=_fixed(memory.full_of, "h")),
    "circuit": View(circuit.circuit, unit=True),
    "table": View(table.table, training=True, unit=True),
    "vector": View(vector.vector, describe=vector.describe, full=vector.full_of),
    "weights": View(weights.weights, describe=weights.describe),
    "softmax": View(softmax.softmax),
    "difference": View(difference.difference, full=difference.full_of),
    "arrows": View(arrows.arrows, describe=arrows.describe, unit=True, full=arrows.full_of),
    "layers": View(layers.layers, describe=layers.describe),
    "worked": View(worked.worked, describe=arrows.describe, unit=True),
    "sum": View(sums.sums, "U", describe=arrows.describe, unit=True, full=sums.full_of),
    "flow": View(gradient_curves.flow, describe=gradient_curves.describe),
    "tape": View(tape.tape, describe=gradient_curves.describe),
    "kept": View(tape.kept, describe=tape.describe),
    "factors": View(factors.factors, describe=factors.describe),
    "direction": View(direction.direction, describe=direction.describe, full=direction.full_of),
    "squash": View(squash.squash, describe=squash.describe),
    "switchboard": View(switchboard.switchboard, describe=switchboard.describe),
    "toy": View(toy_reading.draw, describe=toy_reading.describe),
    "later": View(later.later, describe=later.describe, full=later.full_of),
    "compare": View(compare.compare, describe=compare.describe),
    "bag": View(compare.bag, describe=compare.describe_bag),
    "accuracy": View(reach.accuracy, describe=reach.describe_accuracy),
    "path": View(reach.path, describe=reach.describe_path),
    "curve": View(learning.curve, training=True),
    "written": View(written.written, training=True, describe=written.describe),
    "curves": View(learning.curve, training=True, describe=learning_caption.race),
    "forecast": View(
        forecast.forecast,
        training=True,
        describe=learning_caption.forecast,
        full=forecast.full_of,
    ),
    "free": View(free_run.free_run, training=True, describe=free_run.describe),
    "recall": View(recall.recall, training=True, describe=learning_caption.recall),
    "readout": View(
        recall.readout, training=True, still=True, describe=learning_caption.describe_readout
    ),
    "probe": View(probe.probe, describe=learning_caption.describe_probe),
    "lstm": View(slot_game.lstm, describe=slot_game.describe_lstm, unit=True),
    "samples": View(samples.samples, training=True, describe=samples.describe),
    "colour": View(colour.colour, training=True, describe=colour.describe),
    "probs": View(probs.probs, describe=probs.describe),
    "rows": View(batch.rows, "h", describe=batch.describe, full=batch.full_of),
    "layout": View(batch.layout, describe=batch.describe_layout),
    "windows": View(windows.windows, describe=windows.describe),
}

# Views of some subjects, replacing those of the same name in VIEWS.
OF_SUBJECT: Mapping[str, Mapping[type[Subject], View]] = {
    "table": {
        Race: View(learning_table.race, describe=learning_caption.race),
        Forecast: View(
            learning_table.forecast,
            describe=learning_caption.forecast,
            full=learning_table.full_of,
        ),
    },
    "weights": {Translation: View(heat.heat, describe=heat.describe)},
    "tape": {SlotGame: View(slot_game.tape, describe=slot_game.describe_tape, named="slots")},
    "curve": {
        Forecast: View(learning.curve, training=True, describe=learning_caption.forecast),
        Recall: View(learning.curve, training=True, describe=learning_caption.recall),
        Dictation: View(learning.curve, training=True, describe=written.describe),
        LanguageModel: View(loss_bits.curve, training=True, describe=samples.describe),
    },
    "toy": {
        Judgement: View(toy_reading.draw, describe=toy_reading.describe),
        Description: View(toy_picture.draw, describe=toy_picture.describe),
        Tagging: View(toy_tags.draw, describe=toy_tags.describe),
        Translation: View(toy_writing.draw, describe=toy_writing.describe),
    },
}


NOTHING = View(
    lambda trace, context, argument: ()
)  # Stands for unknown view names; a test looks for such names.


def _find(spec: str, trace: Trace | None = None) -> tuple[View, str]:
    """Return the view of a spec such as `gate:f`, and its argument or default.

    Args:
        spec: name and argument.
        trace: the run to draw; None for the view that does not depend on its subject.
    """
    name, _, argument = spec.partition(":")
    found = VIEWS.get(name, NOTHING)
    if trace is not None:
        found = OF_SUBJECT.get(name, {}).get(type(trace.subject), found)
    return found, argument or found.default


def view(spec: str, trace: Trace, context: ViewContext) -> Rows:
    """Return the rows of a view, at most context.height rows of context.width cells."""
    found, argument = _find(spec, trace)
    rows = found.draw(trace, context, argument)[: context.height]
    rows = tuple(row if width(row) <= context.width else fit(row, context.width) for row in rows)
    return ascii_rows(rows) if context.ascii else rows


def caption_of(spec: str, trace: Trace, context: ViewContext) -> str:
    """Return the caption of a view, or "" if it has none of its own."""
    found, argument = _find(spec, trace)
    return found.describe(trace, context, argument) if found.describe else ""


def full_of(spec: str, trace: Trace) -> float:
    """Return the value of a full bar of a view; 0 if it has no bar that depends on the run."""
    found, argument = _find(spec, trace)
    return found.full(trace, argument) if found.full else 0.0


def expandable_rows(spec: str, trace: Trace) -> tuple[str, ...]:
    """Return the expandable rows of a view, from the top; these are the values of context.open."""
    found, argument = _find(spec)
    return gate.expandable_rows(trace, argument) if found is VIEWS["gate"] else ()


def shows_training(spec: str) -> bool:
    """Return whether a view draws the reports of a training run."""
    return _find(spec)[0].training


def is_still(spec: str) -> bool:
    """Return whether a view is independent of everything that runs."""
    return _find(spec)[0].still


def looks_at_unit(spec: str, trace: Trace) -> bool:
    """Return whether a view of this run shows one unit, so that another can be selected."""
    return _find(spec, trace)[0].unit


def heading(spec: str, words: Words, trace: Trace | None = None) -> str:
    """Return the name of a view in the list of views: "망각 게이트 f".

    Args:
        spec: name and argument of the view.
        words: words of the interface.
        trace: the run, which decides between two views of the same name.
    """
    found, argument = _find(spec, trace)
    name = spec.partition(":")[0]
    key = f"view.{name}.{argument}" if argument else f"view.{name}"
    return words(f"{key}.{found.named}" if found.named else key)
