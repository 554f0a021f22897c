"""Docstrings are in Google style: arguments, fields and exceptions are described in sections."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from statements import statements

import rnntutor

TOP = Path(rnntutor.__file__).parent.parent
HEADER = re.compile(r"(Args|Arguments|Attributes|Returns|Yields|Raises|Example|Examples|Source):")
RAISES = re.compile(r"\bRaises [A-Z]\w+")
ARRAYS = re.compile(r"\b(Array|ArrayLike|NDArray|Ids|Mask|Classes)\b")

Function = ast.FunctionDef | ast.AsyncFunctionDef
Documented = Function | ast.ClassDef | ast.Module


def free_text(docstring: str) -> str:
    """Return the docstring without its sections."""
    kept: list[str] = []
    in_section = False
    for line in docstring.split("\n"):
        if HEADER.fullmatch(line):
            in_section = True
        elif line and not line.startswith(" "):
            in_section = False
        if not in_section:
            kept.append(line)
    return "\n".join(kept)


def sections(docstring: str) -> set[str]:
    return {line[:-1] for line in docstring.split("\n") if HEADER.fullmatch(line)}


def arguments(function: Function) -> list[ast.arg]:
    """Return the arguments except `self` and `cls`."""
    own = function.args
    others = [one for one in (own.vararg, own.kwarg) if one is not None]
    found = [*own.posonlyargs, *own.args, *own.kwonlyargs, *others]
    return [one for one in found if one.arg not in ("self", "cls")]


def described_names(node: Documented) -> set[str]:
    """Return the names that belong in a section: arguments of a function, fields of a class."""
    if isinstance(node, Function):
        return {one.arg for one in arguments(node)}
    found: set[str] = set()
    for statement in node.body if isinstance(node, ast.ClassDef) else ():
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            found.add(statement.target.id)
        if isinstance(statement, ast.FunctionDef) and statement.name == "__init__":
            found |= {one.arg for one in arguments(statement)}
            found |= {
                target.attr
                for target in ast.walk(statement)
                if isinstance(target, ast.Attribute) and isinstance(target.ctx, ast.Store)
            }
    return found


def inline(node: Documented) -> list[str]:
    """Return the names and exceptions that the docstring describes outside of a section.

    A description "name: meaning" begins a line or a sentence; "at step t: h and c" is none.
    """
    text = free_text(ast.get_docstring(node) or "")
    starts = r"(?:\A|\n\s*\n\s*|[.;:]\s+)"
    found = [
        name
        for name in sorted(described_names(node))
        if re.search(rf"{starts}(?:\w+, )*{re.escape(name)}(?:, \w+)*: ", text)
    ]
    return [*found, *RAISES.findall(text)]


def documented(directory: str) -> Iterator[tuple[str, Documented]]:
    """Yield everything in the files of a directory that can have a docstring, with its location."""
    for path in sorted((TOP / directory).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in (tree, *statements(tree)):
            if isinstance(node, Documented):
                name = "" if isinstance(node, ast.Module) else f" {node.name}"
                yield f"{path.relative_to(TOP).as_posix()}{name}", node


@pytest.mark.parametrize(
    ("docstring", "found"),
    [
        ("Turn it. count: how often.", ["count"]),
        ("Turn it.\n\ncount, name: how often, and what.", ["count", "name"]),
        ("count: how often.", ["count"]),
        ("Turn it.\n\nArgs:\n    count: how often.", []),
        ("Turn it so that at each step\ncount: name is true.", []),
        ("Turn it. Raises ValueError for 0.", ["Raises ValueError"]),
        ("Turn it.\n\nRaises:\n    ValueError: it is 0.\n", []),
    ],
)
def test_inline_descriptions_are_found(docstring: str, found: list[str]) -> None:
    module = ast.parse(f"def turn(name, count):\n    {docstring!r}\n")
    function = module.body[0]
    assert isinstance(function, ast.FunctionDef)
    assert inline(function) == found


@pytest.mark.parametrize("directory", ["rnntutor", "benchmarks"])
def test_arguments_fields_and_exceptions_are_described_in_sections(directory: str) -> None:
    found = [
        f"{where}: {', '.join(names)}"
        for where, node in documented(directory)
        if (names := inline(node))
    ]
    assert found == []


def is_property(function: Function) -> bool:
    return any(ast.unparse(decorator) == "property" for decorator in function.decorator_list)


def lacking(function: Function) -> list[str]:
    """Return the missing sections of a function of the engine; shapes of arrays are described
    there.

    A property describes its value in the first line.
    """
    there = sections(ast.get_docstring(function) or "")
    taken = any(ARRAYS.search(ast.unparse(one.annotation or one)) for one in arguments(function))
    given = bool(ARRAYS.search(ast.unparse(function.returns or ast.Constant(None))))
    wanted = {"Args": taken, "Returns": given and not is_property(function)}
    return [name for name, needed in wanted.items() if needed and name not in there]


def test_the_engine_describes_its_arrays_in_sections() -> None:
    """An override may leave its docstring to the method that it overrides."""
    engine = [
        (where, node)
        for where, node in documented("rnntutor/nn")
        if isinstance(node, Function) and not node.name.startswith("_")
    ]
    described = {node.name for _, node in engine if not lacking(node)}
    found = [
        f"{where}: {', '.join(lacking(node))}"
        for where, node in engine
        if lacking(node) and (ast.get_docstring(node) or node.name not in described)
    ]
    assert found == []
