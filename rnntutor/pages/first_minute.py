"""Render the introduction of one minute: the instruction above the picture, the state below it."""

from __future__ import annotations

from rnntutor.numbers import minus
from rnntutor.pages.stage import context, knob_rows, picture
from rnntutor.render.primitives.wrap import wrap
from rnntutor.session import feedback, first_minute
from rnntutor.session.first_minute import (
    ANSWER,
    OPTIONS,
    OVER,
    PREDICT,
    STOPS,
    TURN_KNOB,
    FirstMinute,
)
from rnntutor.session.stage import Stage
from rnntutor.spans import Row, Rows, Span, behind
from rnntutor.words import Words

TALL = 18  # maximum height of the picture in rows


def headline(minute: FirstMinute, words: Words) -> tuple[Row, Row]:
    """Return the title, and the progress through the five actions."""
    n = min(minute.index + 1, len(STOPS))
    dots = "●" * minute.index + "○" * (len(STOPS) - minute.index)
    where = Span(words("first.count", n=n, of=len(STOPS)) + "   ", "grey")
    title = Span(words("first.title"), strong=True)
    return (Span("rnntutor   ", "grey"), title), (where, Span(dots, "accent"))


def ask_rows(minute: FirstMinute, stage: Stage, words: Words, cells: int) -> Rows:
    """Return the outcome so far and the present instruction."""
    rows: list[Row] = []
    if minute.stop == PREDICT:
        rows += [*wrap((Span(words("first.given")),), cells), ()]
    elif minute.stop != ANSWER:
        rows += [*come_out(minute, stage, words, cells), ()]
    said = wrap((Span(words(f"first.ask.{minute.stop}"), strong=True),), cells - 2)
    rows += behind(Span("▸ " if minute.stop != OVER else "  ", "accent"), said)
    rows += _options(minute, words, cells)
    return tuple(rows)


def come_out(minute: FirstMinute, stage: Stage, words: Words, cells: int) -> Rows:
    """Return the verdict on the prediction, or on the answer at the end."""
    if minute.answer is None:
        return feedback.prediction_rows(stage, words, cells)
    role, sign = ("right", "✓ ") if minute.right else ("wrong", "✗ ")
    said = wrap((Span(words(f"first.reason.{minute.answer + 1}")),), cells - 2)
    return behind(Span(sign, role), said)


def _options(minute: FirstMinute, words: Words, cells: int) -> Rows:
    group = {PREDICT: "predict", ANSWER: "answer"}.get(minute.stop)
    rows: list[Row] = []
    for n in range(1, OPTIONS + 1) if group else ():
        link = f"key:{n}"
        text = wrap((Span(words(f"first.{group}.{n}"), link=link),), cells - 5)
        rows += behind(Span(f"  {n}  ", "accent", link=link), text)
    return tuple(rows)


def stage_rows(
    minute: FirstMinute, stage: Stage, words: Words, cells: int, height: int, *, focus: int
) -> Rows:
    """Return the picture with its text, and the knob from the action that uses it.

    Args:
        focus: index of the focused knob; -1 for none.
    """
    knobs = knob_rows(stage, words, cells, focus=focus) if knob_shown(minute) else ()
    below = ((), *knobs) if knobs else ()
    return (*seen_rows(stage, words, cells, height - len(below)), *below)


def knob_shown(minute: FirstMinute) -> bool:
    """Return whether the knob is visible at this stop."""
    return minute.index >= STOPS.index(TURN_KNOB)


def seen_rows(stage: Stage, words: Words, cells: int, height: int) -> Rows:
    """Return the picture, and the run's position in words."""
    below = ((), *wrap((Span(now(stage, words), "grey"),), cells))
    room = max(1, min(TALL, height - len(below)))
    return (*picture("strip", stage.trace, context(stage, words, cells, room)), *below)


def now(stage: Stage, words: Words) -> str:
    """Return the run's position in words, without symbols that have not been introduced."""
    at = stage.cursor
    t = at.t if at.phase == stage.transport.phases else at.t - 1
    if t < 1:
        return words("first.start")
    x, h = first_minute.INPUTS[t - 1], float(stage.trace[f"h[{t}][0]"])
    return words("first.now", t=t, x=x, h=minus(f"{h:.2f}"))
