"""A network with a learner's cell, whose functions run forward and backward in a separate
process."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from rnntutor.build.computations import COMPUTATIONS
from rnntutor.build.follow import Stopped
from rnntutor.build.process import Process, Trouble
from rnntutor.build.runner import BOUNDS, decode, encode, told_trouble
from rnntutor.nn.arrays import Array
from rnntutor.nn.cells.packing import pack
from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.models import Arrays, Inputs, Model, SequenceToVector

SECONDS = 20  # of processor time, for one batch in one direction
WALL = 40.0  # seconds on the clock


class OwnCell:
    """The learner's functions of one cell.

    Args:
        kind: kind of the cell.
        forward: name of the function for the forward pass.
        backward: name of the function for the backward pass.
        sources: name -> source of each function.
    """

    def __init__(self, kind: str, forward: str, backward: str, sources: Mapping[str, str]) -> None:
        self.kind, self._names, self._sources = kind, (forward, backward), dict(sources)
        self._process: Process | None = None
        self.stop = threading.Event()

    def forward(self, x: Array, params: Mapping[str, ArrayLike]) -> Array:
        """Return the state (H,B) after a batch x (T,D,B).

        Raises:
            Stopped: the function failed.
        """
        name, _ = self._names
        order = COMPUTATIONS[name].arguments
        blocks = [block.letter for block in CELLS[self.kind].blocks]
        weights: dict[str, Any] = {}
        for letter in "WUb":
            of = {k: np.asarray(params[f"{letter}_{k}" if k else letter]) for k in blocks}
            weights[letter] = of if blocks[0] else of[""]
        shape = (np.shape(params[f"b_{blocks[0]}" if blocks[0] else "b"])[0], x.shape[2])
        wanted = {
            "order": order,
            "sequence": "h0" in order,
            "states": len(CELLS[self.kind].states),
            "units": shape[0],
            "x": encode(x),
            "weights": encode(weights),
        }
        last = self._ask(name, wanted)["last"]
        return _finite(decode(last), shape)

    def backward(self, dh: Array) -> Array:
        """Return the gradient of the packed parameters for a gradient dh (H,B) of the last state.

        Raises:
            Stopped: the function failed.
        """
        _, name = self._names
        order = COMPUTATIONS[name].arguments
        answer = self._ask(name, {"order": order, "dh": encode(dh)})
        found: dict[str, Array] = {}
        gradients = decode(answer["gradients"])
        if not isinstance(gradients, dict):
            raise Stopped(Trouble("other_result"))
        for letter, of in gradients.items():
            tables = of.items() if isinstance(of, dict) else [("", of)]
            found |= {f"{letter}_{k}" if k else letter: value for k, value in tables}
        try:
            return pack(self.kind, found, np.float32)
        except ValueError:
            raise Stopped(Trouble("other_result")) from None

    def _ask(self, name: str, tape: Mapping[str, Any]) -> Any:
        if self._process is None:
            self._process = Process()
            for one, source in self._sources.items():
                self._answer({"name": one, "source": source, "runs": []})
        return self._answer({"name": name, "tape": tape})

    def _answer(self, wanted: Mapping[str, Any]) -> Any:
        assert self._process is not None
        bounds = {**BOUNDS, "seconds": SECONDS}
        answer = self._process.ask({**bounds, **wanted}, self.stop, WALL)
        if isinstance(answer, Trouble):
            raise Stopped(answer)
        if "error" in answer:
            raise Stopped(told_trouble(answer["error"]))
        return answer

    def end(self) -> None:
        """End the process, even while it computes."""
        self.stop.set()
        if self._process is not None and self._process.alive:
            self._process.end()


def _finite(value: object, shape: tuple[int, ...]) -> Array:
    if not isinstance(value, np.ndarray) or value.shape != shape:
        raise Stopped(Trouble("other_result"))
    if not np.isfinite(value).all():
        raise Stopped(Trouble("not_finite"))
    return value.astype(np.float32)


class OwnNet(SequenceToVector):
    """A network like another one, with the same initial parameters and a learner's cell."""

    def __init__(self, like: SequenceToVector, own: OwnCell) -> None:
        self.embed, self.cell, self.head = like.embed, like.cell, like.head
        self._own = own
        Model.__init__(self, embed=self.embed, cell=self.cell, head=self.head)

    def forward(self, inputs: Inputs) -> Array:
        return self.head.forward(self._own.forward(inputs, self.cell.unpacked))

    def backward(self, dy: Array) -> Arrays:
        dh = self.head.backward(dy)
        self.cell.grads = {"W": self._own.backward(dh)}
        return self._gradients()
