"""A question as text: what is asked, the options by their numbers, hints, the verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rnntutor.course.blocks import Blocks, Choice, Cloze, Inline, Match, Order
from rnntutor.course.fill import decimal, fill
from rnntutor.plain.answers import form
from rnntutor.plain.lines import COLUMNS, Lines, hang
from rnntutor.render.prose import Context, lay_out, lay_out_inline
from rnntutor.session import precision
from rnntutor.session import question as questions
from rnntutor.session.question import ANSWERING, CONFIDENCE, Asked
from rnntutor.spans import Span, plain
from rnntutor.words import Words

MARKS = {"right": "✓", "partly": "◐", "wrong": "✗"}


def show(asked: Asked, lines: Lines, words: Words, context: Context) -> None:
    """What is asked, the options, the hints, and what can be typed while there is no verdict."""
    context = replace(context, gap=lambda index: Span(f"[{index + 1} ____]"))
    lines.say()
    lines.rows(lay_out(_filled(asked, asked.question.prompt), COLUMNS, context))
    lines.say()
    for text in _body(asked, words, context):
        lines.say(text)
    lines.say()
    for n in range(asked.hints):
        hint(asked, n, lines, words, context)
    if asked.state == ANSWERING:
        instruct(asked, lines, words)
    elif asked.state == CONFIDENCE:
        confidence(lines, words)


def instruct(asked: Asked, lines: Lines, words: Words) -> None:
    """How this question is answered."""
    how = form(asked)
    exact = precision.asked_for(asked, words)
    lines.say(" ".join(part for part in (words(how.key, **how.values), exact) if part))
    lines.say(words("plain.foot.question"), "grey")


def hint(asked: Asked, n: int, lines: Lines, words: Words, context: Context) -> None:
    """The hint number n, from 0."""
    hints = asked.question.hints
    lead = words("plain.question.hint", n=n + 1, of=len(hints))
    _labelled(lead, _filled(asked, hints[n]), lines, context)


def worth(asked: Asked, lines: Lines, words: Words) -> None:
    """What an expression comes to, before it is confirmed."""
    typed = questions.typed_number(asked)
    if typed is not None and not typed.bare:
        lines.say(f"= {decimal(typed.value)}")


def confidence(lines: Lines, words: Words) -> None:
    """How sure are you?"""
    names = (words(f"confidence.{key}") for key in ("guessed", "maybe", "sure"))
    choices = ", ".join(f"{n} {name}" for n, name in enumerate(names, 1))
    lines.say(words("plain.question.confidence", ask=words("confidence.ask"), choices=choices))


def _filled(asked: Asked, blocks: Blocks) -> Blocks:
    """The blocks with the variant's numbers in them."""
    return fill(blocks, asked.instance) if asked.instance else blocks


def _labelled(label: str, blocks: Blocks, lines: Lines, context: Context) -> None:
    lines.say(label, "head")
    lines.rows(lay_out(blocks, COLUMNS, context))


# ---- what stands below the prompt ----------------------------------------------------------


def _body(asked: Asked, words: Words, context: Context) -> Iterator[str]:
    body = asked.question.body
    if isinstance(body, Choice | Order):
        inlines = [option.inline for option in questions.options(asked)]
        yield from _numbered(inlines, context)
    elif isinstance(body, Match):
        yield from _columns(asked, body, words, context)
    elif isinstance(body, Cloze):
        for gap, _ in enumerate(body.gaps):
            choices = questions.gap_choices(asked, gap)
            if choices:
                shown = "   ".join(f"{n} {text}" for n, text in enumerate(choices, 1))
                yield f"[{gap + 1}]  {shown}"


def _numbered(inlines: list[Inline], context: Context) -> Iterator[str]:
    for n, inline in enumerate(inlines, 1):
        yield from hang(f"  {n}  ", lay_out_inline(inline, COLUMNS - 5, context))


def _columns(asked: Asked, body: Match, words: Words, context: Context) -> Iterator[str]:
    """The rows of a match by letters, its right column by numbers."""
    for n, (left, _) in enumerate(body.pairs):
        yield from hang(f"  {_letter(n)}  ", lay_out_inline(left, COLUMNS - 5, context))
    yield ""
    yield from _numbered(list(questions.right_column(asked)), context)


def _letter(row: int) -> str:
    """What a row of a match is called: a, b, c …"""
    return chr(ord("a") + row) if row < 26 else str(row + 1)


# ---- the verdict ---------------------------------------------------------------------------


def verdict(asked: Asked, lines: Lines, words: Words, context: Context) -> None:
    """What the answer was worth, the reason behind a mistake, the right answer, and why."""
    result = asked.verdict
    assert result is not None
    head = words("verdict.shown" if asked.revealed else f"verdict.{result.state}")
    share = f" {result.score:.0%}" if result.state == "partly" else ""
    lines.say()
    lines.say(f"{MARKS[result.state]} {head}{share}", result.state)
    for feedback in result.feedback:
        lines.rows(lay_out(_filled(asked, feedback), COLUMNS, context))
    if result.state != "right":
        lines.say()
        for text in _key(asked, words, context):
            lines.say(text)
    lines.say()
    _labelled(words("question.why"), _filled(asked, asked.question.why), lines, context)


def _key(asked: Asked, words: Words, context: Context) -> Iterator[str]:
    """The right answer, as it would be typed, and in its words."""
    assert asked.verdict is not None

    def line(answer: str) -> str:
        return words("plain.question.key", answer=answer)

    match asked.question.body:
        case Choice():
            shown = questions.options(asked)
            right = [n for n, option in enumerate(shown, 1) if option.right]
            yield line(" ".join(str(n) for n in right))
            for n in right:
                rows = lay_out_inline(shown[n - 1].inline, COLUMNS - 5, context)
                yield from hang(f"  {n}  ", rows)
        case Order(items=items):
            places = {option.id: n for n, option in enumerate(questions.options(asked), 1)}
            yield line(" ".join(str(places[item.id]) for item in items))
            for item in items:
                rows = lay_out_inline(item.inline, COLUMNS - 5, context)
                yield from hang(f"  {places[item.id]}  ", rows)
        case Match(pairs=pairs):
            column = questions.right_column(asked)
            yield line(" ".join(str(column.index(right) + 1) for _, right in pairs))
            for n, (left, cell) in enumerate(pairs):
                there = f"{column.index(cell) + 1} {_flat(cell, context)}"
                yield f"  {_letter(n)}  {_flat(left, context)}: {there}"
        case Cloze(gaps=gaps):
            yield line(" / ".join(gap.answers[0] for gap in gaps))
            wrong = [n for n, good in enumerate(asked.verdict.parts, 1) if not good]
            if not asked.revealed and len(gaps) > 1:
                yield words("plain.question.gaps", gaps=", ".join(str(n) for n in wrong))
        case _:
            yield line(str(asked.verdict.right))


def _flat(inline: Inline, context: Context) -> str:
    return " ".join(plain(row) for row in lay_out_inline(inline, COLUMNS, context))
