"""The specification of a cell, the only place with facts about it.

The reference form, the parameters, the knobs, the drawings and the captions
all read it; none of them infers anything from a letter.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace as Record
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rnntutor.nn.arrays import Array

Equations = Callable[[Record, Record], None]

# The role of a block in its cell, and the letter of the LSTM's block with the
# same role: a theme draws both in one colour.
FORGET, WRITE, SHOW, CANDIDATE = "forget", "write", "show", "candidate"
RESET, UPDATE, STATE = "reset", "update", "state"
COLOUR_OF = {
    FORGET: "f",
    UPDATE: "f",
    WRITE: "i",
    RESET: "i",
    SHOW: "o",
    CANDIDATE: "g",
    STATE: "h",
}


@dataclass(frozen=True)
class Use:
    """The product that contains a gate or candidate.

    Attributes:
        factor: the second factor, a quantity of the trace; "1-z" means the
            complement of z, "inner" means U h_prev + b inside a reset.
        product: the quantity that is the product.
        back: 1 if the factor belongs to the previous step.
    """

    factor: str
    product: str
    back: int = 0


@dataclass(frozen=True)
class CellBlock:
    """One block of a cell, squash(W x + U h_prev + b): a gate, a candidate.

    Attributes:
        letter: k of W_k, U_k, b_k; "" for the only block of the RNN.
        role: its function in the cell, one of the roles above.
        phase: the phase that computes its sum.
        use: the product that contains its value; None for a state.
        reset: the letter of the gate that resets the recurrent part.
        reads: the factor of U_k, a quantity of the step.
        peephole: the state that it sees through p_k, "c_prev" or "c".
        caption: the key of its captions in the words; its letter if "".
    """

    letter: str
    role: str
    phase: str
    use: Use | None = None
    reset: str = ""
    reads: str = "h_prev"
    peephole: str = ""
    caption: str = ""

    @property
    def tail(self) -> str:
        """The suffix of W, U, b, a, wx, uh in the names of this block."""
        return f"_{self.letter}" if self.letter else ""

    @property
    def vector(self) -> str:
        """The name of its peephole: p_k, p_h for the RNN."""
        return f"p_{self.value}"

    @property
    def value(self) -> str:
        """The name of its result; h for the RNN."""
        return self.letter or "h"

    @property
    def is_gate(self) -> bool:
        """Whether it is squashed by σ to (0, 1); otherwise by tanh to
        (-1, 1)."""
        return self.role not in (CANDIDATE, STATE)

    @property
    def lowest(self) -> float:
        """The lower end of its range; the upper end is 1."""
        return 0.0 if self.is_gate else -1.0


@dataclass(frozen=True)
class Term:
    """One column of a state's arithmetic.

    Attributes:
        name: its quantity.
        sign: the sign in front of it.
        back: 1 for the value of the previous step.
        detail: whether it is left out when space is short.
        complement: whether it is one minus the quantity.
    """

    name: str
    sign: str = ""
    back: int = 0
    detail: bool = False
    complement: bool = False


@dataclass(frozen=True)
class Sum:
    """How a state is computed: kept + added = the new state.

    Attributes:
        terms: its columns; the last is the new state.
        phase: the phase that computes it.
        kept: the first product.
        added: the second product.
        names: product -> its label.
        colours: product -> the quantity that gives it its colour.
        caption: the key of its caption in the words.
    """

    terms: tuple[Term, ...]
    phase: str
    kept: str
    added: str
    names: Mapping[str, str]
    colours: Mapping[str, str]
    caption: str


@dataclass(frozen=True)
class Vector:
    """A vector of parameters (H,) besides W, U and b of the blocks.

    Attributes:
        gradient: computes its gradient in one step from that step's record.
        bias: whether it is a second bias, which starts at 0 like the first;
            any other vector is drawn at random like a matrix.
    """

    gradient: Callable[[Record], Array]
    bias: bool = False


@dataclass(frozen=True)
class CellSpec:
    """One kind of cell.

    Attributes:
        kind: its name in settings ("lstm").
        blocks: its blocks, in display order.
        phases: name -> equations of one step forward, in order.
        slopes: one step backward, down to the da_k; after each function,
            clamped values get no gradient.
        back: from the da_k to dx, dh_prev and dc_prev.
        computes: quantity -> its phase, for all quantities that are not a
            block's own.
        states: the states passed to the next step, "h" or "h", "c"; the last
            is the memory.
        extra: name -> vector of parameters besides W, U, b of the blocks.
        forget_bias: the bias that makes the cell keep its state; "" if none.
        forget_start: default initial value of this bias in a training run.
        colour: the quantity that gives the cell its colour where several cells
            are compared.
        sums: view -> how it computes a state ("memory", "state").
        shows_output: whether h is read out of the memory by a gate.
        gates_caption: the key of the caption of its gates.
        figure: whether there are pictures of its circuit.
        stacked: the letters in the order in which PyTorch stacks its blocks,
            also the order of drawing them at random; () if as in `blocks`.
    """

    kind: str
    blocks: tuple[CellBlock, ...]
    phases: Mapping[str, Equations]
    slopes: tuple[Equations, ...]
    back: Equations
    computes: Mapping[str, str]
    states: tuple[str, ...] = ("h",)
    extra: Mapping[str, Vector] = field(default_factory=dict)
    forget_bias: str = ""
    forget_start: float = 0.0
    colour: str = "h"
    sums: Mapping[str, Sum] = field(default_factory=dict)
    shows_output: bool = False
    gates_caption: str = ""
    figure: bool = True
    stacked: tuple[str, ...] = ()

    def reads(self, phase: str) -> frozenset[tuple[str, int]]:
        """The quantities that a phase reads.

        Returns:
            Pairs of a quantity and 1 if its value of the previous step is
            read, otherwise 0.
        """
        found: set[tuple[str, int]] = set()
        for block in self.blocks:
            if block.phase == phase:
                found |= {("x", 0), ("h", 1)}
                found |= {(block.reset, 0)} if block.reset else set()
                found |= (
                    {("c", int(block.peephole == "c_prev"))}
                    if block.peephole
                    else set()
                )
            if block.role == STATE and self.computes.get("h") == phase:
                found.add((f"a{block.tail}", 0))
            use = block.use
            if use is not None and self.computes.get(use.product) == phase:
                factor = use.factor.removeprefix("1-").removeprefix("tanh_")
                found.add((block.value, 0))
                if factor != "inner":
                    found.add((factor, use.back))
        for state in self.sums.values():
            if state.phase == phase:
                terms = (term for term in state.terms[:-1] if not term.detail)
                found |= {(term.name, term.back) for term in terms}
        return frozenset(found)

    @property
    def memory(self) -> str:
        """The state that carries information on: c of an LSTM, otherwise h."""
        return self.states[-1]

    @property
    def gated(self) -> bool:
        """Whether it has gates."""
        return bool(self.gates)

    @property
    def gates(self) -> frozenset[str]:
        """The letters of the blocks between 0 and 1."""
        return frozenset(b.letter for b in self.blocks if b.is_gate)

    @property
    def second_biases(self) -> frozenset[str]:
        """The extra vectors that are biases: b_nU of a GRU."""
        return frozenset(n for n, vector in self.extra.items() if vector.bias)

    @property
    def clamps(self) -> Mapping[str, str]:
        """Quantity that can be clamped -> the phase that computes it."""
        return {b.value: self.phase_of(b.value) for b in self.blocks}

    def block(self, letter: str) -> CellBlock | None:
        """Find a block by its result.

        Args:
            letter: a letter, "f"; "h" for the only block of the RNN.

        Returns:
            The block, or None.
        """
        return next((b for b in self.blocks if b.value == letter), None)

    def with_role(self, role: str) -> CellBlock | None:
        """Find a block by its role.

        Args:
            role: one of the roles above: FORGET, WRITE, …

        Returns:
            The first block with this role, or None.
        """
        return next((b for b in self.blocks if b.role == role), None)

    def phase_of(self, name: str) -> str:
        """The phase that computes a quantity.

        Args:
            name: of the quantity, as in the equations: "wx_f", "f", "c".

        Returns:
            The name of a phase; "" if no forward phase computes it: it is
            shown at the end of the step.
        """
        if name in self.computes:
            return self.computes[name]
        for b in self.blocks:
            own = {k + b.tail for k in ("wx", "uh", "a", "pc")} | {b.value}
            if name in own:
                return b.phase
        return ""

    def shapes(
        self, input_size: int, hidden_size: int
    ) -> dict[str, tuple[int, ...]]:
        """The shapes of all parameters.

        Args:
            input_size: D.
            hidden_size: H.

        Returns:
            name -> shape, in the order in which they are drawn at random:
            W_k (H,D), U_k (H,H), b_k (H,) block by block, then the extra
            vectors (H,).
        """
        found: dict[str, tuple[int, ...]] = {}
        order = self.stacked or [b.letter for b in self.blocks]
        for b in sorted(self.blocks, key=lambda b: order.index(b.letter)):
            found["W" + b.tail] = (hidden_size, input_size)
            found["U" + b.tail] = (hidden_size, hidden_size)
            found["b" + b.tail] = (hidden_size,)
        return found | dict.fromkeys(self.extra, (hidden_size,))

    def size(self, input_size: int, hidden_size: int, biases: int = 1) -> int:
        """The number of trainable parameters.

        Args:
            input_size: D.
            hidden_size: H.
            biases: number of biases per block. PyTorch keeps two, b_ih and
                b_hh; the second has an effect of its own only in the reset
                product of a GRU (b_nU).
        """
        shapes = self.shapes(input_size, hidden_size)
        own = (n for n in shapes if n not in self.second_biases)
        more = (biases - 1) * len(self.blocks) * hidden_size
        return sum(math.prod(shapes[name]) for name in own) + more
