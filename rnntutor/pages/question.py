"""A question as rows: what is asked, the answer so far, hints, the verdict and the reason."""

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

VERDICT = 8  # rows that a verdict takes without the reason: head, what is said of it, air


def question_rows(asked: QuestionState, words: Words, cells: int, context: Context) -> Rows:
    """The whole page, to be scrolled."""
    drawing = drawing_of(asked.question)
    context = replace(context, gap=lambda index: drawing.gap(asked, index))
    rows: list[Row] = [*lay_out(questions.filled(asked, asked.question.prompt), cells, context), ()]
    rows += drawing.rows(asked, words, cells, context)
    rows += _hints(asked, words, cells, context)
    if asked.state == DONE:
        rows += verdict_rows(asked, words, cells, context)
    while rows and not rows[-1]:
        rows.pop()
    return tuple(rows)


def most_rows(asked: QuestionState, words: Words, cells: int, context: Context) -> int:
    """About how many rows the page has at the end: with all its hints, its verdict and the reason.
    It is the same whatever has been answered."""
    asked = replace(asked, state=ANSWERING, verdict=None, hints=len(asked.question.hints))
    rows = question_rows(asked, words, cells, context)
    return len(rows) + VERDICT + len(why_rows(asked, words, cells, context))


# ---- hints, confidence, verdict ------------------------------------------------------------------


def _hints(asked: QuestionState, words: Words, cells: int, context: Context) -> Rows:
    rows: list[Row] = []
    for n, hint in enumerate(asked.question.hints[: asked.hints]):
        rows += [()] if n == 0 else []
        head = Span(pad(words("question.hint"), 6), "grey")
        rows += behind(head, lay_out(questions.filled(asked, hint), cells - 6, context))
    return tuple(rows)


def verdict_rows(asked: QuestionState, words: Words, cells: int, context: Context) -> Rows:
    """What the answer was, the reason behind a mistake, and why the right one is right."""
    verdict = asked.verdict
    assert verdict is not None
    sign, role = MARKS[verdict.state]
    head = words("verdict.shown" if asked.revealed else f"verdict.{verdict.state}")
    share = "" if verdict.state != "partly" else f"  {verdict.score:.0%}"
    rows: list[Row] = [(), (Span(f"{sign} {head}{share}", role, strong=True),)]
    for feedback in verdict.feedback:
        rows += lay_out(questions.filled(asked, feedback), cells, context)
    return (*rows, (), *why_rows(asked, words, cells, context))


def why_rows(asked: QuestionState, words: Words, cells: int, context: Context) -> Rows:
    """Why the right answer is right."""
    why = lay_out(questions.filled(asked, asked.question.why), cells - 6, context)
    return behind(Span(pad(words("question.why"), 6), "grey"), why)


def ask_rows(asked: QuestionState, words: Words, cells: int, *, first: bool = False) -> Rows:
    """Under the page: what is missing, or how sure the learner is. first: whether that is asked for
    the first time, so that it is said what it is for."""
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
