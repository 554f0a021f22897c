"""The runs that a lesson refers to, as grey rows that link to them."""

from __future__ import annotations

from rnntutor.course.blocks import RunsBlock
from rnntutor.course.claims import ClaimedRun
from rnntutor.course.runs import first, symbol, varied
from rnntutor.render.links import target
from rnntutor.render.primitives.wrap import wrap
from rnntutor.spans import Rows, Span
from rnntutor.words import Words

SHORT = 24  # maximum length of a setting's value to show, in characters


def run_rows(block: RunsBlock, cells: int, words: Words) -> Rows:
    """Return a row for each run (more if it does not fit)."""
    rows: Rows = ()
    for run in block.runs:
        span = Span(run_label(run, words), "grey", link=target(first(run)))
        rows += wrap([Span(words("runs.lead") + " ", "grey"), span], cells)
    return rows


def run_label(run: ClaimedRun, words: Words) -> str:
    """Return the label of a run, such as "race of three cells · adding · H=16 · 2,000 updates"."""
    parts = [words(key) if (key := f"sim.{run.use}") in words else run.use]
    for name, value in run.settings:
        if name == "language" or len(str(value)) > SHORT:
            continue
        many = value if varied(run.use, name, value) and isinstance(value, tuple) else (value,)
        parts.append(_setting(run.use, name, many, words))
    if run.updates is None:
        parts.append(words("runs.end"))
    elif run.updates:
        parts.append(words("runs.updates", n=f"{run.updates:,}"))
    return " · ".join(parts)


def _setting(use: str, name: str, values: tuple[object, ...], words: Words) -> str:
    """Return a setting as text, such as "adding", "LSTM, GRU", "H=16" or "seed 1, 2, 3"."""
    keys = [f"choice.{name}.{value}" for value in values]
    shown = ", ".join(
        words(key) if key in words else f"{value:g}" if isinstance(value, float) else str(value)
        for key, value in zip(keys, values, strict=True)
    )
    own, shared = f"knob.{use}.{name}", f"knob.{name}"
    if name in NAMED and all(key in words for key in keys):
        return shown
    sign = symbol(use, name)
    if own not in words and sign:
        return f"{sign}={shown}" if len(values) == 1 else f"{sign} {shown}"
    called = words(own) if own in words else words(shared) if shared in words else name
    return f"{called} {shown}"


# Settings whose choices need no name before them.
NAMED = ("cell", "task", "series", "type", "corpus")
