"""The lines of a calculation with their numbers: as text, and what they come to."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rnntutor.course.blocks import Inline, Text
from rnntutor.course.expression import ExpressionError, evaluate
from rnntutor.course.faded import CalculationLine, Faded
from rnntutor.course.fill import SLOT, decimal, written
from rnntutor.course.variant import Instance, VariantError, number_at

_SQUARE = re.compile(r"\^2(?![\d.])")


def shown(body: Faded, line: CalculationLine, drawn: Instance) -> Inline:
    """A line as it stands before the gaps are filled: up to its gap, or worked out; where the
    calculation holds the number of a gap, its result alone. Raises VariantError."""
    if line.gap:
        return (*line.label, Text(" = "))
    asked = {gap.of for gap in body.gaps}
    if any(match[1].strip() in asked for match in SLOT.finditer(line.work)):
        return (
            *line.label,
            Text(" = "),
            Text(decimal(number_at(drawn.trace, line.of)), strong=True),
        )
    return worked(line, drawn)


def worked(line: CalculationLine, drawn: Instance) -> Inline:
    """A line with its calculation and its number. Raises VariantError."""
    return (*line.label, Text(" = "), *result(line, drawn))


def result(line: CalculationLine, drawn: Instance) -> Inline:
    """The calculation of a line and its number; the number alone where it is the same. Raises
    VariantError."""
    work, number = work_of(line, drawn), decimal(number_at(drawn.trace, line.of))
    lead = () if work == number else (Text(f"{work} = "),)
    return (*lead, Text(number, strong=True))


def work_of(line: CalculationLine, drawn: Instance) -> str:
    """The calculation of a line with its numbers: `(1 − 0.462²) × 0.315`. Raises VariantError."""

    def number(match: re.Match[str]) -> str:
        text = written(match[1], drawn)
        before, after = match.string[: match.start()].rstrip(), match.string[match.end() :]
        bare = (not before or before.endswith("(")) and not after.startswith("^")
        return f"({text})" if text.startswith("−") and not bare else text

    said = SLOT.sub(number, line.work.replace(" - ", " − ").replace(" * ", " × "))
    return _SQUARE.sub("²", said)


def worth(line: CalculationLine, drawn: Instance, own: Mapping[str, float]) -> float:
    """What a line comes to, with the learner's own numbers in the place of the right ones. Raises
    VariantError."""

    def number(match: re.Match[str]) -> str:
        path = match[1].strip()
        if path in own:
            value = own[path]
        elif path in drawn.values and isinstance(given := drawn.values[path], int | float):
            value = float(given)
        else:
            value = number_at(drawn.trace, path)
        return f"({value:.12f})"

    try:
        return evaluate(SLOT.sub(number, line.work)).value
    except ExpressionError as error:
        raise VariantError("variant.work", path=line.of, work=line.work) from error
