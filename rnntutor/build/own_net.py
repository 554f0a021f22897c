"""A net whose cell is a learner's: its functions go forward and back, in a process of their own."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from rnntutor.build.computations import COMPUTATIONS
from rnntutor.build.follow import Stopped
from rnntutor.build.process import Process, Trouble
from rnntutor.build.runner import BOUNDS, decoded, encoded, told_trouble
from rnntutor.nn.arrays import Array
from rnntutor.nn.cells.packing import pack
from rnntutor.nn.cells.registry import CELLS
from rnntutor.nn.models import Arrays, Inputs, Model, SequenceToVector

SECONDS = 20  # of processor time, for one batch in one direction
WALL = 40.0  # seconds on the clock


class OwnCell:
    """kind: of the cell. forward, backward: names of the functions; sources: the text of each."""

    def __init__(self, kind: str, forward: str, backward: str, sources: Mapping[str, str]) -> None:
        self.kind, self._names, self._sources = kind, (forward, backward), dict(sources)
        self._process: Process | None = None
        self.stop = threading.Event()

    def forward(self, x: Array, params: Mapping[str, ArrayLike]) -> Array:
        """The state (H,B) after a batch x (T,D,B). Raises Stopped."""
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
            "x": encoded(x),
            "weights": encoded(weights),
        }
        last = self._ask(name, wanted)["last"]
        return _finite(decoded(last), shape)

    def backward(self, dh: Array) -> Array:
        """The gradient of the packed parameters, from that of the last state. Raises Stopped."""
        _, name = self._names
        order = COMPUTATIONS[name].arguments
        answer = self._ask(name, {"order": order, "dh": encoded(dh)})
        found: dict[str, Array] = {}
        gradients = decoded(answer["gradients"])
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
        """End its process, also while it computes."""
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
    """The same net as another, with a learner's cell in it: the same parameters at the start."""

    def __init__(self, like: SequenceToVector, own: OwnCell) -> None:
        self.embed, self.cell, self.head = like.embed, like.cell, like.head
        self._own = own
        Model.__init__(self, embed=self.embed, cell=self.cell, head=self.head)

    def forward(self, given: Inputs) -> Array:
        return self.head.forward(self._own.forward(given, self.cell.unpacked))

    def backward(self, dy: Array) -> Arrays:
        dh = self.head.backward(dy)
        self.cell.grads = {"W": self._own.backward(dh)}
        return self._gradients()
