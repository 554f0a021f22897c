"""The state of a page in plain mode while its lesson is open."""

from __future__ import annotations

from dataclasses import dataclass, field

from rnntutor.plain.trainer import PlainTrainer
from rnntutor.session import page_state


@dataclass
class PlainPageState(page_state.PageState):
    """The state of a page in plain mode.

    Attributes:
        trainer: runs the stage's training, if it has one.
    """

    trainer: PlainTrainer = field(default_factory=PlainTrainer)
