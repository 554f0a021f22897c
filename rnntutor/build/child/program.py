"""The child process: answers requests with the results of a learner's function.

A request is a line of JSON with a function's name and the arguments of each run; the first request
for a function also holds its source, and the first of all the limits. The answer is a line of JSON
with the result, or error, of each run and the values that its lines computed. Values are plain
numbers in nested lists.
"""

from __future__ import annotations

import ast
import contextlib
import json
import os
import sys
import types
import warnings
from dataclasses import dataclass
from typing import Any

from rnntutor.build.child.bounds import Printed, allow, die_with_the_parent, prepare, set_limits
from rnntutor.build.child.train import BatchRun
from rnntutor.build.child.troubles import describe_exception, syntax
from rnntutor.build.child.values import decode, encode
from rnntutor.build.child.watch import NAME, Watcher


def main() -> None:
    """Answer requests until there are none, then exit at once, so that no thread of the learner's
    code survives."""
    requests, results = os.fdopen(os.dup(0), "rb"), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    die_with_the_parent()
    known: dict[str, Loaded] = {}
    tapes: list[BatchRun] = []
    closed = False
    for line in requests:
        request = json.loads(line)
        if not closed:
            set_limits(request["bytes"])
            prepare()
            closed = True
        allow(request["seconds"])
        answered = tape(request, known, tapes) if "tape" in request else run(request, known)
        answer = json.dumps(answered).encode() + b"\n"
        while answer:
            answer = answer[os.write(results, answer) :]
    os._exit(0)


@dataclass(frozen=True)
class Loaded:
    """A learner's function and the syntax tree of its source."""

    function: Any
    tree: ast.Module


def run(request: dict[Any, Any], known: dict[str, Loaded] | None = None) -> dict[Any, Any]:
    """Return the answer to a request.

    Args:
        request: the decoded request.
        known: functions of earlier requests by name; extended here.

    Returns:
        {"runs": […], "printed": the beginning of the output}, or {"error": …} if the source could
        not be loaded.
    """
    known = {} if known is None else known
    name = request["name"]
    printed = Printed()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        if "source" in request:
            found = load(request["source"], name)
            if not isinstance(found, Loaded):
                return {"error": found}
            known[name] = found
        runs = [one(known[name], given, request) for given in request["runs"]]
    return {"runs": runs, "printed": printed.getvalue()}


def tape(
    request: dict[Any, Any], known: dict[str, Loaded], tapes: list[BatchRun]
) -> dict[Any, Any]:
    """Return the answer to a request of a training run: {"last": …} for a batch, {"gradients": …}
    for the gradient of its last state.

    Args:
        request: the decoded request.
        known: the loaded functions by name.
        tapes: holds the batch of the last forward request.
    """
    loaded = known[request["name"]]
    wanted = request["tape"]

    def function(**given: Any) -> Any:
        return loaded.function(*(given[name] for name in wanted["order"]))

    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(Printed()):
            warnings.simplefilter("ignore")
            if "x" in wanted:
                weights = decode(wanted["weights"])
                x = decode(wanted["x"])
                new = BatchRun(x, weights, wanted["states"], wanted["units"], wanted["sequence"])
                last = new.forward(function)
                tapes[:] = [new]
                return {"last": encode(last, request["numbers"])}
            gradients = tapes[0].backward(function, decode(wanted["dh"]))
            return {"gradients": encode(gradients, request["numbers"])}
    except BaseException as caught:
        return {"error": describe_exception(caught, loaded.tree, None)}


def load(source: str, name: str) -> Loaded | dict[Any, Any]:
    """Return the function of that name in a source, or the error that prevented loading it."""
    try:
        tree = ast.parse(source, NAME)
        code = compile(tree, NAME, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return syntax(error)
    module = types.ModuleType("exercise")
    try:
        exec(code, module.__dict__)  # the learner's own, in this process, which has no other use
    except BaseException as error:
        return describe_exception(error, tree, None)
    function = getattr(module, name, None)
    return Loaded(function, tree) if callable(function) else {"kind": "missing"}


def one(loaded: Loaded, given: list[Any], request: dict[Any, Any]) -> dict[Any, Any]:
    """Call a function once and record the values of its lines."""
    watcher = Watcher(request["lines"], request["numbers"])
    arguments = [decode(value) for value in given]
    error, value = None, None
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        sys.settrace(watcher.trace)
        try:
            value = loaded.function(*arguments)
        except BaseException as caught:
            sys.settrace(None)
            error = describe_exception(caught, loaded.tree, watcher)
        finally:
            sys.settrace(None)
    overflow = [w.lineno for w in told if "overflow" in str(w.message) and w.filename == NAME]
    found: dict[str, Any] = {"made": watcher.made, "overflow": overflow[:1]}
    found |= {"error": error} if error else {"value": encode(value, request["numbers"])}
    return found
