"""Rows above the picture in each act of a step: the text, question, tasks or outcome."""

from __future__ import annotations

from rnntutor.course.blocks import Blocks, Paragraph
from rnntutor.course.lesson import Step
from rnntutor.course.sim_spec import PredictNumber
from rnntutor.pages.lesson import task_rows
from rnntutor.render.prose import Context, lay_out
from rnntutor.session import feedback
from rnntutor.session.acts import BECAUSE, DO, PREDICT, TOLD
from rnntutor.session.stage import Stage
from rnntutor.spans import Row, Rows, Span
from rnntutor.words import Words

SHORT = 4  # most rows of a text that is shown above its stage, without an act of its own
LENT = 3  # most rows of a last paragraph used as the given, in lessons of the older form


def act_rows(
    step: Step,
    stage: Stage,
    act: str,
    words: Words,
    cells: int,
    context: Context,
    text: Rows = (),
    invited: Rows = (),
    again: bool = False,
) -> Rows:
    """Return the rows of an act, with a line below them.

    Args:
        text: the step's text, if it is short enough to be shown above its stage.
        invited: the invitation to the step's code exercise, shown after the outcome.
        again: whether to show the outcome of another run instead of the tasks.
    """
    rows: list[Row] = []
    if act == TOLD:
        rows += feedback.prediction_rows(stage, words, cells)
        rows += feedback.outcome_rows(stage, words, cells)
        rows += invited
    elif act == BECAUSE:
        rows += feedback.prediction_rows(stage, words, cells)
        rows += feedback.because_rows(stage, words, cells)
    elif act == DO and again:
        rows += feedback.again_rows(stage, words, cells)
    else:
        rows += text or lay_out(_given_blocks(step, cells, context), cells, context)
        asked = feedback.ask_rows(stage, words, cells) if act == PREDICT else ()
        rows += ((), *asked) if rows and asked else asked
        if act == DO:
            rows += feedback.prediction_rows(stage, words, cells)
            rows += task_rows(step, stage, cells, context)
    if rows and not (act == PREDICT and typed(stage)):
        rows.append(line(cells))
    return tuple(rows)


def typed(stage: Stage) -> bool:
    """Return whether the prediction is a number.

    Its field is placed below the question, and the line below the field.
    """
    return stage.prediction is not None and isinstance(stage.prediction.spec, PredictNumber)


def line(cells: int) -> Row:
    """Return the line between the question or tasks and the picture."""
    return (Span("─" * cells, "line"),)


def _given_blocks(step: Step, cells: int, context: Context) -> Blocks:
    """Return what is given; in a lesson of the older form its last paragraph, if short."""
    if step.given:
        return step.given
    last = [block for block in step.blocks if isinstance(block, Paragraph)][-1:]
    return tuple(block for block in last if len(lay_out((block,), cells, context)) <= LENT)


def headline(row: Row, act: str, words: Words) -> Row:
    """Return the right side of a header with the act's name before it."""
    return (Span(f"{words(f'act.{act}')}   ", "accent"), *row)
