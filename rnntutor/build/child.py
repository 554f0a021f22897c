"""The program that runs a learner's function, in a process of its own. It imports nothing of ours.

It reads one JSON object from standard input: the source, the function's name, the arguments of each
run, the bounds; and writes one JSON object: for each run what came back, or what went wrong, and
the values that the function's variables had, line by line. Values are plain numbers in nested
lists.

What is kept off here (files, processes, sockets, input) guards against accidents, not against
somebody who wants to break out: the code runs with the rights of whoever wrote it.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import io
import json
import os
import sys
import types
import warnings
from typing import Any

Path = tuple[str, ...]  # a name, with the keys or places of what is inside it

NAME = "<exercise>"
DEPTH = 3  # of values within values that are followed
FORBIDDEN = (
    "os.", "subprocess.", "socket.", "shutil.", "ctypes.", "signal.", "pty.", "_posixsubprocess",
    "winreg.", "tempfile.", "webbrowser.", "ftplib.", "urllib.", "smtplib.", "sqlite3.",
    "_thread.start_new_thread",
)  # fmt: skip
HARMLESS = ("os.listdir", "os.scandir", "os.walk", "os.fwalk")


class NotAllowed(Exception):
    """The function asked for something that an exercise has no use for."""


class TooMuch(Exception):
    """More lines or values than a check looks at."""


def main() -> None:
    """Read, run, write, and end without anything that the learner's code left running."""
    request = json.loads(sys.stdin.buffer.read())
    results = os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    die_with_the_parent()
    bound(request["seconds"], request["bytes"])
    prepare()
    answer = json.dumps(run(request)).encode()
    while answer:
        answer = answer[os.write(results, answer) :]
    os._exit(0)


def die_with_the_parent() -> None:
    """On Linux: no run outlives the tutor, however that ends."""
    if sys.platform == "linux":
        import ctypes
        import signal

        ctypes.CDLL(None, use_errno=True).prctl(1, signal.SIGKILL)


def bound(seconds: int, size: int) -> None:
    """Processor time, memory, and files that are written: none."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock alone
        return
    for what, soft, most in (
        (resource.RLIMIT_CPU, seconds, seconds + 1),
        (resource.RLIMIT_AS, size, size),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (min(soft, most), most))


def prepare() -> None:
    """Import what the function may need, and close the rest."""
    import numpy.linalg
    import numpy.random

    numpy.seterr(all="warn")
    sys.setrecursionlimit(300)
    guard()


def run(request: dict[Any, Any]) -> dict[Any, Any]:
    """The answer to a request: {"error": …} if the source could not be run at all, else
    {"runs": […], "printed": the first of what it printed}."""
    source, name = request["source"], request["name"]
    try:
        tree = ast.parse(source, NAME)
        code = compile(tree, NAME, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return {"error": syntax(error)}
    printed = Printed()
    module = types.ModuleType("exercise")
    lines = Lines(tree)
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        try:
            exec(
                code, module.__dict__
            )  # the learner's own, in this process, which has no other use
        except BaseException as error:
            return {"error": raised(error, lines, None)}
        function = getattr(module, name, None)
        if not callable(function):
            return {"error": {"kind": "missing"}}
        runs = [one(function, given, lines, request) for given in request["runs"]]
    return {"runs": runs, "printed": printed.getvalue()}


def one(function: Any, given: list[Any], lines: Lines, request: dict[Any, Any]) -> dict[Any, Any]:
    """One run of the function, watched."""
    watcher = Watcher(lines, request["events"], request["numbers"])
    arguments = [decoded(value) for value in given]
    error, value = None, None
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        sys.settrace(watcher.trace)
        try:
            value = function(*arguments)
        except BaseException as caught:
            sys.settrace(None)
            error = raised(caught, lines, watcher)
        finally:
            sys.settrace(None)
    overflow = [w.lineno for w in told if "overflow" in str(w.message) and w.filename == NAME]
    found: dict[str, Any] = {
        "events": watcher.events,
        "leaves": watcher.leaves,
        "overflow": overflow[:1],
    }
    found |= {"error": error} if error else {"value": encoded(value, request["numbers"])}
    return found


# ---- values in and out -----------------------------------------------------------------------


def decoded(value: Any) -> Any:
    """An argument: {"array": nested lists} or a dictionary, list, number or word."""
    import numpy as np

    if isinstance(value, dict) and "array" in value:
        return np.array(value["array"], float).reshape(value["shape"])
    if isinstance(value, dict):
        return {key: decoded(inner) for key, inner in value["table"].items()}
    if isinstance(value, list):
        return [decoded(inner) for inner in value]
    return value


def encoded(value: Any, most: int, depth: int = 0) -> dict[str, Any]:
    """What came back, as something that JSON can write."""
    import numpy as np

    numbers = leaf(value)
    if numbers is not None and numbers.size <= most:
        return {"array": numbers.ravel().tolist(), "shape": list(numbers.shape)}
    if depth < DEPTH and isinstance(value, dict) and len(value) <= most:
        return {"table": {str(k): encoded(v, most, depth + 1) for k, v in value.items()}}
    if depth < DEPTH and isinstance(value, (list, tuple)) and len(value) <= most:
        return {"items": [encoded(v, most, depth + 1) for v in value]}
    if isinstance(value, np.ndarray):
        return {"other": f"array {value.shape} {value.dtype}"[:60]}
    return {"other": "None" if value is None else type(value).__name__[:60]}


def leaf(value: object) -> Any:
    """The value as an array of numbers, None if it is none."""
    import numpy as np

    if isinstance(value, (bool, int, float, np.generic, np.ndarray)):
        try:
            array = np.asarray(value)
            return array.astype(float) if array.dtype.kind in "biuf" else None
        except (ValueError, OverflowError, TypeError):
            return None
    if isinstance(value, (list, tuple)) and value and all(type(v) in (int, float) for v in value):
        return np.asarray(value, float)
    return None


# ---- watching --------------------------------------------------------------------------------


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


class Watcher:
    """Keeps, for each line that ran, which values it read and which it made.

    leaves: every value once, as {"array", "shape"}. events: [line, [[name, the value made or the
    part of it that changed, the whole value, [[value read for it, its variable], …]], …]], in the
    order of computation.
    """

    def __init__(self, lines: Lines, events: int, numbers: int) -> None:
        self.lines, self.most, self.room = lines, events, numbers
        self.events: list[Any] = []
        self.leaves: list[Any] = []
        self._known: dict[Any, Any] = {}
        self._frames: dict[Any, Any] = {}
        self.line = 0

    def trace(self, frame: types.FrameType, event: str, argument: object) -> Any:
        if frame.f_code.co_filename != NAME:
            return None
        key = id(frame)
        if event == "call":
            self._frames[key] = (0, {})
            caller = self._frames.get(id(frame.f_back))
            before = self._values(frame.f_locals)
            if caller and caller[0]:
                names = frame.f_code.co_varnames[: frame.f_code.co_argcount]
                own = {path: value for path, value in before.items() if path[0] in names}
                self._event(caller[0], caller[1], {}, own, caller[2])
            self._frames[key] = (0, before, {})
            return self.trace
        if key not in self._frames:
            return None
        if event in ("line", "return"):
            self._finish(key, frame)
            if event == "return":
                line, before, variables = self._frames.pop(key)
                made = self._values({"return": argument})
                self._event(line, before, {}, made, variables)
            else:
                self.line = frame.f_lineno
                line = self.lines.first.get(frame.f_lineno, frame.f_lineno)
                self._frames[key] = (line, self._frames[key][1], keys_of(frame))
        return self.trace

    def _finish(self, key: int, frame: types.FrameType) -> None:
        """The line that ran last in this frame is over: what has it made?"""
        line, before, _ = self._frames[key]
        now = self._values(frame.f_locals)
        keys = keys_of(frame)
        if line:
            self._event(line, before, before, now, keys)
        self._frames[key] = (line, now, keys)

    def _event(
        self,
        line: int,
        there: dict[Any, Any],
        before: dict[Any, Any],
        now: dict[Any, Any],
        variables: dict[Any, Any],
    ) -> None:
        """A line has run. there: the values that it could read; before, now: the values at the
        paths that it could change; variables: the words and whole numbers that may be keys."""
        made = []
        for path, (place, array) in now.items():
            if path in before and before[path][0] == place:
                continue
            wanted = self.lines.read(line, path, variables)
            read = {
                (p, q[0]) for q, (p, _) in there.items() if any(q[: len(w)] == w for w in wanted)
            }
            part = self._changed(before.get(path), array, place)
            made.append([path[0], part, place, sorted(read)])
        if made:
            if len(self.events) >= self.most:
                raise TooMuch
            self.events.append([line, made])

    def _changed(self, before: Any, now: Any, place: int) -> int:
        """The part of an array that is new, if it was there before and is otherwise the same."""
        if before is None or before[1].shape != now.shape or now.ndim == 0:
            return place
        old = before[1].reshape(len(now), -1)
        new = now.reshape(len(now), -1)
        same = ((old == new) | ((old != old) & (new != new))).all(axis=1)
        if not same.any() or same.all():
            return place
        return self._place(now[~same].squeeze())

    def _values(self, names: dict[Any, Any]) -> dict[Any, Any]:
        """(name, key, …) -> (place in leaves, array) of every number in the variables."""
        found: dict[Any, Any] = {}
        for name, value in list(names.items()):
            self._collect((name,), value, found, 0)
        return found

    def _collect(self, path: Path, value: Any, found: dict[Any, Any], depth: int) -> None:
        array = leaf(value)
        if array is not None:
            found[path] = (self._place(array), array)
        elif depth < DEPTH and isinstance(value, dict):
            for key, inner in list(value.items()):
                self._collect((*path, str(key)), inner, found, depth + 1)
        elif depth < DEPTH and isinstance(value, (list, tuple)):
            for n, inner in enumerate(value):
                self._collect((*path, str(n)), inner, found, depth + 1)
        elif depth < DEPTH and type(value).__module__ in ("exercise", "types"):
            self._collect(path, dict(getattr(value, "__dict__", {})), found, depth + 1)

    def _place(self, array: Any) -> int:
        key = (array.shape, array.tobytes())
        if key not in self._known:
            self.room -= array.size
            if self.room < 0:
                raise TooMuch
            self._known[key] = len(self.leaves)
            self.leaves.append({"array": array.ravel().tolist(), "shape": list(array.shape)})
        place: int = self._known[key]
        return place


def keys_of(frame: types.FrameType) -> dict[Any, Any]:
    """The variables of a frame that may be keys of entries."""
    return {k: v for k, v in list(frame.f_locals.items()) if isinstance(v, (str, int))}


# ---- what went wrong -------------------------------------------------------------------------


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


class Printed(io.StringIO):
    """What the function prints, the first of it."""

    MOST = 2000

    def write(self, text: str) -> int:
        room = self.MOST - self.tell()
        if room > 0:
            super().write(text[:room])
        return len(text)


def guard() -> None:
    """From here on nothing opens files (but to import), starts processes or asks for input."""

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            mode, flags = arguments[1], arguments[2]
            writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) if flags else False
            if writes or (mode and set(str(mode)) & set("wax+")) or not imported(arguments[0]):
                raise NotAllowed("open")
        elif event.startswith(FORBIDDEN) and event not in HARMLESS:
            raise NotAllowed(event)

    def imported(path: object) -> bool:
        return isinstance(path, str) and path.endswith((".py", ".pyc", ".so", ".pyd", ".dylib"))

    def asked(*_: object) -> str:
        raise NotAllowed("input")

    builtins.input = asked
    sys.addaudithook(refuse)


if __name__ == "__main__":
    main()
