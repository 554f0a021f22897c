"""How far a challenge is from its goal, in a row."""

from __future__ import annotations

from collections.abc import Callable

from rnntutor.course.conditions import holds
from rnntutor.course.sim_spec import Condition
from rnntutor.numbers import amount
from rnntutor.render.primitives.wrap import GLUE, wrap
from rnntutor.session import stage as stages
from rnntutor.session.naming import condition_word, wanted_word
from rnntutor.session.stage import Stage
from rnntutor.spans import Row, Span, width
from rnntutor.words import Words


def goal_height(stage: Stage, words: Words, cells: int) -> int:
    """The rows that a challenge's goal takes, kept for it before it is shown: nothing moves then.
    Nothing is measured for it."""
    if not stage.spec.goal:
        return 0
    return len(wrap(goal_row(stage, words, cells, measured=lambda condition: 0.0), cells))


def goal_row(
    stage: Stage,
    words: Words,
    cells: int | None = None,
    *,
    measured: Callable[[Condition], object] | None = None,
) -> Row:
    """How far a challenge is from its goal, shown after the first try. cells: of a row into which
    each part goes unbroken, if it can; None for a row that is never broken. The word before the
    parts does not stand in a row alone. measured: what a condition has come to, if not as on the
    stage."""
    out: list[Span] = []
    for condition in stage.spec.goal:
        value = measured(condition) if measured else stages.now(stage, condition)
        good = holds(condition, value)
        shown = amount(float(value)) if isinstance(value, int | float) else "·"
        if isinstance(value, int | float) and _counts(condition) and float(value).is_integer():
            shown = f"{value:.0f}"
        part = (
            Span(f"{'✓' if good else '✗'}{GLUE}", "right" if good else "wrong"),
            Span(_whole(f"{condition_word(stage, words, condition)} {shown}"), strong=True),
            Span("  "),
            Span(_whole(f"({wanted_word(words, condition)})"), "grey"),
        )
        whole = cells is None or width(part) + 2 <= cells
        out += [s.with_text(_whole(s.text)) if whole else s for s in part]
        out.append(Span(f"{GLUE}{GLUE} " if whole else " "))
    lead = Span(words("stage.goal") + "  ", "grey")
    if cells is None:
        return (lead, *out)
    first = wrap(out, cells)[0] if out else ()
    fits = lead.width + width(first) + 2 <= cells  # with the cells between it and the next
    return (lead, *out) if fits else tuple(out)


def _counts(condition: Condition) -> bool:
    """Whether a condition is about a count, which has no decimals: it is compared with one."""
    return isinstance(condition.value, int) and condition.value > 1


def _whole(text: str) -> str:
    """A text that no row breaks."""
    return text.replace(" ", GLUE)
