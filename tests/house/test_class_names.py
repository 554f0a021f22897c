"""The name of a public class is unique in the package, so that a reader need not look up its
module."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import rnntutor

TOP = Path(rnntutor.__file__).parent


def _named(tree: ast.Module) -> Iterator[str]:
    """Yield the public classes and type aliases (`Ids = NDArray[...]`) of a module."""
    for node in tree.body:
        match node:
            case ast.ClassDef(name=name):
                yield name
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                if name[0].isupper() and not name.isupper():
                    yield name


def test_no_two_public_classes_share_a_name() -> None:
    where: dict[str, list[str]] = defaultdict(list)
    for path in sorted(TOP.rglob("*.py")):
        for name in _named(ast.parse(path.read_text(encoding="utf-8"))):
            if not name.startswith("_"):
                where[name].append(str(path.relative_to(TOP)))
    assert {name: paths for name, paths in where.items() if len(paths) > 1} == {}
