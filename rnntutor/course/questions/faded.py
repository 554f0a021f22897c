"""`type=faded`: a worked calculation with some of its numbers left out, which are typed.

A ```variant block defines the draws, and each of its `[[line]]` tables one line of the calculation.
The answer is a list with the text of each gap. A number that follows correctly from wrong numbers
in earlier gaps is right: a mistake counts only once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rnntutor.course.blocks import Blocks, GapMark, Inline, Listing, Paragraph, Text
from rnntutor.course.faded import ARROWS, CalculationLine, Faded
from rnntutor.course.fill import decimal, fill_common_text, fill_inline, fill_mistakes
from rnntutor.course.precision import Precision, precision_of
from rnntutor.course.question import Question
from rnntutor.course.questions.base import (
    COARSE,
    A,
    AnswerField,
    AnswerPart,
    Attempt,
    GivenAnswer,
    Verdict,
    items_of,
    sentence,
    verdict,
)
from rnntutor.course.questions.forms import GapForm, NumberGap
from rnntutor.course.questions.numbers import complaint_of, number_part, typed_number, within
from rnntutor.course.questions.slots import SlotKind, gap_names, slot_field
from rnntutor.course.questions.trace import known_mistake, numbers_of, variant_block
from rnntutor.course.toml import TomlBlock, parse
from rnntutor.course.variant import (
    Instance,
    Variant,
    VariantError,
    band,
    compute,
    instance_of,
    number_at,
    tolerance,
)
from rnntutor.course.working import line_before_gaps, result, worth
from rnntutor.failure import Refused

if TYPE_CHECKING:
    from rnntutor.course.nodes import Nodes
    from rnntutor.course.reader import BlockParser

RIGHT, FOLLOWS, ROUGH, WRONG = "right", "follows", "coarse", "wrong"
_LINE = ("of", "label", "work", "arrow", "gap", "wrong")
_EXACT = 1e-6  # largest difference between a line's calculation and the model


@dataclass(frozen=True, slots=True)
class Judged:
    """The result of marking one gap.

    Attributes:
        state: RIGHT; FOLLOWS, right given the numbers in the earlier gaps; ROUGH, rounded too
            early; or WRONG.
        key: The right number.
        slip: Name of the known mistake that leads to the typed number, or "".
        say: Feedback for the mistake.
    """

    state: str
    key: float
    slip: str = ""
    say: Inline = ()


class FadedKind(SlotKind[Faded]):
    """The kind of questions with gaps in a calculation."""

    name = "faded"
    drawn = True
    stands_alone = False  # it continues the worked example before it
    fences = ("variant",)

    # ---- parsing and display -------------------------------------------------------------------

    def parse(self, reader: BlockParser, nodes: Nodes, line: int) -> tuple[Blocks, Faded | None]:
        prompt, block = variant_block(reader, nodes, line)
        return prompt, None if block is None else _read(block)

    def sentences(self, body: Faded) -> tuple[Inline, ...]:
        said = [
            inline
            for line in body.lines
            for inline in (line.label, line.gap, *(w.say for w in line.wrong))
        ]
        return tuple(inline for inline in said if inline)

    def same_in_translation(self, body: Faded) -> Mapping[str, object]:
        lines = tuple(
            (line.of, line.work, line.arrow, bool(line.gap), *(w.slip or w.of for w in line.wrong))
            for line in body.lines
        )
        return {**body.numbers.facts, "[[line]]": lines}

    def ideas(self, body: Faded) -> frozenset[str]:
        wrongs = (wrong for line in body.lines for wrong in line.wrong)
        return frozenset(wrong.slip for wrong in wrongs if wrong.slip)

    def translation_line(self, body: Faded, line: int) -> int:
        return body.numbers.line

    def variants(self, body: Faded) -> tuple[Variant, ...]:
        return body.variants

    def draw(self, body: Faded, question: Question, salt: str, number: int) -> Instance:
        """Return the numbers of a variant.

        Raises:
            VariantError: No draw is usable, or a line's calculation differs from the model.
        """
        drawn = instance_of(body.variants, question.id, salt, number)
        for line in body.lines:
            if abs(worth(line, drawn, {}) - number_at(drawn.trace, line.of)) > _EXACT:
                raise VariantError("variant.work", path=line.of, work=line.work)
        # Raises VariantError if the text names an unknown number.
        fill_common_text(question, self.fill(body, drawn), drawn)
        return drawn

    def fill(self, body: Faded, instance: Instance) -> Faded:
        lines = (
            replace(
                line,
                label=fill_inline(line.label, instance),
                gap=fill_inline(line.gap, instance),
                wrong=fill_mistakes(line.wrong, instance),
            )
            for line in body.lines
        )
        return replace(body, lines=tuple(lines))

    def form(self, body: Faded, attempt: Attempt) -> GapForm:
        """Return the form of the question for exports.

        Raises:
            ValueError: The attempt has no instance.
        """
        drawn = attempt.instance
        if drawn is None:
            raise ValueError("a faded question is exported with its instance")
        marks = {gap: (GapMark(n),) for n, gap in enumerate(body.gaps)}
        lines = (
            (*line_before_gaps(body, line, drawn), *marks.get(line, ())) for line in body.lines
        )
        gaps = zip(body.gaps, body.variants, compute(body.variants, drawn.values), strict=True)
        return GapForm(
            (*attempt.question.prompt, Listing(tuple((Paragraph(line),) for line in lines))),
            tuple(
                NumberGap(one.key, tolerance(block, one), result(gap, drawn), gap.gap)
                for gap, block, one in gaps
            ),
        )

    # ---- editing the answer --------------------------------------------------------------------

    def rows(self, body: Faded) -> int:
        return len(body.gaps)

    def field(self, body: Faded, attempt: Attempt) -> AnswerField | None:
        return slot_field(attempt, number=True)

    def answer(self, body: Faded, attempt: Attempt) -> list[str | None] | None:
        texts = [slot.strip() or None if isinstance(slot, str) else None
                 for slot in attempt.draft.slots]  # fmt: skip
        return texts if any(texts) else None

    def precision(self, body: Faded, instance: Instance | None) -> Precision | None:
        if instance is None:
            return None
        return precision_of(1.0, body.numbers.atol, whole=False)

    def complaint(self, body: Faded, attempt: Attempt) -> str:
        return complaint_of(self, body, attempt, map(str, attempt.draft.slots))

    # ---- marking -------------------------------------------------------------------------------

    def mark(self, body: Faded, given: GivenAnswer) -> Verdict | None:
        """Mark each gap.

        Raises:
            ValueError: The answer has no instance.
        """
        instance = given.instance
        if instance is None:
            raise ValueError("a faded question is marked with its instance")
        texts = [str(text or "") if isinstance(text, str | int | float) else ""
                 for text in items_of(given.raw)][: len(body.gaps)]  # fmt: skip
        if not any(text.strip() for text in texts):
            return None
        judged = judge(body, texts, instance)
        right = [decimal(one.key) for one in judged]
        parts = tuple(one.state != WRONG for one in judged)
        if all(parts) and any(one.state == ROUGH for one in judged):
            good = tuple(one.state != ROUGH for one in judged)
            return Verdict(0.0, COARSE, (), right, good)
        wrong = [(n, one) for n, one in enumerate(judged) if one.state == WRONG]
        feedback = tuple(
            sentence((Text(f"[{n + 1}] ", strong=True), *fill_inline(one.say, instance)))
            for n, one in wrong
        )
        found = tuple(one.slip for _, one in wrong if one.slip)
        return verdict(sum(parts) / len(parts), feedback, right, parts, found)

    def answer_parts(self, body: Faded, raw: object) -> tuple[AnswerPart, ...]:
        return tuple(map(number_part, items_of(raw), gap_names(len(body.gaps))))

    def line_form(self, body: Faded) -> Refused:
        return Refused("plain.answer.faded", n=len(body.gaps))

    def read_line(self, body: Faded, attempt: A, line: str) -> A:
        """Parse the numbers, separated by semicolons."""
        texts = [part.strip() for part in line.split(";")]
        if len(texts) != len(body.gaps) or None in map(typed_number, texts):
            raise self.line_form(body)
        return replace(attempt, draft=replace(attempt.draft, slots=tuple(texts)), cursor=0)


def judge(body: Faded, texts: Sequence[str], drawn: Instance) -> tuple[Judged, ...]:
    """Mark the text of each gap.

    Raises:
        VariantError: A number cannot be computed.
    """
    own: dict[str, float] = {}
    out: list[Judged] = []
    computed = compute(body.variants, drawn.values)
    for n, (gap, block, one) in enumerate(zip(body.gaps, body.variants, computed, strict=True)):
        typed = typed_number(texts[n]) if n < len(texts) else None
        out.append(_judge(gap, block, one, None if typed is None else typed.value, own))
        if typed is not None and out[-1].state in (WRONG, FOLLOWS):
            own[gap.of] = typed.value
    return tuple(out)


def _judge(
    gap: CalculationLine,
    block: Variant,
    drawn: Instance,
    value: float | None,
    own: Mapping[str, float],
) -> Judged:
    """Mark the number in one gap.

    Args:
        gap: The line of the gap.
        block: The variant block for its number.
        drawn: The drawn numbers, with the right number as key.
        value: The typed number, None if there is none.
        own: The typed numbers of earlier gaps that differ from the right ones.
    """
    key = drawn.key
    if value is None:
        return Judged(WRONG, key, say=gap.gap)
    right = tolerance(block, drawn)
    if within(key - right, value, key + right):
        return Judged(RIGHT, key)
    if own and _follows(gap, drawn, own, value, right):
        return Judged(FOLLOWS, key)
    wrong = known_mistake(drawn, block.atol, value)
    if wrong is not None:
        return Judged(WRONG, key, wrong.slip or wrong.of, wrong.say)
    least, most = band(block, drawn)
    if within(least, value, most):
        return Judged(ROUGH, key)
    return Judged(WRONG, key, say=gap.gap)


def _follows(
    gap: CalculationLine, drawn: Instance, own: Mapping[str, float], value: float, right: float
) -> bool:
    """Return whether a number follows from the numbers typed before it.

    Args:
        gap: The line of the gap.
        drawn: The drawn numbers.
        own: The typed numbers of earlier gaps that differ from the right ones.
        value: The typed number.
        right: Tolerance of the right number.
    """
    try:
        follows = worth(gap, drawn, own)
    except VariantError:  # an overflow or a division by 0
        return False
    spread = max(right, right * abs(follows / drawn.key))
    return follows != drawn.key and within(follows - spread, value, follows + spread)


def _read(block: TomlBlock) -> Faded | None:
    """Parse the calculation; return None if the block is unusable."""
    table = parse(block.source, block.line, block.report)
    if table is None:
        return None
    numbers = numbers_of(block, table, needed=("model", "atol"), beside=("line",))
    if numbers is None:
        return None
    lines = []
    for nth, entry in enumerate(block.tables(table, "line")):
        block.only(entry, _LINE, "line")
        of, work = block.string(entry, "of"), block.string(entry, "work")
        label, arrow = block.sentence(entry, "label"), block.string(entry, "arrow")
        if not of or not work or not label:
            block.report.add_problem(block.line_of("line", nth), "line_needs")
            continue
        if arrow not in ARROWS:
            block.wrong("arrow", "arrow", nth)
        lines.append(
            CalculationLine(
                of, label, work, arrow, block.sentence(entry, "gap"), block.wrongs(entry)
            )
        )
    body = Faded(numbers, tuple(lines))
    if not body.gaps:
        block.report.add_problem(block.line, "no_line_gaps")
        return None
    return body
