"""`type=trace`: one number that a model computes from drawn numbers. The answer is the typed text.

A ```variant block names the model and defines the draws.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rnntutor.course.blocks import Blocks, Inline
from rnntutor.course.expression import Typed
from rnntutor.course.fill import decimal, fill_common_text, fill_inline, fill_mistakes
from rnntutor.course.nodes import is_fence, line_of
from rnntutor.course.precision import Passes, Precision, precision_of
from rnntutor.course.question import Question
from rnntutor.course.questions.base import Attempt, Verdict, prompt_without, sentence, verdict
from rnntutor.course.questions.forms import Mistake, NumberForm
from rnntutor.course.questions.numbers import NumberKind, within, wrong_verdict
from rnntutor.course.sim_block import other_settings
from rnntutor.course.sim_spec import KnownMistake
from rnntutor.course.toml import TomlBlock, parse
from rnntutor.course.variant import Instance, Variant, band, instance_of, tolerance

if TYPE_CHECKING:
    from rnntutor.course.nodes import Nodes
    from rnntutor.course.reader import BlockParser

_KEYS = ("model", "ask", "atol", "draw", "wrong")


class TraceKind(NumberKind[Variant]):
    """The kind of questions with a computed number as answer."""

    name = "trace"
    drawn = True
    fences = ("variant",)

    def parse(self, reader: BlockParser, nodes: Nodes, line: int) -> tuple[Blocks, Variant | None]:
        prompt, block = variant_block(reader, nodes, line)
        return prompt, None if block is None else _read(block)

    def sentences(self, body: Variant) -> tuple[Inline, ...]:
        return tuple(wrong.say for wrong in body.wrong)

    def same_in_translation(self, body: Variant) -> dict[str, object]:
        wrong = tuple(w.slip or w.of for w in body.wrong)
        return {**body.facts, "ask": body.ask, "wrong": wrong}

    def translation_line(self, body: Variant, line: int) -> int:
        return body.line

    def variants(self, body: Variant) -> tuple[Variant, ...]:
        return (body,)

    def ideas(self, body: Variant) -> frozenset[str]:
        return frozenset(wrong.slip for wrong in body.wrong if wrong.slip)

    def draw(self, body: Variant, question: Question, salt: str, number: int) -> Instance:
        drawn = instance_of((body,), question.id, salt, number)
        # Raises VariantError if the text names an unknown number.
        fill_common_text(question, self.fill(body, drawn), drawn)
        return drawn

    def fill(self, body: Variant, instance: Instance) -> Variant:
        return replace(body, wrong=fill_mistakes(body.wrong, instance))

    def form(self, body: Variant, attempt: Attempt) -> NumberForm:
        """Return the form of the question for exports; mistakes that lead to the key are omitted.

        Raises:
            ValueError: The attempt has no instance.
        """
        drawn = attempt.instance
        if drawn is None:
            raise ValueError("a trace question is exported with its instance")
        right = tolerance(body, drawn)
        slips = tuple(
            Mistake(value, body.atol, fill_inline(wrong.say, drawn))
            for value, wrong in drawn.slips
            if abs(value - drawn.key) > right
        )
        return NumberForm(decimal(drawn.key), drawn.key, right, slips)

    def precision(self, body: Variant, instance: Instance | None) -> Precision | None:
        if instance is None:
            return None
        return precision_of(instance.key, body.atol, whole=instance.whole)

    def judge(self, body: Variant, typed: Typed, instance: Instance | None) -> Verdict:
        """Mark a number.

        Raises:
            ValueError: The answer has no instance.
        """
        if instance is None:
            raise ValueError("a trace question is marked with its instance")
        value = typed.value
        right = tolerance(body, instance)
        passes = Passes(instance.key - right, instance.key + right, *band(body, instance))
        key = decimal(instance.key)
        if within(passes.low, value, passes.high):
            return verdict(1.0, (), key, (True,))
        wrong = known_mistake(instance, body.atol, value)
        if wrong is None:
            return wrong_verdict(key, passes, value)
        feedback = sentence(fill_inline(wrong.say, instance))
        return verdict(0.0, (feedback,), key, (False,), (wrong.slip or wrong.of,))

    def right(self, body: Variant, attempt: Attempt) -> str | None:
        return None if attempt.instance is None else decimal(attempt.instance.key)


# ---- parsing -----------------------------------------------------------------------------------


def variant_block(reader: BlockParser, nodes: Nodes, line: int) -> tuple[Blocks, TomlBlock | None]:
    """Return the prompt of a question and its ```variant block; there must be exactly one block."""
    blocks = [n for n in nodes if is_fence(n, "variant")]
    if len(blocks) != 1:
        reader.report.add_problem(line, "variant_one", found=len(blocks))
    prompt = prompt_without(reader, nodes, blocks)
    if not blocks:
        return prompt, None
    first = blocks[0]
    return prompt, TomlBlock(first.content, line_of(first), reader.report, reader.inline)


def known_mistake(instance: Instance, atol: float, value: float) -> KnownMistake | None:
    """Return the mistake that leads to a number within the tolerance, or None.

    In usable variants all mistakes are too far apart for two of them to match.
    """
    near = (wrong for at, wrong in instance.slips if within(at - atol, value, at + atol))
    return next(near, None)


def _read(block: TomlBlock) -> Variant | None:
    """Parse the variant of a trace question; return None if the block is unusable."""
    table = parse(block.source, block.line, block.report)
    if table is None:
        return None
    numbers = numbers_of(block, table, needed=("model", "ask", "atol"))
    return numbers and replace(numbers, wrong=block.wrongs(table))


def numbers_of(
    block: TomlBlock,
    table: dict[str, object],
    *,
    needed: tuple[str, ...],
    beside: tuple[str, ...] = (),
) -> Variant | None:
    """Parse the model, the draws and the tolerance of a variant.

    Args:
        block: The ```variant block.
        table: Its table.
        needed: Keys that must be present.
        beside: Further keys that are not settings of the model.

    Returns:
        The variant, or None and a problem if a needed key is missing.
    """
    model, ask = block.string(table, "model"), block.string(table, "ask")
    atol = block.number(table, "atol")
    if not model or ("ask" in needed and not ask) or atol <= 0:
        block.report.add_problem(
            block.line, "variant_needs", names=", ".join(f"`{name}`" for name in needed[:-1])
        )
        return None
    draw = table.get("draw", {})
    if not isinstance(draw, dict):
        block.wrong("draw", "table")
        draw = {}
    draws = tuple((name, how) for name, how in draw.items() if _can_be_drawn(block, name, how))
    settings = other_settings(block, table, (*_KEYS, *beside))
    return Variant(model=model, ask=ask, atol=atol, draws=draws, settings=settings, line=block.line)


def _can_be_drawn(block: TomlBlock, name: str, how: object) -> bool:
    """Return whether the value defines a draw: a constant, a choice or a uniform range."""
    if not isinstance(how, dict):
        return True
    choice, uniform, decimals = how.get("choice"), how.get("uniform"), how.get("round", 2)
    if set(how) == {"choice"} and isinstance(choice, tuple) and choice:
        return True
    if set(how) <= {"uniform", "round"} and isinstance(uniform, tuple) and len(uniform) == 2:
        low, high = uniform
        numbers = all(isinstance(v, int | float) for v in uniform)
        if numbers and low < high and isinstance(decimals, int) and decimals >= 0:
            return True
    line = block.line_of(f"draw.{name}")
    if line == block.line:
        line = block.line_of(name)
    block.report.add_problem(line, "draw", name=name)
    return False
