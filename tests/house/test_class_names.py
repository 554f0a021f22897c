"""The name of a public class is unique in the package, so that a reader need not look up its
module."""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import rnntutor

TOP = Path(rnntutor.__file__).parent


MAY_NAME = re.compile(r"^(?:class\s+([^\W_]\w*)|([A-Z]\w*)\s*[:=])", re.MULTILINE)


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
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(TOP.rglob("*.py"))}
    may_name = {path: {a or b for a, b in MAY_NAME.findall(texts[path])} for path in texts}
    files_of = Counter(name for names in may_name.values() for name in names)
    assert len(files_of) > 500
    where: dict[str, list[str]] = defaultdict(list)
    for path, text in texts.items():
        if all(files_of[name] == 1 for name in may_name[path]):
            continue  # most files: they need not be parsed
        for name in _named(ast.parse(text)):
            if not name.startswith("_"):
                where[name].append(str(path.relative_to(TOP)))
    assert {name: paths for name, paths in where.items() if len(paths) > 1} == {}
