"""Facts in the specifications of the cells: sizes and names as in the literature."""

from __future__ import annotations

import numpy as np
import pytest

from rnntutor.nn import initialise
from rnntutor.nn.cells import reference
from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.cells.spec import CANDIDATE, FORGET, SHOW, STATE, UPDATE, WRITE

GATES = {
    "rnn": "",
    "lstm": "fio",
    "gru": "rz",
    "peephole": "fio",
    "coupled": "fo",
    "mgu": "f",
    "skip": "",
}


@pytest.mark.parametrize("kind", GATES)
def test_a_gate_lies_between_0_and_1_and_all_else_between_minus_1_and_1(kind: str) -> None:
    spec = CELLS[kind]
    assert spec.gates == set(GATES[kind]) and spec.gated == bool(GATES[kind])
    lowest = {block.value: block.lowest for block in spec.blocks}
    assert lowest == {name: 0.0 if name in GATES[kind] else -1.0 for name in lowest}


@pytest.mark.parametrize(
    ("kind", "memory"),
    [("rnn", "h"), ("gru", "h"), ("mgu", "h"), ("lstm", "c"), ("coupled", "c"), ("peephole", "c")],
)
def test_what_carries_a_run_on(kind: str, memory: str) -> None:
    assert CELLS[kind].memory == memory


@pytest.mark.parametrize(
    ("kind", "blocks", "more"),
    [("rnn", 1, 0), ("lstm", 4, 0), ("gru", 3, 0), ("coupled", 3, 0), ("mgu", 2, 0),
     ("peephole", 4, 3), ("skip", 1, 1)],
)  # fmt: skip
def test_how_many_numbers_are_learned(kind: str, blocks: int, more: int) -> None:
    """A block has H(D + H + 1) parameters, a peephole H.

    PyTorch has a second bias in each block; with one bias, that of the GRU's reset product is not
    counted.
    """
    D, H = 5, 7
    once = blocks * H * (D + H + 1) + more * H
    assert CELLS[kind].size(D, H) == once
    assert CELLS[kind].size(D, H, biases=2) == once + blocks * H


@pytest.mark.parametrize("kind", GATES)
def test_a_cell_that_keeps_by_adding_starts_with_open_gates(kind: str) -> None:
    """An LSTM's forget bias starts at 1 (Jozefowicz et al. 2015), no bias of these others does."""
    assert CELLS[kind].forget_start == (
        1.0 if CELLS[kind].memory == "c" and "f" in GATES[kind] else 0
    )


@pytest.mark.parametrize("kind", [kind for kind in CELLS if CELLS[kind].sums])
def test_the_arithmetic_of_a_state_comes_to_the_state(kind: str) -> None:
    """Read from left to right, the columns give the products and, after the arrow, their sum."""
    spec, rng = CELLS[kind], np.random.default_rng(4)
    params = initialise.cell(rng, kind, 2, 3, biases=True)
    start = [rng.uniform(-1, 1, 3) for _ in spec.states]
    run = reference.trace(kind, params, rng.normal(size=(3, 2)), *start)
    for state in spec.sums.values():
        total, product, told = np.zeros(3), np.zeros(3), []
        for term in state.terms:
            value = run.at(term.name, 2 - term.back)
            value = 1 - value if term.complement else value
            match term.sign:
                case "→":
                    np.testing.assert_allclose(value, total)
                case "=":
                    np.testing.assert_allclose(value, product)
                    total = total + value
                    told.append(term.name)
                case "×":
                    product = product * value
                case _:
                    product = value
            assert term.detail == (term.sign == "=")
        assert told == [state.kept, state.added]
        assert state.terms[-1].name == spec.memory and spec.phase_of(spec.memory) == state.phase


def test_a_block_is_found_by_what_it_does_and_by_its_letter() -> None:
    lstm, gru, rnn = CELLS["lstm"], CELLS["gru"], CELLS["rnn"]
    roles = {FORGET: "f", WRITE: "i", SHOW: "o", CANDIDATE: "g"}
    for role, letter in roles.items():
        block = lstm.with_role(role)
        assert block is not None and block is lstm.block(letter)
        assert (block.role, block.tail, block.vector) == (role, f"_{letter}", f"p_{letter}")
    only = rnn.block("h")
    assert only is not None and only is rnn.with_role(STATE)
    assert (only.letter, only.tail, only.vector) == ("", "", "p_h")
    assert gru.with_role(SHOW) is gru.with_role(UPDATE) is gru.block("g") is None


@pytest.mark.parametrize(
    ("kind", "phase", "names"),
    [
        ("lstm", "gates", "wx_f uh_f a_f f i o"),
        ("lstm", "candidate", "wx_g a_g g"),
        ("lstm", "memory", "fc ig c"),
        ("lstm", "output", "tanh_c h"),
        ("lstm", "", "x dh"),
        ("peephole", "show", "pc_o a_o o"),
        ("gru", "candidate", "r_uh uh_n n"),
        ("rnn", "sum", "wx uh a"),
        ("rnn", "state", "h"),
    ],
)
def test_which_phase_computes_a_quantity(kind: str, phase: str, names: str) -> None:
    assert {name: CELLS[kind].phase_of(name) for name in names.split()} == dict.fromkeys(
        names.split(), phase
    )


def test_parameters_are_drawn_in_the_order_in_which_pytorch_stacks_them() -> None:
    """The order keeps the numbers that a seed gives a GRU."""
    assert list(CELLS["gru"].shapes(1, 1)) == [
        "W_r", "U_r", "b_r", "W_z", "U_z", "b_z", "W_n", "U_n", "b_n", "b_nU",
    ]  # fmt: skip
    assert list(CELLS["lstm"].shapes(1, 1))[:6] == ["W_f", "U_f", "b_f", "W_i", "U_i", "b_i"]
    assert CELLS["peephole"].shapes(2, 3)["W_f"] == (3, 2)
    assert CELLS["peephole"].shapes(2, 3)["p_o"] == (3,)
