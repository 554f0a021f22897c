"""What went wrong, in plain values: where, what, and the shapes of what met."""

from __future__ import annotations

from typing import Any

from rnntutor.build.child.bounds import NotAllowed
from rnntutor.build.child.lines import Lines
from rnntutor.build.child.values import leaf
from rnntutor.build.child.watch import NAME, TooMuch, Watcher


def syntax(error: BaseException) -> dict[Any, Any]:
    line = getattr(error, "lineno", None) or 0
    return {"kind": "syntax", "line": line, "text": str(getattr(error, "msg", error))[:200]}


def raised(error: BaseException, lines: Lines, watcher: Watcher | None) -> dict[Any, Any]:
    """Line and message, with the shapes of the arrays that the line reads."""
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
        names = lines.names(lines.first.get(line, line))
        values = {**frame.f_globals, **frame.f_locals}
        for name in names:
            array = leaf(values.get(name))
            if array is not None:
                shapes[name] = list(array.shape)
    text = str(error).split("\n")[0][:200]
    name = type(error).__name__[:60]
    return {"kind": kind, "line": line, "error": name, "text": text, "shapes": shapes}
