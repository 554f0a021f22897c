"""What each statement of the source makes, and what it reads for it."""

from __future__ import annotations

import ast
from typing import Any

Path = tuple[str, ...]  # a name, with the keys or places of what is inside it


class Lines:
    """The statements of the source: for each line the first line of its statement, and what the
    statement reads to make each thing that it makes."""

    def __init__(self, tree: ast.Module) -> None:
        self.first: dict[int, int] = {}
        self.flows: dict[
            int, list[Any]
        ] = {}  # first line -> [(what is made, what is read for it), …]
        for node in ast.walk(tree):
            if isinstance(node, ast.stmt) and not isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                self._statement(node)

    def read(self, line: int, made: Path, variables: dict[Any, Any]) -> list[Any]:
        """The paths that the statement at a line reads to make the value at path `made`. variables:
        the values of the names, for entries that are read by a variable key."""
        flows = self.flows.get(line, [])
        fitting = [(len(path), path, reads) for path, reads in flows if fits(path, made)]
        if not fitting:
            return [resolved(path, {}, variables) for _, reads in flows for path in reads]
        _, path, reads = max(fitting, key=lambda flow: flow[0])
        bound = {p[1:]: m for p, m in zip(path, made, strict=False) if p.startswith(ANY)}
        return [resolved(path, bound, variables) for path in reads]

    def names(self, line: int) -> list[Any]:
        """The names that the statement reads."""
        flows = self.flows.get(line, [])
        return list(dict.fromkeys(path[0] for _, reads in flows for path in reads))

    def _statement(self, node: ast.stmt) -> None:
        body = getattr(node, "body", None)
        last = body[0].lineno - 1 if body else node.end_lineno or node.lineno
        for line in range(node.lineno, max(last, node.lineno) + 1):
            if self.first.get(line, 0) <= node.lineno:
                self.first[line] = node.lineno
        self.flows[node.lineno] = flows(node)


def flows(node: ast.stmt) -> list[Any]:
    """[(path of what is made, paths of what is read for it), …] of one statement.

    A path is a name with the keys or places of what is inside it: ("dW", "f"), ("return", 1).
    """
    if isinstance(node, ast.Return) and node.value is not None:
        return parts(("return",), node.value)
    if isinstance(node, ast.AugAssign):
        return [((target(node.target)[0],), paths(node.target) + paths(node.value))]
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        [goal] = node.targets
        from_, to_ = entries(node.value), entries(goal)
        if to_ and len(from_) == len(to_):
            pairs = zip(to_, from_, strict=True)
            return [flow for to, value in pairs for flow in parts(target(to), value)]
        if isinstance(goal, ast.Subscript):
            index = paths(goal.slice)
            return [(path, reads + index) for path, reads in parts(target(goal), node.value)]
        if isinstance(goal, ast.Name):
            return parts((goal.id,), node.value)
    if isinstance(node, (ast.For, ast.While, ast.If, ast.With)):
        head = node.iter if isinstance(node, ast.For) else getattr(node, "test", None)
        return [((), paths(head))] if head is not None else []
    return [((), paths(node))]


Comprehension = ast.GeneratorExp | ast.ListComp | ast.SetComp | ast.DictComp


def entries(node: ast.expr) -> list[ast.expr]:
    """What stands in a tuple; nothing of anything else."""
    return node.elts if isinstance(node, ast.Tuple) else []


ANY = "$"  # before the name of a variable that is a key


def fits(path: Path, made: Path) -> bool:
    """Whether a path, in which keys may be variables, is the beginning of another."""
    if len(path) > len(made):
        return False
    return all(p == m or p.startswith(ANY) for p, m in zip(path, made, strict=False))


def resolved(path: Path, bound: dict[Any, Any], variables: dict[Any, Any]) -> Path:
    """A path with the values of its variable keys; it ends where one is not known."""
    found: list[Any] = []
    for part in path:
        if part.startswith(ANY):
            value = bound.get(part[1:], variables.get(part[1:]))
            if not isinstance(value, (str, int)):
                break
            part = str(value)
        found.append(part)
    return tuple(found)


def target(node: ast.AST) -> Path:
    """The path of what is assigned to or read; ("",) for something else."""
    if isinstance(node, ast.Name):
        return (node.id,)
    if isinstance(node, ast.Subscript):
        inner = target(node.value)
        if isinstance(node.slice, ast.Constant):
            return (*inner, str(node.slice.value))
        return (*inner, ANY + node.slice.id) if isinstance(node.slice, ast.Name) else inner
    return ("",)


def parts(path: Path, value: ast.expr) -> list[Any]:
    """What is made at a path by an expression, entry by entry where these can be told apart."""
    if isinstance(value, (ast.Tuple, ast.List)):
        return [f for n, inner in enumerate(value.elts) for f in parts((*path, str(n)), inner)]
    if isinstance(value, ast.Dict) and all(isinstance(k, ast.Constant) for k in value.keys):
        keys = [k.value for k in value.keys if isinstance(k, ast.Constant)]
        pairs = zip(keys, value.values, strict=True)
        return [f for key, inner in pairs for f in parts((*path, str(key)), inner)]
    if isinstance(value, ast.DictComp) and isinstance(value.key, ast.Name):
        without_key = ast.GeneratorExp(value.value, value.generators)
        return [((*path, ANY + value.key.id), paths(without_key))]
    return [(path, paths(value))]


def paths(node: ast.AST) -> list[Any]:
    """What an expression reads: names, and entries of names that are read by a key."""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, (ast.Constant, ast.Name)):
        path = target(node)
        if path[0]:
            return [path]
    if isinstance(node, ast.Name):
        return [(node.id,)]
    if isinstance(node, Comprehension):
        return gone_through(node)
    found = [path for inner in ast.iter_child_nodes(node) for path in paths(inner)]
    return list(dict.fromkeys(found))


def gone_through(node: Comprehension) -> list[Any]:
    """What a comprehension reads. What is gone through only for its keys is not read as a whole."""
    inside = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
    inside += [test for g in node.generators for test in g.ifs]
    found = [path for part in inside for path in paths(part)]
    for g in node.generators:
        own = {n.id for n in ast.walk(g.target) if isinstance(n, ast.Name)}
        if any(path[0] in own for path in found):
            found += paths(g.iter)
        found = [path for path in found if path[0] not in own]
    return list(dict.fromkeys(found))
