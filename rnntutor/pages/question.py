"""Render a question: prompt, answer so far, hints, verdict and explanation."""

from __future__ import annotations

from dataclasses import replace

from rnntutor.pages.questions import drawing_of
from rnntutor.pages.questions.base import MARKS
from rnntutor.render.primitives.wrap import GLUE, wrap
from rnntutor.render.prose import Context, lay_out
from rnntutor.session import precision
from rnntutor.session import question as questions
from rnntutor.session.question import ANSWERING, CONFIDENCE, DONE, EMPTY, QuestionState
from rnntutor.spans import Row, Rows, Span, behind, pad
from rnntutor.words import Words

VERDICT = 8  # rows of a verdict without the explanation: head, feedback, blank rows


def question_rows(asked: QuestionState, words: Words, cells: int, context: Context) -> Rows:
    """Return the whole page, for scrolling."""
    drawing = drawing_of(asked.question)
    context = replace(context, gap=lambda index: drawing.gap(asked, index))
    rows: list[Row] = [
        *lay_out(questions.fill_blocks(asked, asked.question.prompt), cells, context),
        (),
    ]
    rows += drawing.rows(asked, words, cells, context)
    rows += _hints(asked, words, cells, context)
    if asked.state == DONE:
        rows += verdict_rows(asked, words, cells, context)
    while rows and not rows[-1]:
        rows.pop()
    return tuple(rows)


def most_rows(asked: QuestionState, words: Words, cells: int, context: Context) -> int:
    """Estimate the final height of the page, with all hints, verdict and explanation.

    It does not depend on the answer.
    """
    asked = replace(asked, state=ANSWERING, verdict=None, hints=len(asked.question.hints))
    rows = question_rows(asked, words, cells, context)
    return len(rows) + VERDICT + len(why_rows(asked, words, cells, context))


# ---- hints, confidence, verdict ------------------------------------------------------------------


def _hints(asked: QuestionState, words: Words, cells: int, context: Context) -> Rows:
    rows: list[Row] = []
    for n, hint in enumerate(asked.question.hints[: asked.hints]):
        rows += [()] if n == 0 else []
        head = Span(pad(words("question.hint"), 6), "grey")
        rows += behind(head, lay_out(questions.fill_blocks(asked, hint), cells - 6, context))
    return tuple(rows)


def verdict_rows(asked: QuestionState, words: Words, cells: int, context: Context) -> Rows:
    """Return the verdict, feedback on the mistake, and the explanation."""
    verdict = asked.verdict
    assert verdict is not None
    sign, role = MARKS[verdict.state]
    head = words("verdict.shown" if asked.revealed else f"verdict.{verdict.state}")
    share = "" if verdict.state != "partly" else f"  {verdict.score:.0%}"
    rows: list[Row] = [(), (Span(f"{sign} {head}{share}", role, strong=True),)]
    for feedback in verdict.feedback:
        rows += lay_out(questions.fill_blocks(asked, feedback), cells, context)
    return (*rows, (), *why_rows(asked, words, cells, context))


def why_rows(asked: QuestionState, words: Words, cells: int, context: Context) -> Rows:
    """Return the explanation of the right answer."""
    why = lay_out(questions.fill_blocks(asked, asked.question.why), cells - 6, context)
    return behind(Span(pad(words("question.why"), 6), "grey"), why)


def ask_rows(asked: QuestionState, words: Words, cells: int, *, first: bool = False) -> Rows:
    """Return the rows below the page: a complaint, or the question for the confidence.

    Args:
        first: whether the confidence is asked for the first time; its purpose is then explained.
    """
    if asked.state == CONFIDENCE:
        out = [Span(words("confidence.ask") + "   ", "")]
        for n, key in enumerate(("guessed", "maybe", "sure"), 1):
            link = f"key:{n}"
            said = words(f"confidence.{key}").replace(" ", GLUE)
            out += [Span(f"{n}{GLUE}", "accent", link=link), Span(said, link=link)]
            out += [Span(f"{GLUE * 3} ")] if key != "sure" else []
        why = ((), *wrap((Span(words("confidence.why"), "grey"),), cells)) if first else ()
        return (*wrap(out, cells), *why)
    if asked.complaint:
        if asked.complaint == EMPTY:
            said = words(drawing_of(asked.question).missing)
        else:
            said = precision.complaint(asked, words)
        return wrap((Span(said, "h"),), cells)
    return ()
