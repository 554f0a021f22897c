"""Reading an attribute changes nothing: who paints a page twice finds it as it was."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import rnntutor

HOUSE = Path(rnntutor.__file__).parent


def properties(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = {ast.unparse(decorator) for decorator in node.decorator_list}
            if "property" in names:
                yield node


def changed(node: ast.AST) -> list[str]:
    """What of `self` is set or deleted in a function, or in what it reaches from there."""
    found = []
    for target in ast.walk(node):
        if isinstance(target, ast.Attribute | ast.Subscript) and not isinstance(
            target.ctx, ast.Load
        ):
            root: ast.AST = target
            while isinstance(root, ast.Attribute | ast.Subscript):
                root = root.value
            if isinstance(root, ast.Name) and root.id == "self":
                found.append(ast.unparse(target))
    return found


def test_no_property_sets_anything() -> None:
    files = sorted(HOUSE.rglob("*.py"))
    of = {file: list(properties(ast.parse(file.read_text("utf-8")))) for file in files}
    assert sum(map(len, of.values())) > 100
    for file, found in of.items():
        for each in found:
            assert not changed(each), f"{file.relative_to(HOUSE)}: {each.name} sets {changed(each)}"
