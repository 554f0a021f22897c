"""A tape of digits with questions: slots kept by hand, and the LSTM that reads the same tape."""

from __future__ import annotations

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.trace import Trace
from rnntutor.render.primitives import bars
from rnntutor.render.primitives.columns import Columns, head, line
from rnntutor.render.views import visibility
from rnntutor.render.views.view_context import Frame
from rnntutor.spans import Row, Rows, Span

EACH = 4  # cells of a column: a digit with its mark, a gate with two decimals
MARKS = ("", "A", "B")
ACTIONS = ("=", "→1", "→2")
UNKNOWN, EMPTY = "·", "–"
INK = {1: "f", 2: "g"}  # the colours of A and B
GATES = ("f", "i", "o")


def tape(trace: Trace, frame: Frame, argument: str = "") -> Rows:
    """The tape as far as it has passed, what the learner did, what the slots hold, the answers."""
    words = frame.words
    cols = _columns(trace, frame)
    rows: list[Row] = [head(cols, "t"), _signs(trace, frame, cols), _actions(trace, frame, cols)]
    for slot in range(_slots(trace)):
        rows.append(_slot(trace, frame, cols, slot))
    rows.append(_answers(trace, frame, cols, "answer", words("play.answer")))
    rows.append(_score(trace, frame))
    return tuple(rows)[: frame.height]


def lstm(trace: Trace, frame: Frame, argument: str = "") -> Rows:
    """The same tape with the gates of one of the LSTM's units under what the learner did, and both
    their answers. With more room: when every unit writes."""
    words = frame.words
    cols = _columns(trace, frame)
    unit = visibility.unit(trace, frame)
    rows: list[Row] = [head(cols, "t"), _signs(trace, frame, cols), _actions(trace, frame, cols)]
    rows += (_gate(trace, frame, cols, gate, unit) for gate in GATES)
    rows.append(_answers(trace, frame, cols, "lstm_answer", "LSTM"))
    rows.append(_answers(trace, frame, cols, "answer", words("play.answer")))
    spare = frame.height - len(rows) - 2
    if spare >= trace.units:
        rows += [(), (Span(words("play.writes"), "grey"),)]
        rows += (_writes(trace, frame, cols, n) for n in range(trace.units))
    return tuple(rows)[: frame.height]


def describe_tape(trace: Trace, frame: Frame, argument: str = "") -> str:
    """The rule at the start; then what was read, done, answered."""
    words, t = frame.words, frame.at.t
    if not t:
        return words("caption.tape_rule" if _two(trace) else "caption.tape_rule_one")
    mark, digit = _int(trace, "mark", t), _int(trace, "digit", t)
    if frame.now == "read":
        if digit < 0:
            return words("caption.tape_asks", m=MARKS[mark])
        if mark:
            return words("caption.tape_marked", m=MARKS[mark], d=digit)
        return words("caption.tape_plain", d=digit)
    if digit < 0:
        return _of_answer(trace, frame, "answer", "tape")
    return _of_action(trace, frame, t)


def describe_lstm(trace: Trace, frame: Frame, argument: str = "") -> str:
    """What the gates of the unit in view do with the sign at the cursor, or how the net answers."""
    words, t = frame.words, frame.at.t
    if not t:
        return words("caption.lstm_units")
    if _int(trace, "digit", t) < 0 and frame.known(t):
        return _of_answer(trace, frame, "lstm_answer", "lstm")
    if not frame.known(t, "read"):
        return ""
    unit = visibility.unit(trace, frame)
    f, i = (float(trace.at(gate, t)[unit]) for gate in "fi")
    key = "caption.lstm_writes" if i > HALF and f < HALF else "caption.lstm_keeps"
    key = key if (f < HALF) == (i > HALF) else "caption.lstm_mixes"
    return words(key, u=unit, f=f"{f:.2f}", i=f"{i:.2f}", s=trace.labels[t - 1])


HALF = 0.5


# ---- rows ------------------------------------------------------------------------------------


def _columns(trace: Trace, frame: Frame) -> Columns:
    """Columns of EACH cells for the steps 1 … T, in pages if they are too many."""
    label = 9 if frame.width >= 70 else 8
    fits = max(1, (frame.width - label - 1) // EACH)
    start = 1
    if trace.steps > fits:
        page = max(1, fits - 1)
        start = min(1 + (max(frame.at.t, 1) - 1) // page * page, trace.steps + 1 - fits)
    last = min(trace.steps, start + fits - 1)
    return Columns(label, EACH, start, last, 1, trace.steps, frame.at.t)


def _signs(trace: Trace, frame: Frame, cols: Columns) -> Row:
    def cell(t: int) -> Row:
        if not frame.known(t, "read"):
            return (Span(f" {UNKNOWN}", "faint"),)
        return (Span(" "), *_sign(trace, t, now=t == frame.at.t))

    return line(cols, (Span(frame.words("play.tape"), "grey"),), cell)


def _sign(trace: Trace, t: int, *, now: bool) -> Row:
    """A5, 3 or A?, the mark in its colour."""
    mark, digit = _int(trace, "mark", t), _int(trace, "digit", t)
    text = MARKS[mark] + ("?" if digit < 0 else str(digit))
    return (Span(text, INK.get(mark, "" if now else "grey"), digit < 0 or now),)


def _actions(trace: Trace, frame: Frame, cols: Columns) -> Row:
    """What the learner did: kept (=), or wrote into slot 1 or 2 (→1, →2)."""

    def cell(t: int) -> Row:
        if not frame.known(t, "act"):
            return (Span(f" {UNKNOWN}", "faint"),)
        action = _int(trace, "action", t)
        ink = "accent" if action else "grey"
        return (Span(" " + ACTIONS[action], ink, bool(action) and t == frame.at.t),)

    return line(cols, (Span(frame.words("play.you"), "grey"),), cell)


def _slot(trace: Trace, frame: Frame, cols: Columns, slot: int) -> Row:
    """What a slot holds after each step; where it was written it is bold."""

    def cell(t: int) -> Row:
        if not frame.known(t, "act"):
            return (Span(f" {UNKNOWN}", "faint"),)
        mark = int(trace.at("slot_mark", t)[slot])
        if mark < 0:
            return (Span(f" {EMPTY}", "faint"),)
        text = f" {MARKS[mark]}{int(trace.at('slot_digit', t)[slot])}"
        wrote = _int(trace, "action", t) == slot + 1 and _int(trace, "digit", t) >= 0
        return (Span(text, INK.get(mark, "" if wrote else "grey"), wrote),)

    return line(cols, (Span(frame.words("play.slot", n=slot + 1), "c"),), cell)


def _answers(trace: Trace, frame: Frame, cols: Columns, who: str, name: str) -> Row:
    """The answer at each question, with ✓ or ✗."""

    def cell(t: int) -> Row:
        if not frame.known(t, "read") or _int(trace, "digit", t) >= 0:
            return ()
        if not frame.known(t, "answer"):
            return (Span(f" {UNKNOWN}", "faint"),)
        answer, right = _int(trace, who, t), _right(trace, who, t)
        text = EMPTY if answer < 0 else str(answer)
        ink = "right" if right else "wrong"
        return (Span(f" {text}{'✓' if right else '✗'}", ink, t == frame.at.t),)

    return line(cols, (Span(name, "grey"),), cell)


def _score(trace: Trace, frame: Frame) -> Row:
    """How many questions have been answered right so far, by both."""
    words = frame.words
    asked = [t for t in _questions(trace) if frame.known(t)]
    of = len(_questions(trace))
    counts = {who: sum(_right(trace, who, t) for t in asked) for who in ("answer", "lstm_answer")}
    return (
        Span(words("play.score") + "  ", "grey"),
        Span(words("play.you_have", n=counts["answer"], of=len(asked)), "", True),
        Span("   " + words("play.lstm_has", n=counts["lstm_answer"], of=len(asked)), "grey"),
        Span("   " + words("play.questions", n=of), "grey"),
    )


def _gate(trace: Trace, frame: Frame, cols: Columns, gate: str, unit: int) -> Row:
    """One gate of one unit at every step, with two decimals."""

    def cell(t: int) -> Row:
        if not frame.known(t, "answer" if gate == "o" else "read"):
            return (Span(f" {UNKNOWN}", "faint"),)
        value = float(trace.at(gate, t)[unit])
        strong = value < HALF if gate == "f" else value > HALF
        shown = "1.0" if value >= 0.995 else f"{value:.2f}"[1:]
        return (Span(shown, gate if strong else "grey", strong and t == frame.at.t),)

    label = (Span(gate, gate), Span(f"  u{unit}", "grey"))
    return line(cols, label, cell)


def _writes(trace: Trace, frame: Frame, cols: Columns, unit: int) -> Row:
    """How far open a unit's input gate is, at every step."""

    def cell(t: int) -> Row:
        if not frame.known(t, "read"):
            return (Span(f" {UNKNOWN}", "faint"),)
        value = float(trace.at("i", t)[unit])
        return (Span(" " + bars.level(value, 1.0), "i" if value > HALF else "grey"),)

    return line(cols, (Span("i", "i"), Span(f"  u{unit}", "grey")), cell)


# ---- captions --------------------------------------------------------------------------------


def _of_action(trace: Trace, frame: Frame, t: int) -> str:
    """What the learner's action did to the slots."""
    words, action = frame.words, _int(trace, "action", t)
    if not action:
        return words("caption.tape_kept")
    new = trace.labels[t - 1]
    lost = _held(trace, t - 1, action - 1)
    if lost:
        return words("caption.tape_lost", n=action, new=new, old=lost)
    return words("caption.tape_wrote", n=action, new=new)


def _of_answer(trace: Trace, frame: Frame, who: str, name: str) -> str:
    """How a question was answered."""
    words, t = frame.words, frame.at.t
    mark, truth, answer = (_int(trace, key, t) for key in ("mark", "truth", who))
    if frame.now != "answer":
        return words("caption.tape_asks", m=MARKS[mark])
    values = {"m": MARKS[mark], "d": truth, "a": answer}
    if answer < 0:
        return words("caption.tape_nothing", **values)
    return words(f"caption.{name}_{'right' if answer == truth else 'wrong'}", **values)


def _held(trace: Trace, t: int, slot: int) -> str:
    """What a slot held after step t, "" for nothing."""
    if t < 1 or int(trace.at("slot_mark", t)[slot]) < 0:
        return ""
    return MARKS[int(trace.at("slot_mark", t)[slot])] + str(int(trace.at("slot_digit", t)[slot]))


# ---- the trace -------------------------------------------------------------------------------


def _int(trace: Trace, name: str, t: int) -> int:
    return int(float(trace.at(name, t)[()]))


def _right(trace: Trace, who: str, t: int) -> bool:
    return _int(trace, who, t) == _int(trace, "truth", t)


def _slots(trace: Trace) -> int:
    return int(trace.arrays["slot_mark"].shape[1])


def _two(trace: Trace) -> bool:
    """Whether there are two marks."""
    return bool((trace.arrays["mark"] == 2).any())


def _questions(trace: Trace) -> list[int]:
    truth: Array = trace.arrays["truth"]
    return [int(t) for t in np.flatnonzero(truth >= 0) + 1]
