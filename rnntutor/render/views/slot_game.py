"""A tape of digits with questions: slots filled by the learner, and an LSTM on the same tape."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.trace import Trace
from rnntutor.render.primitives import bars
from rnntutor.render.primitives.columns import Columns, head, line
from rnntutor.render.views import visibility
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Row, Rows, Span
from rnntutor.subjects.runs import SlotGame
from rnntutor.words import Words

EACH = 4  # width of a column in cells, enough for a marked digit or a gate with two decimals
MARKS = ("", "A", "B")
ACTIONS = ("=", "→1", "→2")
UNKNOWN, EMPTY = "·", "–"
INK = {1: "f", 2: "g"}  # roles of the marks A and B
GATES = ("f", "i", "o")


def tape(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw the tape so far, the learner's actions, the slots and the answers."""
    words = context.words
    cols = _columns(trace, context)
    rows: list[Row] = [
        head(cols, "t"),
        _signs(trace, context, cols),
        _actions(trace, context, cols),
    ]
    for slot in range(trace.arrays["slot_mark"].shape[1]):
        rows.append(_slot(trace, context, cols, slot))
    rows.append(_answers(trace, context, cols, "answer", words("play.answer")))
    rows.append(_score(trace, context))
    return tuple(rows)[: context.height]


def lstm(trace: Trace, context: ViewContext, argument: str = "") -> Rows:
    """Draw the same tape with the gates of one LSTM unit and its answers.

    The learner's actions and answers are included once something was written. With enough room, the
    input gates of all units follow.
    """
    words = context.words
    cols = _columns(trace, context)
    unit = visibility.unit(trace, context)
    played = any(_int(trace, "action", t) for t in range(1, trace.steps + 1))
    rows: list[Row] = [head(cols, "t"), _signs(trace, context, cols)]
    if played:
        rows.append(_actions(trace, context, cols))
    rows += (_gate(trace, context, cols, gate, unit) for gate in GATES)
    rows.append(_answers(trace, context, cols, "lstm_answer", "LSTM"))
    if played:
        rows.append(_answers(trace, context, cols, "answer", words("play.answer")))
    spare = context.height - len(rows) - 2
    if spare >= trace.units:
        rows += [(), (Span(words("play.writes"), "grey"),)]
        rows += (_writes(trace, context, cols, n) for n in range(trace.units))
    return tuple(rows)[: context.height]


def describe_tape(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Describe the rule at the start, then what was read, done or answered.

    An action moves the cursor on to the next input, so a wrong answer is reported there.
    """
    words, t = context.words, context.at.t
    if not t:
        two = (trace.arrays["mark"] == 2).any()  # both marks
        return words("caption.tape_rule" if two else "caption.tape_rule_one")
    mark, digit = _int(trace, "mark", t), _int(trace, "digit", t)
    if context.now == "read":
        missed = t > 1 and _int(trace, "digit", t - 1) < 0 and not _right(trace, "answer", t - 1)
        before = f"✗ {_describe_answer(trace, words, t - 1, 'answer', 'tape')}. " if missed else ""
        if digit < 0:
            return before + words("caption.tape_asks", m=MARKS[mark])
        if mark:
            return before + words("caption.tape_marked", m=MARKS[mark], d=digit)
        return before + words("caption.tape_plain", d=digit)
    if digit < 0:
        return _of_answer(trace, context, "answer", "tape")
    return _of_action(trace, context, t)


def describe_lstm(trace: Trace, context: ViewContext, argument: str = "") -> str:
    """Describe the gates of the selected unit for the input at the cursor, or the LSTM's answer."""
    words, t = context.words, context.at.t
    if not t:
        return words("caption.lstm_units")
    if _int(trace, "digit", t) < 0 and context.known(t):
        return _of_answer(trace, context, "lstm_answer", "lstm")
    if not context.known(t, "read"):
        return ""
    unit = visibility.unit(trace, context)
    f, i = (float(trace.at(gate, t)[unit]) for gate in "fi")
    key = "caption.lstm_writes" if i > HALF and f < HALF else "caption.lstm_keeps"
    key = key if (f < HALF) == (i > HALF) else "caption.lstm_mixes"
    return words(key, u=unit, f=f"{f:.2f}", i=f"{i:.2f}", s=trace.labels[t - 1])


HALF = 0.5


# ---- rows ------------------------------------------------------------------------------------


def _columns(trace: Trace, context: ViewContext) -> Columns:
    """Return columns of EACH cells for the steps 1 … T, in pages if they do not fit."""
    label = 9 if context.width >= 70 else 8
    fits = max(1, (context.width - label - 1) // EACH)
    start = 1
    if trace.steps > fits:
        page = max(1, fits - 1)
        start = min(1 + (max(context.at.t, 1) - 1) // page * page, trace.steps + 1 - fits)
    last = min(trace.steps, start + fits - 1)
    return Columns(label, EACH, start, last, 1, trace.steps, context.at.t)


def _known_row(
    context: ViewContext, cols: Columns, label: Row, phase: str, cell: Callable[[int], Row]
) -> Row:
    """Return a row with a dot at each step whose phase has not been computed."""

    def shown(t: int) -> Row:
        return cell(t) if context.known(t, phase) else (Span(f" {UNKNOWN}", "faint"),)

    return line(cols, label, shown)


def _signs(trace: Trace, context: ViewContext, cols: Columns) -> Row:
    def cell(t: int) -> Row:
        return (Span(" "), *_sign(trace, t, now=t == context.at.t))

    return _known_row(context, cols, (Span(context.words("play.tape"), "grey"),), "read", cell)


def _sign(trace: Trace, t: int, *, now: bool) -> Row:
    """Return an input (A5, 3 or A?), with its mark in colour."""
    mark, digit = _int(trace, "mark", t), _int(trace, "digit", t)
    text = MARKS[mark] + ("?" if digit < 0 else str(digit))
    return (Span(text, INK.get(mark, "" if now else "grey"), digit < 0 or now),)


def _actions(trace: Trace, context: ViewContext, cols: Columns) -> Row:
    """Return the learner's actions: kept (=), or wrote into slot 1 or 2 (→1, →2)."""

    def cell(t: int) -> Row:
        action = _int(trace, "action", t)
        ink = "accent" if action else "grey"
        return (Span(" " + ACTIONS[action], ink, bool(action) and t == context.at.t),)

    return _known_row(context, cols, (Span(context.words("play.you"), "grey"),), "act", cell)


def _slot(trace: Trace, context: ViewContext, cols: Columns, slot: int) -> Row:
    """Return the content of a slot after each step, in bold where it was written."""

    def cell(t: int) -> Row:
        mark = int(trace.at("slot_mark", t)[slot])
        if mark < 0:
            return (Span(f" {EMPTY}", "faint"),)
        text = f" {MARKS[mark]}{int(trace.at('slot_digit', t)[slot])}"
        wrote = _int(trace, "action", t) == slot + 1 and _int(trace, "digit", t) >= 0
        return (Span(text, INK.get(mark, "" if wrote else "grey"), wrote),)

    label = (Span(context.words("play.slot", n=slot + 1), "c"),)
    return _known_row(context, cols, label, "act", cell)


def _answers(trace: Trace, context: ViewContext, cols: Columns, who: str, name: str) -> Row:
    """Return the answer to each question, with ✓ or ✗."""

    def cell(t: int) -> Row:
        if not context.known(t, "read") or _int(trace, "digit", t) >= 0:
            return ()
        if not context.known(t, "answer"):
            return (Span(f" {UNKNOWN}", "faint"),)
        answer, right = _int(trace, who, t), _right(trace, who, t)
        text = EMPTY if answer < 0 else str(answer)
        ink = "right" if right else "wrong"
        return (Span(f" {text}{'✓' if right else '✗'}", ink, t == context.at.t),)

    return line(cols, (Span(name, "grey"),), cell)


def _score(trace: Trace, context: ViewContext) -> Row:
    """Return the number of right answers so far, of the learner and of the LSTM."""
    words = context.words
    asked = [t for t in _questions(trace) if context.known(t)]
    of = len(_questions(trace))
    counts = {who: sum(_right(trace, who, t) for t in asked) for who in ("answer", "lstm_answer")}
    return (
        Span(words("play.score") + "  ", "grey"),
        Span(words("play.you_have", n=counts["answer"], of=len(asked)), "", True),
        Span("   " + words("play.lstm_has", n=counts["lstm_answer"], of=len(asked)), "grey"),
        Span("   " + words("play.questions", n=of), "grey"),
    )


def _gate(trace: Trace, context: ViewContext, cols: Columns, gate: str, unit: int) -> Row:
    """Return one gate of one unit at every step, with two decimals."""

    def cell(t: int) -> Row:
        value = float(trace.at(gate, t)[unit])
        strong = value < HALF if gate == "f" else value > HALF
        shown = "1.0" if value >= 0.995 else f"{value:.2f}"[1:]
        return (Span(shown, gate if strong else "grey", strong and t == context.at.t),)

    label = (Span(gate, gate), Span(f"  u{unit}", "grey"))
    return _known_row(context, cols, label, "answer" if gate == "o" else "read", cell)


def _writes(trace: Trace, context: ViewContext, cols: Columns, unit: int) -> Row:
    """Return the value of a unit's input gate at every step as bars."""

    def cell(t: int) -> Row:
        value = float(trace.at("i", t)[unit])
        return (Span(" " + bars.level(value, 1.0), "i" if value > HALF else "grey"),)

    return _known_row(context, cols, (Span("i", "i"), Span(f"  u{unit}", "grey")), "read", cell)


# ---- captions --------------------------------------------------------------------------------


def _of_action(trace: Trace, context: ViewContext, t: int) -> str:
    """Describe the effect of the learner's action on the slots."""
    words, action = context.words, _int(trace, "action", t)
    if not action:
        return words("caption.tape_kept")
    new = trace.labels[t - 1]
    lost = _slot_content(trace, t - 1, action - 1)
    if lost:
        return words("caption.tape_lost", n=action, new=new, old=lost)
    return words("caption.tape_wrote", n=action, new=new)


def _of_answer(trace: Trace, context: ViewContext, who: str, name: str) -> str:
    """Describe how the question at the cursor was answered."""
    if context.now != "answer":
        mark = _int(trace, "mark", context.at.t)
        return context.words("caption.tape_asks", m=MARKS[mark])
    return _describe_answer(trace, context.words, context.at.t, who, name)


def _describe_answer(trace: Trace, words: Words, t: int, who: str, name: str) -> str:
    """Describe how the question of step t was answered."""
    mark, truth, answer = (_int(trace, key, t) for key in ("mark", "truth", who))
    values = {"m": MARKS[mark], "d": truth, "a": answer}
    if answer < 0:
        return words("caption.tape_nothing", **values)
    return words(f"caption.{name}_{'right' if answer == truth else 'wrong'}", **values)


def _slot_content(trace: Trace, t: int, slot: int) -> str:
    """Return the content of a slot after step t, "" if empty."""
    if t < 1 or int(trace.at("slot_mark", t)[slot]) < 0:
        return ""
    return MARKS[int(trace.at("slot_mark", t)[slot])] + str(int(trace.at("slot_digit", t)[slot]))


# ---- trace access ----------------------------------------------------------------------------


def _int(trace: Trace, name: str, t: int) -> int:
    return int(float(trace.at(name, t)[()]))


def _right(trace: Trace, who: str, t: int) -> bool:
    return _int(trace, who, t) == _int(trace, "truth", t)


def _questions(trace: Trace) -> list[int]:
    truth: Array = trace.arrays["truth"]
    return [int(t) for t in np.flatnonzero(truth >= 0) + 1]


VIEWS = (
    View("lstm", lstm, describe=describe_lstm, unit=True),
    View("tape", tape, describe=describe_tape, named="slots", subject=SlotGame),
)
