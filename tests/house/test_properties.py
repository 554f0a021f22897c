"""Reading a property has no side effects, so that drawing a page twice gives the same page."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from statements import statements

import rnntutor

HOUSE = Path(rnntutor.__file__).parent
MUTATING = {"add", "append", "appendleft", "clear", "discard", "extend", "insert", "pop", "popleft"}
MUTATING |= {"popitem", "remove", "setdefault", "sort", "update"}

Methods = dict[str, ast.FunctionDef]


class House:
    """The methods and base classes of all classes in some files, by class name.

    Classes with the same name are merged.
    """

    def __init__(self, *trees: ast.AST) -> None:
        self.methods: dict[str, list[Methods]] = {}
        self.bases: dict[str, set[str]] = {}
        for tree in trees:
            for node in statements(tree):
                if isinstance(node, ast.ClassDef):
                    own = {f.name: f for f in node.body if isinstance(f, ast.FunctionDef)}
                    self.methods.setdefault(node.name, []).append(own)
                    names = {ast.unparse(base).partition("[")[0] for base in node.bases}
                    self.bases.setdefault(node.name, set()).update(names)

    def properties(self) -> Iterator[tuple[str, ast.FunctionDef]]:
        for name, classes in self.methods.items():
            for method in (m for methods in classes for m in methods.values()):
                if is_property(method):
                    yield name, method

    def found(self, kind: str, name: str) -> Iterator[ast.FunctionDef]:
        """Yield the methods that `self.name` may refer to, in a class or its base classes."""
        below = {kind}
        while (
            more := {b for k in below for b in self.bases.get(k, ())} & self.methods.keys() - below
        ):
            below |= more
        for each in below:
            yield from (m[name] for m in self.methods[each] if name in m)

    def changed(self, kind: str, method: ast.FunctionDef, seen: set[int]) -> Iterator[str]:
        """Yield the changes to `self` by a method, directly or through other methods and
        properties."""
        if id(method) in seen:
            return
        seen.add(id(method))
        yield from sets(method)
        nodes = list(ast.walk(method))
        called = {node.func for node in nodes if isinstance(node, ast.Call)}
        for node in nodes:
            if isinstance(node, ast.Attribute) and is_self(node.value):
                for each in self.found(kind, node.attr):
                    if node in called or is_property(each):  # otherwise it is only passed on
                        yield from self.changed(kind, each, seen)


def is_property(method: ast.FunctionDef) -> bool:
    return "property" in {ast.unparse(each) for each in method.decorator_list}


def is_self(node: ast.AST) -> bool:
    """Return whether an expression is `self`, or an attribute or item reached from it."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return isinstance(node, ast.Name) and node.id == "self"


def sets(method: ast.FunctionDef) -> Iterator[str]:
    """Yield the attributes of `self` that a method assigns, deletes or mutates."""
    for node in ast.walk(method):
        if isinstance(node, ast.Attribute | ast.Subscript) and is_self(node):
            if not isinstance(node.ctx, ast.Load):
                yield f"{method.name} sets {ast.unparse(node)}"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            target = node.func.value
            reached = isinstance(target, ast.Attribute | ast.Subscript) and is_self(target)
            if reached and node.func.attr in MUTATING:
                yield f"{method.name} has {ast.unparse(target)} changed"


def test_no_property_changes_anything() -> None:
    """No property changes its object, directly or through the methods that it calls."""
    house = House(*(ast.parse(file.read_text("utf-8")) for file in sorted(HOUSE.rglob("*.py"))))
    properties = list(house.properties())
    assert len(properties) > 100
    wrong = {
        f"{kind}.{each.name}: {what}"
        for kind, each in properties
        for what in house.changed(kind, each, set())
    }
    assert not wrong, "\n".join(sorted(wrong))


def test_what_a_property_calls_is_looked_into() -> None:
    house = House(
        ast.parse(
            "class Below:\n"
            "    def keep(self): self.kept[1].append(2)\n"
            "    @property\n"
            "    def handed(self): return [self.keep]\n"
            "    @property\n"
            "    def pure(self): return self.other.pop() if self.kept else {}.pop()\n"
            "class Above(Below[int]):\n"
            "    @property\n"
            "    def seen(self): return self.also\n"
            "    @property\n"
            "    def also(self): return self.keep()\n"
        )
    )
    found = {each.name: list(house.changed(kind, each, set())) for kind, each in house.properties()}
    kept = ["keep has self.kept[1] changed"]
    assert found == {
        "handed": [],
        "pure": ["pure has self.other changed"],
        "seen": kept,
        "also": kept,
    }
