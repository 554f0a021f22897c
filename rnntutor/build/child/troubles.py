"""Errors of a learner's function as plain values: line, message and the shapes involved."""

from __future__ import annotations

import ast
from typing import Any

from rnntutor.build.child.bounds import NotAllowed
from rnntutor.build.child.values import leaf
from rnntutor.build.child.watch import NAME, TooMuch, Watcher


def syntax(error: BaseException) -> dict[Any, Any]:
    """Describe an error of parsing."""
    line = getattr(error, "lineno", None) or 0
    return {"kind": "syntax", "line": line, "text": str(getattr(error, "msg", error))[:200]}


def describe_exception(
    error: BaseException, tree: ast.Module, watcher: Watcher | None
) -> dict[Any, Any]:
    """Describe an exception, with the shapes of the arrays that its line reads."""
    line, frame = 0, None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == NAME:
            line, frame = trace.tb_lineno, trace.tb_frame
        trace = trace.tb_next
    kind = "raised"
    if isinstance(error, NotAllowed):
        kind = "not_allowed"
    elif isinstance(error, TooMuch):
        kind, line = "too_much", watcher.line if watcher else 0
    elif isinstance(error, RecursionError):
        kind = "recursion"
    elif isinstance(error, MemoryError):
        kind = "memory"
    elif isinstance(error, (SystemExit, KeyboardInterrupt)):
        kind = "exit"
    shapes = {}
    if frame is not None:
        values = {**frame.f_globals, **frame.f_locals}
        for name in names_read(tree, line):
            array = leaf(values.get(name))
            if array is not None:
                shapes[name] = list(array.shape)
    text = str(error).split("\n")[0][:200]
    name = type(error).__name__[:60]
    return {"kind": kind, "line": line, "error": name, "text": text, "shapes": shapes}


def names_read(tree: ast.Module, line: int) -> list[str]:
    """Return the names that the statement at a line reads, in order; of a loop or condition only
    its head."""
    statements = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    if not statements:
        return []
    statement = max(statements, key=lambda node: node.lineno)
    heads = [getattr(statement, name, None) for name in ("iter", "test")]
    parts = [head for head in heads if head is not None] or [statement]
    read = [
        node
        for part in parts
        for node in ast.walk(part)
        if isinstance(node, ast.Name)
        and (isinstance(node.ctx, ast.Load) or isinstance(statement, ast.AugAssign))
    ]
    read.sort(key=lambda node: (node.lineno, node.col_offset))
    return list(dict.fromkeys(node.id for node in read))
