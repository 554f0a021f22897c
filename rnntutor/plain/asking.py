"""A question as text: prompt, numbered options, hints, verdict."""

from __future__ import annotations

from dataclasses import replace

from rnntutor.course.blocks import Blocks
from rnntutor.course.fill import decimal
from rnntutor.pages.questions import drawing_of
from rnntutor.pages.questions.base import MARKS
from rnntutor.plain.answers import form
from rnntutor.plain.lines import COLUMNS, Lines
from rnntutor.render.prose import Context, lay_out
from rnntutor.session import precision
from rnntutor.session import question as questions
from rnntutor.session.question import ANSWERING, CONFIDENCE, QuestionState
from rnntutor.spans import Span
from rnntutor.words import Words


def show(asked: QuestionState, lines: Lines, words: Words, context: Context) -> None:
    """Print the prompt, the options, the hints and, before the verdict, how to answer."""
    context = replace(context, gap=lambda index: Span(f"[{index + 1} ____]"))
    lines.say()
    lines.rows(lay_out(questions.fill_blocks(asked, asked.question.prompt), COLUMNS, context))
    lines.say()
    for text in drawing_of(asked.question).text(asked, COLUMNS, context):
        lines.say(text)
    lines.say()
    for n in range(asked.hints):
        hint(asked, n, lines, words, context)
    if asked.state == ANSWERING:
        instruct(asked, lines, words)
    elif asked.state == CONFIDENCE:
        confidence(lines, words)


def instruct(asked: QuestionState, lines: Lines, words: Words) -> None:
    """Print how the question is answered."""
    how = form(asked)
    exact = precision.asked_for(asked, words)
    lines.say(" ".join(part for part in (how.sentence(words), exact) if part))
    lines.say(words("plain.foot.question"), "grey")


def hint(asked: QuestionState, n: int, lines: Lines, words: Words, context: Context) -> None:
    """Print hint number n, counted from 0."""
    hints = asked.question.hints
    lead = words("plain.question.hint", n=n + 1, of=len(hints))
    _print_labelled(lead, questions.fill_blocks(asked, hints[n]), lines, context)


def worth(asked: QuestionState, lines: Lines) -> None:
    """Print the value of a typed expression before it is confirmed."""
    typed = questions.typed_number(asked)
    if typed is not None and not typed.bare:
        lines.say(f"= {decimal(typed.value)}")


def confidence(lines: Lines, words: Words, *, first: bool = False) -> None:
    """Ask for a confidence rating.

    Args:
        first: whether to explain its purpose.
    """
    names = (words(f"confidence.{key}") for key in ("guessed", "maybe", "sure"))
    choices = ", ".join(f"{n} {name}" for n, name in enumerate(names, 1))
    lines.say(words("plain.question.confidence", ask=words("confidence.ask"), choices=choices))
    if first:
        lines.say(words("confidence.why"), "grey")


def _print_labelled(label: str, blocks: Blocks, lines: Lines, context: Context) -> None:
    lines.say(label, "head")
    lines.rows(lay_out(blocks, COLUMNS, context))


# ---- the verdict ---------------------------------------------------------------------------


def verdict(asked: QuestionState, lines: Lines, words: Words, context: Context) -> None:
    """Print the verdict, feedback on a mistake, the right answer, and the explanation."""
    result = asked.verdict
    assert result is not None
    head = words("verdict.shown" if asked.revealed else f"verdict.{result.state}")
    share = f" {result.score:.0%}" if result.state == "partly" else ""
    lines.say()
    lines.say(f"{MARKS[result.state][0]} {head}{share}", result.state)
    for feedback in result.feedback:
        lines.rows(lay_out(questions.fill_blocks(asked, feedback), COLUMNS, context))
    if result.state != "right":
        lines.say()
        for text in drawing_of(asked.question).key(asked, words, COLUMNS, context):
            lines.say(text)
    lines.say()
    _print_labelled(
        words("question.why"), questions.fill_blocks(asked, asked.question.why), lines, context
    )
