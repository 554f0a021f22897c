"""Rules for prose: links have a target, formulas render, slots and particles are allowed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import assert_never

from rnntutor.check.sims import check_link
from rnntutor.check.source import ProsePart, Source, parts
from rnntutor.course.blocks import Blocks, Link, MathBlock, Maths, Placeholder, Text
from rnntutor.course.fill import SLOT, fill_formula, format_number
from rnntutor.course.korean import particles_after_slots
from rnntutor.course.questions import kind_of
from rnntutor.course.variant import Instance, VariantError, every_variant
from rnntutor.course.walk import displays, inlines
from rnntutor.deadline import tick
from rnntutor.maths.display import display_rows
from rnntutor.maths.inline import MathsError, inline_spans
from rnntutor.render.prose import Context, lay_out

WIDTH = 76
"""Width of prose in cells on a screen of 80×24."""
WITH_STAGE, ALONE = 24, 40
"""Most rows of prose in a step with a simulation (about 200 words) and without (two screens)."""


def check_prose(
    source: Source, terms: Collection[str], steps: Collection[str], context: Context
) -> None:
    """Check the prose of a lesson.

    Args:
        source: The lesson.
        terms: Ids of the glossary.
        steps: All existing "lesson.step".
        context: How prose is rendered.
    """
    for part in parts(source.lesson):
        for piece in (piece for inline in inlines(part.blocks) for piece in inline):
            match piece:
                case Text(link=Link() as link):
                    _link(source, part.line, link, terms, steps)
                case Placeholder(path=path) if not _is_drawn(part):
                    source.add_problem(source.line(path, part.line), "slot_here", path=path)
        _formulas(source, part)
    for number, line in enumerate(source.lines, 1):
        tick()
        for particle in particles_after_slots(line):
            source.add_problem(number, "particle", particle=particle)
    for step in source.lesson.steps:
        rows = len(lay_out(step.blocks, WIDTH, context))
        most = WITH_STAGE if step.sim else ALONE
        if rows > most:
            source.add_problem(step.line, "long", id=step.id, rows=rows, most=most)


def _is_drawn(part: ProsePart) -> bool:
    return part.question is not None and kind_of(part.question).drawn


# ---- links ---------------------------------------------------------------------------------


def _link(
    source: Source, line: int, link: Link, terms: Collection[str], steps: Collection[str]
) -> None:
    # A link to a step of the same lesson may omit the lesson.
    forms = (link.target, link.target.removeprefix(f"{source.lesson.id}."))
    written = (f"{link.kind}:{form}" for form in forms)
    at = next((n for text in written if (n := source.line(text, line)) != line), line)
    match link.kind:
        case "term":
            if link.target not in terms:
                source.add_problem(at, "term", id=link.target)
        case "step":
            if link.target not in steps:
                source.add_problem(at, "step", id=link.target)
        case "sim":
            check_link(source, at, link)
        case "url":
            pass
        case other:
            assert_never(other)


def full_step(lesson: str, target: str) -> str:
    """Return "lesson.step" for a target that may omit the lesson."""
    return target if "." in target else f"{lesson}.{target}"


# ---- formulas ------------------------------------------------------------------------------


def _formulas(source: Source, part: ProsePart) -> None:
    """Check that every formula renders, in a trace question with the numbers of one variant."""
    drawn = _first_variant(part)
    if drawn is not None:
        for path in _paths(part.blocks):
            _path(source, part.line, path, drawn)
    for formula in _all_formulas(part.blocks):
        first = formula.source.partition("\n")[0]
        slot = SLOT.search(formula.source)
        if slot and not _is_drawn(part):
            source.add_problem(source.line(slot[0], part.line), "slot_here", path=slot[1])
        elif slot and drawn is None:
            continue  # there are no numbers; that is reported for the variant block
        else:
            try:
                _render(formula, drawn)
            except MathsError as error:
                at = source.line(first, part.line)
                source.add_problem(at, "formula", formula=formula.source, why=str(error))
            except VariantError:
                continue  # reported for the path


def _render(formula: Maths | MathBlock, drawn: Instance | None) -> None:
    """Render a formula to find errors.

    Raises:
        MathsError: The formula cannot be rendered.
        VariantError: A slot names an unknown number.
    """
    filled = formula.source if drawn is None else fill_formula(formula.source, drawn)
    if isinstance(formula, Maths):
        inline_spans(filled)
    else:
        display_rows(filled)


def _all_formulas(blocks: Blocks) -> Iterator[Maths | MathBlock]:
    yield from displays(blocks)
    for inline in inlines(blocks):
        yield from (piece for piece in inline if isinstance(piece, Maths))


def _first_variant(part: ProsePart) -> Instance | None:
    """Return numbers for the slots of a trace question, or None if there are none."""
    if part.question is None or not _is_drawn(part):
        return None
    try:
        blocks = kind_of(part.question).variants(part.question.body)
        return next((drawn[0] for drawn in every_variant(blocks, part.question.id)), None)
    except (VariantError, ArithmeticError):
        return None


def _paths(blocks: Blocks) -> Iterator[str]:
    """Yield the path of every slot in text and formulas."""
    for inline in inlines(blocks):
        for piece in inline:
            if isinstance(piece, Placeholder):
                yield piece.path
    for formula in _all_formulas(blocks):
        yield from (match[1] for match in SLOT.finditer(formula.source))


def _path(source: Source, line: int, path: str, drawn: Instance) -> None:
    """Report a path that is not in the trace."""
    try:
        format_number(path, drawn)
    except VariantError as error:
        at = source.line(path, line)
        source.add_problem(at, "path", path=path, choices=error.values.get("choices", ""))
