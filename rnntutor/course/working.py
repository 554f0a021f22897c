"""The lines of a calculation with their numbers, as text and as values."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rnntutor.course.blocks import Inline, Text
from rnntutor.course.expression import ExpressionError, evaluate
from rnntutor.course.faded import CalculationLine, Faded
from rnntutor.course.fill import SLOT, decimal, format_number
from rnntutor.course.variant import Instance, VariantError, number_at

_SQUARE = re.compile(r"\^2(?![\d.])")


def line_before_gaps(body: Faded, line: CalculationLine, drawn: Instance) -> Inline:
    """Return a line as it is shown before the gaps are filled.

    A line with a gap ends before the gap. Other lines show their calculation and result, or only
    the result if the calculation contains the number of a gap.

    Raises:
        VariantError: The line names an unknown number.
    """
    if line.gap:
        return (*line.label, Text(" = "))
    asked = {gap.of for gap in body.gaps}
    if any(match[1].strip() in asked for match in SLOT.finditer(line.work)):
        return (
            *line.label,
            Text(" = "),
            Text(decimal(number_at(drawn.trace, line.of)), strong=True),
        )
    return line_with_numbers(line, drawn)


def line_with_numbers(line: CalculationLine, drawn: Instance) -> Inline:
    """Return a line with its calculation and its number.

    Raises:
        VariantError: The line names an unknown number.
    """
    return (*line.label, Text(" = "), *result(line, drawn))


def result(line: CalculationLine, drawn: Instance) -> Inline:
    """Return the calculation of a line and its number, or only the number if both are the same.

    Raises:
        VariantError: The line names an unknown number.
    """
    work, number = work_of(line, drawn), decimal(number_at(drawn.trace, line.of))
    lead = () if work == number else (Text(f"{work} = "),)
    return (*lead, Text(number, strong=True))


def work_of(line: CalculationLine, drawn: Instance) -> str:
    """Return the calculation of a line with its numbers: `(1 − 0.462²) × 0.315`.

    Raises:
        VariantError: The line names an unknown number.
    """

    def number(match: re.Match[str]) -> str:
        text = format_number(match[1], drawn)
        before, after = match.string[: match.start()].rstrip(), match.string[match.end() :]
        bare = (not before or before.endswith("(")) and not after.startswith("^")
        return f"({text})" if text.startswith("−") and not bare else text

    said = SLOT.sub(number, line.work.replace(" - ", " − ").replace(" * ", " × "))
    return _SQUARE.sub("²", said)


def worth(line: CalculationLine, drawn: Instance, own: Mapping[str, float]) -> float:
    """Compute the value of a line, with the learner's numbers instead of the right ones.

    Args:
        line: The line.
        drawn: The drawn numbers.
        own: The learner's numbers by path.

    Raises:
        VariantError: The line names an unknown number, or the calculation has no value.
    """

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
