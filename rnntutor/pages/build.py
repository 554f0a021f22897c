"""Render code exercises as rows: equations and shapes above the editor, findings of checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, assert_never

from rnntutor.build.check import (
    Finding,
    Misplaced,
    Missing,
    Overflowed,
    Passed,
    Renamed,
    WrongShape,
)
from rnntutor.build.gradients import Gradients
from rnntutor.build.locate import Suspect
from rnntutor.build.process import SECONDS, Trouble
from rnntutor.build.runner import LINES
from rnntutor.build.symbols import symbol, to_latex
from rnntutor.course.blocks import MathBlock
from rnntutor.course.exercise import Exercise
from rnntutor.maths.inline import MathsError, glued_spans
from rnntutor.numbers import minus
from rnntutor.render.primitives.wrap import GLUE, wrap
from rnntutor.spans import Row, Rows, Span, plain
from rnntutor.words import Words

MOST = 6  # most quantities named as right; the last ones are named


def equation_rows(exercise: Exercise, cells: int) -> Rows:
    """Return the displayed equations of an exercise's prose, each on a line of its own."""
    spans: list[Span | None] = []
    for block in exercise.blocks:
        if isinstance(block, MathBlock):
            spans += [*([None] if spans else []), *_maths(block.source)]
    return wrap(spans, cells)


def shape_rows(exercise: Exercise, words: Words, cells: int) -> Rows:
    """Return the arguments and the results of an exercise's function, each with its shape."""
    spans: list[Span | None] = [Span(f"{words('build.given')}  ", "grey")]
    spans += _shapes(exercise.given, words)
    spans += [Span(f" →{GLUE}{words('build.wanted')}  ", "grey")]
    spans += _shapes(exercise.wanted, words)
    return wrap(spans, cells)


def _shapes(shapes: Sequence[tuple[str, str]], words: Words) -> Iterator[Span]:
    """Yield spans such as `x D, W {f i o g} H × D`, joined so that no entry is broken."""
    for n, (name, shape) in enumerate(shapes):
        said = words("build.number") if shape == "1" else shape
        if ":" in said:
            groups = [group.partition(":") for group in said.split(";")]
            said = " ".join(f"{{{keys.strip()}}} {of.strip()}" for keys, _, of in groups)
        comma = "" if n == len(shapes) - 1 else ", "
        yield Span(f"{name}{GLUE}", "code")
        yield Span(said.replace(" ", GLUE), "grey")
        yield Span(comma, "grey")


def _maths(source: str) -> tuple[Span, ...]:
    try:
        return glued_spans(source)
    except MathsError:
        return (Span(source, "code"),)


# ---- finding of a check -------------------------------------------------------------------------


def finding_rows(
    finding: Finding,
    exercise: Exercise,
    source: str,
    words: Words,
    cells: int,
    gradients: Gradients | None = None,
) -> Rows:
    """Return a check's finding, the gradient check, the source line concerned, and the output."""
    rows: list[Row] = []
    for sentence in _sentences(finding, exercise, words):
        rows += wrap(sentence, cells)
    if gradients is not None:
        rows += wrap((Span(_describe_gradients(gradients, words), "grey"),), cells)
    code = _code(line_of(finding), source, words)
    rows += [code] if code else []
    if isinstance(finding, Passed) and finding.printed.strip():
        rows += wrap((Span(words("build.printed"), "grey"),), cells)
        for line in finding.printed.rstrip("\n").split("\n"):
            rows += wrap((Span(line, "code"),), cells) or ((),)
    return tuple(rows)


def line_of(finding: Finding) -> int:
    """Return the source line of a finding, from 1; 0 for none."""
    if isinstance(finding, Missing):
        return finding.suspect.line
    if isinstance(finding, Passed | WrongShape):
        return 0
    return finding.line


def _code(line: int, source: str, words: Words) -> Row:
    lines = source.split("\n")
    if not 0 < line <= len(lines) or not lines[line - 1].strip():
        return ()
    text = lines[line - 1].strip().replace("\t", " ")
    return (Span(words("build.say.code", line=line, code=text), "code"),)


def _sentences(finding: Finding, exercise: Exercise, words: Words) -> Iterator[tuple[Span, ...]]:
    names = ", ".join(name for name, _ in exercise.wanted)
    match finding:
        case Passed(runs=runs, entries=entries, largest=largest):
            off = minus(f"{largest:.0e}") if largest else "0"
            said = words("build.say.passed", runs=runs, entries=entries, largest=off)
            yield (Span("✓ ", "right"), Span(said, "right"))
        case Trouble():
            yield _wrong(trouble_text(finding, exercise.name, words))
        case WrongShape():
            yield _wrong(_shape(finding, names, words))
        case Overflowed(line=line):
            yield _wrong(words("build.say.overflow", line=line))
        case Misplaced(name=name, line=line):
            yield _wrong(words("build.say.misplaced", name=name, line=line))
        case Renamed(name=name, key=key, line=line):
            said = symbol_text(exercise, key)
            yield _wrong(words("build.say.renamed", name=name, key=said, line=line))
        case Missing():
            yield from _missing(finding, exercise, words)
        case _:
            assert_never(finding)


def _describe_gradients(gradients: Gradients, words: Words) -> str:
    if gradients.right:
        off = minus(f"{gradients.largest:.0e}") if gradients.largest else "0"
        return words("build.say.gradients_right", off=off)
    at = f"[{', '.join(map(str, gradients.at))}]" if gradients.at else ""
    measured, found = number(gradients.measured), number(gradients.found)
    name = f"{gradients.name}{at}"
    return words("build.say.gradients_wrong", name=name, measured=measured, found=found)


def _wrong(text: str) -> tuple[Span, ...]:
    return (Span("✗ ", "wrong"), Span(text))


def _missing(finding: Missing, exercise: Exercise, words: Words) -> Iterator[tuple[Span, ...]]:
    right = list(dict.fromkeys(symbol_text(exercise, key) for key in finding.right))
    if right:
        shown = right[-MOST:]
        if len(right) > MOST:
            shown.append(words("build.say.more", n=len(right) - MOST))
        yield (Span(words("build.say.right", names=", ".join(shown)), "grey"),)
    name = _suspect(exercise, finding.suspect)
    line = finding.suspect.line
    if finding.found is None:
        wanted, found = finding.suspect.wanted.shape, finding.suspect.shape
        yield _wrong(words("build.say.absent", name=name, line=line, wanted=wanted, found=found))
        return
    values: dict[str, Any] = {
        "name": name,
        "line": line,
        "wanted": number(finding.wanted),
        "found": number(finding.found),
    }
    if finding.at:
        at = f"[{', '.join(map(str, finding.at))}]"
        yield _wrong(words("build.say.wrong_at", at=at, **values))
    else:
        yield _wrong(words("build.say.wrong", **values))
    if finding.slip is not None:
        instead = plain(_maths(to_latex(exercise.name, finding.slip.right)))
        wrong = plain(_maths(to_latex(exercise.name, finding.slip.wrong)))
        yield (Span("  "), Span(words("build.say.slip", wrong=wrong, instead=instead)))
    elif finding.alone:
        yield (Span("  "), Span(words("build.say.alone"), "grey"))


def _suspect(exercise: Exercise, suspect: Suspect) -> str:
    """Return the notation of the suspected value: a quantity, or a part of its formula."""
    if suspect.tree is None:
        return symbol_text(exercise, suspect.key)
    return plain(_maths(to_latex(exercise.name, suspect.tree)))


def symbol_text(exercise: Exercise, key: str) -> str:
    """Return the notation of a quantity within a sentence."""
    return plain(_maths(symbol(exercise.name, key)))


def number(value: float) -> str:
    """Format a number with three decimals, or in scientific notation if very large or small."""
    small = value != 0 and not 1e-3 <= abs(value) < 1e5
    return minus(f"{value:.2e}" if small else f"{value:.3f}")


def _shape(finding: WrongShape, names: str, words: Words) -> str:
    if finding.found is None and finding.kind == "None":
        return words("build.say.nothing_returned", names=names)
    if finding.count is not None:
        wanted, found = finding.count
        return words("build.say.count", wanted=wanted, found=found, names=names)
    if finding.found is None:
        key = "build.say.no_array" if finding.wanted else "build.say.no_number"
        return words(key, name=finding.name, kind=finding.kind, wanted=finding.wanted)
    return words("build.say.shape", name=finding.name, found=finding.found, wanted=finding.wanted)


_NOT_YET = ("NoneType", "ellipsis")


def trouble_text(finding: Trouble, name: str, words: Words, seconds: float = SECONDS) -> str:
    """Return why a function has no result, as a sentence.

    Args:
        finding: the failure.
        name: name of the function.
        words: words of the interface.
        seconds: time limit of the function.
    """
    line, text = finding.line, finding.text.rstrip(".")
    named = (finding.shapes or {}).items()
    shapes = ", ".join(words("build.say.shape_of", name=n, shape=shape) for n, shape in named)
    if finding.kind != "raised":
        return words(
            f"build.say.{finding.kind}",
            line=line,
            text=text,
            name=name,
            seconds=f"{seconds:g}",
            lines=LINES,
        )
    unfit = any(part in text for part in ("broadcast", "mismatch", "not aligned", "dimension"))
    if finding.error == "ValueError" and unfit and len(named) > 1:
        return words("build.say.raised_shapes", line=line, shapes=shapes)
    if finding.error in ("NameError", "UnboundLocalError"):
        return words("build.say.raised_name", line=line, text=text)
    if finding.error == "TypeError" and any(kind in text for kind in _NOT_YET):
        return words("build.say.raised_none", line=line, text=text)
    key = "build.say.raised" if line else "build.say.raised_nowhere"
    said = words(key, line=line, error=finding.error, text=text)
    return f"{said} {words('build.say.with_shapes', shapes=shapes)}" if shapes else said
