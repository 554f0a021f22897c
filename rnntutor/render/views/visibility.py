"""What of a run is known at a moment, and what of it is in focus."""

from __future__ import annotations

from rnntutor.nn.trace import STATES, Trace
from rnntutor.render.primitives.glyphs import below
from rnntutor.render.views.view_context import Frame
from rnntutor.spans import QUANTITIES

# The phase that computes each quantity; what is not named comes with the end of the step.
_COMPUTED = {
    "rnn": {"": "sum", "h": "state"},
    "lstm": {
        **dict.fromkeys("fio", "gates"),
        "g": "candidate",
        **dict.fromkeys(("c", "fc", "ig"), "memory"),
        **dict.fromkeys(("tanh_c", "h"), "output"),
    },
    "gru": {
        **dict.fromkeys("zr", "gates"),
        **dict.fromkeys(("n", "r_uh"), "candidate"),
        **dict.fromkeys(("h", "zh", "zn"), "state"),
    },
}
# Gates and candidates: the blocks of a cell in the order of its equations.
BLOCKS = {"rnn": ("h",), "lstm": ("f", "i", "o", "g"), "gru": ("z", "r", "n")}
CANDIDATES = frozenset("gn")
GATES = frozenset("fiozr")


def phase_of(kind: str, name: str) -> str:
    """The phase that computes a quantity, or its sum and products (a_f, wx_f, uh_f)."""
    table = _COMPUTED.get(kind, {})
    if name in table:
        return table[name]
    if name in ("wx", "uh", "a"):
        return table.get("", "")
    head, _, block = name.partition("_")
    return table.get(block, "") if head in ("wx", "uh", "a") else ""


def value(trace: Trace, frame: Frame, name: str, t: int, unit: int) -> float | None:
    """The number at step t, or None while it is not known."""
    if t < 0 or t > trace.steps or (t == 0 and name not in STATES):
        return None
    if t and not frame.known(t, phase_of(trace.kind, name)):
        return None
    return float(trace.at(name, t)[unit])


def step(frame: Frame) -> int:
    """The step that a view of one step looks at: the cursor's, and step 1 at the start."""
    return max(1, frame.at.t)


def unit(trace: Trace, frame: Frame) -> int:
    """The unit in view; one that the run has."""
    return min(max(frame.unit, 0), trace.units - 1)


def focus(frame: Frame) -> frozenset[str]:
    """The quantities that the frame asks to be lit: those it names, and those of the views it
    names ("gate:f"); a view of no single quantity ("circuit") leaves it to the phase."""
    return frozenset(spec.rpartition(":")[2] for spec in frame.focus) & QUANTITIES


def lit(trace: Trace, frame: Frame, *names: str) -> bool:
    """Whether one of the quantities is in focus: what the frame asks for, else what the present
    phase computes."""
    asked = focus(frame)
    if asked:
        return any(name in asked or name.rpartition("_")[2] in asked for name in names)
    return bool(frame.now) and any(phase_of(trace.kind, n) == frame.now for n in names)


def symbol(name: str, t: int) -> str:
    """A quantity with its step: "f₄", "tanh c₄"."""
    return f"tanh {name[5:]}{below(t)}" if name.startswith("tanh_") else f"{name}{below(t)}"
