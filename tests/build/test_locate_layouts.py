"""The finding for a mistake does not depend on how the code is written."""

from __future__ import annotations

import ast
import random
from collections.abc import Sequence

import pytest
from in_process import check_here

from rnntutor.build.check import Missing
from tests.sampling import sampled

HEAD = "import numpy as np\ndef sig(a): return 1 / (1 + np.exp(-a))\n"


def missing(exercise: str, source: str) -> Missing:
    found = check_here(exercise, source)
    assert isinstance(found, Missing), found
    return found


def text_at(source: str, line: int) -> str:
    return source.split("\n")[line - 1].strip()


# ---- names and the order of independent lines -------------------------------------------------

LINES = {
    "lstm_step": (
        "x, h_prev, c_prev, W, U, b",
        """af = W['f'] @ x + U['f'] @ h_prev + b['f']
ai = W['i'] @ x + U['i'] @ h_prev + b['i']
ao = W['o'] @ x + U['o'] @ h_prev + b['o']
ag = W['g'] @ x + U['g'] @ h_prev + b['g']
f = sig(af)
i = sig(ai)
o = sig(ao)
g = np.tanh(ag)
c = f * c_prev + i * g
h = o * np.tanh(c)
return h, c""",
    ),
    "gru_step": (
        "x, h_prev, W, U, b, b_nU",
        """r = sig(W['r'] @ x + U['r'] @ h_prev + b['r'])
z = sig(W['z'] @ x + U['z'] @ h_prev + b['z'])
past = U['n'] @ h_prev + b_nU
now = W['n'] @ x + b['n']
n = np.tanh(now + r * past)
old = z * h_prev
new = (1 - z) * n
h = old + new
return h""",
    ),
}
MISTAKES = [
    ("lstm_step", "f * c_prev", "i * c_prev"),
    ("lstm_step", "ai = W['i'] @ x + U['i']", "ai = W['i'] @ x + U['o']"),
    ("lstm_step", "g = np.tanh(ag)", "g = sig(ag)"),
    ("lstm_step", "sig(ao)", "sig(-ao)"),
    ("lstm_step", "+ b['g']", "- b['g']"),
    ("gru_step", "r * past", "past"),
    ("gru_step", "+ b_nU", "* b_nU"),
    ("gru_step", "(1 - z) * n", "(1 - r) * n"),
    ("gru_step", "z * h_prev", "z + h_prev"),
]


def written(exercise: str, lines: Sequence[str]) -> str:
    arguments, _ = LINES[exercise]
    body = "".join(f"    {line}\n" for line in lines)
    return f"{HEAD}def {exercise}({arguments}):\n{body}"


class Renamed(ast.NodeTransformer):
    """Renames every variable, except arguments and functions."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(self._names.get(node.id, node.id), node.ctx)


def made_and_read(line: str) -> tuple[set[str], set[str]]:
    nodes = [node for node in ast.walk(ast.parse(line)) if isinstance(node, ast.Name)]
    made = {node.id for node in nodes if isinstance(node.ctx, ast.Store)}
    return made, {node.id for node in nodes} - made


def reordered(lines: Sequence[str], rng: random.Random) -> list[str]:
    """Return the lines in a random order in which each still follows the lines it depends on."""
    todo, done, order = list(lines[:-1]), set[str](), list[str]()
    every = set().union(*(made_and_read(line)[0] for line in todo))
    while todo:
        ready = [line for line in todo if made_and_read(line)[1] & every <= done]
        line = rng.choice(ready)
        todo.remove(line)
        order.append(line)
        done |= made_and_read(line)[0]
    return [*order, lines[-1]]


# In every suite these four, one of each kind: a name, a function, a summand and an operator.
FEW = ("i * c_prev", "g = sig(ag)", "past", "z + h_prev")


@pytest.mark.parametrize(
    ("exercise", "right", "wrong"), sampled(MISTAKES, lambda mistake: mistake[2] in FEW)
)
@pytest.mark.parametrize("times", sampled([1, 2], lambda times: times == 1))
def test_names_and_the_order_of_lines_change_nothing(
    exercise: str, right: str, wrong: str, times: int
) -> None:
    _, body = LINES[exercise]
    assert body.count(right) == 1
    lines = body.replace(right, wrong).split("\n")
    plain = missing(exercise, written(exercise, lines))
    at_fault = text_at(written(exercise, lines), plain.suspect.line)
    assert wrong in at_fault
    rng = random.Random(f"{right}{wrong}")
    variables = sorted(set().union(*(made_and_read(line)[0] for line in lines)))
    for _ in range(times):
        names = (
            dict(zip(variables, rng.sample("klmpquvwy", len(variables)), strict=True))
            if (len(variables) <= 9)
            else {name: f"v{n}" for n, name in enumerate(rng.sample(variables, len(variables)))}
        )
        order = reordered(lines, rng)
        other = [ast.unparse(Renamed(names).visit(ast.parse(line))) for line in order]
        found = missing(exercise, written(exercise, other))
        assert found.suspect.key == plain.suspect.key
        assert order[found.suspect.line - 4] == at_fault


# ---- layouts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("right", "wrong", "key"),
    sampled(
        [
            ("a[3 * H:]", "a[2 * H:3 * H]", "g"),
            ("W[k] @ x", "W[k] @ x * 2", "a_i"),
            ("sig(a[:3 * H])", "sig(a[:3 * H] + 1)", "i"),
        ],
        lambda case: case[2] != "i",
    ),
)
def test_gates_in_one_array_are_told_apart(right: str, wrong: str, key: str) -> None:
    source = (
        HEAD
        + """def lstm_step(x, h_prev, c_prev, W, U, b):
    H = len(h_prev)
    a = np.concatenate([W[k] @ x + U[k] @ h_prev + b[k] for k in 'ifog'])
    gates = sig(a[:3 * H])
    i, f, o = np.split(gates, 3)
    g = np.tanh(a[3 * H:])
    c = f * c_prev + i * g
    return o * np.tanh(c), c
"""
    )
    assert source.count(right) == 1
    found = missing("lstm_step", source.replace(right, wrong))
    assert wrong in text_at(source.replace(right, wrong), found.suspect.line)
    assert found.suspect.key == key


ROWS = (
    HEAD
    + """def rnn_forward(x, h0, W, U, b):
    h, rows = h0[None], []
    for row in x:
        h = np.tanh(row[None] @ W.T + h @ U.T + b)
        rows.append(h[0])
    return np.array(rows)
"""
)


@pytest.mark.parametrize(
    ("right", "wrong"), [("h @ U.T", "h @ U"), ("+ b)", "- b)"), ("np.tanh(", "sig(")]
)
def test_vectors_as_rows_are_recognised(right: str, wrong: str) -> None:
    source = ROWS.replace(right, wrong)
    found = missing("rnn_forward", source)
    assert wrong in text_at(source, found.suspect.line)
    assert found.slip is not None and found.alone


def test_a_right_function_that_gets_something_wrong_is_the_callers_mistake() -> None:
    source = (
        HEAD
        + """def gate(W, U, b, x, h): return sig(W @ x + U @ h + b)
def gru_step(x, h_prev, W, U, b, b_nU):
    r = gate(W['r'], U['r'], b['r'], x, h_prev)
    z = gate(W['z'], U['r'], b['z'], x, h_prev)
    n = np.tanh(W['n'] @ x + b['n'] + r * (U['n'] @ h_prev + b_nU))
    return z * h_prev + (1 - z) * n
"""
    )
    assert text_at(source, missing("gru_step", source).suspect.line).startswith("z = gate")
    wrong = source.replace("U['r'], b['z']", "U['z'], b['z']").replace("h + b)", "h - b)")
    assert text_at(wrong, missing("gru_step", wrong).suspect.line).startswith("def gate")


def test_of_two_mistakes_one_is_found() -> None:
    """No single change corrects the function, and the finding does not claim that all else is
    right."""
    _, lines = LINES["lstm_step"]
    for right, wrong in (("f = sig(af)", "f = np.tanh(af)"), ("np.tanh(c)", "c")):
        lines = lines.replace(right, wrong)
    source = written("lstm_step", lines.split("\n"))
    found = missing("lstm_step", source)
    assert not found.alone
    assert text_at(source, found.suspect.line) == "f = np.tanh(af)"
