"""Progress of a challenge towards its goal, in a row."""

from __future__ import annotations

from collections.abc import Callable

from rnntutor.course.conditions import holds
from rnntutor.course.sim_spec import Condition
from rnntutor.numbers import amount
from rnntutor.render.primitives.wrap import GLUE, wrap
from rnntutor.session import conditions
from rnntutor.session.naming import condition_word, wanted_word
from rnntutor.session.stage import Stage
from rnntutor.spans import Row, Span, width
from rnntutor.words import Words


def goal_height(stage: Stage, words: Words, cells: int) -> int:
    """Return the number of rows that a goal takes, without measuring anything.

    This height is reserved before the goal is shown, so that nothing moves when it appears.
    """
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
    """Return the progress of a challenge towards its goal, shown after the first try.

    Args:
        cells: width of a row in which no part is broken, if possible; None for a row that is never
            broken. The leading word is left out where it would be alone in a row.
        measured: returns the value of a condition; None for its value on the stage.
    """
    out: list[Span] = []
    for condition in stage.spec.goal:
        value = measured(condition) if measured else conditions.current_value(stage, condition)
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
    fits = lead.width + width(first) + 2 <= cells  # with the gap to the next part
    return (lead, *out) if fits else tuple(out)


def _counts(condition: Condition) -> bool:
    """Return whether a condition compares a count, which is shown without decimals."""
    return isinstance(condition.value, int) and condition.value > 1


def _whole(text: str) -> str:
    """Return a text with spaces that no row breaks at."""
    return text.replace(" ", GLUE)
