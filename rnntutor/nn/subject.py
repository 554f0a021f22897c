"""The subject of a run: facts about it that its arrays do not show.

A simulation states them where it makes the run, and drawings read them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Subject:
    """A run without further facts; the base class of all subjects."""


UNSAID = Subject()

Objective = Literal["none", "classes", "outputs"]
"""The kind of a loss: none, the cross-entropy of a desired class (`target`),
or a weighted sum of the outputs, given by its gradient (`dy`)."""


@dataclass(frozen=True, slots=True)
class Reading(Subject):
    """One cell reads a sequence.

    Attributes:
        objective: the kind of loss.
        head: whether there are outputs, y = V h + b_y.
        wanted: whether the trace has target values for the memory of unit 0.
        biases: number of biases counted per block.
    """

    objective: Objective = "none"
    head: bool = False
    wanted: bool = False
    biases: int = 1
