"""Rules for code exercises: their names and shapes agree with the engine."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from rnntutor.build.computations import COMPUTATIONS, SIZES, Sizes, cases
from rnntutor.check.source import Findings
from rnntutor.course.errors import CourseError
from rnntutor.course.exercise import Exercise
from rnntutor.course.load import Course

_DIMENSION = re.compile(r"(\d*)([A-Za-z]?)")


def check_builds(
    course: Course, languages: Sequence[str], steps: set[str], findings: Findings
) -> None:
    """Check all code exercises of a course in all languages."""
    for lang in languages:
        for file in sorted((course.dir / lang / "build").glob("*.md")):
            if file.stem not in course.builds:
                findings.add_problem(str(file), 1, "build_file", name=file.stem)
    for name in course.builds:
        if name not in COMPUTATIONS:
            known = ", ".join(COMPUTATIONS)
            findings.add_problem(
                str(course.dir / "course.toml"), 1, "build_unknown", name=name, known=known
            )
            continue
        first: Exercise | None = None
        for lang in languages:
            path = str(course.dir / lang / "build" / f"{name}.md")
            try:
                exercise, problems = course.exercise(name, lang)
            except CourseError as error:
                findings.because_of(path, error)
                continue
            findings.problems.update(dict.fromkeys(problems))
            if exercise.path != path:  # it was read from another language
                findings.because_of(path, CourseError("course.error.missing", path=path))
                continue
            _check(exercise, steps, findings)
            if first is not None:
                _compare(first, exercise, languages[0], findings)
            first = first or exercise


def _check(exercise: Exercise, steps: set[str], findings: Findings) -> None:
    """Check one exercise against the engine."""
    if exercise.step not in steps:
        findings.add_problem(exercise.path, exercise.line, "step", id=exercise.step)
    arguments = COMPUTATIONS[exercise.name].arguments
    runs = cases(exercise.name)
    wanted = [result.name for result in runs[0].wanted]
    for where, there, right in (
        ("given", [name for name, _ in exercise.given], list(arguments)),
        ("wanted", [name for name, _ in exercise.wanted], wanted),
    ):
        if there != right:
            values = {"there": ", ".join(there), "wanted": ", ".join(right)}
            findings.add_problem(exercise.path, exercise.line, "build_names", where=where, **values)
    for case, sizes in zip(runs, SIZES, strict=True):
        given: Mapping[str, Any] = case.given
        results = {result.name: case.result(result) for result in case.wanted}
        for name, shape in (*exercise.given, *exercise.wanted):
            # A state is argument and result by the same name, in the same shape.
            value = given[name] if name in given else results.get(name)
            if value is not None and not fits(shape, value, sizes):
                _shape(exercise, name, shape, value, findings)
    if not _defines(exercise.start, exercise.name, [name for name, _ in exercise.given]):
        names = ", ".join(name for name, _ in exercise.given)
        at, name = exercise.start_line, exercise.name
        findings.add_problem(exercise.path, at, "build_start", name=name, arguments=names)


def _shape(exercise: Exercise, name: str, shape: str, value: object, findings: Findings) -> None:
    real = str(np.shape(value)) if isinstance(value, np.ndarray) else type(value).__name__
    findings.add_problem(
        exercise.path, exercise.line, "build_shape", name=name, there=shape, wanted=real
    )


def fits(shape: str, value: object, sizes: Sizes) -> bool:
    """Return whether a value has the shape that an author wrote.

    "H × D", "2H" and "1" (a scalar) describe arrays, "f i o g: H × D" a dictionary with these keys
    (groups with different shapes are separated by ;), "[H × D, H]" a list, and '"concat"' a string.
    Alternatives are separated by "|". A letter that is not a size of the engine matches any size.
    """
    if "|" in shape:
        return any(fits(one.strip(), value, sizes) for one in shape.split("|"))
    if isinstance(value, str):
        return shape == f'"{value}"'
    if isinstance(value, Mapping):
        groups = [group.partition(":") for group in shape.split(";")]
        wanted = {key: of.strip() for keys, _, of in groups for key in keys.split()}
        return wanted.keys() == value.keys() and all(
            fits(wanted[key], inner, sizes) for key, inner in value.items()
        )
    if isinstance(value, list):
        parts = [part.strip() for part in shape.strip("[]").split(",")]
        return len(parts) == len(value) and all(
            fits(part, inner, sizes) for part, inner in zip(parts, value, strict=True)
        )
    found = np.shape(np.asarray(value))
    wanted_sizes = [part.strip() for part in shape.split("×")]
    if wanted_sizes == ["1"]:
        return found == ()
    return len(wanted_sizes) == len(found) and all(
        _size(part, n, sizes) for part, n in zip(wanted_sizes, found, strict=True)
    )


def _size(text: str, found: int, sizes: Sizes) -> bool:
    match = _DIMENSION.fullmatch(text)
    if match is None or not text:
        return False
    times, letter = int(match[1] or 1), match[2]
    if not letter:
        return times == found
    known = getattr(sizes, letter, None)
    return known is None or found == times * known or (letter == "T" and found == 2 * times)


def _defines(start: str, name: str, arguments: Sequence[str]) -> bool:
    """Return whether the text defines a function with these arguments."""
    try:
        tree = ast.parse(start)
    except (SyntaxError, ValueError, RecursionError):
        return False
    return any(
        isinstance(node, ast.FunctionDef)
        and node.name == name
        and [argument.arg for argument in node.args.args] == list(arguments)
        for node in tree.body
    )


def _compare(first: Exercise, other: Exercise, lang: str, findings: Findings) -> None:
    """Check that everything except prose is the same in both languages."""
    for name, wanted, there in (
        ("step", first.step, other.step),
        ("given", _format_shapes(first.given), _format_shapes(other.given)),
        ("wanted", _format_shapes(first.wanted), _format_shapes(other.wanted)),
        ("hints", len(first.hints), len(other.hints)),
    ):
        if wanted != there:
            values = {"name": name, "there": there, "wanted": wanted, "lang": lang}
            findings.add_problem(other.path, other.line, "parity", **values)


def _format_shapes(shapes: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"{name} = {shape}" for name, shape in shapes)
