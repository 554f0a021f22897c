"""Substitute the numbers of a variant into the text of a question, formatted as in the lessons."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

import numpy as np

from rnntutor.course.blocks import (
    Block,
    Blocks,
    Break,
    CodeBlock,
    GapMark,
    Heading,
    Inline,
    InlinePart,
    Listing,
    MathBlock,
    Maths,
    Paragraph,
    Picture,
    Placeholder,
    Quote,
    Rule,
    RunsBlock,
    Table,
    Text,
)
from rnntutor.course.question import Body, Question
from rnntutor.course.sim_spec import KnownMistake
from rnntutor.course.variant import Instance, VariantError
from rnntutor.nn.trace import PathError
from rnntutor.numbers import minus

# `{{ path }}` inside a formula, which the parser does not tokenize.
SLOT = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

# In a formula a negative number needs no brackets at the start or after an opening bracket, a
# relation or a separator. After anything else (an operator, a factor) it gets brackets.
_BARE = re.compile(
    r"(?:^|(?<!\\)[=<>≤≥≈≠,;:(\[{|&→]"
    r"|\\(?:quad|qquad|\\|\{|le|ge|leq|geq|lt|gt|approx|ne|neq|to|in|sim|equiv))"
    r"(?:\\[,;:! ]|\s)*$"
)
# In prose a negative number gets brackets directly after an operator.
_OPERATOR = re.compile(r"[+−×·⊙*/]\s*$")
_TEX_OPERATOR = re.compile(r"(?:[+\-−×·⊙*/]|\\(?:times|cdot|odot|tanh|sigma))\s*$")


def fill_common_text(question: Question, body: Body, instance: Instance) -> Question:
    """Return the question with the numbers of the instance in all of its text.

    Args:
        question: The question.
        body: Its body with the numbers already substituted.
        instance: The numbers.

    Raises:
        VariantError: A path is neither a drawn name nor in the trace.
    """
    return replace(
        question,
        title=fill_inline(question.title, instance),
        prompt=fill(question.prompt, instance),
        hints=tuple(fill(hint, instance) for hint in question.hints),
        why=fill(question.why, instance),
        body=body,
    )


def fill_mistakes(wrongs: tuple[KnownMistake, ...], instance: Instance) -> tuple[KnownMistake, ...]:
    """Return known mistakes with the numbers of the instance in their feedback.

    Raises:
        VariantError: A path is neither a drawn name nor in the trace.
    """
    return tuple(replace(wrong, say=fill_inline(wrong.say, instance)) for wrong in wrongs)


def fill(blocks: Blocks, instance: Instance) -> Blocks:
    """Return the blocks with every `{{ path }}` replaced by its number.

    Raises:
        VariantError: A path is neither a drawn name nor in the trace.
    """
    return tuple(_block(block, instance) for block in blocks)


def fill_inline(inline: Inline, instance: Instance) -> Inline:
    """Return inline content with every `{{ path }}` replaced by its number.

    Raises:
        VariantError: A path is neither a drawn name nor in the trace.
    """
    out: list[InlinePart] = []
    for part in inline:
        if isinstance(part, Placeholder):
            number = format_number(part.path, instance)
            negative = number.startswith("−") and "," not in number
            out.append(Text(f"({number})" if negative and _after_operator(out) else number))
        elif isinstance(part, Maths):
            out.append(replace(part, source=fill_formula(part.source, instance)))
        else:
            out.append(part)
    return tuple(out)


def format_number(path: str, instance: Instance, *, tex: bool = False) -> str:
    """Format the number at a path.

    Drawn numbers keep the decimals they were drawn with, also where the trace has them (`x[2]` of a
    drawn `x`). Of computed numbers, whole ones are written without decimals, others with three
    decimals (or three significant digits if those would all be 0). Lists are joined by commas;
    minus signs are typographic in prose.

    Args:
        path: A drawn name or a path into the trace.
        instance: The numbers.
        tex: Whether to write LaTeX instead of prose.

    Raises:
        VariantError: The path is neither a drawn name nor in the trace.
    """
    name = path.strip()
    if name in instance.values:
        value = instance.values[name]
        if isinstance(value, str):
            return value
        items = value if isinstance(value, list | tuple) else (value,)
        parts = [_format_drawn(item, instance.decimals.get(name)) for item in items]
    else:
        try:
            there = np.atleast_1d(instance.trace[name])
        except PathError as error:
            known = ", ".join(sorted({*instance.trace.arrays, *instance.trace.fixed}))
            raise VariantError("variant.path", path=path, choices=known) from error
        parts = [
            _format_given(name, value, instance) or _format_computed(value, tex)
            for value in map(float, there.flat)
        ]
    return ", ".join(parts if tex else (minus(part) for part in parts))


def decimal(value: float) -> str:
    """Format a computed number for prose."""
    return minus(_format_computed(value, tex=False))


def _format_given(path: str, value: float, instance: Instance) -> str:
    """Format a number of the trace that was drawn; "" for one that was computed."""
    name = path.partition("[")[0]
    drawn = instance.values.get(name)
    if drawn is None or isinstance(drawn, str) or value not in np.ravel(drawn):
        return ""
    decimals = instance.decimals.get(name)
    return f"{value:g}" if decimals is None else f"{value:.{decimals}f}"


def _format_drawn(value: float, decimals: int | None) -> str:
    return str(value) if decimals is None else f"{value:.{decimals}f}"


def _format_computed(value: float, tex: bool) -> str:
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if abs(value) >= 0.001 or not math.isfinite(value):
        return f"{value:.3f}"
    if abs(value) >= 1e-6:
        return f"{value:.{2 - math.floor(math.log10(abs(value)))}f}"
    digits, _, power = f"{value:.2e}".partition("e")
    if tex:
        return f"{digits}\\times10^{{{int(power)}}}"
    return f"{digits}×10{str(int(power)).translate(_SUPERSCRIPT)}"


def fill_formula(source: str, instance: Instance) -> str:
    """Return LaTeX with its slots filled.

    A negative number gets brackets after an operator or factor and before a power.

    Raises:
        VariantError: A path is neither a drawn name nor in the trace.
    """

    def number(match: re.Match[str]) -> str:
        tex = format_number(match[1], instance, tex=True)
        before, after = match.string[: match.start()], match.string[match.end() :]
        alone = _BARE.search(before) and not after.lstrip().startswith("^")
        return f"({tex})" if tex.startswith("-") and "," not in tex and not alone else tex

    return SLOT.sub(number, source)


def _after_operator(before: Sequence[InlinePart]) -> bool:
    last = before[-1] if before else None
    match last:
        case Text(text=text):
            return bool(_OPERATOR.search(text))
        case Maths(source=source):
            return bool(_TEX_OPERATOR.search(source))
        case Placeholder() | GapMark() | Break() | None:
            return False
    assert_never(last)


def _block(block: Block, instance: Instance) -> Block:
    match block:
        case Paragraph(inline=inline) | Heading(inline=inline):
            return replace(block, inline=fill_inline(inline, instance))
        case Listing(items=items):
            return replace(block, items=tuple(fill(item, instance) for item in items))
        case Quote(blocks=blocks):
            return replace(block, blocks=fill(blocks, instance))
        case MathBlock(source=source):
            return replace(block, source=fill_formula(source, instance))
        case Table(head=head, rows=rows):
            return replace(
                block,
                head=tuple(fill_inline(cell, instance) for cell in head),
                rows=tuple(tuple(fill_inline(cell, instance) for cell in r) for r in rows),
            )
        case CodeBlock() | Picture() | Rule() | RunsBlock():
            return block
    assert_never(block)
