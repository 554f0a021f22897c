"""What stands above the picture in each act of a step: what is given, then the question, the tasks
or what has come out."""

from __future__ import annotations

from rnntutor.course.blocks import Blocks, Paragraph
from rnntutor.course.lesson import Step
from rnntutor.course.sim_spec import PredictNumber
from rnntutor.pages.lesson import task_rows
from rnntutor.render.prose import Context, lay_out
from rnntutor.session import told
from rnntutor.session.acts import BECAUSE, DO, PREDICT, TOLD
from rnntutor.session.stage import Stage
from rnntutor.spans import Row, Rows, Span
from rnntutor.words import Words

SHORT = 4  # rows of a text that stands above its stage and needs no act of its own
LENT = 3  # rows of a last paragraph that stands for what is given, in lessons of the older form


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
    """The rows of an act, and a line below them. text: the step's own, where it is so short that
    it stands above its stage. invited: to the code exercise of the step, once it is told. again:
    what was told over another run stands in the place of the tasks."""
    rows: list[Row] = []
    if act == TOLD:
        rows += told.prediction_rows(stage, words, cells)
        rows += told.outcome_rows(stage, words, cells)
        rows += invited
    elif act == BECAUSE:
        rows += told.prediction_rows(stage, words, cells)
        rows += told.because_rows(stage, words, cells)
    elif act == DO and again:
        rows += told.again_rows(stage, words, cells)
    else:
        rows += text or lay_out(_given(step, cells, context), cells, context)
        asked = told.ask_rows(stage, words, cells) if act == PREDICT else ()
        rows += ((), *asked) if rows and asked else asked
        if act == DO:
            rows += told.prediction_rows(stage, words, cells)
            rows += task_rows(step, stage, cells, context)
    if rows and not (act == PREDICT and typed(stage)):
        rows.append(line(cells))
    return tuple(rows)


def typed(stage: Stage) -> bool:
    """Whether a number is predicted: its field stands under the question, and the line below it."""
    return stage.prediction is not None and isinstance(stage.prediction.spec, PredictNumber)


def line(cells: int) -> Row:
    """Between what is asked and the picture."""
    return (Span("─" * cells, "line"),)


def _given(step: Step, cells: int, context: Context) -> Blocks:
    """What is given; in a lesson of the older form the last paragraph, if it is short."""
    if step.given:
        return step.given
    last = [block for block in step.blocks if isinstance(block, Paragraph)][-1:]
    return tuple(block for block in last if len(lay_out((block,), cells, context)) <= LENT)


def headline(row: Row, act: str, words: Words) -> Row:
    """The right side of a header with the act's name before it."""
    return (Span(f"{words(f'act.{act}')}   ", "accent"), *row)
